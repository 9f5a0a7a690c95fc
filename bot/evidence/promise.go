package evidence

// promised tells whether a word of promise is one here: "free" after "not" says the opposite, "any" in a question
// or condition says nothing, "certainly" as the first word is courtesy.
func (r *reading) promised(i, k, id int) bool {
	t := r.toks[i]
	switch id {
	case pFree:
		if t.s == "free" && k == 1 && (r.is(i-1, "-") && r.tight(i) || r.is(i+1, "-") && r.tight(i+1) && !r.is(i+2, "of")) {
			return false
		}
		if t.s == "免" && k == 1 && !r.is(i+1, "运|邮|收|费|除|息") {
			return false
		}
		if r.mode == asSource && t.kind == tWord && r.deniedAfter(i+k, 3) { // "free shipping doesn't apply"
			return false
		}
		return !r.deniedBefore(i, 4) && !(t.kind == tHan && (r.deniedBefore(i, 7) || r.unusable(i+k)))
	case pSameDay:
		return r.mode == asSource || t.kind != tHan || r.is(i+k, "发|送|达|到|退|出|寄|就|即|能|可")
	case pNever:
		return !r.is(i-1, "解")
	case pEverywhere:
		return !r.is(i+k, "else|abroad|outside|in|on")
	case pEvery:
		if r.mode == asSource {
			return true
		}
		if _, n, _ := r.amountAt(i + k); n > 0 || r.currency(i+k) { // "for every ¥1": a rate
			return false
		}
		return !r.deniedAround(i) && !r.conditional(i) && !r.polite(i+k) && r.general(i, k)
	case pCertain, pAlways:
		if r.mode == asDraft && (r.opens(i) && r.is(i, "certainly|definitely|absolutely|一|肯|绝") || r.is(i+k, "is|要") && t.s == "一") {
			return false
		}
		if t.s == "一" && r.is(i-1, "不|有|唯") {
			return false
		}
		return r.mode == asSource && !r.deniedBefore(i, 2) || r.mode == asDraft && !r.deniedBefore(i, 3)
	}
	return true
}

// unusable tells whether what is named before i is said not to be had: 包邮活动用不上.
func (r *reading) unusable(i int) bool {
	for k := i; k+2 < len(r.toks) && k < i+8 && !r.clauseMark(k); k++ {
		if r.is(k, "用") && r.is(k+1, "不") || r.is(k, "享") && r.is(k+2, "不") || r.is(k, "不") && r.is(k+1, "参|适|支") {
			return true
		}
	}
	return false
}

// deniedAfter tells whether a negation begins within n tokens from i on, in the same clause.
func (r *reading) deniedAfter(i, n int) bool {
	for k := i; k < len(r.toks) && k < i+n && !r.clauseMark(k); k++ {
		if _, x := at(r.toks, k, cNotNot); x > 0 {
			return false
		}
		if r.negator(k) {
			return true
		}
	}
	return false
}

// denied tells whether a negation stands within n tokens before i in the same clause.
func (r *reading) deniedBefore(i, n int) bool {
	for k := i - 1; k >= 0 && k >= i-n; k-- {
		if r.clauseMark(k) {
			return false
		}
		if _, x := at(r.toks, k, cNotNot); x > 0 && k+x > i-n {
			continue
		}
		if _, x := at(r.toks, k, cNot); x > 0 && k+x <= i {
			return true
		}
	}
	return false
}

// conditional tells whether the clause asks or supposes: "if you have any …", 如有任何…, "si tienes cualquier …".
func (r *reading) conditional(i int) bool {
	for k := i - 1; k >= 0 && k >= i-14 && !r.is(k, ".|!|?|。|！|？"); k-- {
		if r.is(k, "if|whether|should|having|have|si|tienes|有|如|若|需|did|do|does") {
			return true
		}
	}
	for k := i; k < len(r.toks) && k < i+25; k++ {
		if r.is(k, "?|吗") {
			return true
		}
		if r.is(k, ".|!|。|！") {
			return false
		}
	}
	return false
}

// polite tells whether what follows "any" or "all" is courtesy, not policy.
func (r *reading) polite(k int) bool {
	return r.is(k, "question|questions|doubt|doubts|help|problem|problems|doubtful|inconvenience|trouble|other|further|news|dudas|molestias|pregunta|preguntas|more|longer|help|day|time") ||
		r.is(k, "问|疑|帮|需|不")
}

// opens tells whether token i begins a sentence and is an answer by itself, as in "Certainly!".
func (r *reading) opens(i int) bool {
	return (i == 0 || r.is(i-1, ".|!|。|！|,|，|¡") || r.toks[i].line) && (i+1 >= len(r.toks) || r.is(i+1, ",|!|.|，|！|。|的|-|:") || r.is(i+1, "可") && false)
}

// deniedAround tells whether the clause is negated anywhere: "anything personalised can't be returned".
func (r *reading) deniedAround(i int) bool {
	for k := i + 1; k < len(r.toks) && k < i+40 && !r.clauseMark(k); k++ {
		if _, n := at(r.toks, k, cNotNot); n > 0 {
			continue
		}
		if _, n := at(r.toks, k, cNot); n > 0 {
			return true
		}
	}
	return r.deniedBefore(i, 12)
}

// general tells whether "any" or "every" speaks of what a shop has or does, not of "any claim" or "every detail".
func (r *reading) general(i, k int) bool {
	if r.is(i, "any") && r.is(i-1, "after|before|without|with|of|and|or|from") {
		return false
	}
	if r.universal(i+k) > 0 || r.toks[i].kind == tHan || r.is(i, "anyone|everyone|everybody|anybody|everything") {
		return true
	}
	for x := i + k; x < i+k+3 && x < len(r.toks) && !r.clauseMark(x); x++ {
		if e, n := at(r.toks, x, cGroup); n > 0 && e.id/100 == gProduct {
			return true
		}
		if r.is(x, "reason|country|payment|condition|colour|color|size|model|brand|method|address|motivo|pais|pago|condicion|estado|color|talla|modelo|marca|metodo|direccion") {
			return true
		}
	}
	return false
}
