package evidence

// measure is what may stand after or before a number: a unit, a currency, a percent sign.
type measure struct {
	kind string
	unit int // of key
	u    int // of the cUnit class, to scale by
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

// shared finds the unit that several numbers have in common: "25, 50 and 100 euros", "180 x 70 cm".
func (r *reading) shared(k int) measure {
	for n := 0; n < 5 && r.is(k, ",|、|and|or|y|o|e|和|或|x|/|及|乘|by|por"); n++ {
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

// smallest has for a unit the smallest of its dimension, and how many of these it is.
var smallest = map[int]struct {
	unit int
	by   amount
}{
	uHour: {uMinute, 60}, uWeek: {uDay, 7}, uFortnight: {uDay, 14}, uQuincena: {uDay, 15}, uQuarter: {uMonth, 3}, uYear: {uMonth, 12}, uAge: {uMonth, 12},
	uCentimetre: {uMillimetre, 10}, uMetre: {uMillimetre, 1000}, uKilometre: {uMillimetre, 1_000_000},
	uJin: {uGram, 500}, uKilogram: {uGram, 1000}, uLitre: {uMillilitre, 1000},
}

// scaled brings units of one dimension to the smallest: weeks to days, years to months, kilograms to grams.
func scaled(u int, a, b amount) key {
	if s, ok := smallest[u]; ok {
		u, a, b = s.unit, a*s.by, b*s.by
	}
	const day = 24 * 60 * one
	if u == uMinute && a >= day && a%day == 0 && b%day == 0 {
		u, a, b = uDay, a/day*one, b/day*one
	}
	return key{unit: u, a: a, b: b}
}
