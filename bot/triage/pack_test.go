package triage

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// pack makes the model small: the vectors are multiplied out into one number per piece
// and head, and all numbers become int8.
func (l *learner) pack(g *numbers) *model {
	m := &model{sum: strings.Repeat("\x00", sumSize)}
	copy(m.bias[:], g.bias.w)
	copy(m.bend[:], g.bend.w)
	for i := range m.traits {
		copy(m.traits[i][:], g.form.w[i*hidden:])
	}
	for k := range m.out {
		copy(m.out[k][:], g.out.w[k*heads:])
	}
	m.ngrams = quantise(l.keys, g.grams.w, heads, pruneSteps)
	cells := make([]float32, 0, len(l.vectors.keys)*pieceCols)
	for _, k := range l.vectors.keys {
		row, length := l.vectors.rows[k], 0.0
		var out [pieceCols]float32
		for j, v := range row {
			for h := range heads {
				out[h] += v * g.all.w[j*heads+h]
			}
			for h := range moodHeads {
				out[heads+h] += v * g.not.w[j*moodHeads+h]
			}
			for k := range hidden {
				out[heads+moodHeads+k] += v * g.deep.w[j*hidden+k]
			}
			length += float64(v * v)
		}
		out[pieceCols-1] = float32(math.Sqrt(length))
		cells = append(cells, out[:]...)
	}
	m.pieces = quantise(l.vectors.keys, cells, pieceCols, 0)
	return m
}

// quantise drops rows in which nothing reaches least of a step, and turns the rest to int8.
func quantise(keys []uint32, cells []float32, cols int, least int) rows {
	scale := make([]float32, cols)
	for c := range scale {
		var size []float64
		for i := c; i < len(cells); i += cols {
			size = append(size, math.Abs(float64(cells[i])))
		}
		slices.Sort(size)
		scale[c] = float32(max(size[len(size)*9995/10000], 1e-6) / 127)
	}
	var kept []uint32
	var out []byte
	for i, k := range keys {
		row, big := make([]byte, cols), false
		for c := range row {
			x := math.Round(float64(cells[i*cols+c] / scale[c]))
			big = big || int(math.Abs(x)) >= least
			row[c] = byte(int8(max(-127, min(127, x))))
		}
		if big {
			kept, out = append(kept, k), append(out, row...)
		}
	}
	return newRows(kept, scale, string(out))
}

// marshal writes the model as parseModel reads it.
func (m *model) marshal() []byte {
	out := []byte(weightsMagic + m.sum)
	put := func(xs ...float32) {
		for _, x := range xs {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(x))
		}
	}
	wide := func(xs []float64) {
		for _, x := range xs {
			put(float32(x))
		}
	}
	put(m.bias[:]...)
	put(m.bend[:]...)
	for i := range m.traits {
		put(m.traits[i][:]...)
	}
	for k := range m.out {
		put(m.out[k][:]...)
	}
	for h := range m.mood {
		wide(m.mood[h][:])
	}
	wide(m.handoff[:])
	wide(m.risk[:])
	wide(m.wish[:])
	wide(m.order[:])
	wide(m.despair[:])
	for h := range m.platt {
		wide(m.platt[h][:])
	}
	for _, r := range []*rows{&m.ngrams, &m.pieces} {
		n := len(r.cells) / len(r.scale)
		keys := make([]uint32, n)
		for at, row := range r.slots {
			if row > 0 {
				keys[row-1] = r.keys[at]
			}
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(n))
		put(r.scale...)
		for _, k := range keys {
			out = binary.LittleEndian.AppendUint32(out, k)
		}
		out = append(out, r.cells...)
	}
	return out
}

// inputsSum is the checksum of everything that the weights are learned from.
func inputsSum(t testing.TB) string {
	h := sha256.New()
	names := []string{"rules.txt", "mood.txt", "mood.go", "learned.go", "opinion.go", "features.go", "pieces.go", "text.go", "bounds.go", "fold.go", "../../knowledge/embed/table.fdse",
		"../../knowledge/background/questions.jsonl", "corpus/episodes/episodes.jsonl", "corpus/opinions-en.txt", "corpus/opinions-es.txt", "corpus/opinions-zh.txt"}
	spoken, _ := filepath.Glob("corpus/episodes/*.txt")
	for _, n := range append(names, spoken...) {
		b, err := os.ReadFile(n)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(h, "%s %d\n", n, len(b))
		h.Write(b)
	}
	for _, u := range corpus(t) {
		fmt.Fprintf(h, "%+v\n", u)
	}
	return string(h.Sum(nil))
}
