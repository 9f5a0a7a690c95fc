package evidence

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

func (r *reading) han(i int) bool { return i < len(r.toks) && r.toks[i].kind == tHan }

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

// implied tells whether a number without a unit is money by the words of a Chinese coupon: 满300减50.
func (r *reading) implied(i int) bool { return r.is(i-1, "满|减|返|抵") }

// ofThePrice tells whether a percentage says what is paid, not what is taken off.
func (r *reading) ofThePrice(k int) bool {
	return r.is(k, "of|del") && (r.is(k+1, "the|original|precio") || r.is(k+2, "price|original"))
}

// nounOf tells whether something follows that the number counts.
func (r *reading) nounOf(k int) int {
	if k < len(r.toks) && !r.toks[k].line && (r.toks[k].kind == tWord || r.toks[k].kind == tHan) {
		if _, stop := at(r.toks, k, cStop); stop == 0 && !r.negator(k) && !r.is(k, "和|或|到|至|及|与|的|是|就|内|x") {
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
