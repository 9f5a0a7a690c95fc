package evidence

import (
	"fmt"
	"strings"
)

// site is one place in a source that states a value.
type site struct {
	r     *reading
	kind  string // of the source
	c     *claim
	bound int
	end   bool // one end of a range: supports only what says so
}

// manySites is how often one value may be stated before further places add nothing but time.
const manySites = 64

// index finds what the sources state.
type index struct {
	sites     map[key][]site
	values    map[amount]bool // numbers that stand alone or with any unit
	sentences map[string]bool
	units     map[int]bool // units and currencies that occur without a number, as in a table's head
	reads     []*reading   // of passages and tools
	kinds     []string
	words     map[string]bool
}

func indexSources(sources []Source) *index {
	ix := &index{sites: make(map[key][]site, 256), values: map[amount]bool{}, sentences: map[string]bool{}, units: map[int]bool{}}
	for _, s := range sources {
		r := read(s.Text, asSource)
		ix.addReading(r, s.Kind)
		if s.Kind != Shopper {
			ix.reads = append(ix.reads, r)
			ix.kinds = append(ix.kinds, s.Kind)
			for _, x := range r.sents {
				ix.sentences[s.Text[x.from:x.to]] = true
			}
		}
		if s.Kind != Shopper && len(s.Conditions) > 0 {
			var b strings.Builder
			for k, v := range s.Conditions {
				b.WriteString(conditionText(k, v) + "\n")
			}
			ix.addReading(read(b.String(), asSource), s.Kind)
		}
	}
	return ix
}

// conditionText writes a condition as a sentence that names its market.
func conditionText(k, v string) string {
	names := map[string]string{"es": "Spain", "gb": "United Kingdom", "uk": "United Kingdom", "us": "United States", "cn": "China",
		"de": "Germany", "fr": "France", "it": "Italy", "pt": "Portugal", "ie": "Ireland", "mx": "Mexico", "jp": "Japan", "eu": "European Union"}
	if k != "market" && k != "country" && k != "region" {
		return v
	}
	var b strings.Builder
	for _, w := range strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' || r == ';' }) {
		if n := names[strings.ToLower(w)]; n != "" {
			w = n
		}
		b.WriteString(w + ", ")
	}
	return b.String()
}

func (ix *index) addReading(r *reading, kind string) {
	for i := range r.claims {
		c := &r.claims[i]
		s := site{r: r, kind: kind, c: c, bound: c.bound}
		for _, k := range c.keys {
			ix.put(k, s)
		}
	}
	if kind == Shopper {
		return
	}
	next := 0
	for i := range r.toks {
		for next < len(r.claims) && r.claims[next].end <= i {
			next++
		}
		if next < len(r.claims) && r.claims[next].tok <= i {
			continue // the unit of a number
		}
		if e, n := at(r.toks, i, cUnit); n > 0 {
			ix.units[e.id] = true
		}
		if e, n := at(r.toks, i, cCurrency); n > 0 {
			ix.units[kMoney+e.id] = true
		}
	}
}

func (ix *index) put(k key, s site) {
	if len(ix.sites[k]) >= manySites {
		return
	}
	ix.sites[k] = append(ix.sites[k], s)
	switch {
	case k.unit == kDate:
		if k.b != 0 {
			ix.sites[key{unit: kDate, a: k.a}] = append(ix.sites[key{unit: kDate, a: k.a}], s)
			ix.sites[key{unit: kBare, a: k.b * one}] = append(ix.sites[key{unit: kBare, a: k.b * one}], s)
		}
		ix.sites[key{unit: kMonth, a: k.a / 100}] = append(ix.sites[key{unit: kMonth, a: k.a / 100}], s)
		ix.sites[key{unit: kMonthDay, a: k.a % 100 * one}] = append(ix.sites[key{unit: kMonthDay, a: k.a % 100 * one}], s)
	case k.unit == kWeekday && k.b > 0:
		for d := k.a; d <= k.b; d++ {
			ix.sites[key{unit: kWeekday, a: d}] = append(ix.sites[key{unit: kWeekday, a: d}], s)
		}
	case k.unit == kWeekday && k.a == 8:
		for _, d := range [...]amount{6, 7} {
			ix.sites[key{unit: kWeekday, a: d}] = append(ix.sites[key{unit: kWeekday, a: d}], s)
		}
	case k.unit == kSize && k.b != 0:
		ix.sites[key{unit: kSize, a: k.a}] = append(ix.sites[key{unit: kSize, a: k.a}], s)
	case k.unit == kMoney+curCent || k.unit == kMoney:
	case k.b != 0 && k.unit < kPercent+1:
		lo, hi := s, s
		lo.end, lo.bound = true, atLeast
		hi.end, hi.bound = true, atMost
		ix.sites[key{unit: k.unit, a: k.a}] = append(ix.sites[key{unit: k.unit, a: k.a}], lo)
		ix.sites[key{unit: k.unit, a: k.b}] = append(ix.sites[key{unit: k.unit, a: k.b}], hi)
	case k.unit == kPhone && s.r.low[s.c.from] == '+':
		for cut := 1; cut <= 3 && len(k.s)-cut >= 7; cut++ { // the same number as dialled at home
			ix.sites[key{unit: kPhone, s: k.s[cut:]}] = append(ix.sites[key{unit: kPhone, s: k.s[cut:]}], s)
		}
	case k.unit == kPlace:
		if c := country(int(k.a)); c > 0 {
			ix.sites[key{unit: kPlace, a: c}] = append(ix.sites[key{unit: kPlace, a: c}], s)
		}
	}
	if k.s == "" && k.b == 0 && s.kind != Shopper && k.unit != kPromise && k.unit != kPlace {
		ix.values[k.a] = true
		ix.values[s.c.raw] = true
	}
}

