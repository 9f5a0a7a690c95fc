package evidence

import "strings"

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

// measure is what may stand after or before a number: a unit, a currency, a percent sign.
type measure struct {
	kind string
	unit int // of key
	u    int // of the cUnit class, to scale by
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

// article tells whether a number word is no more than an article or part of a set phrase: 一个, "one of", "un".
func (r *reading) article(j int, f figure) bool {
	k := j + f.n
	if r.mode == asSource && f.v == one {
		return false
	}
	if r.is(k, "%|折") || r.toks[j].s == "dozen" {
		return false
	}
	if _, more := figureAt(r.toks, k+1); more && r.is(k, "至|到|-|~|或|to|a|or|o") {
		return false
	}
	u, n := at(r.toks, k, cUnit)
	if n == 0 && r.is(k, "个") {
		u, n = at(r.toks, k+1, cUnit)
	}
	_, money := at(r.toks, k, cCurrency)
	if r.mode == asDraft && f.v <= 3*one && n == 0 && money == 0 && r.is(j-1, "the|these|those|los|las|estos|estas|both|这|那") {
		return true
	}
	if f.v == one && f.n == 1 {
		switch {
		case money > 0:
			return r.is(k, "块") && !r.is(k+1, "钱")
		case n > 0 && u.id >= uHour && u.id <= uYear || n > 0 && u.id == uWorkday:
			return r.is(j-1, "的|每|有|某|哪|这|那|同|前|后|另|buen|feliz|gran|any|algun|tengas|tenga|once|per|this|that") || r.is(k+n, "estupendo|genial|maravilloso|fantastico|excelente|bonito|feliz|of|one") || r.is(k, "time")
		case n > 0 && u.id > uWorkhour && u.id != uTimes || n > 0 && u.id == uTimes && !r.is(j, "una"):
			return !r.limited(j, k+n)
		}
		return true
	}
	if f.single && n == 0 && money == 0 && f.v < 10000*one {
		return !r.is(k, "月|日|号|点|个") || r.is(k, "个") && f.v == 10*one
	}
	if r.toks[j].kind == tHan {
		s := r.low[r.toks[j].from:r.toks[k-1].to]
		return s == "千万" || s == "万一" || s == "一一" || s == "十" && r.is(k, "分") && !r.is(k+1, "钟") || s == "万" || s == "百" || s == "千"
	}
	return r.is(j, "second|ten|once") && r.toks[j].lang&es != 0 && r.toks[j].lang&en != 0
}

// limited tells whether the words around say how many are allowed.
func (r *reading) limited(from, to int) bool {
	for k := to; k < min(len(r.toks), to+2); k++ {
		if r.is(k, "per|por|max|maximum|maximo|only") {
			return true
		}
	}
	for k := max(0, from-4); k < from; k++ {
		if r.is(k, "limit|limited|only|max|maximum|per|most|least|限|仅|只|多|少|limite|limitado|maximo|solo|unico|unica|por") {
			return true
		}
	}
	return false
}

// prefix reads a currency that stands before its number.
func (r *reading) prefix(i int) (measure, int) {
	e, n := at(r.toks, i, cCurrency)
	if n == 0 || !r.is(i+n-1, "¥|$|€|£|₩|rmb|cny|usd|eur|gbp|jpy|hkd|twd|mxn|aud|cad|krw|币") {
		return measure{}, 0
	}
	if _, ok := figureAt(r.toks, i+n); !ok {
		return measure{}, 0
	}
	return measure{KindPrice, kMoney + e.id, uNone}, n
}

// suffix reads the unit after a number; n counts its tokens.
func (r *reading) suffix(j int) (measure, int) {
	k := 0
	if r.is(j, "-") && r.tight(j) {
		k = 1
	} else if r.is(j, "full|whole|more|extra|additional|further|consecutive|entire|separate|different|new|整|大|mas|completos|enteros") {
		k = 1
	}
	e, n := at(r.toks, j+k, cUnit)
	if c, cn := at(r.toks, j+k, cCurrency); cn >= n && cn > 0 && !(r.is(j+k, "块") && r.han(j+k+1) && !r.is(j+k+1, "钱|的|就|起|以|左|包|减|，|及|和|到|运|邮")) {
		return measure{KindPrice, kMoney + c.id, uNone}, k + cn
	}
	if _, p := at(r.toks, j+k, cPercent); p > 0 {
		return measure{KindPercent, kPercent, uNone}, k + p
	}
	if n == 0 && r.is(j+k, "个") {
		if e, n = at(r.toks, j+k+1, cUnit); n > 0 {
			n++
		}
	}
	if n == 0 {
		return measure{}, 0
	}
	if s := r.toks[j+k]; s.kind == tPunct && s.s == "\"" && !r.tight(j+k) {
		return measure{}, 0
	}
	kind := KindNumber
	if e.id <= uWorkhour {
		kind = KindDuration
	}
	return measure{kind, e.id, e.id}, k + n
}

func (r *reading) han(i int) bool { return i < len(r.toks) && r.toks[i].kind == tHan }

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

// opened tells whether "between", "from" or "entre" stands shortly before token j.
func (r *reading) opened(j int) bool {
	for k := j - 1; k >= 0 && k >= j-6; k-- {
		if r.is(k, "between|entre|both") {
			return true
		}
		if r.toks[k].kind == tNum && k < j-1 || r.is(k, ",|、") {
			break
		}
	}
	return false
}

// quantityDone scales, adds the claim and returns how many tokens it took from i.
func (r *reading) quantityDone(i, end int, lo, hi figure, m measure, digits bool) int {
	a, b := lo.v, hi.v
	if m.kind == KindDuration && r.is(end, "半") { // 两年半
		a, end = a+one/2, end+1
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
	case m.kind == "" && b == 0 && r.shared(end).kind != "":
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

// shared finds the unit that several numbers have in common: "25, 50 and 100 euros", "180 x 70 cm".
func (r *reading) shared(k int) measure {
	for n := 0; n < 5 && r.is(k, ",|、|and|or|y|o|e|和|或|x|/|及"); n++ {
		k++
		for r.is(k, "and|or|y|o|和") {
			k++
		}
		_, sym := r.prefix(k)
		f, ok := figureAt(r.toks, k+sym)
		if !ok || sym > 0 {
			break
		}
		k += f.n
		if m, _ := r.suffix(k); m.kind != "" {
			return m
		}
	}
	return measure{}
}

// implied tells whether a number without a unit is money by the words of a Chinese coupon: 满300减50.
func (r *reading) implied(i int) bool { return r.is(i-1, "满|减|返|抵") }

// ofThePrice tells whether a percentage says what is paid, not what is taken off.
func (r *reading) ofThePrice(k int) bool {
	return r.is(k, "of|del") && (r.is(k+1, "the|original|precio") || r.is(k+2, "price|original"))
}

// nounOf tells whether something follows that the number counts.
func (r *reading) nounOf(k int) int {
	if k < len(r.toks) && !r.toks[k].line && (r.toks[k].kind == tWord || r.toks[k].kind == tHan) {
		if _, stop := at(r.toks, k, cStop); stop == 0 && !r.is(k, "和|或|到|至|及|与|的|是|就|内|x") {
			return kNoun
		}
	}
	return kBare
}

// unitAhead finds the unit that a number counts behind a few adjectives: "3 interest-free instalments".
func (r *reading) unitAhead(k int) int {
	for end := k + 4; k < end && k < len(r.toks); k++ {
		if u, n := at(r.toks, k, cUnit); n > 0 && r.toks[k].kind == tWord {
			return u.id
		}
		if _, stop := at(r.toks, k, cStop); stop > 0 || r.toks[k].kind != tWord && !r.is(k, "-") {
			break
		}
	}
	return 0
}

// scaled brings units of one dimension to the smallest: weeks to days, years to months, kilograms to grams.
func scaled(u int, a, b amount) key {
	mul := amount(1)
	switch u {
	case uSecond:
	case uHour:
		u, mul = uMinute, 60
	case uWeek:
		u, mul = uDay, 7
	case uFortnight:
		u, mul = uDay, 14
	case uQuincena:
		u, mul = uDay, 15
	case uQuarter:
		u, mul = uMonth, 3
	case uYear, uAge:
		u, mul = uMonth, 12
	case uCentimetre:
		u, mul = uMillimetre, 10
	case uMetre:
		u, mul = uMillimetre, 1000
	case uKilometre:
		u, mul = uMillimetre, 1_000_000
	case uJin:
		u, mul = uGram, 500
	case uKilogram:
		u, mul = uGram, 1000
	case uLitre:
		u, mul = uMillilitre, 1000
	}
	a, b = a*mul, b*mul
	const day = 24 * 60 * one
	if u == uMinute && a >= day && a%day == 0 && b%day == 0 {
		u, a, b = uDay, a/day*one, b/day*one
	}
	return key{unit: u, a: a, b: b}
}

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
	return id
}

// squeeze drops what may differ in the writing of a code.
func squeeze(s string) string {
	if strings.IndexByte(s, '-') < 0 && strings.IndexByte(s, '_') < 0 {
		return s
	}
	return strings.NewReplacer("-", "", "_", "").Replace(s)
}
