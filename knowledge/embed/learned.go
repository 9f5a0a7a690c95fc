package embed

import (
	_ "embed" // what was learned travels inside the program
	"fmt"
	"sync"
)

// What the rows of some pieces have become by learning which questions mean the same.
//
//go:generate go test -run TestRowsAreLearnedFromWaysToAsk -learn -timeout 30m .
//go:embed learned.bin
var learnedRows string

// The layout of what was learned, little endian: the SHA-256 of what it was learned from, how many rows there are (u32), and for
// each its piece (u32), scale (f32) and numbers (int8).
const learnedHeader = 32 + 4

// parseLearned reads the table and what was learned upon it once, however many Builtins there are.
var parseLearned = sync.OnceValues(func() (*table, error) {
	t, err := parseBuiltin()
	if err != nil {
		return nil, err
	}
	return t.learned(learnedRows)
})

// learned is the table with other rows for some pieces.
func (t *table) learned(rows string) (*table, error) {
	size := 8 + t.dimension
	if len(rows) < learnedHeader || len(rows) != learnedHeader+size*int(u32(rows, 32)) {
		return nil, fmt.Errorf("%w: %d bytes of learned rows", errTable, len(rows))
	}
	data := []byte(t.data)
	for at := learnedHeader; at < len(rows); at += size {
		piece := int(u32(rows, at))
		if piece >= t.pieces || !finite(float64(f32(rows, at+4))) {
			return nil, fmt.Errorf("%w: learned row of piece %d", errTable, piece)
		}
		copy(data[t.scales+4*piece:], rows[at+4:at+8])
		copy(data[t.rows+t.dimension*piece:], rows[at+8:at+size])
	}
	other := *t
	other.data = string(data)
	return &other, nil
}
