package evidence

// discount reads what is said by its own words: 八折, half price, 百分之二十.
func (r *reading) discount(i int) int {
	if e, n := at(r.toks, i, cPercent); n > 0 && e.id > 1 {
		r.add(i, n, KindPercent, key{unit: kPercent, a: amount(e.id) * one})
		return n
	}
	if e, n := at(r.toks, i, cFixed); n > 0 {
		r.add(i, n, KindDuration, key{unit: uMinute, a: amount(e.id) * one})
		return n
	}
	if r.is(i, "百") && r.is(i+1, "分") && r.is(i+2, "之") {
		if f, ok := figureAt(r.toks, i+3); ok {
			r.add(i, 3+f.n, KindPercent, key{unit: kPercent, a: f.v})
			return 3 + f.n
		}
	}
	f, ok := figureAt(r.toks, i)
	if !ok || !r.is(i+f.n, "折") {
		return 0
	}
	pay := f.v
	if f.hi > 0 { // 八九折 does not occur; 八九 here is 89
		pay = f.v*10 + f.hi
	}
	if pay < 10*one {
		pay *= 10
	}
	r.add(i, f.n+1, KindPercent, key{unit: kPercent, a: 100*one - pay})
	return f.n + 1
}

// quantity reads a number or a range with its unit.
func (r *reading) quantity(i int) int {
	j := i
	m, sym := r.prefix(i)
	if sym > 0 {
		j += sym
	}
	lo, n, half := r.amountAt(j)
	if n == 0 {
		return 0
	}
	if lo.v == tooLong {
		return 0
	}
	j += n
	hi := figure{v: lo.hi}
	if half {
		if u, k := at(r.toks, j, cUnit); k > 0 && u.id <= uWorkhour {
			m = measure{KindDuration, u.id, u.id}
			return r.quantityDone(i, j+k, lo, hi, m, true)
		}
		return 0
	}
	after, k := r.suffix(j)
	if to, b, mb := r.rangeEnd(j, k, lo.v, after); to > 0 {
		hi, j, k = b, to, 0
		if mb.kind != "" {
			after = mb
		}
	}
	if after.kind != "" && (sym == 0 || after.unit != kMoney+curCNY && after.unit != m.unit && after.unit > kMoney && after.unit < kPercent) {
		m = after
	} else if sym > 0 && after.unit != m.unit && after.unit != kMoney+curCNY {
		k = 0
	}
	return r.quantityDone(i, j+k, lo, hi, m, lo.digits)
}

// amountAt reads a number, or "a", "half", 半 before a unit of time.
func (r *reading) amountAt(j int) (f figure, n int, half bool) {
	if r.is(j, "半") {
		k := 1
		if r.is(j+1, "个") {
			k = 2
		}
		return figure{v: one / 2}, k, true
	}
	if r.is(j, "half") && r.is(j+1, "a|an") {
		return figure{v: one / 2}, 2, true
	}
	if r.is(j, "media|medio") && j < len(r.toks) {
		return figure{v: one / 2}, 1, true
	}
	if r.is(j, "a|an") {
		if u, k := at(r.toks, j+1, cUnit); k > 0 && u.id >= uHour && u.id <= uWorkday && !r.is(j+1, "weekday") && !r.is(j-1, "once|twice|times|time|what|such") && !r.is(j-2, "times|per") && !r.is(j+2, "ago") {
			if _, prev := at(r.toks, j-1, cUnit); prev == 0 {
				return figure{v: one}, 1, true
			}
		}
		if r.is(j+1, "hundred|thousand") {
			f, _ := wordsAt(r.toks, j)
			return f, f.n, false
		}
		return f, 0, false
	}
	f, ok := figureAt(r.toks, j)
	if !ok {
		return f, 0, false
	}
	if f.n > 0 && !f.digits && r.article(j, f) {
		return f, 0, false
	}
	n = f.n
	if r.is(j+n, "个") && r.is(j+n+1, "半") {
		return figure{v: f.v + one/2, n: n + 2}, n + 2, true
	}
	return f, n, false
}

