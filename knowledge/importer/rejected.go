package importer

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"frontdesk/knowledge"

	"github.com/google/uuid"
)

// Wording is how a file of rejected rows speaks to its editor.
type Wording struct {
	Row, Reasons, Source string              // headings; none may name a field
	Field                func(string) string // heading of a field; what does not lead back to it is not taken. Nil: the fields' own names
	Say                  func(*Fault) string
}

// heading is the name of a field in the language of the editor, where a file may have it.
func (w Wording) heading(field string) string {
	if w.Field == nil {
		return field
	}
	name := w.Field(field)
	if known, ok := fieldOf(name); !ok || known != field {
		return field
	}
	return name
}

// rejected is a row that was not imported, with its reasons.
type rejected struct {
	raw
	faults []*Fault
}

// Rejected writes the rows of an upload that cannot be, or were not, imported: as the file has them, with their number and
// all reasons in front. Corrected, it is a file that imports. It is a workbook, or comma separated values where sheet is false.
// Errors are knowledge.ErrNotFound for an upload without such rows, and those of Parse and of the database.
func (u *Uploads) Rejected(ctx context.Context, id uuid.UUID, o Options, words Wording, sheet bool, w io.Writer) error {
	one, err := u.Get(ctx, o.Shop.ID, id)
	if err != nil {
		return err
	}
	name, file, err := u.file(ctx, o.Shop.ID, id)
	if err != nil {
		return err
	}
	if one.Report.Errors == 0 || len(file) == 0 {
		return fmt.Errorf("upload %s: no rejected rows: %w", id, knowledge.ErrNotFound)
	}
	rows, err := Parse(name, bytes.NewReader(file), o)
	if err != nil {
		return err
	}
	reasons := make(map[int][]*Fault)
	for _, result := range one.Report.Rows {
		if result.Outcome == knowledge.OutcomeRefused {
			reasons[result.Row] = result.Faults
		}
	}
	var bad []rejected
	source := false
	for _, row := range rows {
		if faults, ok := reasons[row.Number]; ok {
			bad = append(bad, rejected{row.given, faults})
			source = source || row.given.source != ""
		}
	}
	head := []string{words.Row, words.Reasons}
	for _, field := range Columns() {
		head = append(head, words.heading(field))
	}
	if source {
		head = append(head, words.Source)
	}
	write := writeCSV
	if sheet {
		write = writeSheet
	}
	return write(w, head, len(bad), func(i int) []string { return bad[i].cells(words, source) })
}

// cells is the row of the table of rejected rows.
func (r rejected) cells(words Wording, source bool) []string {
	said := make([]string, len(r.faults))
	for i, fault := range r.faults {
		said[i] = words.Say(fault)
	}
	cells := []string{strconv.Itoa(r.number), strings.Join(said, "\n")}
	for _, field := range Columns() {
		text := r.texts[field]
		if list, ok := r.lists[field]; ok {
			text = cell(list)
		}
		cells = append(cells, text)
	}
	if source {
		cells = append(cells, r.source)
	}
	for i, text := range cells {
		if cells[i] = printed(text); !fitsCell(text) {
			cells[i] = "" // half an answer must not pass for one: missing, it is asked for again
		}
	}
	return cells
}

// file reads an upload's file, empty once nothing of it is needed any more.
func (u *Uploads) file(ctx context.Context, shopID, id uuid.UUID) (name string, file []byte, err error) {
	err = u.pool.QueryRow(ctx, `select name, file from imports where shop_id = $1 and import_id = $2`, shopID, id).Scan(&name, &file)
	if err != nil {
		return "", nil, fmt.Errorf("upload %s: %w", id, err)
	}
	return name, file, nil
}

// Rows reads the rows of an upload that is not imported yet.
func (u *Uploads) Rows(ctx context.Context, id uuid.UUID, o Options) ([]Row, error) {
	name, file, err := u.file(ctx, o.Shop.ID, id)
	if err != nil {
		return nil, err
	}
	return Parse(name, bytes.NewReader(file), o)
}
