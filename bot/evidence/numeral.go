package evidence

// amount is a number in ten-thousandths, so that figures of every notation compare exactly.
type amount int64

const one amount = 10_000

// Ids of number words that multiply what stands before them.
const (
	hundred  = -100
	thousand = -1000
	million  = -1_000_000
)

// tooLong marks digits that are no quantity but a code, such as an order number.
const tooLong amount = -1

// decimal reads digits grouped by "." and "," after the habits of both halves of the world: three digits after a
// separator are a group of thousands, anything else a fraction. end is how much of s is one number.
func decimal(s string) (v amount, frac bool, end int) {
	var seps, lens []int
	digits := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			digits++
			continue
		}
		seps = append(seps, i)
		lens = append(lens, digits)
		digits = 0
	}
	lens = append(lens, digits)
	if len(seps) == 0 {
		return whole(s), false, len(s)
	}
	last := seps[len(seps)-1]
	grouped := lens[0] <= 3 && s[0] != '0'
	for k := 1; k < len(lens)-1; k++ {
		grouped = grouped && lens[k] == 3 && s[seps[k]-lens[k]-1] == s[seps[0]]
	}
	same := s[last] == s[seps[0]]
	switch {
	case grouped && same && lens[len(lens)-1] == 3:
		return whole(s), false, len(s)
	case len(seps) == 1 || grouped && !same:
		return whole(s[:last]) + fraction(s[last+1:]), true, len(s)
	}
	return whole(s[:seps[0]]), false, seps[0]
}

func whole(s string) amount {
	var v amount
	n := 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			continue
		}
		if n++; n > 12 {
			return tooLong
		}
		v = v*10 + amount(s[i]-'0')
	}
	return v * one
}

func fraction(s string) amount {
	var v amount
	unit := one
	for i := 0; i < len(s) && unit > 1; i++ {
		unit /= 10
		v += amount(s[i]-'0') * unit
	}
	return v
}

// figure is a number as it stands at some token, in digits, words or Chinese numerals.
type figure struct {
	v      amount
	hi     amount // not 0: the text says v to hi, as 三五 or 两三
	n      int    // tokens it takes
	digits bool   // written in digits
	pair   bool   // Chinese digits without a place, as in 九五折
	single bool   // one Chinese numeral alone
}

func figureAt(toks []tok, i int) (figure, bool) {
	if i < 0 || i >= len(toks) {
		return figure{}, false
	}
	switch toks[i].kind {
	case tNum:
		return digitsAt(toks, i), true
	case tWord:
		return wordsAt(toks, i)
	case tHan:
		return hanAt(toks, i)
	}
	return figure{}, false
}

func digitsAt(toks []tok, i int) figure {
	f := figure{v: toks[i].num, n: 1, digits: true}
	if f.v == tooLong {
		return f
	}
	// thousands parted by a space, as in 1 299,00 €
	for i+f.n < len(toks) && toks[i+f.n].kind == tNum && toks[i+f.n].spaced && len(toks[i].s) <= 3 && !toks[i].frac {
		next := toks[i+f.n]
		group := next.s
		if next.frac && len(group) > 4 && !isDigit(group[3]) {
			group = group[:3]
		}
		if len(group) != 3 || i+f.n+1 >= len(toks) || !hasClass(toks[i+f.n+1].s, cCurrency) {
			break
		}
		f.v, f.n = f.v*1000+next.num, f.n+1
	}
	if j := i + f.n; j < len(toks) && !toks[j].spaced {
		if _, n := at(toks, j, cUnit); n < 2 {
			switch toks[j].s {
			case "k":
				return figure{v: f.v * 1000, n: f.n + 1, digits: true}
			case "万":
				return figure{v: f.v * 10000, n: f.n + 1, digits: true}
			case "千":
				return figure{v: f.v * 1000, n: f.n + 1, digits: true}
			case "百":
				if j+1 < len(toks) && toks[j+1].s != "分" {
					return figure{v: f.v * 100, n: f.n + 1, digits: true}
				}
			}
		}
	}
	if e, n := at(toks, i+f.n, cNumWord); n > 0 && e.id <= thousand { // 2 million, 3 mil
		f.v, f.n = f.v*amount(-e.id), f.n+n
	}
	return f
}

