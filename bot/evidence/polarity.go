package evidence

import "hash/maphash"

// near is how much of a clause's content another must share before their polarity is compared.
const (
	nearDraft  = 0.72 // of the draft's clause
	nearSource = 0.55 // of the source's clause
	fewest     = 2    // content units in the draft's clause; so few must all agree
)

// content lists the content units of a clause as hashes: stems of words, pairs of Chinese characters.
func (r *reading) content(s segment, seed maphash.Seed) []uint64 {
	var out []uint64
	for k := s.from; k < s.to; k++ {
		t := r.toks[k]
		switch t.kind {
		case tHan:
			if k+1 < s.to && r.toks[k+1].kind == tHan && !r.negator(k) && !r.negator(k+1) {
				out = append(out, maphash.String(seed, r.low[t.from:r.toks[k+1].to]))
			}
		case tWord, tCode:
			if _, n := at(r.toks, k, cStop); n > 0 || r.negator(k) || len(t.s) < 2 {
				continue
			}
			out = append(out, maphash.String(seed, stem(t.s)))
		case tNum:
			out = append(out, maphash.String(seed, t.s))
		}
	}
	return out
}

func (r *reading) negator(k int) bool {
	_, n := at(r.toks, k, cNot)
	return n > 0
}

// stem cuts a word to what its forms share.
func stem(w string) string {
	if len(w) > 5 {
		return w[:5]
	}
	if n := len(w); n > 3 && w[n-1] == 's' {
		return w[:n-1]
	}
	return w
}

// shape is a source's clause, ready to be compared.
type shape struct {
	r     *reading
	seg   int
	units int
}

// turned compares each clause of the draft with the sources' clause that is nearest in wording, and reports where
// one is negated and the other is not, or where they name different members of an exclusive group.
func (ix *index) turned(d *reading) []Finding {
	if len(ix.reads) == 0 {
		return nil
	}
	seed := maphash.MakeSeed()
	var shapes []shape
	post := map[uint64][]int32{}
	for _, r := range ix.reads {
		for s := range r.segs {
			units := unique(r.content(r.segs[s], seed))
			if len(units) < 2 {
				continue
			}
			id := int32(len(shapes))
			shapes = append(shapes, shape{r, s, len(units)})
			for _, u := range units {
				post[u] = append(post[u], id)
			}
		}
	}
	var out []Finding
	hits := make([]int, len(shapes))
	for s := range d.segs {
		if ix.sentences[d.sentence(d.segs[s].sent)] {
			continue
		}
		units := unique(d.content(d.segs[s], seed))
		if len(units) < fewest {
			continue
		}
		clear(hits)
		for _, u := range units {
			for _, id := range post[u] {
				hits[id]++
			}
		}
		if f, bad := d.compare(s, len(units), shapes, hits); bad {
			out = append(out, f)
		}
	}
	return out
}

func (d *reading) compare(s, units int, shapes []shape, hits []int) (Finding, bool) {
	seg := d.segs[s]
	best, agree := 0, false
	var worst *shape
	for id, h := range hits {
		if h*100 < units*60 {
			continue
		}
		sh := &shapes[id]
		same := sh.r.segs[sh.seg].not == seg.not
		if same {
			agree = true
			continue
		}
		if units < 3 && (h < units || sh.units > units+1) {
			continue
		}
		if float64(h) >= nearDraft*float64(units) && float64(h) >= nearSource*float64(sh.units) && h > best {
			best, worst = h, sh
		}
	}
	if worst == nil || agree {
		return Finding{}, false
	}
	text := d.original(d.toks[seg.from].from, d.toks[seg.to-1].to)
	if seg.not {
		return Finding{KindNegation, text, "the evidence says this without a negation"}, true
	}
	return Finding{KindNegation, text, "the evidence negates this"}, true
}

func unique(u []uint64) []uint64 {
	out := u[:0]
next:
	for _, x := range u {
		for _, y := range out {
			if x == y {
				continue next
			}
		}
		out = append(out, x)
	}
	return out
}
