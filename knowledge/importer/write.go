package importer

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// writeCSV writes a table of n rows as comma separated values. A cell that a spreadsheet program would take for a formula
// begins with a zero-width space, which the import takes off again.
func writeCSV(w io.Writer, head []string, n int, row func(int) []string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	if err := out.Write(head); err != nil {
		return err
	}
	for i := range n {
		cells := row(i)
		for j, text := range cells {
			if strings.IndexAny(text, "=+-@") == 0 {
				cells[j] = "\u200b" + text
			}
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// longCell means that a text is longer than a cell of a workbook can be.
type longCell struct{ row int } // from 0

func (l *longCell) Error() string {
	return fmt.Sprintf("row %d: too long for a cell of a workbook", l.row)
}

// writeSheet writes a table of n rows as an Excel workbook, or fails with a longCell.
func writeSheet(w io.Writer, head []string, n int, row func(int) []string) error {
	book := excelize.NewFile()
	defer book.Close()
	sheet, err := book.NewStreamWriter(book.GetSheetName(0))
	if err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	if err := sheet.SetColWidth(2, 4, 50); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	line := func(number int, texts []string) error {
		cells := make([]any, len(texts))
		for i, text := range texts {
			if !fitsCell(text) {
				return &longCell{number - 2}
			}
			cells[i] = text
		}
		return sheet.SetRow(fmt.Sprintf("A%d", number), cells)
	}
	if err := line(1, head); err != nil {
		return err
	}
	for i := range n {
		if err := line(i+2, row(i)); err != nil {
			return err
		}
	}
	if err := sheet.Flush(); err != nil {
		return fmt.Errorf("workbook: %w", err)
	}
	return book.Write(w)
}

// fitsCell says whether a cell of a workbook, which counts in UTF-16, holds a text.
func fitsCell(text string) bool {
	return len(text) <= excelize.TotalCellChars || len(utf16.Encode([]rune(text))) <= excelize.TotalCellChars
}