// reason says why a claim is refused.
type reason struct{ kind, text string }

// fromShopper are the kinds that the shopper's own words may support.
func fromShopper(kind string, unit int) bool {
	switch kind {
	case KindCode, KindDate, KindSize, KindEmail, KindPhone:
		return unit != kPromise
	}
	return false
}

// verbatim tells whether the sentence of a claim stands as it is in a source.
func (r *reading) verbatim(c claim, ix *index) bool {
	if r.known == nil {
		r.known = make([]bool, len(r.sents)+1)
		for i := range r.sents {
			r.known[i] = ix.sentences[r.sentence(i)]
		}
	}
	return r.known[r.segs[c.seg].sent]
}

func (r *reading) sentence(i int) string {
	if i >= len(r.sents) {
		return ""
	}
	return r.src[r.sents[i].from:r.sents[i].to]
}

// refuse returns why no source supports a claim; the zero reason if one does.
func (ix *index) refuse(d *reading, c claim) reason {
	if k := c.keys[0]; k.unit == kEvent {
		other := key{unit: kEvent, a: k.a/10*10 + 3 - k.a%10}
		turned := len(ix.sites[k]) == 0 && len(ix.sites[other]) > 0
		for _, s := range ix.sites[other] {
			turned = turned && s.r.segs[s.c.seg].not == d.segs[c.seg].not
		}
		if turned {
			return reason{KindCondition, fmt.Sprintf("the evidence turns before and after round: %q", d.original(c.from, c.to))}
		}
		return reason{}
	}
	best := reason{c.kind, fmt.Sprintf("no passage or tool result states %q", d.original(c.from, c.to))}
	neutral := false // a site states the value without a bound
	for _, k := range ix.widen(d, c) {
		for _, s := range ix.sites[k] {
			if s.kind == Shopper && !fromShopper(c.kind, k.unit) && !ix.echo(d, c) {
				if best.kind == c.kind && !strings.HasPrefix(best.text, "only") {
					best.text = fmt.Sprintf("only the shopper said %q", d.original(c.from, c.to))
				}
				continue
			}
			if why := ix.conflict(d, c, s); why.kind != "" {
				best = why
				continue
			}
			if c.bound != 0 && s.bound == 0 {
				neutral = true
				continue
			}
			return reason{}
		}
	}
	if neutral && best.kind != KindCondition {
		return reason{}
	}
	if c.keys[0].unit == kBare && ix.values[c.keys[0].a] && c.keys[0].b == 0 {
		return reason{}
	}
	return best
}

