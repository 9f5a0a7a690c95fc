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

// shape prepares the clauses of the sources for turned.
func (ix *index) shape() {
	ix.seed = maphash.MakeSeed()
	ix.post = map[uint64][]int32{}
	for _, r := range ix.reads {
		for s := range r.segs {
			units := unique(r.content(r.segs[s], ix.seed))
			if len(units) < 2 {
				continue
			}
			id := int32(len(ix.shapes))
			ix.shapes = append(ix.shapes, shape{r, s, len(units)})
			for _, u := range units {
				ix.post[u] = append(ix.post[u], id)
			}
		}
	}
}

// turned compares each clause of the draft with the sources' clause that is nearest in wording, and reports where
// one is negated and the other is not, or where they name different members of an exclusive group.
func (ix *index) turned(d *reading) []Finding {
	seed, shapes, post := ix.seed, ix.shapes, ix.post
	if len(shapes) == 0 {
		return nil
	}
	var out []Finding
	hits := make([]int, len(shapes))
	for s := range d.segs {
		if d.verbatim(claim{seg: s}, ix) {
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
		out = append(out, d.otherValues(s, len(units), shapes, hits)...)
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

// otherValues reports the figures of a clause whose wording is nearly that of a source's clause, when that clause
// has another figure of the kind: the value may stand elsewhere in the evidence, but not for this.
func (d *reading) otherValues(s, units int, shapes []shape, hits []int) []Finding {
	if units < 3 || d.segs[s].claims == 0 {
		return nil
	}
	var out []Finding
	var near []*shape
	for id, h := range hits {
		if sh := &shapes[id]; h*10 >= units*8 && h*10 >= sh.units*6 && len(near) < manySites {
			near = append(near, sh)
		}
	}
	for i := d.segs[s].first; i < d.segs[s].last && len(near) > 0; i++ {
		c := &d.claims[i]
		if !d.figureClaim(i) || c.kind == KindCode {
			continue
		}
		found, other := false, false
		for _, sh := range near {
			same, differs := sh.r.hasValue(sh.seg, c)
			found, other = found || same, other || differs
		}
		if other && !found {
			text := d.original(c.from, c.to)
			out = append(out, Finding{c.kind, text, "the evidence says nearly this with another value than " + text})
		}
	}
	return out
}

// hasValue tells whether a clause states the value of c, and whether it states one of its kind.
func (r *reading) hasValue(s int, c *claim) (same, other bool) {
	for i := r.segs[s].first; i < r.segs[s].last; i++ {
		x := &r.claims[i]
		for _, k := range x.keys {
			for _, m := range c.keys {
				same = same || k == m || k.unit == m.unit && (k.a == m.a || k.b != 0 && (k.b == m.a || k.b == m.b))
			}
		}
		same = same || c.raw != 0 && x.raw == c.raw && (c.keys[0].unit == kBare || c.keys[0].unit == kNoun || x.keys[0].unit == kBare || x.keys[0].unit == kNoun)
		other = other || x.kind == c.kind && r.figureClaim(i)
	}
	return same, other
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
