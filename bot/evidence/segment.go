package evidence

// segment is a clause: what stands between two marks, or on either side of an "and" when both sides claim something.
type segment struct {
	from, to int // tokens
	sent     int
	claims   int
	first    int // of the reading's claims: [first, last)
	last     int
	members  []int  // of exclusive groups, as group*100+member
	topics   uint32 // bits of the cTopic class
	not      bool
	joined   bool // cut from the clause before at an "and"
	answer   bool // a bare "no," or "yes," to what was asked
}

// cutSegments divides the tokens into clauses and tells each claim which it is in.
func (r *reading) cutSegments() {
	owner := make([]int16, len(r.toks)) // claim+1 by token
	for c := range r.claims {
		for k := r.claims[c].tok; k < r.claims[c].end; k++ {
			owner[k] = int16(min(c+1, 32000))
		}
	}
	sent, from := 0, 0
	claimed, joined := false, false
	cut := func(to int) {
		if to > from {
			r.segs = append(r.segs, segment{from: from, to: to, sent: sent, joined: joined})
			joined = false
		}
		from = to
	}
	for k := range r.toks {
		if sent < len(r.sents)-1 && int(r.off[r.toks[k].from]) >= r.sents[sent].to {
			cut(k)
			claimed = false
			for sent < len(r.sents)-1 && int(r.off[r.toks[k].from]) >= r.sents[sent].to {
				sent++
			}
		}
		switch {
		case owner[k] > 0:
			claimed = claimed || r.figureClaim(int(owner[k]-1))
		case r.clauseMark(k) || r.is(k, "|"):
			cut(k + 1)
			claimed = false
		case claimed && r.is(k, "and|y|e|but|pero|while|mientras|和|而|但") && r.claimAhead(k+1, owner):
			cut(k)
			claimed, joined = false, true
		}
	}
	cut(len(r.toks))
	r.fillSegments()
}

func (r *reading) figureClaim(c int) bool {
	u := r.claims[c].keys[0].unit
	return u != kPromise && u != kPlace && u != kEvent
}

func (r *reading) claimAhead(k int, owner []int16) bool {
	for end := k + 40; k < end && k < len(r.toks) && !r.clauseMark(k); k++ {
		if owner[k] > 0 && r.figureClaim(int(owner[k]-1)) {
			return true
		}
	}
	return false
}

func (r *reading) fillSegments() {
	s := 0
	for c := range r.claims {
		for r.claims[c].tok >= r.segs[s].to {
			s++
		}
		if r.claims[c].seg = s; r.segs[s].last == 0 {
			r.segs[s].first = c
		}
		r.segs[s].last = c + 1
		if k := r.claims[c].keys[0]; r.figureClaim(c) && k.unit != kWeekday || k.unit == kPromise && k.a == pFree {
			r.segs[s].claims++
		}
	}
	s = 0
	for _, g := range r.groups {
		for g.tok >= r.segs[s].to {
			s++
		}
		r.segs[s].members = append(r.segs[s].members, g.id)
	}
	for s := range r.segs {
		seg := &r.segs[s]
		for k := seg.from; k < seg.to; {
			if e, n := at(r.toks, k, cTopic); n > 0 && e.id < 31 {
				seg.topics |= 1 << e.id
			}
			if _, n := at(r.toks, k, cNotNot); n > 0 {
				k += n
				continue
			}
			if r.is(k, "if|si|when|cuando|若") || r.is(k, "如") && r.is(k+1, "果") || r.is(k, "要") && r.is(k+1, "是") {
				break // what is not so in the condition denies nothing
			}
			if _, n := at(r.toks, k, cNot); n > 0 {
				if r.is(k+n, ",|，|.|。") && (k == 0 || r.clauseMark(k-1) || r.toks[k].line) {
					seg.answer = true
				} else {
					seg.not = true
				}
			}
			k++
		}
		if s > 0 && !seg.not && seg.to-seg.from <= 5 && seg.sent == r.segs[s-1].sent && r.segs[s-1].not && r.listMark(seg.from-1, seg.to) {
			seg.not = true
		}
		r.topics |= seg.topics
		if seg.joined && s > 0 {
			seg.not = seg.not || r.segs[s-1].not
		}
	}
}

