package triage

import "math"

const (
	pieceHan   = 6 // the longest known piece of Chinese, in characters
	negateSpan = 4 // so many tokens after a negation are read as its opposite
)

// pieces cuts a document into the longest pieces that known knows, from left to right.
func (d *document) pieces(known func(uint32) bool) []feature {
	out := make([]feature, 0, len(d.tokens))
	for i := 0; i < len(d.tokens); {
		tok := &d.tokens[i]
		switch {
		case tok.word:
			out = wordPieces(tok.text, i, known, out)
			i++
		case tok.text[0] >= 0x80:
			h, end, best := key('H'), i+1, feature{}
			for j := i; j < len(d.tokens) && j < i+pieceHan; j++ {
				t := &d.tokens[j]
				if t.word || t.text[0] < 0x80 || j > i && (t.comma || t.sentence != tok.sentence) {
					break
				}
				h = hashOn(h, t.text)
				if known(h) {
					end, best = j+1, feature{h, int32(i), int32(j + 1)}
				}
			}
			if best.to > 0 {
				out = append(out, best)
			}
			i = end
		default:
			i++
		}
	}
	return out
}

// wordPieces cuts one word.
func wordPieces(w string, at int, known func(uint32) bool, out []feature) []feature {
	if len(w) > wordRead {
		w = w[:wordRead]
	}
	for from := 0; from < len(w); {
		kind := byte('B')
		if from > 0 {
			kind = 'I'
		}
		h, end, best := key(kind), from+1, uint32(0)
		for to := from; to < len(w); to++ {
			h = (h ^ uint32(w[to])) * keyPrime
			if known(h) {
				end, best = to+1, h
			}
		}
		if best != 0 {
			out = append(out, feature{best, int32(at), int32(at + 1)})
		}
		from = end
	}
	return out
}

// negations tells which tokens stand behind a negation.
func (d *document) negations(found map[group][]match) []bool {
	out := make([]bool, len(d.tokens))
	for _, m := range found[gNegate] {
		for i := m.to; i < min(len(d.tokens), m.to+negateSpan); i++ {
			if d.tokens[i].comma || d.tokens[i].sentence != d.tokens[m.from].sentence {
				break
			}
			out[i] = true
		}
	}
	return out
}

// traits is how many numbers describe the form of a text.
const traits = 7

// form describes a text apart from its words: whether it asks, speaks in public, how it ends, how long it is.
func (d *document) form(asks bool) (x [traits]float32) {
	is := func(i int, yes bool) {
		if yes {
			x[i] = 1
		}
	}
	is(0, asks)
	is(1, d.questions > 0)
	is(2, d.public)
	is(3, d.exclaims > 0)
	is(4, len(d.tokens) > 0 && isHan([]rune(d.tokens[0].text)[0]))
	is(5, len(d.sentences) > 1)
	x[6] = float32(math.Log1p(float64(len(d.tokens)))) / 4
	return x
}

// asksFor tells whether a text asks or begs for something.
func (d *document) asksFor(found map[group][]match) bool {
	return d.questions > 0 || len(found[gHowTo])+len(found[gRequest]) > 0
}
