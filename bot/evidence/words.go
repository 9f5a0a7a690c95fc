package evidence

// words reads promises, and notes places and other members of exclusive groups.
func (r *reading) words(i int) int {
	n := 0
	if e, k := at(r.toks, i, cGroup); k > 0 && r.properPlace(i, e, k) {
		id := e.id
		if id == gWorn*100+1 && r.deniedBefore(i, 5) { // "you haven't worn it"
			id = gWorn*100 + 2
		}
		if !r.origin(i) {
			r.groups = append(r.groups, groupHit{i, id})
		}
		n = k
		if g := e.id / 100; (g == gPlace || g == gArea) && e.id != overseas && e.id != gArea*100+4 && e.id != gArea*100+18 {
			c := r.add(i, k, KindCondition, key{unit: kPlace, a: amount(e.id)})
			for _, x := range r.toks[i].known.list { // 港澳台 names three
				if x.class == cGroup && x.id != e.id && len(x.seq) == k && x.fits(r.toks[i:]) {
					c.keys = append(c.keys, key{unit: kPlace, a: amount(x.id)})
					r.groups = append(r.groups, groupHit{i, x.id})
				}
			}
		}
		if e.id == gPayer*100+1 && !r.placeAhead(i+k) {
			r.add(i, k, KindAbsolute, key{unit: kPromise, a: pWePay})
		}
	}
	if t := r.toks[i]; t.lang&en != 0 && (t.s == "twice" || t.s == "once" && (r.mode == asSource || r.is(i-1, "only|just"))) {
		v := one
		if t.s == "twice" {
			v = 2 * one
		}
		r.add(i, 1, KindNumber, key{unit: uTimes, a: v})
		return 1
	}
	if r.mode == asSource && r.is(i, "each|every|per|cada|每|单") {
		if u := r.unitAhead(i + 1); u > uWorkhour {
			r.add(i, 1, KindNumber, key{unit: u, a: one})
		} else if e, n := at(r.toks, i+1, cUnit); n > 0 && e.id >= uHour && e.id <= uYear {
			r.add(i, 1, KindDuration, scaled(e.id, one, 0))
		}
	}
	if r.event(i) {
		return max(n, 1)
	}
	e, k := at(r.toks, i, cPromise)
	if k == 0 {
		return n
	}
	if e.id == pNotClaim {
		return max(n, k)
	}
	if e.id == pEveryLax {
		if r.mode == asSource && !r.rate(i) {
			r.add(i, k, KindAbsolute, key{unit: kPromise, a: pEvery})
		}
		return max(n, k)
	}
	if !r.promised(i, k, e.id) {
		return max(n, k)
	}
	kind := KindAbsolute
	switch e.id {
	case pFree:
		kind = KindPrice
	case pSameDay, pNextDay:
		kind = KindDuration
	case pTomorrow:
		kind = KindDate
	}
	r.add(i, k, kind, key{unit: kPromise, a: amount(e.id)})
	return max(n, k)
}

// placeAhead tells whether a place is named at i or right after: "we cover the UK".
func (r *reading) placeAhead(i int) bool {
	for k := i; k < i+2; k++ {
		if e, n := at(r.toks, k, cGroup); n > 0 && (e.id/100 == gPlace || e.id/100 == gArea) {
			return true
		}
	}
	return false
}

// origin tells whether the place at token i is where parcels come from, which says nothing of where they go.
func (r *reading) origin(i int) bool {
	const store = "warehouse|almacen|depot|仓"
	return r.is(i+1, store) || r.is(i+2, store) || r.is(i-1, "in|en|de|of") && r.is(i-2, store)
}

// properPlace guards "us" and the like, which are places in capitals only.
func (r *reading) properPlace(i int, e entry, k int) bool {
	if g := e.id / 100; g != gPlace && g != gArea {
		return true
	}
	t := r.toks[i]
	if t.kind == tWord && len(t.s) <= 3 && k == 1 {
		return r.upperTok(i) && r.plain(i+1) < 0
	}
	if r.mode == asDraft && r.is(i, "国") && r.is(i+1, "内") { // "at home" names a place only where the shop says it
		return false
	}
	return !r.is(i+k, "语|文|人") // a language or a people is no place
}

func (r *reading) clauseMark(k int) bool {
	return r.toks[k].kind == tPunct && r.is(k, ",|;|:|.|!|?|，|；|：|。|！|？|(|)|（|）|、")
}

// universal is the unit that "any", "all" or 所有 speaks of, such as items or orders; 0 if it is not a unit.
func (r *reading) universal(k int) int {
	for end := k + 3; k < end && k < len(r.toks) && !r.clauseMark(k); k++ {
		if u, n := at(r.toks, k, cUnit); n > 0 && u.id > uWorkhour && (n > 1 || r.toks[k].kind != tHan || r.is(k, "件|双|单|次")) {
			return u.id
		}
	}
	return 0
}

// event notes "before packing" and "after dispatch", in the order of each language.
func (r *reading) event(i int) bool {
	e, n := at(r.toks, i, cEvent)
	if n == 0 {
		return false
	}
	dir := amount(0)
	if r.toks[i].kind == tHan {
		switch {
		case r.is(i+n, "前") || r.is(i+n, "之|以") && r.is(i+n+1, "前"):
			dir = 1
		case r.is(i+n, "后") || r.is(i+n, "之|以") && r.is(i+n+1, "后"):
			dir = 2
		}
	} else {
		for k := i - 1; k >= 0 && k >= i-4 && !r.clauseMark(k) && dir == 0; k-- {
			switch {
			case r.is(k, "before|antes"):
				dir = 1
			case r.is(k, "after|once|despues|tras"):
				dir = 2
			}
		}
	}
	if dir == 0 {
		return false
	}
	r.add(i, n, KindCondition, key{unit: kEvent, a: amount(e.id)*10 + dir})
	return true
}

// rate tells whether 每 says how much for each, as in 每件15元 and 每单限一张, and not that all are meant.
func (r *reading) rate(i int) bool {
	for k := i + 1; r.is(i, "每") && k < len(r.toks) && k < i+8 && !r.clauseMark(k); k++ {
		if _, ok := figureAt(r.toks, k); ok {
			return true
		}
	}
	return false
}
