package evidence

// date reads a calendar day in any of the notations, a month, or a day of a month not named.
func (r *reading) date(i int) int {
	for _, try := range [...]func(int) int{r.numericDate, r.hanDate, r.namedDate, r.dayOnly} {
		if n := try(i); n > 0 {
			return n
		}
	}
	return 0
}

func dateKey(y, m, d amount) key {
	if y > 0 && y < 100 {
		y += 2000
	}
	return key{unit: kDate, a: m*100 + d, b: y}
}

func (r *reading) addDate(i, n int, keys ...key) *claim {
	c := r.add(i, n, KindDate, keys...)
	c.bound = r.bound(c.tok, c.end)
	return c
}

// plain returns the whole number at token i, or -1.
func (r *reading) plain(i int) amount {
	if i >= 0 && i < len(r.toks) && r.toks[i].kind == tNum && !r.toks[i].frac && r.toks[i].num >= 0 && r.toks[i].num%one == 0 {
		return r.toks[i].num / one
	}
	return -1
}

func (r *reading) numericDate(i int) int {
	a := r.plain(i)
	if a < 0 || i+2 >= len(r.toks) || !r.is(i+1, "/|-|.") || !r.tight(i+1) || !r.tight(i+2) {
		return 0
	}
	sep, b := r.toks[i+1].s, r.plain(i+2)
	if b < 1 {
		return 0
	}
	c := amount(-1)
	if r.is(i+3, sep) && r.tight(i+3) && r.tight(i+4) {
		c = r.plain(i + 4)
	}
	switch {
	case c > 0 && len(r.toks[i].s) == 4 && b <= 12 && c <= 31:
		r.addDate(i, 5, dateKey(a, b, c))
		return 5
	case c > 0 && a <= 31 && b <= 31 && (len(r.toks[i+4].s) == 4 || len(r.toks[i+4].s) == 2 && sep != "-"):
		r.addDate(i, 5, r.dayMonth(c, a, b)...)
		return 5
	case c < 0 && sep == "/" && a >= 1 && a <= 31 && b <= 31 && (a <= 12 || b <= 12) && !r.dimension(i+3):
		keys := r.dayMonth(0, a, b)
		r.addDate(i, 3, keys...)
		return 3
	}
	return 0
}

// dimension tells whether a unit follows, so that 24/48 h is no date.
func (r *reading) dimension(k int) bool {
	_, n := at(r.toks, k, cUnit)
	return n > 0 || r.is(k, "%")
}

// dayMonth reads a/b as day and month after the habit of the language, both ways where that is open.
func (r *reading) dayMonth(y, a, b amount) []key {
	dm := b <= 12
	md := a <= 12
	var keys []key
	lead := r.lead
	if dm && (lead != zh || !md) {
		keys = append(keys, dateKey(y, b, a))
	}
	if md && (lead != es || !dm) {
		keys = append(keys, dateKey(y, a, b))
	}
	return keys
}

// hanDate reads 2026年11月23日, 11月23号, 十一月二十三日, 11月23日至25日, 11月.
func (r *reading) hanDate(i int) int {
	f, ok := figureAt(r.toks, i)
	if !ok {
		return 0
	}
	n, year := 0, amount(0)
	if r.is(i+f.n, "年") && f.v >= 1900*one && f.v <= 2100*one {
		year, n = f.v/one, f.n+1
		if f, ok = figureAt(r.toks, i+n); !ok {
			return 0
		}
	}
	m := f.v / one
	if n += f.n; !r.is(i+n, "月") || m < 1 || m > 12 || f.v%one != 0 {
		return 0
	}
	n++
	d, ok := figureAt(r.toks, i+n)
	if !ok || d.v < one || d.v > 31*one || (d.hi > 0 && d.n != 2) {
		if f.n == 1 && !f.digits && m < 3 && year == 0 { // 一月 is January, 两月 is not
			if r.toks[i].s == "两" {
				return 0
			}
		}
		r.addDate(i, n, key{unit: kMonth, a: m})
		return n
	}
	n += d.n
	if r.is(i+n, "日|号") {
		n++
	}
	end := i + n
	r.addDate(i, n, dateKey(year, m, d.v/one))
	if r.is(end, "至|到|-|~|和|、") {
		if e, ok := figureAt(r.toks, end+1); ok && e.v > d.v && e.v <= 31*one && r.is(end+1+e.n, "日|号") {
			r.addDate(end+1, e.n+1, dateKey(year, m, e.v/one))
			return n + 2 + e.n
		}
	}
	return n
}

// dayOnly reads "the 23rd", "el dia 23", 23号.
func (r *reading) dayOnly(i int) int {
	if r.is(i, "dia") && r.plain(i+1) > 0 && r.plain(i+1) <= 31 {
		if _, u := at(r.toks, i+2, cUnit); u == 0 && !r.is(i+2, "de") {
			r.addDate(i, 2, key{unit: kMonthDay, a: r.plain(i+1) * one})
			return 2
		}
	}
	f, ok := figureAt(r.toks, i)
	if !ok || f.v < one || f.v > 31*one || f.v%one != 0 || f.hi > 0 {
		return 0
	}
	if r.is(i+f.n, "号") && !r.is(i+f.n+1, "线|楼|店|仓|码") {
		r.addDate(i, f.n+1, key{unit: kMonthDay, a: f.v}, key{unit: kSize, a: f.v})
		return f.n + 1
	}
	if f.digits && r.is(i-1, "the") && r.is(i+1, "st|nd|rd|th") && r.tight(i+1) {
		if _, u := at(r.toks, i+2, cUnit); u == 0 {
			r.addDate(i, 2, key{unit: kMonthDay, a: f.v})
			return 2
		}
	}
	return 0
}

// weekday reads days of the week, at(…) having told 周一 from 两周一次 by order of reading.
func (r *reading) weekday(i int) int {
	e, n := at(r.toks, i, cWeekday)
	if n == 0 {
		if r.is(i, "sat|sun") && (r.is(i+1, "-|,|to|and") || r.is(i-1, "-|to|and|&")) {
			e.id, n = 6, 1
			if r.is(i, "sun") {
				e.id = 7
			}
		} else {
			return 0
		}
	}
	from, to := amount(e.id), amount(0)
	if r.is(i+n, "至|到|-|~|to|a|al|through|until|hasta|till") && from < 7 {
		k := i + n + 1
		if f, m := at(r.toks, k, cWeekday); m > 0 && f.id <= 7 {
			to, n = amount(f.id), n+1+m
		} else if f, ok := figureAt(r.toks, k); ok && r.toks[i].s == "周" && f.v <= 7*one && f.single { // 周一至五
			to, n = f.v/one, n+1+f.n
		} else if r.is(k, "日") {
			to, n = 7, n+2
		}
	}
	if to <= from {
		to = 0
	}
	r.add(i, n, KindDate, key{unit: kWeekday, a: from, b: to})
	return n
}
