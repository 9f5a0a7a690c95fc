package evidence

import "strings"

// size reads sizes of clothes and shoes: EU 38, talla M, XL码, 38码, 180/96A, 75B, one size.
func (r *reading) size(i int) int {
	if n := r.oneSize(i); n > 0 {
		return n
	}
	if n := r.chinaSize(i); n > 0 {
		return n
	}
	j, system, named := i, 0, false
	if _, n := at(r.toks, j, cSizeWord); n > 0 && (r.toks[j].s != "码" && r.toks[j].s != "穿" || r.mode == asSource || r.toks[j].s == "穿") {
		j, named = j+n, true
		for r.is(j, "la|the|is|es|:|是|为|your|tu|number|numero|a|选|拍") {
			j++
		}
	}
	if e, n := at(r.toks, j, cSystem); n > 0 && r.systemWord(j, n) {
		j, system = j+n, e.id
		if r.is(j, "size|码|talla") {
			j++
		}
	}
	if j > i {
		if l := r.letterSize(j, true); l > 0 {
			r.addLetter(i, j, l)
			return r.sizeList(i, j+l, system)
		}
		if f, ok := figureAt(r.toks, j); ok && f.v > 0 && f.v < 200*one && (f.digits || system == 0) && f.hi == 0 {
			if _, u := at(r.toks, j+f.n, cUnit); u == 0 || r.is(j+f.n, "码|号") {
				r.add(i, j+f.n-i, KindSize, key{unit: kSize, a: f.v, b: amount(system)})
				return r.sizeList(i, j+f.n, system)
			}
		}
		if named && system == 0 {
			return 0
		}
		return 0
	}
	if l := r.letterSize(i, false); l > 0 {
		r.addLetter(i, i, l)
		return r.sizeList(i, i+l, 0)
	}
	f, ok := figureAt(r.toks, i)
	if !ok || !f.digits && f.single || f.v >= 200*one {
		return 0
	}
	if r.is(i+f.n, "码") {
		r.add(i, f.n+1, KindSize, key{unit: kSize, a: f.v})
		return f.n + 1
	}
	if e, n := at(r.toks, i+f.n, cSystem); n > 0 && f.digits && r.systemWord(i+f.n, n) && e.id != 7 && f.v <= 60*one && !(e.id <= 1 && r.is(i+f.n, "eur|欧")) {
		r.add(i, f.n+n, KindSize, key{unit: kSize, a: f.v, b: amount(e.id)})
		return f.n + n
	}
	if r.is(i+f.n, "-|~|至|到|/") {
		if g, ok := figureAt(r.toks, i+f.n+1); ok && r.is(i+f.n+1+g.n, "码") {
			r.add(i, f.n, KindSize, key{unit: kSize, a: f.v})
			r.add(i+f.n+1, g.n+1, KindSize, key{unit: kSize, a: g.v})
			return f.n + g.n + 2
		}
	}
	return 0
}

// sizeList goes on through "38 to 42", "M, L or XL", after a size that ends before token j.
func (r *reading) sizeList(i, j, system int) int {
	for r.is(j, "-|~|,|、|/|to|a|and|y|or|o|至|到|和|或|码|号|the|la|through|hasta") {
		k := j + 1
		for r.is(k, "and|y|or|o|the|la|和|或|eu|uk|us") {
			k++
		}
		if l := r.letterSize(k, true); l > 0 && r.upperTok(k) {
			r.addLetter(k, k, l)
			j = k + l
			continue
		}
		f, ok := figureAt(r.toks, k)
		if !ok || !f.digits || f.v >= 200*one {
			break
		}
		if _, u := at(r.toks, k+f.n, cUnit); u > 0 || r.is(k+f.n, "%|:|/") || r.currency(k+f.n) {
			break
		}
		r.add(k, f.n, KindSize, key{unit: kSize, a: f.v, b: amount(system)})
		j = k + f.n
	}
	if r.is(j, "码|号") {
		j++
	}
	return j - i
}

func (r *reading) currency(k int) bool { _, n := at(r.toks, k, cCurrency); return n > 0 }

func (r *reading) upperTok(k int) bool { return upper(r.cased[r.toks[k].from:r.toks[k].to]) }

// systemWord guards "us", "it" and 欧: abbreviations count in capitals, or before a number.
func (r *reading) systemWord(j, n int) bool {
	if r.toks[j].kind == tHan {
		return n > 1 || r.plain(j+n) > 0
	}
	return r.upperTok(j) || (r.is(j, "eu|uk") && r.plain(j+n) > 0)
}

func (r *reading) oneSize(i int) int {
	switch {
	case r.is(i, "one") && r.is(i+1, "size"), r.is(i, "talla") && r.is(i+1, "unica"), r.is(i, "均") && r.is(i+1, "码"):
		r.add(i, 2, KindSize, key{unit: kSize, s: "one"})
		return 2
	}
	return 0
}

// chinaSize reads 180/96A and cups like 75B.
func (r *reading) chinaSize(i int) int {
	h := r.plain(i)
	if h >= 60 && h <= 230 && r.is(i+1, "/") && r.tight(i+1) && r.tight(i+2) && (r.toks[i+2].kind == tCode || r.plain(i+2) >= 50) {
		r.add(i, 3, KindSize, key{unit: kSize, s: r.low[r.toks[i].from:r.toks[i+2].to]})
		return 3
	}
	if t := r.toks[i]; t.kind == tCode && len(t.s) <= 4 {
		if n := len(t.s) - 1; allDigits(t.s[:n]) && t.s[n] >= 'a' && t.s[n] <= 'h' {
			r.add(i, 1, KindSize, key{unit: kSize, s: t.s})
			return 1
		}
	}
	return 0
}

// letterSize reads S, XL, 3XL at token i. A single letter counts when it is a capital standing alone, or named.
func (r *reading) letterSize(i int, named bool) int {
	if i >= len(r.toks) {
		return 0
	}
	t := r.toks[i]
	switch {
	case t.kind == tCode && len(t.s) <= 4 && isDigit(t.s[0]) && strings.Trim(t.s[1:], "x") != t.s[1:] && strings.Contains("l s", strings.Trim(t.s[1:], "x")):
		return 1
	case t.kind == tCode && (t.s == "2l" || t.s == "3l"):
		return 1
	case t.kind != tWord || len(t.s) > 6:
		return 0
	}
	body := strings.TrimLeft(t.s, "x")
	xs := len(t.s) - len(body)
	if body != "s" && body != "m" && body != "l" || body == "m" && xs > 0 {
		return 0
	}
	if xs > 0 {
		if named || r.upperTok(i) || r.is(i+1, "码|号") {
			return 1
		}
		return 0
	}
	if r.is(i-1, "'|&|.|/") && r.tight(i) || r.is(i+1, "'|&") && r.tight(i+1) || i > 0 && r.toks[i-1].kind == tNum && r.tight(i) {
		return 0
	}
	if r.is(i+1, "码|号") {
		return 1
	}
	if !r.upperTok(i) || r.is(i+1, ".") && r.tight(i+1) && i+2 < len(r.toks) && r.tight(i+2) {
		return 0
	}
	return 1
}

func (r *reading) addLetter(i, j, n int) {
	s := r.toks[j].s
	if isDigit(s[0]) { // 3XL is XXXL
		rest := strings.TrimLeft(s[1:], "x")
		s = strings.Repeat("x", int(s[0]-'0')) + rest
	}
	if r.is(j+n, "码|号") {
		n++
	}
	r.add(i, j+n-i, KindSize, key{unit: kSize, s: s})
}
