package triage

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// match is a pattern found at tokens from..to.
type match struct {
	*pattern
	from, to int
}

// find returns, for every group, the matches that stand, in order.
func (t *table) find(d *document) map[group][]match {
	found := t.matches(d)
	for g, ms := range found {
		if slices.ContainsFunc(ms, func(m match) bool { return m.score == 0 }) {
			d.alike = append(d.alike, g)
		}
		found[g] = standing(ms, len(d.tokens))
	}
	return found
}

// matches returns every match of every group.
func (t *table) matches(d *document) map[group][]match {
	found := map[group][]match{}
	try := func(es []entry, i int) {
		for _, e := range es {
			if end := e.match(d, i); end > i {
				found[e.group] = append(found[e.group], match{e.pattern, i, end})
			}
		}
	}
	for i, tok := range d.tokens {
		if tok.id != 0 {
			try(t.single[tok.id], i)
			if i+1 < len(d.tokens) && d.tokens[i+1].id != 0 {
				try(t.double[[2]int32{tok.id, d.tokens[i+1].id}], i)
			}
		}
		if tok.word && len(tok.text) > 1 {
			try(t.prefixes[tok.text[:2]], i)
		}
	}
	return found
}

// standing settles overlaps within one group. A look-alike (score 0) silences
// what it touches, save a longer match that contains it whole; of the rest the
// longer wins, then the stronger.
func standing(ms []match, tokens int) []match {
	var alike []match
	longest := 0
	for _, m := range ms {
		if m.score == 0 {
			alike = append(alike, m)
			longest = max(longest, m.to-m.from)
		}
	}
	silenced := func(m match) bool {
		i, _ := slices.BinarySearchFunc(alike, m.from-longest, func(a match, from int) int { return a.from - from })
		for ; i < len(alike) && alike[i].from < m.to; i++ {
			a := alike[i]
			if a.to > m.from && (a.from < m.from || a.to > m.to || a.to-a.from == m.to-m.from) {
				return true
			}
		}
		return false
	}
	ms = slices.DeleteFunc(ms, func(m match) bool { return m.score == 0 || silenced(m) })
	slices.SortStableFunc(ms, func(a, b match) int {
		if c := (b.to - b.from) - (a.to - a.from); c != 0 {
			return c
		}
		return cmp.Compare(math.Abs(b.score), math.Abs(a.score))
	})
	taken := make([]bool, tokens)
	ms = slices.DeleteFunc(ms, func(m match) bool {
		if slices.Contains(taken[m.from:m.to], true) {
			return true
		}
		for i := m.from; i < m.to; i++ {
			taken[i] = true
		}
		return false
	})
	slices.SortFunc(ms, func(a, b match) int { return a.from - b.from })
	return ms
}

// match returns the furthest end of the pattern from token i, or -1.
func (e entry) match(d *document, i int) int {
	s := &d.sentences[d.tokens[i].sentence]
	if e.parts[0].start && i != s.coreFrom && i != s.from {
		return -1
	}
	if len(e.alt) > s.to-i || !fits(d.tokens[i:], e.alt) {
		return -1
	}
	return longestMatch(d, e.parts[e.at+1:], i+len(e.alt), s)
}

// longestMatch returns the furthest end of parts from token i, or -1.
func longestMatch(d *document, parts []element, i int, s *sentence) int {
	if len(parts) == 0 {
		return i
	}
	e, rest := &parts[0], parts[1:]
	if e.end {
		if i != s.coreTo && i != s.to {
			return -1
		}
		return longestMatch(d, rest, i, s)
	}
	best := -1
	if e.gap > 0 {
		for n := 0; n <= e.gap && i+n <= s.to; n++ {
			best = max(best, longestMatch(d, rest, i+n, s))
		}
		return best
	}
	for _, alt := range e.alts {
		if len(alt) <= s.to-i && fits(d.tokens[i:], alt) {
			best = max(best, longestMatch(d, rest, i+len(alt), s))
		}
	}
	if e.optional {
		best = max(best, longestMatch(d, rest, i, s))
	}
	return best
}

func fits(toks []token, alt []piece) bool {
	for k, p := range alt {
		if k > 0 && toks[k].comma && !toks[k].word { // 好久了，断货: no character of one word stands behind a comma
			return false
		}
		if toks[k].id != p.id && (p.prefix == "" || !strings.HasPrefix(toks[k].text, p.prefix)) {
			return false
		}
	}
	return true
}
