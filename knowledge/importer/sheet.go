package importer

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// maxUnzipped bounds what a small file may swell to.
const maxUnzipped = 256 << 20

// parseSheet reads the first sheet of an Excel workbook whose first filled row holds the headings.
func parseSheet(r io.Reader) (rows []raw, err error) {
	bounded := &noted{reader: r}
	defer func() {
		// The workbook may be anything that somebody has sent, and its reader is not ours.
		if trouble := recover(); trouble != nil {
			rows, err = nil, fmt.Errorf("%w: a damaged workbook", ErrFormat)
		}
	}()
	book, err := excelize.OpenReader(bounded, excelize.Options{UnzipSizeLimit: maxUnzipped, UnzipXMLSizeLimit: 16 << 20, RawCellValue: true})
	switch {
	case bounded.err != nil:
		return nil, bounded.err
	case err != nil:
		return nil, fmt.Errorf("%w: not an Excel workbook (.xlsx): %v", ErrFormat, err)
	}
	defer book.Close()
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		return nil, fmt.Errorf("%w: a workbook without a sheet", ErrFormat)
	}
	lines, err := book.Rows(sheets[0])
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	defer lines.Close()
	var columns, ignored []string
	for number := 1; lines.Next() && len(rows) <= MaxRows; number++ {
		cells, err := lines.Columns(excelize.Options{RawCellValue: true})
		switch {
		case err != nil:
			rows = append(rows, raw{number: number, faults: []*Fault{{Code: FaultSyntax, Value: shorten(err.Error())}}})
		case blank(cells):
		case columns == nil:
			if columns, ignored, err = headings(cells); err != nil {
				return nil, err
			}
		default:
			rows = append(rows, sheetRow(number, columns, cells, ignored))
		}
	}
	if err := lines.Error(); err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	if columns == nil {
		return nil, fmt.Errorf("%w: no row of headings", ErrFormat)
	}
	return rows, nil
}

func sheetRow(number int, columns, cells, ignored []string) raw {
	size := 0
	for _, cell := range cells {
		size += len(cell)
	}
	if size > MaxRow {
		return raw{number: number, faults: tooLong()}
	}
	row := tableRow(number, columns, cells, ignored)
	for _, field := range []string{"valid_from", "valid_to"} {
		if text, ok := sheetDate(row.texts[field]); ok {
			row.texts[field] = text
		}
	}
	return row
}

// sheetDate writes a date cell, which is a number of days, as the other formats have it.
func sheetDate(text string) (string, bool) {
	days, err := strconv.ParseFloat(text, 64)
	if err != nil || days < 1 || days > 2_958_465 {
		return "", false
	}
	at, err := excelize.ExcelDateToTime(days, false)
	if err != nil {
		return "", false
	}
	if days == math.Trunc(days) {
		return at.Format(time.DateOnly), true
	}
	return at.Format("2006-01-02 15:04:05"), true
}

// noted keeps the error of its reader, which excelize does not wrap.
type noted struct {
	reader io.Reader
	err    error
}

func (n *noted) Read(p []byte) (int, error) {
	got, err := n.reader.Read(p)
	if err != nil && err != io.EOF {
		n.err = err
	}
	return got, err
}
