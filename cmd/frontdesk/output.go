package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"
)

func orText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func print(w io.Writer, asJSON bool, v any, text string) error {
	if asJSON {
		return json.NewEncoder(w).Encode(v)
	}
	_, err := fmt.Fprintln(w, text)
	return err
}

func printTable(w io.Writer, asJSON bool, list any, rows [][]string, header ...string) error {
	if asJSON {
		return json.NewEncoder(w).Encode(list)
	}
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	var failed error
	for _, row := range append([][]string{header}, rows...) {
		for _, cell := range row {
			_, err := fmt.Fprint(tw, cell, "\t")
			failed = errors.Join(failed, err)
		}
		_, err := fmt.Fprintln(tw)
		failed = errors.Join(failed, err)
	}
	return errors.Join(failed, tw.Flush())
}
