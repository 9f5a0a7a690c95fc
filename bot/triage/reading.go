package triage

import (
	"cmp"
	"math"
	"slices"
)

// move is one thing in a text that the model weighed.
type move struct {
	row      int32
	from, to int32 // tokens
	piece    bool
	negated  bool
}

// reading is what the model makes of one text.
type reading struct {
	doc   *document
	score [heads]float64
	moves []move
	share [2]float32      // how much an n-gram counts, and a piece
	steep [hidden]float32 // how much each hidden unit still gives way
	asks  bool            // a question mark, or words that ask or beg
}

// read lets the model read a document.
func (m *model) read(d *document, found map[group][]match) reading {
	r := reading{doc: d, asks: d.asksFor(found)}
	negated := d.negations(found)
	grams := d.features(negated)
	r.share[0] = ngramScale / float32(math.Sqrt(float64(len(grams)+1)))
	r.moves = make([]move, 0, len(grams)/2+len(d.tokens))
	seen := make([]uint64, len(m.ngrams.cells)/heads/64+1)
	for _, g := range grams {
		if row := m.ngrams.find(g.key); row >= 0 && seen[row/64]>>(row%64)&1 == 0 {
			seen[row/64] |= 1 << (row % 64)
			r.moves = append(r.moves, move{row: row, from: g.from, to: g.to})
		}
	}
	length := float32(0.01)
	for _, p := range d.pieces(m.pieces.has) {
		row := m.pieces.find(p.key)
		n := m.pieces.cell(row, pieceCols-1)
		length += n * n
		r.moves = append(r.moves, move{row: row, from: p.from, to: p.to, piece: true, negated: negated[p.from]})
	}
	r.share[1] = 1 / float32(math.Sqrt(float64(length)))
	score, bent := m.bias, m.bend
	for i, x := range d.form(r.asks) {
		for k, w := range m.traits[i] {
			bent[k] += x * w
		}
	}
	for _, v := range r.moves {
		if !v.piece {
			cells := m.ngrams.cells[int(v.row)*heads : int(v.row)*heads+heads]
			for h := range score {
				score[h] += float32(int8(cells[h])) * m.ngrams.scale[h] * r.share[0]
			}
			continue
		}
		cells := m.pieces.cells[int(v.row)*pieceCols : int(v.row)*pieceCols+pieceCols]
		for h := range score {
			score[h] += float32(int8(cells[h])) * m.pieces.scale[h] * r.share[1]
		}
		for h := 0; v.negated && h < moodHeads; h++ {
			score[h] += float32(int8(cells[heads+h])) * m.pieces.scale[heads+h] * r.share[1]
		}
		for k := range bent {
			bent[k] += float32(int8(cells[heads+moodHeads+k])) * m.pieces.scale[heads+moodHeads+k] * r.share[1]
		}
	}
	for k, x := range bent {
		y := tanh(x)
		r.steep[k] = 1 - y*y
		for h, w := range m.out[k] {
			score[h] += w * y
		}
	}
	for h := range score {
		r.score[h] = float64(score[h])
	}
	return r
}

// words returns up to most runs of words that raised head h, the strongest first.
func (m *model) words(r *reading, h, most int) []string {
	n := len(r.doc.tokens)
	if n == 0 {
		return nil
	}
	by, sum := make([]float32, n), float32(0)
	for _, v := range r.moves {
		x := float32(0)
		if v.piece {
			x = m.pieces.cell(v.row, h) * r.share[1]
			if v.negated && h < moodHeads {
				x += m.pieces.cell(v.row, heads+h) * r.share[1]
			}
			for k, steep := range r.steep {
				x += m.out[k][h] * steep * m.pieces.cell(v.row, heads+moodHeads+k) * r.share[1]
			}
		} else {
			x = m.ngrams.cell(v.row, h) * r.share[0]
		}
		for i := v.from; i < v.to; i++ {
			by[i] += x / float32(v.to-v.from)
		}
	}
	for _, x := range by {
		sum += max(0, x)
	}
	for part := float32(leastPart); part > leastPart/8; part /= 2 { // in a long text many small things add up
		if said := r.strongest(by, part*sum, most); len(said) > 0 {
			return said
		}
	}
	return nil
}

const (
	leastPart  = 0.12 // of all that speaks for it, so much one word must say to be shown
	longestRun = 6    // words shown together at most
)

// strongest returns runs of neighbouring words that reach least, the strongest first. Words without matter of their
// own are left out at both ends, and what is nothing but those is not shown at all.
func (r *reading) strongest(by []float32, least float32, most int) []string {
	type run struct {
		from, to int
		sum      float32
	}
	var runs []run
	said := r.telling(by, least)
	for i := 0; i < len(said); i++ {
		if !said[i] {
			continue
		}
		n := run{from: i, to: i}
		for ; n.to < len(said) && said[n.to] && (n.to == i || r.doc.together(n.to)) && (n.to-i < longestRun || r.inside(n.to)); n.to++ {
			n.sum += by[n.to]
		}
		i = n.to - 1
		if r.doc.hasMatter(n.from, n.to) {
			runs = append(runs, n)
		}
	}
	slices.SortStableFunc(runs, func(a, b run) int { return cmp.Compare(b.sum, a.sum) })
	var out []string
	for _, n := range runs[:min(most, len(runs))] {
		out = append(out, r.doc.surface(n.from, n.to))
	}
	return out
}

// telling marks the tokens that are shown: those that say enough and have matter, with the rest of their Chinese word,
// and a little word between two of them.
func (r *reading) telling(by []float32, least float32) []bool {
	d := r.doc
	said := make([]bool, len(by))
	for i, x := range by {
		said[i] = x > 0 && x >= least && !tables().plain[d.tokens[i].id]
	}
	for _, v := range r.moves {
		if v.piece && v.to-v.from > 1 && slices.Contains(said[v.from:v.to], true) {
			for i := v.from; i < v.to; i++ {
				said[i] = true
			}
		}
	}
	for i := 1; i+1 < len(said); i++ {
		if said[i-1] && said[i+1] && !said[i] && d.together(i) && d.together(i+1) {
			said[i] = true
		}
	}
	return said
}

// inside tells whether a token stands in the middle of a Chinese word.
func (r *reading) inside(i int) bool {
	return slices.ContainsFunc(r.moves, func(v move) bool { return v.piece && int(v.from) < i && i < int(v.to) })
}

// together tells whether nothing parts a token from the one before it.
func (d *document) together(i int) bool {
	return d.tokens[i].sentence == d.tokens[i-1].sentence && !d.tokens[i].comma
}

// hasMatter tells whether a reader can make anything of tokens from..to: a word of three letters or two characters of
// Chinese, not all of them words that go with everything.
func (d *document) hasMatter(from, to int) bool {
	han := 0
	matter := false
	for _, t := range d.tokens[from:to] {
		empty := tables().plain[t.id]
		switch {
		case t.emoji:
			return true
		case t.word:
			if !empty && len(t.text) >= shortGram {
				return true
			}
		case t.text[0] >= 0x80:
			han++
			matter = matter || !empty
		}
	}
	return han > 1 && matter
}

func tanh(x float32) float32 { return float32(math.Tanh(float64(x))) }
