package evidence

import (
	"slices"
	"strings"
	"unicode"
)

// What a token of a draft is to a sentence of the evidence.
type explained uint8

const (
	empty   explained = iota // says nothing by itself
	meant                    // is said there
	unknown                  // is not
)

// explain tells of each token what it is to the sentence.
func (p *proof) explain(d *reading) []explained {
	out := make([]explained, len(d.toks))
	taken := make([]bool, len(d.toks))
	for i, c := range d.claims {
		for k := c.tok; k < c.end && c.keys[0].unit != kEvent; k++ {
			taken[k] = true
		}
		if d.figureClaim(i) {
			out[c.tok] = unknown
			if p.has(d, c) {
				out[c.tok] = meant
			}
		}
	}
	for _, g := range d.groups {
		_, n := at(d.toks, g.tok, cGroup)
		for k := g.tok; k < g.tok+n; k++ {
			taken[k] = true
		}
		out[g.tok] = unknown
		if p.names(g.id) {
			out[g.tok] = meant
		}
	}
	for k := 0; k < len(d.toks); k++ {
		t := d.toks[k]
		if taken[k] || t.kind == tPunct || t.kind == tNum {
			continue
		}
		if t.kind == tHan {
			n, said := p.covers(d, k, taken)
			if n == 0 {
				out[k] = unknown
			} else if said {
				out[k] = meant
			}
			k += max(n, 1) - 1
			continue
		}
		if _, n := at(d.toks, k, cScope); n > 0 || d.negator(k) {
			continue
		}
		_, stop := at(d.toks, k, cStop)
		switch {
		case p.words[form(t.s)] && stop == 0 && !plain[t.s], slices.ContainsFunc(senses[t.s], func(x int) bool { return p.senses[x] }) && (!ours(t.s) || p.ours):
			out[k] = meant
		case len(senses[t.s]) == 0 && (stop > 0 || plain[t.s]):
		default:
			out[k] = unknown
		}
	}
	return out
}

// ours tells a Spanish verb of what the shop does: enviamos, not envía.
func ours(word string) bool { return strings.HasSuffix(word, "mos") }

// form is the stem of a word, and whether it is of what the shop does.
func form(word string) string {
	if ours(word) {
		return stem(word) + "-mos"
	}
	return stem(word)
}

// longestHan bounds the run of characters that is looked for at once.
const longestHan = 12

// covers tells how many characters from k on stand together in the sentence, or say nothing.
func (p *proof) covers(d *reading, k int, taken []bool) (n int, said bool) {
	end := k
	for end < len(d.toks) && end < k+longestHan && d.toks[end].kind == tHan && !taken[end] {
		end++
	}
	for n := end - k; n >= 1; n-- {
		s := d.low[d.toks[k].from:d.toks[k+n-1].to]
		if plainHan[s] || d.negator(k) && n == 1 {
			return n, false
		}
		if _, m := at(d.toks, k, cScope); m == n {
			return n, false
		}
		if strings.Contains(p.han, s) || slices.ContainsFunc(sensesHan[s], func(w string) bool { return strings.Contains(p.han, w) }) {
			return n, n > 1
		}
	}
	return 0, false
}

// shares counts what of a sentence, as far as it is left, the quotable says and does not say, and its figures and names among the
// former; a figure counts twice.
func (p *proof) shares(d *reading, left []bool) (known, strange, facts int) {
	fact := make([]bool, len(d.toks))
	for _, c := range d.claims {
		fact[c.tok] = true
	}
	for k := range d.toks {
		fact[k] = fact[k] || d.proper(k)
	}
	for k, x := range p.explain(d) {
		switch {
		case !left[k]:
		case x == unknown:
			strange++
		case x == meant && fact[k]:
			known, facts = known+2, facts+1
		case x == meant:
			known++
		}
	}
	return known, strange, facts
}

// proper tells a name by its capitals: one inside a sentence, or one inside a word.
func (r *reading) proper(k int) bool {
	t := r.toks[k]
	if t.kind != tWord {
		return false
	}
	capital := func(s string) bool { return strings.ContainsFunc(s, unicode.IsUpper) }
	return capital(r.cased[t.from:t.to]) && (k > 0 && !r.is(k-1, ".|!|?|。|！|？|¡|¿|\"|«|:")) || capital(r.cased[t.from+1:t.to])
}

// mark takes from what is left of a sentence what the quotable says.
func (p *proof) mark(d *reading, left []bool) {
	for k, x := range p.explain(d) {
		left[k] = left[k] && x != meant
	}
}
