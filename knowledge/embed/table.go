package embed

import (
	"errors"
	"fmt"
	"math"
	"math/bits"
	"unicode/utf8"
)

// errTable says that the bytes are not a table this program can read.
var errTable = errors.New("embed: unreadable table")

// The layout of a table, little endian, nothing aligned: a header, the length of each
// piece (u8), the pieces (UTF-8), their log-probabilities (f32), the scales of their
// rows (f32), the rows (int8).
const (
	tableMagic     = "FDSTAT1\x00"
	tableVersion   = 1
	tableHeader    = 36
	tableLowerCase = 1 // flag: the pieces are lower case
)

// table knows pieces of words: how likely each is and which row of numbers it adds.
// Scales and rows stay where they are in data; only the trie is built.
type table struct {
	data      string
	pieces    int
	dimension int
	unknown   float64 // log-probability of a code point that no piece covers
	scales    int     // offset of f32[pieces]
	rows      int     // offset of int8[pieces × dimension]
	trie      trie
}

// parseTable reads a table. It keeps data and checks all of it that later steps rely on.
func parseTable(data string) (*table, error) {
	if len(data) < tableHeader || data[:8] != tableMagic {
		return nil, fmt.Errorf("%w: no header", errTable)
	}
	if v := u32(data, 8); v != tableVersion {
		return nil, fmt.Errorf("%w: version %d", errTable, v)
	}
	if u32(data, 20)&tableLowerCase == 0 {
		return nil, fmt.Errorf("%w: pieces are not lower case", errTable)
	}
	pieces, dimension, size := int64(u32(data, 12)), int64(u32(data, 16)), int64(u32(data, 28))
	if pieces == 0 || dimension == 0 || pieces > 1<<24 || dimension > 1<<16 ||
		tableHeader+pieces+size+8*pieces+pieces*dimension != int64(len(data)) {
		return nil, fmt.Errorf("%w: %d pieces of %d dimensions in %d bytes", errTable, pieces, dimension, len(data))
	}
	scores := tableHeader + int(pieces) + int(size)
	t := &table{
		data: data, pieces: int(pieces), dimension: int(dimension), unknown: float64(f32(data, 32)),
		scales: scores + 4*int(pieces), rows: scores + 8*int(pieces),
	}
	if !finite(t.unknown) {
		return nil, fmt.Errorf("%w: a number that is not finite", errTable)
	}
	for at := scores; at < t.rows; at += 4 {
		if !finite(float64(f32(data, at))) {
			return nil, fmt.Errorf("%w: a number that is not finite", errTable)
		}
	}
	// The pieces of a natural vocabulary share their beginnings: this fits at once.
	for slots := 3 * t.pieces; ; slots *= 2 {
		switch ok, err := t.plant(slots, scores); {
		case err != nil:
			return nil, err
		case ok:
			return t, nil
		}
	}
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// plant builds the trie of all pieces; false means that it wants more slots.
func (t *table) plant(slots, scores int) (bool, error) {
	t.trie = newTrie(slots)
	longest, at := int(u32(t.data, 24)), tableHeader+t.pieces
	for id := range t.pieces {
		size := int(t.data[tableHeader+id])
		if at+size > scores {
			return false, fmt.Errorf("%w: pieces run over their end", errTable)
		}
		piece := t.data[at : at+size]
		at += size
		if n := utf8.RuneCountInString(piece); n == 0 || n > longest || !utf8.ValidString(piece) {
			return false, fmt.Errorf("%w: piece %d", errTable, id)
		}
		if !t.trie.add(piece, int32(id), f32(t.data, scores+4*id)) {
			return false, nil
		}
	}
	if at != scores {
		return false, fmt.Errorf("%w: bytes left over after the pieces", errTable)
	}
	return true, nil
}

// sum adds up the rows of pieces found by segment.
func (t *table) sum(found []span, into []float64) {
	clear(into)
	for _, found := range found {
		scale := float64(f32(t.data, t.scales+4*int(found.piece)))
		start := t.rows + int(found.piece)*t.dimension
		row := t.data[start : start+t.dimension]
		sum := into[:len(row)]
		for j := range len(row) {
			sum[j] += scale * float64(int8(row[j]))
		}
	}
}

func u32(data string, at int) uint32 {
	_ = data[at+3]
	return uint32(data[at]) | uint32(data[at+1])<<8 | uint32(data[at+2])<<16 | uint32(data[at+3])<<24
}

func f32(data string, at int) float32 { return math.Float32frombits(u32(data, at)) }

// trie finds pieces by their code points. It is a hash table from (node, code point)
// to the next node, where a node is the slot it sits in plus one and the root is 0:
// one probe a step, no pointers for the collector to follow.
type trie struct {
	nodes []node
	shift uint // 64 minus the bits of a slot number
	free  int  // slots that may still be filled
}

type node struct {
	key   uint64 // taken | parent<<runeBits | code point; 0 where the slot is empty
	piece int32  // the piece that ends here, or -1
	logp  float32
}

const (
	runeBits = 21
	taken    = 1 << 63
)

func newTrie(slots int) trie {
	width := bits.Len(uint(slots - 1))
	nodes := make([]node, 1<<width)
	return trie{nodes: nodes, shift: uint(64 - width), free: len(nodes) / 2}
}

// step gives the slot of a child: filled, or the empty one where it belongs.
func (t *trie) step(parent uint32, r rune) (slot uint32, filled bool) {
	key := taken | uint64(parent)<<runeBits | uint64(r)
	mask := uint32(len(t.nodes) - 1)
	for slot = uint32(key * 0x9E3779B97F4A7C15 >> t.shift); ; slot++ {
		slot &= mask
		switch t.nodes[slot].key {
		case key:
			return slot, true
		case 0:
			return slot, false
		}
	}
}

// add makes piece findable; false means that there are too few slots. Of two equal
// pieces the later one counts.
func (t *trie) add(piece string, id int32, logp float32) bool {
	var at uint32
	for _, r := range piece {
		slot, filled := t.step(at, r)
		if !filled {
			if t.free--; t.free < 0 {
				return false
			}
			t.nodes[slot] = node{key: taken | uint64(at)<<runeBits | uint64(r), piece: -1}
		}
		at = slot + 1
	}
	t.nodes[at-1].piece, t.nodes[at-1].logp = id, logp
	return true
}
