package evidence

// monthAt reads the name of a month. Words that are names only with a capital ("may", "march") need one.
func (r *reading) monthAt(i int) (int, int) {
	e, n := at(r.toks, i, cMonth)
	if n == 0 {
		return 0, 0
	}
	if c := r.cased[r.toks[i].from]; r.is(i, "may|march|mar|dec|sep|jun|ago|abr|ene") && (c < 'A' || c > 'Z') {
		if r.plain(i-1) < 0 && r.plain(i+1) < 0 && !r.is(i-1, "de") {
			return 0, 0
		}
	}
	if r.is(i, "may") && r.is(i+1, "i|we|you|not|be|it|take|have|also|apply|need|vary|differ") {
		return 0, 0
	}
	if r.is(i+1, ".") && len(r.toks[i].s) <= 4 && r.tight(i+1) && r.plain(i+2) > 0 {
		n++
	}
	return e.id, n
}

// namedDate reads "23 de noviembre de 2026", "Nov 23rd, 2026", "23-25 November", "the 23rd of November", "November".
func (r *reading) namedDate(i int) int {
	if m, n := r.monthAt(i); n > 0 {
		return r.monthFirst(i, amount(m), n)
	}
	d, n := r.dayNumber(i)
	if n == 0 {
		return 0
	}
	first := n
	if r.is(i+n, "-|to|al|a|y|and|until|e") {
		if r.is(i+n+1, "el|the|al") {
			n++
		}
		if d2, n2 := r.dayNumber(i + n + 1); n2 > 0 {
			if k := r.ofMonth(i + n + 1 + n2); k > 0 {
				if m, mn := r.monthAt(k); mn > 0 {
					y, yn := r.yearAt(k + mn)
					end := k + mn + yn
					r.addDate(i, first, dateKey(y, amount(m), d))
					r.addDate(i+n+1, end-i-n-1, dateKey(y, amount(m), d2))
					return end - i
				}
			}
		}
	}
	k := r.ofMonth(i + n)
	m, mn := r.monthAt(k)
	if mn == 0 {
		return 0
	}
	y, yn := r.yearAt(k + mn)
	end := k + mn + yn
	r.addDate(i, end-i, dateKey(y, amount(m), d))
	return end - i
}

func (r *reading) monthFirst(i int, m amount, n int) int {
	d, dn := r.dayNumber(i + n)
	if dn == 0 && r.is(i+n, "the") {
		if d, dn = r.dayNumber(i + n + 1); dn > 0 {
			dn++
		}
	}
	if dn == 0 {
		r.addDate(i, n, key{unit: kMonth, a: m})
		return n
	}
	end := i + n + dn
	y, yn := r.yearAt(end)
	r.addDate(i, n+dn+yn, dateKey(y, m, d))
	if yn == 0 && r.is(end, "-|to|and|until|through") {
		if d2, n2 := r.dayNumber(end + 1); n2 > 0 && d2 > d {
			y, yn = r.yearAt(end + 1 + n2)
			r.addDate(end+1, n2+yn, dateKey(y, m, d2))
			return n + dn + 1 + n2 + yn
		}
	}
	return n + dn + yn
}

// dayNumber reads 23, 23rd, "twenty-third" is not read.
func (r *reading) dayNumber(i int) (amount, int) {
	d := r.plain(i)
	n := 1
	if d < 0 {
		f, ok := figureAt(r.toks, i)
		if !ok || f.digits || r.toks[i].kind != tWord || f.v%one != 0 {
			return 0, 0
		}
		d, n = f.v/one, f.n
	}
	if d < 1 || d > 31 || n == 1 && len(r.toks[i].s) > 2 && r.toks[i].kind == tNum {
		return 0, 0
	}
	if _, k := at(r.toks, i+n, cOrdinal); k > 0 && r.tight(i+n) {
		n++
	}
	return d, n
}

// ofMonth passes over what stands between day and month.
func (r *reading) ofMonth(i int) int {
	if r.is(i, "de|of|-|/") {
		return i + 1
	}
	return i
}

// yearAt reads a year after a date, with what leads to it.
func (r *reading) yearAt(i int) (amount, int) {
	n := 0
	if r.is(i, ",|de|del|of|-|/") {
		n = 1
	}
	if y := r.plain(i + n); y >= 1990 && y <= 2100 && len(r.toks[i+n].s) == 4 {
		return y, n + 1
	}
	return 0, 0
}