func wordsAt(toks []tok, i int) (figure, bool) {
	var total, cur amount
	n := 0
	for i+n < len(toks) {
		j := i + n
		skip := 0
		if n > 0 && (toks[j].s == "and" && cur >= 100 || toks[j].s == "y" && cur%100 >= 30 && cur%10 == 0 || toks[j].s == "-" && cur%100 >= 20 && cur%10 == 0) {
			skip = 1
		}
		e, k := at(toks, j+skip, cNumWord)
		if k == 0 && n == 0 && (toks[j].s == "a" || toks[j].s == "half") {
			if e, k = at(toks, j+1, cNumWord); k > 0 && e.id < 0 { // a hundred
				skip, cur = 1, 1
			} else {
				return figure{}, false
			}
		}
		if k == 0 {
			break
		}
		v := amount(e.id)
		switch {
		case v == hundred && cur < 10:
			cur = max(cur, 1) * 100
		case (v == thousand || v == million) && total%1000 == 0 && (n == 0 || cur > 0):
			total, cur = (total+max(cur, 1))*-v, 0
		case v < 0:
			k = 0
		case n == 0 || cur == 0 && total > 0,
			v < 10 && v > 0 && cur%10 == 0 && (cur%100 >= 20 || cur >= 100 && cur%100 == 0),
			v >= 10 && v < 100 && cur >= 100 && cur%100 == 0:
			cur += v
		default:
			k = 0
		}
		if k == 0 {
			break
		}
		n += skip + k
	}
	if n == 0 {
		return figure{}, false
	}
	f := figure{v: (total + cur) * one, n: n}
	if f.n == 1 && toks[i].s == "dozen" {
		return f, true
	}
	if i+n+2 < len(toks) && toks[i+n].s == "and" && toks[i+n+1].s == "a" && toks[i+n+2].s == "half" {
		f.v, f.n = f.v+one/2, f.n+3
	}
	return f, true
}

// fractional tells whether 点 before the last digit was a decimal point: 一点五公斤, 八点五折.
func fractional(toks []tok, i int) bool {
	if toks[i].s == "折" || toks[i].s == "%" {
		return true
	}
	_, u := at(toks, i, cUnit)
	_, c := at(toks, i, cCurrency)
	return (u > 0 || c > 0) && toks[i].s != "分"
}

func hanAt(toks []tok, i int) (figure, bool) {
	var total, section, cur amount
	n, places, digits := 0, 0, 0
	var seq [12]amount
	for i+n < len(toks) {
		e, k := at(toks, i+n, cHanNum)
		if k == 0 {
			break
		}
		if _, u := at(toks, i+n, cUnit); u > 1 && n > 0 { // 三千克 is three kilograms
			break
		}
		if e.id == 100 && i+n+2 < len(toks) && toks[i+n+1].s == "分" && toks[i+n+2].s == "之" {
			break
		}
		switch v := amount(e.id); {
		case v >= 10000:
			total, section, cur, places = (total+section+cur)*v, 0, 0, places+1
		case v >= 10 && v != 20:
			if cur == 0 && n == 0 {
				cur = 1
			}
			section, cur, places = section+cur*v, 0, places+1
		default:
			if digits < len(seq) {
				seq[digits] = v
			}
			digits++
			cur = v
		}
		n++
	}
	if n == 0 {
		return figure{}, false
	}
	f := figure{v: (total + section + cur) * one, n: n, single: n == 1}
	if places == 0 && digits > 1 {
		f.pair, f.v = true, 0
		for _, d := range seq[:min(digits, len(seq))] {
			f.v = f.v*10 + d*one
		}
		if digits == 2 && seq[0] > 0 && seq[1] > seq[0] && seq[1]-seq[0] <= 2 {
			f.v, f.hi, f.pair = seq[0]*one, seq[1]*one, true
		}
	}
	if j := i + n; j+1 < len(toks) && toks[j].s == "点" { // 八点五折
		if e, k := at(toks, j+1, cHanNum); k > 0 && e.id < 10 && j+2 < len(toks) && fractional(toks, j+2) {
			f.v, f.n, f.single = f.v+amount(e.id)*one/10, f.n+2, false
		}
	}
	return f, true
}
