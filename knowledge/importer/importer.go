// Package importer turns files into articles, with a dry run.
//
// Parse reads a file into rows, good and bad ones; Plan says what would become of each, and Apply does it. Export writes
// the file that imports.
package importer

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"frontdesk/knowledge"
)

// Bounds of a file.
const (
	MaxFile = 50 << 20 // bytes
	MaxRow  = 1 << 20  // bytes
	MaxRows = 100_000
)

var (
	// ErrFormat means that the file is of no kind that can be read, or is not what its name says; a knowledge.ErrInvalid.
	ErrFormat = fmt.Errorf("file: %w: not a file that can be imported", knowledge.ErrInvalid)
	// ErrTooLarge means that the file is larger than MaxFile or has more than MaxRows rows; a knowledge.ErrInvalid.
	ErrTooLarge = fmt.Errorf("file: %w: too large", knowledge.ErrInvalid)
)

// Row is one article of a file, or the reasons why it is none.
type Row struct {
	Number  int // of the line where it begins in the file, of the sheet's row, or of the question in a Word document; the first is 1
	Article knowledge.Article
	Faults  []*Fault // all that is wrong with it; empty for a row that can be imported
	given   raw      // what the file says, for the one who corrects it
	Ignored []string // columns, or names of a line, that are none of ours
}

// Options say how texts are understood that do not say it themselves.
type Options struct {
	Shop   knowledge.Shop           // whose days validity windows mean, and whose language is the last resort
	Detect func(text string) string // the language of a text, "" when it cannot tell; may be nil
	Drafts bool                     // what the file would publish is held back: a draft, beside what answers
}

// Formats are the endings of file names that Parse knows.
func Formats() []string { return []string{"jsonl", "csv", "tsv", "xlsx", "md", "html", "docx"} }

// Parse reads a file whose name ends in one of Formats. A bad row is a row with Faults and hinders no other. The error
// is about the file as a whole: ErrFormat, ErrTooLarge or what reading from r gave.
func Parse(name string, r io.Reader, o Options) ([]Row, error) {
	r = &bounded{reader: r, left: MaxFile}
	var raws []raw
	var err error
	switch ending := strings.ToLower(strings.TrimPrefix(path.Ext(name), ".")); ending {
	case "jsonl", "ndjson", "json":
		raws, err = parseLines(r)
	case "csv", "tsv", "txt":
		raws, err = parseTable(r)
	case "xlsx":
		raws, err = parseSheet(r)
	case "md", "markdown":
		raws, err = parseMarkdown(r)
	case "docx":
		raws, err = parseWord(r)
	case "html", "htm":
		raws, err = parseHTML(r)
	default:
		err = fmt.Errorf("%w: the name ends in %q, which is none of %s", ErrFormat, ending, strings.Join(Formats(), ", "))
	}
	if err != nil {
		return nil, err
	}
	if len(raws) > MaxRows {
		return nil, fmt.Errorf("%w: more than %d rows", ErrTooLarge, MaxRows)
	}
	rows := make([]Row, len(raws))
	for i, raw := range raws {
		rows[i] = raw.row(o)
	}
	refuseRepeated(rows)
	return rows, nil
}

// refuseRepeated lets only the first row of an id and locale through.
func refuseRepeated(rows []Row) {
	type key struct{ ref, question, locale string }
	first := make(map[key]int, len(rows))
	for i := range rows {
		row := &rows[i]
		if len(row.Faults) > 0 {
			continue
		}
		k := key{ref: row.Article.Ref, locale: row.Article.Locale}
		if k.ref == "" {
			k.question = row.Article.Question
		}
		if at, ok := first[k]; ok {
			row.Faults = []*Fault{{Code: FaultRepeated, Field: "id", Value: fmt.Sprint(at)}}
			continue
		}
		first[k] = row.Number
	}
}

// bounded gives ErrTooLarge instead of the byte after the last one allowed.
type bounded struct {
	reader io.Reader
	left   int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.left < 0 {
		return 0, fmt.Errorf("%w: more than %d MB", ErrTooLarge, MaxFile>>20)
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.reader.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return 0, fmt.Errorf("%w: more than %d MB", ErrTooLarge, MaxFile>>20)
	}
	return n, err
}

// raw is a row as the file has it: texts by field, lists already split where the format has lists.
type raw struct {
	number  int
	texts   map[string]string
	lists   map[string][]string
	source  string   // the row itself, where it could not be read
	faults  []*Fault // what was wrong with reading it
	ignored []string // names that are none of ours
}

// row makes the article of a raw row.
func (r raw) row(o Options) Row {
	row := Row{Number: r.number, given: r, Ignored: r.ignored, Faults: append(slices.Clone(r.faults), r.checkTexts()...)}
	a := &row.Article
	a.Ref, a.Question, a.Answer = printed(r.text("id")), printed(r.text("question")), printed(r.text("answer"))
	if row.faulty("") || row.faulty("row") {
		return row // what could not be read is not there to be judged
	}
	a.Kind = kindNamed(r.text("kind"))
	a.Phrasings, a.Negatives = r.list("phrasings"), r.list("negatives")
	a.Tags = r.list("tags")
	wrong := func(fault *Fault) {
		if fault != nil && !row.faulty(fault.Field) {
			row.Faults = append(row.Faults, fault)
		}
	}
	for _, fault := range checkLengths(a) {
		wrong(fault)
	}
	var fault *Fault
	a.Market, fault = markets(r.list("market"))
	wrong(fault)
	a.Locale, fault = locale(r.text("locale"), a.Question, o)
	wrong(fault)
	a.Status, fault = status(r.text("status"), o.Drafts)
	wrong(fault)
	a.ValidFrom, fault = begin("valid_from", r.text("valid_from"), o.Shop.Location())
	wrong(fault)
	a.ValidTo, fault = end("valid_to", r.text("valid_to"), o.Shop.Location())
	wrong(fault)
	wrong(checkWindow(a.ValidFrom, a.ValidTo))
	return row
}

// faulty says whether something is wrong with a field already: one reason is enough to correct it.
func (r Row) faulty(field string) bool {
	return slices.ContainsFunc(r.Faults, func(f *Fault) bool { return f.Field == field })
}

// printed is a text as it may be stored and shown, whatever is wrong with it.
func printed(text string) string {
	return strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", ""), "")
}

func checkWindow(from, to *time.Time) *Fault {
	if from != nil && to != nil && !from.Before(*to) {
		return &Fault{Code: FaultWindow, Field: "valid_to"}
	}
	return nil
}

func (r raw) text(field string) string {
	return strings.Trim(strings.ReplaceAll(r.texts[field], "\r\n", "\n"), " \t\r\n\u00a0\u3000\u200b\ufeff")
}

// list is the list as the format has it, or the text cut at its lines, or at its bars where it is one line.
func (r raw) list(field string) []string {
	list, ok := r.lists[field]
	if !ok {
		lines := strings.ContainsAny(r.texts[field], "\r\n")
		list = strings.FieldsFunc(r.texts[field], func(c rune) bool {
			return c == '\n' || c == '\r' || !lines && (c == '|' || c == '｜')
		})
	}
	kept := make([]string, 0, len(list))
	for _, text := range list {
		text = strings.NewReplacer("\r\n", " ", "\n", " ").Replace(text)
		if text = strings.Trim(text, " \t\r\n\u00a0\u3000\u200b\ufeff"); text != "" && !slices.Contains(kept, text) {
			kept = append(kept, text)
		}
	}
	return kept
}
