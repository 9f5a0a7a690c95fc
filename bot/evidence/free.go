package evidence

import "fmt"

// freeOf tells apart what is free: a source that gives free returns does not support free shipping.
func (ix *index) freeOf(d *reading, c claim, s site) reason {
	mine, theirs := d.topicsAround(c.seg), s.r.topicsOf(s.c.seg)
	if s.r.priced() && d.bare(c) {
		return reason{KindPrice, fmt.Sprintf("the evidence names prices, and the draft does not say what is %q", d.original(c.from, c.to))}
	}
	if mine == 0 || theirs == 0 || mine&theirs != 0 {
		if mine != 0 && theirs == 0 {
			all := s.r.topics
			if all != 0 && all&mine == 0 {
				return reason{KindPrice, fmt.Sprintf("the evidence does not say that this is %q", d.original(c.from, c.to))}
			}
		}
		return reason{}
	}
	return reason{KindPrice, fmt.Sprintf("the evidence says %q of something else", d.original(c.from, c.to))}
}

// priced tells whether a source asks for money anywhere.
func (r *reading) priced() bool {
	for i := range r.claims {
		if k := r.claims[i].keys[0]; k.unit >= kMoney && k.unit < kPercent && k.a > 0 {
			return true
		}
	}
	return false
}

// bare tells whether a claim stands in a sentence that has no other word with a meaning: "It is completely free."
func (r *reading) bare(c claim) bool {
	sent := r.segs[c.seg].sent
	for _, s := range r.segs {
		if s.sent != sent {
			continue
		}
		for k := s.from; k < s.to; k++ {
			if k >= c.tok && k < c.end || r.toks[k].kind == tPunct {
				continue
			}
			if _, n := at(r.toks, k, cStop); n == 0 && !r.is(k, "completely|totally|entirely|absolutely|service|servicio|totalmente|completamente|alguno|任|何|费|用|完|全|都|的|我|们|您|你|这|项|服|务|是") {
				return false
			}
		}
	}
	return true
}
