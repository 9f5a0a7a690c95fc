package exam

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
)

// maxRow bounds a line, in bytes.
const maxRow = 1 << 20

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
