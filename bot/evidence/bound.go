package evidence

import "strings"

// bound reads "over", "within", 以上, "a partir de" beside a claim.
func (r *reading) bound(from, to int) int {
	for k := max(0, from-5); k < min(len(r.toks), to+3); k++ { // "expires after a year" is "valid within a year"
		if r.is(k, "expire|expires|expired|caduca|caducan|vence|vencen|过|失") && (r.toks[k].kind == tWord || r.is(k+1, "期|效")) {
			return 0
		}
	}
	last := r.claims[len(r.claims)-1].kind
	if e, n := at(r.toks, to, cBoundPost); n > 0 && !(r.is(to, "plus|后|前") && r.is(to+n, "(")) {
		if !(r.toks[to].lang == zh && e.id == atLeast && r.is(to+1, "内")) {
			if r.toks[to].lang == zh && e.id == atLeast && r.is(from-2, "别|不|勿") {
				return atMost
			}
			return e.id
		}
	}
	for k := max(0, from-7); k < from; k++ {
		e, n := at(r.toks, k, cBoundPre)
		if n == 0 || k+n > from || e.id == atMostDuration && last != KindDuration || e.id == atMostDate && last != KindDate && last != KindTime {
			continue
		}
		ok := true
		for x := k + n; x < from && ok; {
			_, s := at(r.toks, x, cSkip)
			if _, c := at(r.toks, x, cCurrency); c > s {
				s = c
			}
			x += max(s, 1)
			ok = s > 0
		}
		if ok {
			return r.turnedBound(k, e.id)
		}
	}
	return 0
}

// turnedBound is the direction of a bound word at k, the other one where it is negated: 别超过, "may not exceed".
func (r *reading) turnedBound(k, id int) int {
	switch {
	case id == atMostDuration || id == atMostDate:
		return atMost
	case id == elapsed && r.mode == asSource:
		return atLeast
	case id == elapsed:
		return 0
	}
	j := k - 1
	for r.is(j, "能|可|会|要|得|应|以|should|must|can|may|be|pueden|puede|debe|deben") {
		j--
	}
	if _, n := at(r.toks, j, cNot); n == 1 && r.toks[j].s != "无" {
		return atLeast + atMost - id
	}
	if r.mode == asDraft && r.toks[k].kind == tWord && r.deniedBefore(k, 5) { // "without leaving it in for more than": either way
		return 0
	}
	return id
}

// squeeze drops what may differ in the writing of a code.
func squeeze(s string) string {
	if strings.IndexByte(s, '-') < 0 && strings.IndexByte(s, '_') < 0 {
		return s
	}
	return strings.NewReplacer("-", "", "_", "").Replace(s)
}
