package triage

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
