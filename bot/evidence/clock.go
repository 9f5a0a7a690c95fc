package evidence

// meridiem of a clock time.
const (
	morning = 1
	evening = 2
	noon    = 3
)

// clock reads a time of day.
func (r *reading) clock(i int) int {
	keys, n, _ := r.timeAt(i)
	if n == 0 {
		return r.clockRange(i)
	}
	c := r.add(i, n, KindTime, keys...)
	c.bound = r.bound(c.tok, c.end)
	return n
}

// clockRange reads the first hour of "9 to 6 pm", 9-18点, "de 9 a 18 h", whose own mark follows the second.
func (r *reading) clockRange(i int) int {
	f, ok := figureAt(r.toks, i)
	if !ok || f.v > 24*one || f.v%one != 0 || f.hi > 0 || !r.is(i+f.n, "-|~|to|a|至|到|and|y|until|hasta|till") {
		return 0
	}
	if r.is(i+f.n, "and|y") && !r.opened(i) {
		return 0
	}
	keys, n, marked := r.timeAt(i + f.n + 1)
	if n == 0 {
		if g, ok := figureAt(r.toks, i+f.n+1); !ok || g.v > 24*one || !r.is(i-1, "de") || !r.is(i+f.n+1+g.n, "h|horas") || g.v >= 24*one {
			return 0
		} else {
			keys, n, marked = []key{{unit: kTime, a: g.v * 60}}, g.n+1, false
		}
	}
	r.add(i, f.n, KindTime, hours(f.v, 0, 0, marked || r.mode == asDraft)...)
	r.add(i+f.n+1, n, KindTime, keys...)
	return f.n + 1 + n
}

// hours gives the readings of an hour: a small one without a meridiem may be of the afternoon.
func hours(h, m amount, mer int, open bool) []key {
	if h >= 24*one && m == 0 && h == 24*one {
		h = 0
	}
	switch {
	case mer == evening && h < 12*one, mer == noon && h < 3*one:
		h += 12 * one
	case mer == morning && h == 12*one:
		h = 0
	}
	keys := []key{{unit: kTime, a: h*60 + m}}
	if mer == 0 && open && h <= 12*one && h > 0 {
		keys = append(keys, key{unit: kTime, a: (h*60 + m + 720*one) % (1440 * one)})
	}
	return keys
}

// timeAt reads one clock time at token i. marked tells that it says which half of the day it means.
func (r *reading) timeAt(i int) (keys []key, n int, marked bool) {
	mer := 0
	if i < len(r.toks) && r.toks[i].kind == tHan {
		if e, k := at(r.toks, i, cMeridiem); k > 0 {
			mer, n = e.id, k
		}
	}
	f, ok := figureAt(r.toks, i+n)
	if !ok || f.v < 0 || f.v > 24*one || f.v%one != 0 || f.hi > 0 && f.n != 2 {
		return r.noon(i)
	}
	at0 := i + n
	if mer == 0 && f.v == one && !f.digits && !r.is(at0+f.n+1, "半|钟|整|到|至") { // 一点 is "a little"
		return nil, 0, false
	}
	n += f.n
	var m amount
	clock := false
	switch {
	case f.digits && r.is(i+n, ":|.") && r.tight(i+n) && r.plain(i+n+1) >= 0 && len(r.toks[i+n+1].s) == 2 && r.plain(i+n+1) < 60 && r.is(i+n, ":"):
		m, clock, n = r.toks[i+n+1].num, true, n+2
		if r.is(i+n, ":") && r.plain(i+n+1) >= 0 {
			n += 2
		}
		if r.is(i+n, "h|hrs|hs|z") {
			n++
		}
	case r.is(i+n, "点|时") && !r.is(i+n+1, "积|数|建|间|候"):
		clock, n = true, n+1
		switch {
		case r.is(i+n, "半"):
			m, n = 30*one, n+1
		case r.is(i+n, "整|钟"):
			n++
		default:
			if g, ok := figureAt(r.toks, i+n); ok && g.v < 60*one && r.is(i+n+g.n, "分") && !r.is(i+n+g.n+1, "钟") {
				m, n = g.v, n+g.n+1
			}
		}
		return hours(f.v, m, mer, r.mode == asDraft && mer == 0), n, mer > 0
	case f.digits && r.is(i+n, "h") && r.is(at0-1, "las"):
		n++
		return hours(f.v, 0, 0, false), n, true
	}
	if !clock && r.is(i+n, "y") && r.is(i+n+1, "media|cuarto") {
		m = 30 * one
		if r.is(i+n+1, "cuarto") {
			m = 15 * one
		}
		if _, k := at(r.toks, i+n+2, cMeridiem); k > 0 || r.is(at0-1, "las") {
			clock, n = true, n+2
		}
	}
	if e, k := at(r.toks, i+n, cMeridiem); k > 0 && r.toks[i+n].kind != tHan && mer == 0 && e.id <= noon {
		if !(r.is(i+n, "a|p") && k < 2) && r.hourLike(at0, clock, e) {
			return hours(f.v, m, e.id, false), n + k, true
		}
	}
	if r.is(i+n, "o'clock") {
		return hours(f.v, m, 0, r.mode == asDraft), n + 1, false
	}
	if clock {
		return []key{{unit: kTime, a: f.v%(24*one)*60 + m}}, n, true
	}
	if r.is(at0-1, "las") && r.is(at0-2, "a|de|antes|desde|hasta|sobre|entre|y") {
		if _, u := at(r.toks, i+n, cUnit); u == 0 && f.digits {
			return hours(f.v, 0, 0, r.mode == asDraft), n, false
		}
	}
	return nil, 0, false
}

// hourLike guards against "3 in the morning queue": the long forms need "at", "las" or minutes.
func (r *reading) hourLike(i int, clock bool, e entry) bool {
	return clock || len(e.seq[0]) <= 2 && e.seq[0] != "in" && e.seq[0] != "at" && e.seq[0] != "de" || r.is(i-1, "at|las|de|desde|from|to|until|by|before|after|a|hasta|-")
}

func (r *reading) noon(i int) ([]key, int, bool) {
	if e, k := at(r.toks, i, cMeridiem); k > 0 && e.id >= noon {
		if e.id == noon {
			return []key{{unit: kTime, a: 720 * one}}, k, true
		}
		return []key{{unit: kTime, a: 0}}, k, true
	}
	return nil, 0, false
}
