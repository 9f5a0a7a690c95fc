package evidence

// How much of a sentence stands in a source's sentence, word by word in its order, for it to be read as a copy.
const (
	copiedDraft  = 0.75 // of the draft's sentence
	copiedSource = 0.6  // of the source's sentence
	copiedFewest = 5    // tokens in the draft's sentence
	copiedMost   = 200  // tokens in either; longer ones are not compared
)

// line is a sentence as a stretch of a reading's tokens.
type line struct {
	r        *reading
	from, to int
}

// lines gives the sentences of a reading.
func (r *reading) lines() []line {
	var out []line
	for i, s := range r.segs {
		if i > 0 && r.segs[i-1].sent == s.sent {
			out[len(out)-1].to = s.to
		} else {
			out = append(out, line{r, s.from, s.to})
		}
	}
	return out
}

// altered reports what was put in place of something else in a sentence that is otherwise copied from a source: the
// other value may stand elsewhere in the evidence, in another row or for another case. A sentence that one source
// bears out is left alone, whatever other sources say in nearly the same words.
func (ix *index) altered(d *reading) []Finding {
	var out []Finding
	for _, mine := range d.lines() {
		if n := mine.to - mine.from; n < copiedFewest || n > copiedMost || d.verbatim(claim{seg: d.segmentAt(mine.from)}, ix) {
			continue
		}
		var worst []Finding
		best := 0
		own := map[string]bool{}
		for _, t := range d.toks[mine.from:mine.to] {
			own[t.s] = true
		}
		for _, theirs := range ix.lines {
			if !theirs.mayBe(own, mine.to-mine.from) {
				continue
			}
			places, same := mine.align(theirs)
			if same < best || same == 0 {
				continue
			}
			found := ix.replaced(d, mine, theirs, places)
			if same > best || len(found) == 0 {
				best, worst = same, found
			}
		}
		out = append(out, worst...)
	}
	return out
}

func (r *reading) segmentAt(tok int) int {
	for i, s := range r.segs {
		if tok < s.to {
			return i
		}
	}
	return 0
}

// mayBe tells whether so many of a sentence's tokens are among those of a draft's sentence of n tokens that this may be its copy.
func (l line) mayBe(own map[string]bool, n int) bool {
	same, size := 0, l.to-l.from
	if size > copiedMost || float64(size) < copiedDraft*float64(n) || float64(n) < copiedSource*float64(size) {
		return false
	}
	for _, t := range l.r.toks[l.from:l.to] {
		if own[t.s] {
			same++
		}
	}
	return float64(same) >= copiedDraft*float64(n)
}

// align gives for each token of a sentence the stretch of tokens that stands in its place in another, by their longest
// common subsequence, and how many tokens are common; zero where the sentence is no copy of the other.
func (l line) align(o line) (places []span, same int) {
	a, b := l.r.toks[l.from:l.to], o.r.toks[o.from:o.to]
	common := make([][]int16, len(a)+1)
	for i := range common {
		common[i] = make([]int16, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i].s == b[j].s {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	same = int(common[0][0])
	if float64(same) < copiedDraft*float64(len(a)) || float64(same) < copiedSource*float64(len(b)) {
		return nil, 0
	}
	places = make([]span, len(a))
	for i, j := 0, 0; i < len(a); {
		from, start := i, j
		for i < len(a) && (j == len(b) || a[i].s != b[j].s) {
			if j == len(b) || common[i+1][j] >= common[i][j+1] {
				i++
			} else {
				j++
			}
		}
		for ; from < i; from++ {
			places[from] = span{o.from + start, o.from + j}
		}
		if i < len(a) {
			places[i] = span{o.from + j, o.from + j + 1}
			i, j = i+1, j+1
		}
	}
	return places, same
}

// loose are the words that are compared even where they make no claim: "the limit is in dollars".
var loose = [...]class{cUnit, cCurrency, cBoundPre, cBoundPost}

// replaced reports the claims of a sentence that stand where the source's claims something else, and words for a
// unit, a currency or a bound that stand where the source has another of the kind.
func (ix *index) replaced(d *reading, mine, theirs line, places []span) []Finding {
	var out []Finding
	claimed := make([]bool, len(places))
	for _, c := range d.claimsIn(mine.from, mine.to) {
		place := span{theirs.to, theirs.from}
		for k := max(c.tok, mine.from); k < min(c.end, mine.to); k++ {
			claimed[k-mine.from] = true
			if p := places[k-mine.from]; p.from < p.to {
				place.from, place.to = min(place.from, p.from), max(place.to, p.to)
			}
		}
		if there := theirs.r.claimsIn(place.from, place.to); len(there) > 0 && !ix.says(d, c, there) {
			out = append(out, d.another(c.kind, c.from, c.to))
		}
	}
	for i, p := range places {
		if claimed[i] {
			continue
		}
		for _, class := range loose {
			kept := p.to == p.from+1 && theirs.r.toks[p.from].s == d.toks[mine.from+i].s
			if kept && class != cCurrency { // 元 is the end of 欧元
				continue
			}
			if e, n := at(d.toks, mine.from+i, class); n > 0 && theirs.r.hasOther(p, class, e.id) {
				out = append(out, d.another(KindCondition, d.toks[mine.from+i].from, d.toks[mine.from+i+n-1].to))
				break
			}
		}
	}
	return out
}

// hasOther tells whether the words of a class in a stretch of tokens, or around it, are all others than id. Words
// that belong to a claim are compared with the claim.
func (r *reading) hasOther(p span, c class, id int) bool {
	other := false
	for k := max(0, p.from-2); k < p.to; k++ {
		e, n := at(r.toks, k, c)
		if n == 0 {
			continue
		}
		if k+n > p.from && len(r.claimsIn(k, k+n)) == 0 {
			if e.id == id {
				return false
			}
			other = true
		}
		k += n - 1
	}
	return other
}

func (d *reading) another(kind string, from, to int) Finding {
	text := d.original(from, to)
	return Finding{kind, text, "the evidence says this with something else than " + text}
}

// says tells whether one of the claims states what c does, bounded the same way where both are.
func (ix *index) says(d *reading, c claim, claims []claim) bool {
	for _, k := range ix.widen(d, c) {
		for _, x := range claims {
			if c.bound != 0 && x.bound != 0 && c.bound != x.bound {
				continue
			}
			for _, y := range x.keys {
				if k == y || k.unit == kBare && y.unit == kDate && k.a == y.b*one || k.unit == y.unit && y.b != 0 && k.b == 0 && k.s == y.s && (k.a == y.a || k.a == y.b) {
					return true
				}
			}
		}
	}
	return false
}

// claimsIn lists the claims that share a token with [from, to), but for what comes before or after an event.
func (r *reading) claimsIn(from, to int) []claim {
	var out []claim
	for _, c := range r.claims {
		if c.tok < to && c.end > from && c.keys[0].unit != kEvent {
			out = append(out, c)
		}
	}
	return out
}
