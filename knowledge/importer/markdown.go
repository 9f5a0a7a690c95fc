package importer

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// parseMarkdown takes each heading of the file's highest level for a question and what follows for its answer; deeper
// headings belong to the answer. A lone first-level heading above others is the file's own title. Lines such as
// "locale: es" directly below a question are its fields.
func parseMarkdown(r io.Reader) ([]raw, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	lines := strings.Split(string(bytes.TrimPrefix(data, []byte("\ufeff"))), "\n")
	levels := headingLevels(lines)
	level := questionLevel(levels)
	if level == 0 {
		return nil, fmt.Errorf("%w: no heading", ErrFormat)
	}
	var rows []raw
	for i := 0; i < len(lines); {
		if levels[i] != level {
			i++
			continue
		}
		next := i + 1
		for next < len(lines) && (levels[next] == 0 || levels[next] > level) {
			next++
		}
		rows = append(rows, section(i+1, lines[i], lines[i+1:next]))
		i = next
	}
	return rows, nil
}

// headingLevels says of each line which level of heading it is, 0 for none. What stands in a fence of code is none.
func headingLevels(lines []string) []int {
	levels := make([]int, len(lines))
	fence := ""
	for i, line := range lines {
		line = strings.TrimRight(line, " \t\r")
		indent := len(line) - len(strings.TrimLeft(line, " "))
		text := line[indent:]
		switch {
		case indent > 3:
		case fence != "":
			if strings.HasPrefix(text, fence) && strings.Trim(text, fence[:1]) == "" {
				fence = ""
			}
		case strings.HasPrefix(text, "```") || strings.HasPrefix(text, "~~~"):
			fence = text[:len(text)-len(strings.TrimLeft(text, text[:1]))]
		default:
			hashes := len(text) - len(strings.TrimLeft(text, "#"))
			if hashes >= 1 && hashes <= 6 && len(text) > hashes && (text[hashes] == ' ' || text[hashes] == '\t') {
				levels[i] = hashes
			}
		}
	}
	return levels
}

func questionLevel(levels []int) int {
	var count [7]int
	for _, level := range levels {
		count[level]++
	}
	for level := 1; level <= 6; level++ {
		if count[level] == 0 {
			continue
		}
		if level == 1 && count[1] == 1 {
			for deeper := 2; deeper <= 6; deeper++ {
				if count[deeper] > 0 {
					return deeper
				}
			}
		}
		return level
	}
	return 0
}

func section(number int, heading string, body []string) raw {
	row := raw{number: number, texts: map[string]string{"question": strings.TrimSpace(strings.Trim(strings.TrimSpace(heading), "#"))}}
	size := len(heading)
	for len(body) > 0 {
		name, value, found := strings.Cut(strings.Replace(body[0], "：", ":", 1), ":")
		field, known := fieldOf(name)
		if !found || !known || field == "question" || field == "answer" {
			break
		}
		row.texts[field] = value
		size += len(body[0])
		body = body[1:]
	}
	row.texts["answer"] = strings.Join(body, "\n")
	if size+len(row.texts["answer"]) > MaxRow {
		return raw{number: number, faults: tooLong()}
	}
	return row
}
