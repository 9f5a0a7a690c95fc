package exam

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"
)

// maxRow bounds a line, in bytes.
const maxRow = 1 << 20

// ReadFile reads golden questions from a file: a table where its name ends in .csv, else lines of JSON.
func ReadFile(name string, r io.Reader) ([]Question, error) {
	if strings.EqualFold(path.Ext(name), ".csv") {
		return ReadTable(r)
	}
	return Read(r)
}

// Read reads golden questions, one JSON object a line. A bad line is an error that names it: an exam with a hole in it
// would say that everything is well.
func Read(r io.Reader) ([]Question, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxRow)
	var all []Question
	seen := map[string]int{}
	for number := 1; lines.Scan(); number++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		var q Question
		err := json.Unmarshal(line, &q)
		if err == nil {
			err = q.check()
		}
		if before, ok := seen[q.ID]; err == nil && ok {
			err = fmt.Errorf("id: %q is that of line %d, too", q.ID, before)
		}
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		seen[q.ID] = number
		all = append(all, q)
	}
	return all, lines.Err()
}
