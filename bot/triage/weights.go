package triage

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"sync"
)

//go:generate go test -run TestWeightsAreLearnedFromTheCorpus -learn -timeout 30m .

//go:embed weights.bin
var weightsData string

// The heads of the model: what it gives a number for, each from the same features.
const (
	hNegative = iota
	hPositive
	hFury
	hWish
	hHandoff
	hOrder
	hRemark // an opinion or a remark, no request
	hSocial // a greeting, thanks, praise or chat: nothing is asked or reported
	hAnyRisk
	hRisk // and the risks behind it, in the order of riskKinds
	heads = hRisk + 9

	hSelfHarm = heads - 1

	moodHeads = hFury + 1 // those that read a negated word as its opposite
	hidden    = 24        // units between what is read and the heads, for what only counts together
	pieceCols = heads + moodHeads + hidden + 1
)

// riskKinds are the kinds of the heads from hRisk on.
func riskKinds() [9]Kind {
	return [9]Kind{RiskInjury, RiskAllergy, RiskFraud, RiskPayment, RiskPrivacy, RiskLegal, RiskRegulator, RiskPress, RiskSelfHarm}
}

const (
	weightsMagic = "FDTRIA4\x00"
	sumSize      = 32
	moodInputs   = 17 // see moodInput
	handInputs   = 16 // see handoffInput
	riskInputs   = 26 // see riskInput
	wishInputs   = 18 // see wishInput
	orderInputs  = 20 // see orderInput
	gloomInputs  = 21 // see despairInput
	ngramScale   = 1.4
)

// model is what go generate has learned: rows of small whole numbers for hashed n-grams
// and for known pieces of words, their scales, and how the heads are brought together.
type model struct {
	sum     string // SHA-256 of what it was learned from
	bias    [heads]float32
	ngrams  rows
	pieces  rows // columns: heads, what a negation adds to the mood heads, hidden units, length of the vector
	bend    [hidden]float32
	traits  [traits][hidden]float32
	out     [hidden][heads]float32
	mood    [moodHeads][moodInputs]float64
	handoff [handInputs]float64
	risk    [riskInputs]float64
	wish    [wishInputs]float64
	order   [orderInputs]float64
	despair [gloomInputs]float64
	platt   [heads][2]float64 // score to probability: 1 / (1 + exp(-(a + b × score)))
}

// rows is a table of int8 numbers, found by hashed key.
type rows struct {
	scale []float32
	cells string   // len(scale) of them a row
	keys  []uint32 // open addressing; the row follows in slots
	slots []int32  // row + 1, 0 for an empty place
	mask  uint32
}

func newRows(keys []uint32, scale []float32, cells string) rows {
	size := 1
	for size < 2*len(keys)+2 {
		size *= 2
	}
	r := rows{scale: scale, cells: cells, keys: make([]uint32, size), slots: make([]int32, size), mask: uint32(size - 1)}
	for i, k := range keys {
		at := k & r.mask
		for r.slots[at] != 0 {
			at = (at + 1) & r.mask
		}
		r.keys[at], r.slots[at] = k, int32(i+1)
	}
	return r
}

// find returns the row of a key, or -1.
func (r *rows) find(k uint32) int32 {
	for at := k & r.mask; r.slots[at] != 0; at = (at + 1) & r.mask {
		if r.keys[at] == k {
			return r.slots[at] - 1
		}
	}
	return -1
}

func (r *rows) has(k uint32) bool { return r.find(k) >= 0 }

// cell is one number of a row.
func (r *rows) cell(row int32, col int) float32 {
	return float32(int8(r.cells[int(row)*len(r.scale)+col])) * r.scale[col]
}

// weights reads the embedded model once. A mistake in it is a mistake of the program,
// found by every test.
var weights = sync.OnceValue(func() *model {
	m, err := parseModel(weightsData)
	if err != nil {
		panic("triage: " + err.Error())
	}
	return m
})

// parseModel reads what model.marshal wrote.
func parseModel(data string) (*model, error) {
	at, short := 0, false
	take := func(n int) string {
		if n < 0 || at+n > len(data) {
			short = true
			return ""
		}
		at += n
		return data[at-n : at]
	}
	word := func() uint32 {
		if s := take(4); !short {
			return binary.LittleEndian.Uint32([]byte(s))
		}
		return 0
	}
	floats := func(n int) []float32 {
		out := make([]float32, n)
		for i := range out {
			out[i] = math.Float32frombits(word())
		}
		return out
	}
	if take(len(weightsMagic)) != weightsMagic {
		return nil, fmt.Errorf("weights: no header")
	}
	m := &model{sum: take(sumSize)}
	copy(m.bias[:], floats(heads))
	copy(m.bend[:], floats(hidden))
	for i := range m.traits {
		copy(m.traits[i][:], floats(hidden))
	}
	for i := range m.out {
		copy(m.out[i][:], floats(heads))
	}
	for h := range m.mood {
		copyWide(m.mood[h][:], floats(moodInputs))
	}
	copyWide(m.handoff[:], floats(handInputs))
	copyWide(m.risk[:], floats(riskInputs))
	copyWide(m.wish[:], floats(wishInputs))
	copyWide(m.order[:], floats(orderInputs))
	copyWide(m.despair[:], floats(gloomInputs))
	for h := range m.platt {
		copyWide(m.platt[h][:], floats(2))
	}
	for _, t := range []struct {
		to   *rows
		cols int
	}{{&m.ngrams, heads}, {&m.pieces, pieceCols}} {
		n, scale := int(word()), floats(t.cols)
		if n > 1<<20 {
			return nil, fmt.Errorf("weights: %d rows", n)
		}
		keys := make([]uint32, n)
		for i := range keys {
			keys[i] = word()
		}
		*t.to = newRows(keys, scale, take(n*t.cols))
	}
	if short || at != len(data) {
		return nil, fmt.Errorf("weights: %d bytes, read to %d", len(data), at)
	}
	return m, nil
}

func copyWide(to []float64, from []float32) {
	for i, x := range from {
		to[i] = float64(x)
	}
}