// around collects what a clause says of one group: its own members, else those of the clauses without a claim
// before it in the sentence, else after it.
func (r *reading) around(s, group int) []int {
	if m := of(r.segs[s].members, group); len(m) > 0 {
		return append(r.listed(s, group), m...)
	}
	for k := s - 1; k >= max(0, s-6) && r.segs[k].sent == r.segs[s].sent && r.segs[k].claims == 0; k-- {
		if m := of(r.segs[k].members, group); len(m) > 0 {
			return append(r.listed(k, group), m...)
		}
	}
	for k := s + 1; k < min(len(r.segs), s+7) && r.segs[k].sent == r.segs[s].sent && r.segs[k].claims == 0; k++ {
		if m := of(r.segs[k].members, group); len(m) > 0 {
			return m
		}
	}
	return nil
}

// listMark tells whether the mark before a clause goes on with a list, so that what is denied of its first thing is denied of all:
// "without pockets, drawstrings or buttons".
func (r *reading) listMark(k, end int) bool {
	if r.is(k, "、") {
		return true
	}
	if !r.is(k, ",") {
		return false
	}
	for j := k + 1; j < end; j++ {
		if r.toks[j].kind == tPunct && !r.clauseMark(j) || r.toks[j].kind == tWord && r.is(j, "is|are|was|has|have|can|you|we|it|they|es|son|hay|puedes|se|but|pero") {
			return false
		}
	}
	return r.is(end-1, ",|.") || end >= len(r.toks)
}

// listed collects the members of a group that stand right before a clause, each by itself: "the Canaries, Ceuta and Melilla".
func (r *reading) listed(s, group int) []int {
	var out []int
	for k := s - 1; k >= max(0, s-8) && r.segs[k].sent == r.segs[s].sent && r.segs[k].claims == 0 && r.segs[k].to-r.segs[k].from <= 5; k-- {
		m := of(r.segs[k].members, group)
		if len(m) == 0 || !r.is(r.segs[k].to-1, ",|，|、") {
			break
		}
		out = append(out, m...)
	}
	return out
}

func of(members []int, group int) []int {
	var out []int
	for _, m := range members {
		if m/100 == group {
			out = append(out, m)
		}
	}
	return out
}

// topicsAround is around for topics.
func (r *reading) topicsAround(s int) uint32 {
	if t := r.segs[s].topics; t != 0 {
		return t
	}
	for k := s - 1; k >= max(0, s-6) && r.segs[k].sent == r.segs[s].sent; k-- {
		if t := r.segs[k].topics; t != 0 {
			return t
		}
	}
	for k := s + 1; k < min(len(r.segs), s+7) && r.segs[k].sent == r.segs[s].sent; k++ {
		if t := r.segs[k].topics; t != 0 {
			return t
		}
	}
	return 0
}

func (r *reading) segmentAt(tok int) int {
	for i, s := range r.segs {
		if tok < s.to {
			return i
		}
	}
	return 0
}

// parents says which members of exclusive groups contain which.
func parent(m int) int {
	switch g, id := m/100, m%100; {
	case g == gPlace && (id == 1 || id >= 5 && id <= 9 || id == 21 || id == 22 || id == 26):
		return gPlace*100 + 31
	case g == gPlace && id == 30:
		return gPlace*100 + 31
	case g == gProduct && id > 20 && id < 30:
		return gProduct*100 + 20
	case g == gArea && (id == 2 || id == 3):
		return gArea*100 + 4
	}
	return 0
}

// disjoint tells whether two sets of members exclude each other.
func disjoint(a, b []int) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	for _, x := range a {
		for _, y := range b {
			if x == y || parent(x) == y || parent(y) == x || x == gPlace*100+32 || y == gPlace*100+32 ||
				x == gPlace*100+30 && parent(y) == gPlace*100+31 || y == gPlace*100+30 && parent(x) == gPlace*100+31 {
				return false
			}
		}
	}
	return true
}

// country is the place that an area lies in.
func country(m int) amount {
	id := m % 100
	switch {
	case m/100 != gArea || id == 4 || id == 18:
		return 0
	case id <= 6 || id == 23 || id == 24:
		return gPlace*100 + 1
	case id <= 8 || id == 25:
		return gPlace*100 + 2
	case id <= 11:
		return gPlace*100 + 3
	}
	return gPlace*100 + 4
}

// topicsOf collects the topics of the sentence of a clause, as far as it is near.
func (r *reading) topicsOf(s int) uint32 {
	var t uint32
	for _, x := range r.segs[max(0, s-8):min(len(r.segs), s+9)] {
		if x.sent == r.segs[s].sent {
			t |= x.topics
		}
	}
	return t
}
