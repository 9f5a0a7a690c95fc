package evidence

import "slices"

// ruled tells whether a source has another value than c for what the draft's sentence is about, and gives this one for nothing
// in particular: "¥20 to Xinjiang, free from ¥99" where ¥99 is the threshold elsewhere.
func (d *reading) ruled(c claim, s site) bool {
	if !tabled[c.kind] {
		return false
	}
	for _, g := range [...]int{gPlace, gArea, gSpeed, gLevel} {
		mine := d.subject(c.seg, g)
		if len(mine) == 0 || len(s.r.subject(s.c.seg, g)) > 0 {
			continue
		}
		for i := range s.r.claims {
			x := &s.r.claims[i]
			if x.kind == c.kind && x.bound == c.bound && x.keys[0].unit == c.keys[0].unit && x.keys[0] != c.keys[0] && s.r.figureClaim(i) && meet(mine, s.r.subject(x.seg, g)) {
				return true
			}
		}
	}
	return false
}

// tabled are the kinds of claim that a table of places or levels has a value of for each.
var tabled = map[string]bool{KindPrice: true, KindDuration: true, KindPercent: true}

// subject collects what a clause, or the nearest one before it in its sentence, says of a group.
func (r *reading) subject(s, group int) []int {
	for k := s; k >= 0 && r.segs[k].sent == r.segs[s].sent; k-- {
		if m := of(r.segs[k].members, group); len(m) > 0 {
			return append(r.listed(k, group), m...)
		}
	}
	return nil
}

func meet(a, b []int) bool {
	for _, x := range a {
		if slices.Contains(b, x) {
			return true
		}
	}
	return false
}