// widen lists the keys whose sites support a claim: its readings, and forms that say as much in another way.
func (ix *index) widen(d *reading, c claim) []key {
	keys := c.keys[:len(c.keys):len(c.keys)]
	k := c.keys[0]
	switch k.unit {
	case kBare:
		if k.b != 0 {
			for u := uSecond; u <= uMegabyte; u++ {
				keys = append(keys, key{unit: u, a: k.a, b: k.b})
			}
			keys = append(keys, key{unit: kNoun, a: k.a, b: k.b})
		} else {
			keys = append(keys, key{unit: kNoun, a: k.a})
		}
	case kNoun:
		for u := uPiece; u <= uMegabyte; u++ {
			keys = append(keys, key{unit: u, a: k.a, b: k.b})
		}
		keys = append(keys, key{unit: kBare, a: k.a, b: k.b}, key{unit: uPiece, a: k.a, b: k.b}, key{unit: uTimes, a: k.a, b: k.b}, key{unit: kOrdinal, a: k.a})
	case uPiece, uTimes:
		keys = append(keys, key{unit: kNoun, a: k.a, b: k.b})
	case kSize:
		if k.b == 1 || k.b == 0 && k.s == "" {
			for _, b := range [...]amount{0, 1} {
				keys = append(keys, key{unit: kSize, a: k.a, b: b})
			}
		}
		if k.s == "" {
			keys = append(keys, key{unit: kBare, a: k.a})
		}
	case kPromise:
		switch k.a {
		case pFree:
			keys = append(keys, key{unit: kPromise, a: pWePay})
			for cur := curCNY; cur <= curCent; cur++ {
				keys = append(keys, key{unit: kMoney + cur, a: 0})
			}
		case pWePay:
			keys = append(keys, key{unit: kPromise, a: pFree})
		}
	}
	if k.unit >= uPiece && k.unit <= uMegabyte {
		keys = append(keys, key{unit: kNoun, a: k.a, b: k.b})
	}
	if u := k.unit; u > uNone && u < kPercent && ix.units[u] {
		keys = append(keys, key{unit: kBare, a: k.a, b: k.b})
	}
	if k.unit >= kMoney && k.unit < kPercent && k.a == 0 {
		keys = append(keys, key{unit: kPromise, a: pFree})
	}
	if k.unit >= kMoney && k.unit < kPercent && len(c.keys) == 1 {
		keys = append(keys, key{unit: kMoney, a: k.a, b: k.b})
	}
	if k.unit == kMoney+curCent {
		for cur := curCNY; cur < curCent; cur++ {
			keys = append(keys, key{unit: kMoney + cur, a: k.a / 100})
		}
	}
	return keys
}

// echo tells whether a draft repeats to shoppers what they said of themselves: a measure or a count with "you".
func (ix *index) echo(d *reading, c claim) bool {
	seg := d.segs[c.seg]
	k := c.keys[0]
	if k.unit == kPlace {
		for _, s := range d.segs {
			if s.sent == seg.sent && s.claims > 0 {
				return false
			}
		}
		return true
	}
	if c.kind != KindNumber || k.b != 0 {
		return false
	}
	if k.unit != uCentimetre && k.unit != uMillimetre && k.unit != uGram && k.unit != uJin && k.unit != uPiece && k.unit != uPair && k.unit != kBare && k.unit != kNoun && k.unit != uOrder {
		return false
	}
	for i := seg.from; i < seg.to; i++ {
		if d.is(i, "you|your|you're|tu|tus|mides|pesas|你|您|tienes|height|weight|estatura|身") {
			return true
		}
	}
	return false
}

// conflict returns why a site that has the value does not support the claim.
func (ix *index) conflict(d *reading, c claim, s site) reason {
	text := d.original(c.from, c.to)
	if s.end && c.bound != s.bound {
		return reason{c.kind, fmt.Sprintf("%q is one end of a range in the evidence", text)}
	}
	if c.bound != 0 && s.bound != 0 && c.bound != s.bound {
		return reason{KindCondition, fmt.Sprintf("%q is bounded the other way in the evidence", text)}
	}
	if c.keys[0].unit == kPromise && c.keys[0].a == pFree && s.c.keys[0].unit == kPromise {
		if why := ix.freeOf(d, c, s); why.kind != "" {
			return why
		}
	}
	if c.keys[0].unit == kPromise && c.keys[0].a == pEvery {
		if u := d.universal(c.end); u > 0 && s.r.universal(s.c.end) != u {
			return reason{KindAbsolute, fmt.Sprintf("the evidence says %q of something else", text)}
		}
	}
	if c.keys[0].unit == kPlace || c.kind == KindLink || c.kind == KindEmail || c.kind == KindPhone {
		return reason{}
	}
	for g := gPlace; g <= gProduct; g++ {
		if g == gPayer {
			continue
		}
		mine := d.around(c.seg, g)
		if len(mine) == 0 {
			continue
		}
		theirs := s.r.around(s.c.seg, g)
		if disjoint(mine, theirs) {
			return reason{KindCondition, fmt.Sprintf("the evidence states %q for another case", text)}
		}
	}
	return reason{}
}

// freeOf tells apart what is free: a source that gives free returns does not support free shipping.
func (ix *index) freeOf(d *reading, c claim, s site) reason {
	mine, theirs := d.topicsAround(c.seg), s.r.topicsOf(s.c.seg)
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
