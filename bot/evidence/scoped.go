package evidence

import "slices"

// scoped compares the words that narrow or widen, the figures that go with what is taken up, and the negations.
func (p *proof) scoped(d *reading) string {
	mine, theirs := d.scopes(0, len(d.toks)), uint32(0)
	if mine&^p.body.scopes(0, len(p.body.toks)) != 0 {
		return "scope added"
	}
	for _, s := range p.touched(d) {
		seg := p.body.segs[s]
		theirs |= p.body.scopes(seg.from, seg.to)
		for i := seg.first; i < seg.last; i++ {
			if c := p.body.claims[i]; (c.bound != 0 || c.kind == KindDuration) && !d.has(c) {
				return "bound dropped"
			}
		}
	}
	if theirs&^(mine|1<<scAlso) != 0 {
		return "scope dropped"
	}
	return p.turned(d)
}

// turned compares the negations of a sentence with those of what it takes up: as many of them, and each clause as its own.
func (p *proof) turned(d *reading) string {
	nots, rows := 0, map[int]bool{}
	for _, s := range p.touched(d) {
		nots += p.body.nots(p.body.segs[s].from, p.body.segs[s].to)
		rows[p.row(s)] = true
	}
	mine := d.nots(0, len(d.toks))
	for s, seg := range p.body.segs {
		if mine == 0 && rows[p.row(s)] && p.body.nots(seg.from, seg.to) > 0 {
			return "negation left out"
		}
	}
	if mine != nots {
		return "polarity"
	}
	theirs, ours := p.body.negated(), d.negated()
	for s := range d.segs {
		same, other := false, false
		units := p.units(d, d.segs[s])
		for t, seg := range p.body.segs {
			if meet(d.segs[s].members, seg.members) || meeting(units, p.units(p.body, seg))*2 >= max(len(units), 1) {
				same, other = same || theirs[t] == ours[s], other || theirs[t] != ours[s]
			}
		}
		if other && !same {
			return "negation of another clause"
		}
	}
	return ""
}

func meeting(a, b []uint64) int {
	n := 0
	for _, x := range a {
		if slices.Contains(b, x) {
			n++
		}
	}
	return n
}

// negated tells of each clause whether it is negated, with the list that it is a part of: "gift cards, socks and pillows can't be
// returned", 日本、瑞士暂时不发.
func (r *reading) negated() []bool {
	out := make([]bool, len(r.segs))
	for s := len(r.segs) - 1; s >= 0; s-- {
		seg := r.segs[s]
		out[s] = seg.not || r.nots(seg.from, seg.to) > 0 || s+1 < len(out) && r.segs[s+1].sent == seg.sent && out[s+1] && r.listItem(seg)
	}
	return out
}

// listItem tells a clause that is one thing of a list: short, before a comma, and without what a sentence has.
func (r *reading) listItem(s segment) bool {
	if !r.is(s.to-1, ",|、") || s.to-s.from > 6 {
		return false
	}
	for k := s.from; k < s.to; k++ {
		if r.toks[k].kind == tWord && r.is(k, "is|are|was|has|have|can|you|we|it|they|es|son|hay|puedes|se|but|pero|if|si|yes") {
			return false
		}
	}
	return true
}

func (r *reading) has(c claim) bool {
	for i := range r.claims {
		for _, k := range c.keys {
			if slices.Contains(r.claims[i].keys, k) {
				return true
			}
		}
	}
	return false
}

// touched are the clauses of the quotable that a sentence takes up, with those that bound them: all between two semicolons that
// have a bounded figure or a word that narrows.
func (p *proof) touched(d *reading) []int {
	var out []int
	group, hit := 0, false
	segs := p.body.segs
	for s := range segs {
		if p.touches(d, s) {
			hit = true
			out = append(out, s)
		}
		if s+1 < len(segs) && !p.body.is(segs[s].to-1, ";|；|.|。") && segs[s].sent == segs[s+1].sent {
			continue
		}
		for k := group; hit && k <= s; k++ {
			if !slices.Contains(out, k) && p.bounds(k) {
				out = append(out, k)
			}
		}
		group, hit = s+1, false
	}
	return out
}

// bounds tells whether a clause says under which condition its neighbours hold.
func (p *proof) bounds(s int) bool {
	seg := p.body.segs[s]
	for i := seg.first; i < seg.last; i++ {
		if p.body.claims[i].bound != 0 {
			return true
		}
	}
	const narrow = 1<<scOnly | 1<<scExcept | 1<<scIf | 1<<scFirst | 1<<scWithin
	return p.body.scopes(seg.from, seg.to)&narrow != 0
}

func (p *proof) touches(d *reading, s int) bool {
	seg := p.body.segs[s]
	for i := seg.first; i < seg.last; i++ {
		if d.has(p.body.claims[i]) {
			return true
		}
	}
	n, hit := 0, 0
	for k := seg.from; k < seg.to; k++ {
		t := p.body.toks[k]
		if t.kind == tPunct || t.kind == tNum || plain[t.s] || plainHan[t.s] {
			continue
		}
		if _, stop := at(p.body.toks, k, cStop); stop > 0 {
			continue
		}
		n++
		for _, m := range d.toks {
			if m.kind == t.kind && alike(m.s, t.s) {
				hit++
				break
			}
		}
	}
	return n > 0 && hit*2 >= n
}

func (r *reading) scopes(from, to int) uint32 {
	var out uint32
	for k := from; k < to; {
		e, n := at(r.toks, k, cScope)
		if n > 0 {
			out |= 1 << e.id
		}
		k += max(n, 1)
	}
	return out
}

func (r *reading) nots(from, to int) int {
	c := 0
	for k := from; k < to; {
		if _, n := at(r.toks, k, cNotNot); n > 0 {
			k += n
			continue
		}
		_, n := at(r.toks, k, cNot)
		if n > 0 {
			c++
		}
		k += max(n, 1)
	}
	return c
}

// alike tells whether two words have a stem or a meaning in common.
func alike(a, b string) bool {
	return stem(a) == stem(b) || slices.ContainsFunc(senses[a], func(x int) bool { return slices.Contains(senses[b], x) })
}
