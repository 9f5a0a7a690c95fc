package importer

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"frontdesk/knowledge"
)

// exported is a line of the import format.
type exported struct {
	ID        string   `json:"id"`
	Question  string   `json:"question"`
	Answer    string   `json:"answer"`
	Phrasings []string `json:"phrasings,omitempty"`
	Negatives []string `json:"negatives,omitempty"`
	Locale    string   `json:"locale"`
	Kind      string   `json:"kind,omitempty"`
	Market    []string `json:"market,omitempty"`
	ValidFrom string   `json:"valid_from,omitempty"`
	ValidTo   string   `json:"valid_to,omitempty"`
	Tags      []string `json:"tags,omitempty"`
	Status    string   `json:"status"`
}

// Export writes every article as JSON Lines, by id and locale: of a published one the version that answers, of the others
// the newest. Importing the file into the same shop changes nothing.
func Export(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, w io.Writer) error {
	articles, err := all(ctx, base, shop)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	out := bufio.NewWriter(w)
	for _, a := range articles {
		out.Write(line(a, shop))
	}
	return out.Flush()
}

// Columns are the columns of ExportCSV and ExportSheet, and the fields of a line of Export.
func Columns() []string {
	return []string{"id", "question", "answer", "phrasings", "negatives", "locale", "kind", "market", "valid_from", "valid_to", "tags", "status"}
}

// ExportCSV writes what Export does as comma separated values, lists one entry a line of their cell, with the byte order
// mark by which Excel knows UTF-8.
func ExportCSV(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, w io.Writer) error {
	articles, err := all(ctx, base, shop)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return writeCSV(w, Columns(), len(articles), func(i int) []string { return export(articles[i], shop).cells() })
}

// cells is the row of a table, in the order of Columns.
func (e exported) cells() []string {
	return []string{e.ID, e.Question, e.Answer, cell(e.Phrasings), cell(e.Negatives), e.Locale, e.Kind,
		cell(e.Market), e.ValidFrom, e.ValidTo, cell(e.Tags), e.Status}
}

// ExportSheet writes what Export does as an Excel workbook. An article with a text longer than a cell can be, 32,767
// characters, is an error: the other formats hold it.
func ExportSheet(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, w io.Writer) error {
	articles, err := all(ctx, base, shop)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	err = writeSheet(w, Columns(), len(articles), func(i int) []string { return export(articles[i], shop).cells() })
	if at := (*longCell)(nil); errors.As(err, &at) {
		return fmt.Errorf("export: article %s: too long for a cell of a workbook; export JSON Lines or CSV", articles[at.row].Ref)
	}
	return err
}

// cell writes a list one entry a line; the last line's end keeps a lone entry with a bar in it whole.
func cell(list []string) string {
	text := strings.Join(list, "\n")
	if strings.Contains(text, "|") {
		text += "\n"
	}
	return text
}

// all reads what an export holds.
func all(ctx context.Context, base *knowledge.Base, shop knowledge.Shop) ([]knowledge.Article, error) {
	articles, _, err := base.List(ctx, shop.ID, knowledge.Filter{})
	if err != nil {
		return nil, err
	}
	for i, a := range articles {
		if a.Status == knowledge.Published && a.Live > 0 && a.Live != a.Version {
			if articles[i], err = base.Version(ctx, shop.ID, a.ID, a.Live); err != nil {
				return nil, err
			}
		}
	}
	slices.SortFunc(articles, func(a, b knowledge.Article) int {
		if c := strings.Compare(a.Ref, b.Ref); c != 0 {
			return c
		}
		return strings.Compare(a.Locale, b.Locale)
	})
	return articles, nil
}

func export(a knowledge.Article, shop knowledge.Shop) exported {
	return exported{ID: a.Ref, Question: a.Question, Answer: a.Answer, Phrasings: a.Phrasings, Negatives: a.Negatives, Locale: a.Locale,
		Kind: kind(a.Kind), Market: slices.Sorted(slices.Values(a.Market)), ValidFrom: Day(a.ValidFrom, shop.Location(), false), ValidTo: Day(a.ValidTo, shop.Location(), true),
		Tags: a.Tags, Status: a.Status}
}

// kind writes what an editor may leave out or write small as the knowledge keeps it.
func kind(kind string) string {
	if kind = strings.ToLower(kind); kind == "" {
		return "faq"
	}
	return kind
}

func line(a knowledge.Article, shop knowledge.Shop) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(export(a, shop)); err != nil {
		panic(err) // texts and lists of texts always encode
	}
	return b.Bytes()
}

// Day writes the edge of a validity window as editors read it: a day of the shop's zone where it is one, else a time
// with its offset. The last day of a window is its end. A nil time is "".
func Day(at *time.Time, zone *time.Location, end bool) string {
	if at == nil {
		return ""
	}
	day, more := at.In(zone), 0
	if end {
		day, more = at.Add(-time.Nanosecond).In(zone), 1
	}
	if time.Date(day.Year(), day.Month(), day.Day()+more, 0, 0, 0, 0, zone).Equal(*at) {
		return day.Format(time.DateOnly)
	}
	return at.In(zone).Format(time.RFC3339Nano)
}

// ParseDay reads what Day writes, or any form that a file may hold; the error is a *Fault of the field.
func ParseDay(field, text string, zone *time.Location, last bool) (*time.Time, error) {
	read := begin
	if last {
		read = end
	}
	at, fault := read(field, strings.TrimSpace(text), zone)
	if fault != nil {
		return nil, fault
	}
	return at, nil
}
