package evidence

import "slices"

// mixed tells what in a sentence is taken from two rows of the quotable: a figure of one with a word or a figure of another, or what
// one row has, in the place of what another has.
func (p *proof) mixed(d *reading) string {
	if p.repeats(d) {
		return "said more often"
	}
	for s := range d.segs {
		homes := p.homes(d, s)
		if p.crossed(d, s, homes) {
			return "figures of two rows"
		}
		if p.borrowed(d, s, homes) {
			return "words of another row"
		}
		if p.pieced(d, s) {
			return "words of two clauses"
		}
		if p.another(d, s) {
			return "done by another"
		}
	}
	return ""
}

// repeats tells whether a sentence has a figure, a currency or a name more often than the quotable has: "the UK and the UK".
func (p *proof) repeats(d *reading) bool {
	theirs := p.ix.reads[0].counts()
	for what, n := range d.counts() {
		if currency := what.unit > kMoney && what.unit < kPercent && what.a == 0; n > theirs[what] && (currency || theirs[what] > 0) {
			return true
		}
	}
	return false
}

// counts tells how often a text has each figure, currency and member of a group.
func (r *reading) counts() map[key]int {
	out := map[key]int{}
	for i := range r.claims {
		if r.figureClaim(i) {
			k := r.claims[i].keys[0]
			if k.unit == kSize || k.unit == kBare {
				k.unit, k.b = kBare, 0 // one number in two systems of sizes is said twice
			}
			out[k]++
		}
	}
	for _, g := range r.groups {
		out[key{unit: kPlace, a: amount(g.id)}]++
	}
	for k := 0; k < len(r.toks); {
		e, n := at(r.toks, k, cCurrency)
		if n > 0 {
			out[key{unit: kMoney + e.id}]++
		}
		k += max(n, 1)
	}
	return out
}

// homes gives for each figure of a clause the quotable's clauses that state it.
func (p *proof) homes(d *reading, s int) [][]int {
	var out [][]int
	for i := d.segs[s].first; i < d.segs[s].last; i++ {
		if !d.figureClaim(i) {
			continue
		}
		var home []int
		for t := range p.body.segs {
			if same, _ := p.body.hasValue(t, &d.claims[i]); same {
				home = append(home, t)
			}
		}
		out = append(out, home)
	}
	return out
}

// crossed tells whether two figures of a clause stand in two rows: between two semicolons, or where each row has one of the kind.
func (p *proof) crossed(d *reading, s int, homes [][]int) bool {
	kinds := d.kinds(d.segs[s])
	for i := range homes {
		for j := range i {
			together := len(homes[i]) == 0 || len(homes[j]) == 0
			for _, a := range homes[i] {
				for _, b := range homes[j] {
					together = together || a == b || p.row(a) == p.row(b) && !slices.Contains(p.body.kinds(p.body.segs[a]), kinds[j]) && !slices.Contains(p.body.kinds(p.body.segs[b]), kinds[i])
				}
			}
			if !together {
				return true
			}
		}
	}
	return false
}

// kinds are the kinds of the figures of a clause.
func (r *reading) kinds(s segment) []string {
	var out []string
	for i := s.first; i < s.last; i++ {
		if r.figureClaim(i) {
			out = append(out, r.claims[i].kind)
		}
	}
	return out
}

// row counts the semicolons and full stops before a clause of the quotable.
func (p *proof) row(s int) int {
	n := 0
	for k := range p.body.toks[:p.body.segs[s].from] {
		if p.body.is(k, ";|；|.|。") || p.body.toks[k].line {
			n++
		}
	}
	return n
}

// borrowed tells whether a clause with figures has a word or a promise that the quotable says with other figures of the kind alone.
func (p *proof) borrowed(d *reading, s int, homes [][]int) bool {
	own := map[int]bool{}
	for _, home := range homes {
		for _, t := range home {
			own[t] = true
		}
	}
	if len(own) == 0 {
		return false
	}
	kinds := d.kinds(d.segs[s])
	var mine, others []uint64
	for t, seg := range p.body.segs {
		switch {
		case own[t]:
			mine = append(mine, p.units(p.body, seg)...)
		case slices.ContainsFunc(p.body.kinds(seg), func(k string) bool { return slices.Contains(kinds, k) }):
			others = append(others, p.units(p.body, seg)...)
		}
	}
	return slices.ContainsFunc(p.units(d, d.segs[s]), func(u uint64) bool {
		return slices.Contains(others, u) && !slices.Contains(mine, u) && !slices.Contains(p.asked, u)
	})
}

// pieced tells whether a clause without figures has words of one clause of the quotable and words of another: "wool is machine
// washed" of "silk is machine washed, wool by hand".
func (p *proof) pieced(d *reading, s int) bool {
	units := p.units(d, d.segs[s])
	if len(d.kinds(d.segs[s])) > 0 {
		return false
	}
	var all []uint64
	best := 0
	for _, seg := range p.body.segs {
		theirs := p.units(p.body, seg)
		all = append(all, theirs...)
		best = max(best, meeting(units, theirs))
	}
	return meeting(units, all) > best
}

// another tells whether a clause has somebody else do what the quotable says: "we send you a photo" of "send us a photo".
func (p *proof) another(d *reading, s int) bool {
	for k := d.segs[s].from; k < d.segs[s].to; k++ {
		who := d.doer(k)
		if who == "" {
			continue
		}
		same, other := false, false
		for j, t := range p.body.toks {
			if t.kind == tWord && alike(t.s, d.toks[k].s) {
				by := p.body.doer(j)
				same, other = same || by == who, other || by != who
			}
		}
		if other && !same {
			return true
		}
	}
	return false
}

// doer is who does what an English word says: the pronoun before it, or the shopper who is told to.
func (r *reading) doer(k int) string {
	if r.toks[k].kind != tWord || r.toks[k].lang&en == 0 {
		return ""
	}
	if _, stop := at(r.toks, k, cStop); stop > 0 || plain[r.toks[k].s] {
		return ""
	}
	for j := k - 1; j >= 0 && j >= k-3 && !r.clauseMark(j); j-- {
		if r.is(j, "we|we'll|we've") {
			return "we"
		}
		if r.is(j, "you|you'll|you've") {
			return "you"
		}
		if _, stop := at(r.toks, j, cStop); stop == 0 && !plain[r.toks[j].s] {
			return ""
		}
	}
	if k == 0 || r.clauseMark(k-1) || r.toks[k].line {
		return "you"
	}
	return ""
}

// units are the words of a clause, the groups' members that it names and its promises.
func (p *proof) units(r *reading, s segment) []uint64 {
	out := r.content(s, p.ix.seed)
	for _, m := range s.members {
		out = append(out, uint64(m))
	}
	for i := s.first; i < s.last; i++ {
		if k := r.claims[i].keys[0]; k.unit == kPromise {
			out = append(out, 1e6+uint64(k.a))
		}
	}
	return out
}
