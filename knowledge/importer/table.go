package importer

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// parseTable reads comma, semicolon or tab separated values with a line of headings, as the spreadsheet programs write
// them in the three languages: with a byte order mark or without, in UTF-8, UTF-16 or GB 18030.
func parseTable(r io.Reader) ([]raw, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	data = decode(data)
	comma := separator(data)
	var columns, ignored []string
	var rows []raw
	broken := 0
	for line := 1; len(data) > 0 && len(rows) <= MaxRows; {
		record, size, fault := cutRecord(data, comma)
		switch {
		case columns == nil && blank(record):
		case columns == nil:
			if columns, ignored, err = headings(record); err != nil {
				return nil, err
			}
		case fault != nil:
			rows = append(rows, raw{number: line, source: quoted(data[:size]), faults: []*Fault{fault}})
			if broken++; broken > maxBroken {
				return nil, fmt.Errorf("%w: more than %d rows that are no rows of a table", ErrFormat, maxBroken)
			}
		case !blank(record):
			rows = append(rows, tableRow(line, columns, record, ignored))
		}
		line += bytes.Count(data[:size], []byte("\n"))
		data = data[size:]
	}
	if columns == nil {
		return nil, fmt.Errorf("%w: no line of headings", ErrFormat)
	}
	return rows, nil
}

// maxBroken rows that cannot be read make a file that is no table; each costs reading on to the bound of a row.
const maxBroken = 1_000

// maxQuoted is how long a row that cannot be read may be to be shown again, in bytes: what a cell of a workbook holds.
const maxQuoted = 32_000

// quoted is an unreadable row for the one who corrects it, "" for one that is too long.
func quoted(row []byte) string {
	if len(row) > maxQuoted {
		return ""
	}
	return strings.TrimRight(printed(string(row)), "\r\n")
}

func blank(record []string) bool {
	return !slices.ContainsFunc(record, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

// headings finds the field of each column, "" for those that are not ours, which are ignored; those of a file of rejected
// rows are ignored without a word.
func headings(record []string) (columns, ignored []string, err error) {
	columns = make([]string, len(record))
	for i, cell := range record {
		switch field, ok := fieldOf(cell); {
		case ok && !slices.Contains(columns, field):
			columns[i] = field
		case strings.TrimSpace(cell) != "" && !ofRejected(cell):
			ignored = append(ignored, shorten(printed(strings.TrimSpace(cell))))
		}
	}
	for _, need := range []string{"question", "answer"} {
		if !slices.Contains(columns, need) {
			return nil, nil, fmt.Errorf("%w: the first line has no column %q", ErrFormat, need)
		}
	}
	return columns, ignored, nil
}

func tableRow(number int, columns, record, ignored []string) raw {
	row := raw{number: number, ignored: ignored, texts: make(map[string]string, len(columns))}
	for i, cell := range record {
		if i < len(columns) && columns[i] != "" {
			row.texts[columns[i]] = cell
		}
	}
	return row
}

// cutRecord reads the record at the beginning of data (RFC 4180) and says how many bytes it takes. encoding/csv would read
// to the end of the file for a quote that is never closed, and take the good rows there with it: here such a record ends
// with its line.
func cutRecord(data []byte, comma byte) (cells []string, size int, fault *Fault) {
	limit := min(len(data), MaxRow)
	for {
		cell, n, ok := cutCell(data[size:limit], comma)
		if !ok {
			return cells, lineEnd(data), &Fault{Code: FaultSyntax, Value: fmt.Sprintf("a quote in column %d is never closed", len(cells)+1)}
		}
		cells = append(cells, cell)
		size += n
		switch {
		case size == len(data):
			return cells, size, nil
		case size == limit:
			return nil, lineEnd(data), &Fault{Code: FaultLong, Field: "row", Value: strconv.Itoa(MaxRow)}
		case data[size] == comma:
			size++
		case data[size] == '\n':
			return cells, size + 1, nil
		default: // \r\n, or the lone \r of old Macintosh programs
			size++
			if size < len(data) && data[size] == '\n' {
				size++
			}
			return cells, size, nil
		}
	}
}

// cutCell reads one cell and says how many bytes it takes, up to the separator or the end of the line.
func cutCell(data []byte, comma byte) (cell string, size int, ok bool) {
	ends := func(i int) bool { return i == len(data) || data[i] == comma || data[i] == '\n' || data[i] == '\r' }
	if len(data) == 0 || data[0] != '"' {
		for !ends(size) {
			size++
		}
		return string(data[:size]), size, true
	}
	var text []byte
	for i := 1; i < len(data); i++ {
		switch {
		case data[i] != '"':
			text = append(text, data[i])
		case i+1 < len(data) && data[i+1] == '"':
			text = append(text, '"')
			i++
		case ends(i + 1):
			return string(text), i + 1, true
		default:
			return "", 0, false
		}
	}
	return "", 0, false
}

func lineEnd(data []byte) int {
	if i := bytes.IndexByte(data, '\n'); i >= 0 {
		return i + 1
	}
	return len(data)
}

// separator is the one that stands most often in the first line, outside quotes.
func separator(data []byte) byte {
	best, most := byte(','), 0
	for _, comma := range []byte{',', ';', '\t'} {
		n, quoted := 0, false
		for _, c := range data[:min(len(data), 64<<10)] {
			if c == '"' {
				quoted = !quoted
			}
			if c == '\n' && !quoted && n > 0 {
				break
			}
			if c == comma && !quoted {
				n++
			}
		}
		if n > most {
			best, most = comma, n
		}
	}
	return best
}

// decode turns what spreadsheet programs call text into UTF-8, and leaves what it does not recognise to the rows' own check.
func decode(data []byte) []byte {
	if bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}) {
		if text, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(data); err == nil {
			return text
		}
	}
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if utf8.Valid(data) {
		return data
	}
	// Chinese Excel writes csv in GB 18030: its headings tell.
	head, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data[:lineEnd(data)])
	if err != nil || utf8.Valid(data[:lineEnd(data)]) {
		return data
	}
	record, _, fault := cutRecord(head, separator(head))
	if fault != nil {
		return data
	}
	if _, _, err := headings(record); err != nil {
		return data
	}
	if text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data); err == nil {
		return text
	}
	return data
}
