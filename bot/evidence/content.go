package evidence

import "hash/maphash"

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
