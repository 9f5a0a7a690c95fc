package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"frontdesk/bot/triage"
	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"
)

type importCommand struct {
	Shop   string `required:"" help:"Slug of the shop."`
	DryRun bool   `name:"dry-run" help:"Say what would change, and change nothing."`
	Format string `help:"jsonl, csv, xlsx, docx, html or md, where the file's name does not say."`
	JSON   bool   `name:"json" help:"Print the report as JSON."`
	File   string `arg:"" help:"The file, or - for standard input."`
}

func (importCommand) Help() string {
	return `  frontdesk import --shop demo articles.jsonl --dry-run
  frontdesk import --shop demo faq.xlsx`
}

// Run imports a file. Bad rows are reported and do not stop the good ones.
func (i *importCommand) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, i.Shop, func(a *app, shop knowledge.Shop) error {
		in, name, err := i.open(c)
		if err != nil {
			return err
		}
		defer in.Close()
		rows, err := importer.Parse(name, in, importer.Options{Shop: shop, Detect: detect})
		if err != nil {
			return err
		}
		report, err := importer.Plan(ctx, a.base, shop, rows)
		if err == nil && !i.DryRun {
			report, err = importer.Apply(ctx, a.base, shop, rows, "import", progressLine(c.errs))
		}
		if err != nil {
			return err
		}
		return i.print(c, report)
	})
}

func (i *importCommand) open(c *cli) (io.ReadCloser, string, error) {
	if i.File == "-" {
		format := i.Format
		if format == "" {
			format = "jsonl"
		}
		return io.NopCloser(c.in), "stdin." + format, nil
	}
	f, err := os.Open(i.File)
	name := filepath.Base(i.File)
	if i.Format != "" {
		name += "." + i.Format
	}
	return f, name, err
}

func (i *importCommand) print(c *cli, report importer.Report) error {
	if i.JSON {
		return json.NewEncoder(c.out).Encode(report)
	}
	for _, r := range report.Rows {
		for _, fault := range r.Faults {
			fmt.Fprintf(c.errs, "row %d: %v\n", r.Row, fault)
		}
	}
	if len(report.Ignored) > 0 {
		fmt.Fprintf(c.errs, "ignored columns: %s\n", strings.Join(report.Ignored, ", "))
	}
	verb := "Imported"
	if i.DryRun {
		verb = "Would import"
	}
	_, err := fmt.Fprintf(c.out, "%s: %d new, %d changed, %d same, %d with errors.\n", verb, report.New, report.Changed, report.Same, report.Errors)
	return err
}

type exportCommand struct {
	Shop string `required:"" help:"Slug of the shop."`
	CSV  bool   `name:"csv" help:"Write csv instead of jsonl."`
}

func (exportCommand) Help() string { return "  frontdesk export --shop demo > articles.jsonl" }

// Run writes the shop's articles to standard output.
func (e *exportCommand) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, e.Shop, func(a *app, shop knowledge.Shop) error {
		if e.CSV {
			return importer.ExportCSV(ctx, a.base, shop, c.out)
		}
		return importer.Export(ctx, a.base, shop, c.out)
	})
}

// importAll imports a jsonl file of ours, in which every row must be good.
func (a *app) importAll(ctx context.Context, shop knowledge.Shop, file []byte, progress io.Writer) error {
	rows, err := importer.Parse("articles.jsonl", bytes.NewReader(file), importer.Options{Shop: shop, Detect: detect})
	if err != nil {
		return err
	}
	report, err := importer.Apply(ctx, a.base, shop, rows, "import", progressLine(progress))
	if err == nil && report.Errors > 0 {
		err = fmt.Errorf("%d of the articles could not be imported", report.Errors)
	}
	return err
}

func detect(text string) string { return triage.Language(text, "") }

// progressLine shows how far a long import is.
func progressLine(w io.Writer) func(done, total int) {
	last := -1
	return func(done, total int) {
		if percent := 100 * done / max(total, 1); percent/10 != last/10 || done == total {
			last = percent
			fmt.Fprintf(w, "  %d of %d passages\n", done, total)
		}
	}
}
