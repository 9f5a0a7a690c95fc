package evidence

import (
	"fmt"
	"strings"
)

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
	if d.twoAtOnce(c) {
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

// twoAtOnce tells whether a "two" counts nothing that a shop says: "between two sizes", "you can't use two" where one is allowed.
func (r *reading) twoAtOnce(c claim) bool {
	k := c.keys[0]
	if k.a != 2*one || k.b != 0 || k.unit != kBare && k.unit != kNoun && k.unit != uPiece && k.unit != uCard && k.unit != uStore {
		return false
	}
	seg := r.segs[c.seg]
	for i := seg.from; i < seg.to; i++ {
		if r.is(i, "between|entre") || r.is(i, "之") && r.is(i+1, "间") {
			return true
		}
	}
	return seg.not || r.is(c.end+1, "没") || r.is(c.end, "没") || r.is(c.tok-1, "these|those|estas|estos|las|los|这|那")
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
		keys = append(keys, key{unit: kSize, a: k.a}, key{unit: kBare, a: k.a, b: k.b}, key{unit: uPiece, a: k.a, b: k.b}, key{unit: uTimes, a: k.a, b: k.b}, key{unit: kOrdinal, a: k.a})
	case uPiece, uTimes:
		keys = append(keys, key{unit: kNoun, a: k.a, b: k.b}, key{unit: kBare, a: k.a, b: k.b})
	case kSize:
		if k.b == 1 || k.b == 0 && k.s == "" {
			for _, b := range [...]amount{0, 1} {
				keys = append(keys, key{unit: kSize, a: k.a, b: b})
			}
		}
		if k.s == "" {
			keys = append(keys, key{unit: kBare, a: k.a}, key{unit: kNoun, a: k.a})
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
	if c.bound != 0 && s.bound != 0 && c.bound != s.bound && !(c.kind == KindTime && s.r.goesOn(s.c.seg)) {
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
	if d.ruled(c, s) {
		return reason{KindCondition, fmt.Sprintf("the evidence has another value than %q for this case", text)}
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

// goesOn tells whether a sentence says what holds before a time, and then what holds after it.
func (r *reading) goesOn(seg int) bool {
	for k := r.segs[seg].to; k < len(r.toks) && r.segs[r.segmentAt(k)].sent == r.segs[seg].sent; k++ {
		if r.is(k, "later|afterwards|after|luego|despues|之") && (r.toks[k].kind == tWord || r.is(k+1, "后")) {
			return true
		}
	}
	return false
}