// rangeEnd reads "to 5 days" after a number whose own unit takes k tokens at j. It returns the token after the range.
func (r *reading) rangeEnd(j, k int, lo amount, own measure) (int, figure, measure) {
	c := j + k
	if r.is(j, "-") && r.tight(j) && k > 1 && own.kind != "" && own.unit < kMoney { // 30-day
		return 0, figure{}, measure{}
	}
	if !r.is(c, "-|~|to|a|至|到|or|o|或|and|y|e|hasta|u|through|、") {
		return 0, figure{}, measure{}
	}
	if r.is(c, "and|y|e") && !r.opened(j) {
		return 0, figure{}, measure{}
	}
	either, listed := r.is(c, "or|o|或|u"), r.is(c, "、")
	c++
	if r.is(c, "un|el|los") {
		c++
	}
	m, sym := r.prefix(c)
	b, ok := figureAt(r.toks, c+sym)
	if !ok || b.v <= lo || b.hi > 0 {
		return 0, figure{}, measure{}
	}
	c += sym + b.n
	if _, n, _ := r.timeAt(c - b.n); n > 0 && own.kind == "" && n > b.n {
		return 0, figure{}, measure{}
	}
	after, n := r.suffix(c)
	if either && (after.kind != "" && after.kind != KindDuration && after.u != uTimes || b.v > lo+3*one) || listed && (after.kind == "" || b.v != lo+one || lo >= 10*one) {
		return 0, figure{}, measure{} // "200 or 500 yuan" are two prices, "2 or 3 days" is a range
	}
	if after.kind == "" && sym > 0 {
		after = m
	}
	if own.kind != "" && after.kind != "" && own.unit != after.unit {
		return 0, figure{}, measure{}
	}
	return c + n, b, after
}

// quantityDone scales, adds the claim and returns how many tokens it took from i.
func (r *reading) quantityDone(i, end int, lo, hi figure, m measure, digits bool) int {
	a, b := lo.v, hi.v
	if m.kind == KindDuration && r.is(end, "半") { // 两年半
		a, end = a+one/2, end+1
	}
	if m.u == uMetre && b == 0 && end < len(r.toks) && r.toks[end].kind == tNum && !r.toks[end].spaced && len(r.toks[end].s) == 1 { // 1米8
		a, end = a+r.toks[end].num/10, end+1
	}
	if (m.kind == KindDuration || m.u >= uMillimetre && m.u < uPiece) && r.is(end, "y|and") && r.is(end+1, "media|medio|a") {
		if r.is(end+1, "media|medio") {
			a, end = a+one/2, end+2
		} else if r.is(end+2, "half") {
			a, end = a+one/2, end+3
		}
	}
	var keys []key
	switch {
	case m.kind == "" && r.implied(i):
		m.kind = KindPrice
		keys = []key{{unit: kMoney + curCNY, a: a, b: b}}
	case m.kind == "" && r.shared(end).kind != "":
		s := r.shared(end)
		return r.quantityDone(i, end, lo, hi, s, digits)
	case m.kind == "":
		m.kind = KindNumber
		keys = []key{{unit: r.nounOf(end), a: a, b: b}}
		if u := r.unitAhead(end); u > 0 {
			if keys = append(keys, scaled(u, a, b)); r.mode == asDraft {
				keys = keys[1:]
			}
		}
	case m.u == uYear && b == 0 && a >= 1900*one && a <= 2100*one && digits:
		m.kind = KindNumber
		keys = []key{{unit: kBare, a: a}}
	case m.u > 0:
		keys = []key{scaled(m.u, a, b)}
		if b == 0 && r.is(end-1, "日") && a <= 31*one {
			keys = append(keys, key{unit: kMonthDay, a: a})
		}
		if r.is(end-1, "位") {
			keys = append(keys, key{unit: uDigit, a: a})
		}
		if m.u == uHour && r.is(end-1, "h") && a <= 24*one && r.mode == asSource {
			keys = append(keys, key{unit: kTime, a: a * 60})
		}
	default:
		keys = []key{{unit: m.unit, a: a, b: b}}
		if m.unit == kMoney+curCent && b == 0 {
			keys = append(keys, key{unit: kMoney, a: a / 100})
		}
		if r.mode == asSource && m.unit > kMoney && m.unit < kPercent {
			for k := end; r.is(k, ",|、|or|o|或|and|y|和"); k++ { // "100 dollars, pounds or euros"
				e, n := at(r.toks, k+1, cCurrency)
				if _, figure := figureAt(r.toks, k+1+n); n == 0 || figure {
					break
				}
				keys = append(keys, key{unit: kMoney + e.id, a: a, b: b})
				k += n
			}
		}
		if r.is(end-1, "块") {
			keys = append(keys, key{unit: kNoun, a: a})
		}
		if m.unit == kPercent && r.ofThePrice(end) {
			keys = append(keys, key{unit: kPercent, a: 100*one - a})
		}
	}
	c := r.add(i, end-i, m.kind, keys...)
	c.raw = lo.v
	c.bound = r.bound(c.tok, c.end)
	return end - i
}
