package evidence

// phone reads telephone numbers: with a plus, with an area code in brackets, in three or more groups, or after a
// word that announces one. Other groups of digits are left to be numbers.
func (r *reading) phone(i int) int {
	j := i
	plus := r.is(j, "+") && r.plain(j+1) >= 0
	if plus {
		j++
	}
	digits, groups, k := "", 0, j
	for k < len(r.toks) && k < i+24 && len(digits) <= 15 {
		t := r.toks[k]
		if t.kind == tNum && !t.frac && allDigits(t.s) && (k == j || !t.spaced || groups > 0) {
			digits += t.s
			groups++
			k++
			continue
		}
		if (r.is(k, "-|)|(|.")) && k+1 < len(r.toks) && len(r.toks[k+1].s) > 0 && (r.toks[k+1].kind == tNum || r.is(k+1, "-|(|)")) && (k > j || t.s == "(") {
			k++
			continue
		}
		break
	}
	if groups == 0 || len(digits) < 7 || len(digits) > 15 {
		return 0
	}
	last := r.toks[k-1].s
	first := r.toks[j].s
	mobile := groups == 1 && len(digits) == 11 && digits[0] == '1' && digits[1] >= '3'
	ok := plus || mobile || groups >= 3 && len(last) >= 2 && !r.dateLike(j) ||
		groups == 2 && (first == "(" || first[0] == '0' && len(first) >= 3 && len(last) >= 7) ||
		r.announced(i)
	if !ok || r.currency(k) || r.currency(j-1) && !plus {
		return 0
	}
	if _, u := at(r.toks, k, cUnit); u > 0 && !plus {
		return 0
	}
	r.add(i, k-i, KindPhone, key{unit: kPhone, s: digits})
	return k - i
}

func (r *reading) dateLike(j int) bool {
	return r.plain(j) >= 1900 && r.plain(j) <= 2100 || r.is(j+1, "-|.") && r.plain(j) <= 31 && r.is(j+3, "-|.") && len(r.toks[j+4].s) == 4 && r.plain(j+4) >= 1900 && r.plain(j+4) <= 2100
}

// announced tells whether a word for the telephone stands shortly before.
func (r *reading) announced(i int) bool {
	for k := max(0, i-5); k < i; k++ {
		if r.is(k, "phone|call|tel|telephone|hotline|whatsapp|telefono|llama|llamando|movil|电|致|热|拨|机") {
			return true
		}
	}
	return false
}

// code reads coupon, order and product codes, and names written in capitals such as DHL.
func (r *reading) code(i int) int {
	t := r.toks[i]
	if e, n := at(r.toks, i, cCarrier); n > 0 && (t.kind == tHan || r.cased[t.from] != t.s[0] && (len(t.s) > 3 || r.upperTok(i))) {
		r.add(i, n, KindCode, key{unit: kCarrier, a: amount(e.id)})
		return n
	}
	switch {
	case t.kind == tCode:
		r.add(i, 1, KindCode, key{unit: kCode, s: squeeze(t.s)})
		return 1
	case t.kind == tNum && !t.frac && allDigits(t.s) && len(t.s) >= 8:
		r.add(i, 1, KindCode, key{unit: kCode, s: t.s})
		return 1
	case t.kind == tWord && (len(t.s) >= 3 || len(t.s) == 2 && r.shortCode(i)) && r.upperTok(i) && !plainCapitals[t.s] && !r.shouting(i):
		r.add(i, 1, KindCode, key{unit: kCode, s: t.s})
		return 1
	case t.kind == tWord && len(t.s) >= 3 && allLetters(t.s) && r.namedCode(i):
		r.add(i, 1, KindCode, key{unit: kCode, s: t.s})
		return 1
	}
	return 0
}

// shortCode tells whether two capitals are a code: in a source wherever they are no place and no size, in a draft where a
// shopper is told to write them.
func (r *reading) shortCode(i int) bool {
	_, place := at(r.toks, i, cGroup)
	_, system := at(r.toks, i, cSystem)
	return place == 0 && system == 0 && (r.mode == asSource || r.toldToWrite(i))
}

// toldToWrite tells whether a shopper is told to write or to look for the letters at token i: "reply STOP", "begins with TW".
func (r *reading) toldToWrite(i int) bool {
	return r.is(i-1, "reply|text|send|responde|envia|escribe|复|发|输|入|以") || r.is(i-2, "start|starts|starting|begin|begins|beginning|empieza|empiezan|empezar|comienza|comienzan") ||
		r.is(i-3, "empieza|empiezan") || r.is(i+1, "开|打") && r.is(i+2, "头")
}

// namedCode tells whether a word in quotes follows "code".
func (r *reading) namedCode(i int) bool {
	if !r.is(i-1, "\"|'|`|「|*") || r.mode == asSource {
		return false
	}
	for k := max(0, i-4); k < i; k++ {
		if _, n := at(r.toks, k, cCodeWord); n > 0 {
			return true
		}
	}
	return false
}

// shouting tells whether the neighbours are in capitals too, so that they are loudness and no code.
func (r *reading) shouting(i int) bool {
	for _, k := range [...]int{i - 1, i + 1} {
		if k >= 0 && k < len(r.toks) && r.toks[k].kind == tWord && len(r.toks[k].s) > 1 && r.upperTok(k) {
			if _, n := at(r.toks, k, cStop); n > 0 {
				return true
			}
			if _, n := at(r.toks, k, cNot); n > 0 {
				return true
			}
		}
	}
	_, stop := at(r.toks, i, cStop)
	_, not := at(r.toks, i, cNot)
	return stop > 0 || not > 0
}

// plainCapitals are abbreviations that stand for what every shop says anyway.
var plainCapitals = set("faq usa ids sms url pdf vip gps diy pls asap fyi tbd nif dni nie cif vat iva app qr id ok " +
	"usd eur gbp cny rmb jpy hkd mxn aud cad gmt utc cet cest bst est pst eeuu jpg png jpeg csv html led usb xxl xxxl xxs one size free " +
	"mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep oct nov dec")
