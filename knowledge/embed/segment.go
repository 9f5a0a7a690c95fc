package embed

import "math"

// scratch is what one text needs on its way to a vector, kept for the next one.
type scratch struct {
	bytes []byte
	runes []rune
	best  []float64 // of the texts that end here, the largest sum of log-probabilities
	back  []span    // the last span of that best text
	found []span    // the known pieces of the whole text, in order
	sum   []float64
}

// span is a stretch of s.runes and the piece it is, -1 for an unknown code point.
type span struct {
	start, end int32
	piece      int32
}

func newScratch(dimension int) *scratch {
	return &scratch{sum: make([]float64, dimension)}
}

// segment splits s.runes into pieces so that the sum of their log-probabilities is
// largest (Viterbi's algorithm, exact), and leaves the known ones in s.found. Of equal
// sums the one found first stays: starts ascending, shorter pieces first, the unknown
// code point last.
func (t *table) segment(s *scratch) {
	n := len(s.runes)
	s.best, s.back, s.found = resize(s.best, n+1), resize(s.back, n+1), s.found[:0]
	for i := range s.best {
		s.best[i] = math.Inf(-1)
	}
	s.best[0] = 0
	for i, r := range s.runes {
		from := s.best[i]
		slot, filled := t.trie.step(0, r)
		for e := i + 1; filled; e++ {
			at := &t.trie.nodes[slot]
			if sum := from + float64(at.logp); at.piece >= 0 && sum > s.best[e] {
				s.best[e], s.back[e] = sum, span{int32(i), int32(e), at.piece}
			}
			if e == n {
				break
			}
			slot, filled = t.trie.step(slot+1, s.runes[e])
		}
		if sum := from + t.unknown; sum > s.best[i+1] {
			s.best[i+1], s.back[i+1] = sum, span{int32(i), int32(i + 1), -1}
		}
	}
	s.collect()
}

// collect walks the best path from its end and turns the known pieces to reading order.
func (s *scratch) collect() {
	for end := int32(len(s.runes)); end > 0; end = s.back[end].start {
		if s.back[end].piece >= 0 {
			s.found = append(s.found, s.back[end])
		}
	}
	for i, j := 0, len(s.found)-1; i < j; i, j = i+1, j-1 {
		s.found[i], s.found[j] = s.found[j], s.found[i]
	}
}

// coverage is the share of s.runes inside known pieces, word starts aside.
func (s *scratch) coverage() float64 {
	all, known := 0, 0
	for _, r := range s.runes {
		if r != wordStart {
			all++
		}
	}
	for _, found := range s.found {
		for _, r := range s.runes[found.start:found.end] {
			if r != wordStart {
				known++
			}
		}
	}
	if all == 0 {
		return 0
	}
	return float64(known) / float64(all)
}

// resize gives a slice of length n, reusing what is there; its content is arbitrary.
func resize[T any](slice []T, n int) []T {
	if cap(slice) < n {
		return make([]T, n)
	}
	return slice[:n]
}
