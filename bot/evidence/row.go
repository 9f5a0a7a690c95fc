package evidence

import "slices"

// fewestTelling is how many words must tie a clause to another row.
const fewestTelling = 2

// otherRow reports the figures of a clause that its words tie to another row: "PayPal takes 5 days" where the source says
// 5 days of cards and 2 of PayPal. Words count that stand with some of a source's figures of the unit and not with others.
func (ix *index) otherRow(d *reading) []Finding {
	var out []Finding
	for i := range d.claims {
		c := &d.claims[i]
		if c.kind != KindDuration && c.kind != KindPrice && c.kind != KindPercent || !d.figureClaim(i) || d.verbatim(*c, ix) {
			continue
		}
		units := d.rowUnits(c.seg, ix)
		if len(units) == 0 {
			continue
		}
		same, other := 0, 0
		for _, r := range ix.reads {
			s, o := r.rowsOf(c, units, ix)
			same, other = max(same, s), max(other, o)
		}
		if other >= fewestTelling && other > same {
			out = append(out, Finding{KindCondition, d.original(c.from, c.to), "the evidence has another value where it says the same words as this"})
		}
	}
	return out
}

// rowUnits are the content units of a clause and of the clauses without a figure before it in its sentence, down to the last
// clause that has one.
func (r *reading) rowUnits(s int, ix *index) []uint64 {
	units := r.unboundContent(r.segs[s], ix)
	for k := s - 1; k >= 0 && r.segs[k].sent == r.segs[s].sent && r.segs[k].claims == 0; k-- {
		units = append(units, r.unboundContent(r.segs[k], ix)...)
	}
	return unique(units)
}

// unboundContent is the content of a clause without its words for bounds, which every row may have.
func (r *reading) unboundContent(s segment, ix *index) []uint64 {
	var out []uint64
	for k := s.from; k < s.to; {
		_, pre := at(r.toks, k, cBoundPre)
		_, post := at(r.toks, k, cBoundPost)
		if n := max(pre, post); n > 0 {
			k += n
			continue
		}
		out = append(out, r.content(segment{from: k, to: min(k+2, s.to)}, ix.seed)...)
		k++
	}
	return out
}

// rowsOf counts the telling words that a draft's clause shares with the source's rows that have its value, and with those that
// have another one of its kind: of each, the row with the most.
func (r *reading) rowsOf(c *claim, units []uint64, ix *index) (same, other int) {
	type row struct {
		same bool
		hits []uint64
	}
	var rows []row
	in := map[uint64]int{}
	for s := range r.segs {
		same, other := r.hasValue(s, c)
		if !same && (!other || !r.boundedAs(s, c)) {
			continue
		}
		var hits []uint64
		for _, u := range r.rowUnits(s, ix) {
			if slices.Contains(units, u) {
				hits = append(hits, u)
				in[u]++
			}
		}
		rows = append(rows, row{same, hits})
	}
	for _, row := range rows {
		n := 0
		for _, u := range row.hits {
			if in[u] < len(rows) {
				n++
			}
		}
		if row.same {
			same = max(same, n)
		} else {
			other = max(other, n)
		}
	}
	return same, other
}

// boundedAs tells whether a clause has a figure of the kind that is bounded as c is: a threshold is no price.
func (r *reading) boundedAs(s int, c *claim) bool {
	for i := r.segs[s].first; i < r.segs[s].last; i++ {
		if x := &r.claims[i]; x.kind == c.kind && x.bound == c.bound {
			return true
		}
	}
	return false
}

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
