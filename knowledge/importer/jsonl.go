package importer

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"unicode/utf8"
)

// parseLines reads JSON Lines: an object a line, blank lines passed over.
func parseLines(r io.Reader) ([]raw, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	var rows []raw
	for number := 1; ; number++ {
		line, long, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return nil, err
		}
		line = bytes.TrimSpace(bytes.TrimPrefix(line, []byte("\ufeff")))
		switch {
		case long:
			rows = append(rows, raw{number: number, faults: tooLong()})
		case len(line) > 0:
			rows = append(rows, parseLine(number, line))
		}
		if err != nil {
			return rows, nil
		}
	}
}

// readLine reads to the end of a line. Of one longer than MaxRow it keeps nothing.
func readLine(in *bufio.Reader) (line []byte, long bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if !long {
			line = append(line, part...)
		}
		if len(line) > MaxRow {
			line, long = nil, true
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, long, err
		}
	}
}

func parseLine(number int, line []byte) raw {
	row := raw{number: number, texts: map[string]string{}, lists: map[string][]string{}}
	if !utf8.Valid(line) {
		row.source, row.faults = quoted(line), []*Fault{{Code: FaultEncoding}}
		return row
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(line, &object); err != nil {
		row.source, row.faults = quoted(line), []*Fault{{Code: FaultSyntax, Value: jsonTrouble(err)}}
		return row
	}
	// A question wins over a title where a row has both.
	if _, ok := object["question"]; ok {
		delete(object, "title")
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		value := object[name]
		field, ok := fieldOf(name)
		if !ok {
			row.ignored = append(row.ignored, shorten(printed(name)))
		}
		if !ok || bytes.Equal(value, []byte("null")) {
			continue
		}
		if isList(field) {
			if list, ok := listValue(value); ok {
				row.lists[field] = list
				continue
			}
		}
		text, ok := textValue(value)
		if !ok {
			row.faults = append(row.faults, &Fault{Code: FaultType, Field: field})
			row.texts[field] = string(value)
			continue
		}
		row.texts[field] = text
	}
	return row
}

func jsonTrouble(err error) string {
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Sprintf("byte %d: %v", syntax.Offset, syntax)
	}
	return "not a JSON object"
}

// listValue reads a list of texts or numbers.
func listValue(value json.RawMessage) ([]string, bool) {
	var parts []json.RawMessage
	if json.Unmarshal(value, &parts) != nil {
		return nil, false
	}
	list := make([]string, len(parts))
	for i, part := range parts {
		text, ok := textValue(part)
		if !ok {
			return nil, false
		}
		list[i] = text
	}
	return list, true
}

// textValue reads a text, or a number as it is written: ids are often numbers.
func textValue(value json.RawMessage) (string, bool) {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return text, true
	}
	var number json.Number
	if json.Unmarshal(value, &number) == nil {
		return number.String(), true
	}
	return "", false
}
