package evidence

// listNumber passes over "1." at the beginning of a line, "Step 2" and 第一: they order, they claim nothing.
func (r *reading) listNumber(i int) int {
	t := r.toks[i]
	f, ok := figureAt(r.toks, i)
	if ok && f.digits && len(t.s) <= 2 && i+1 < len(r.toks) && r.is(i+1, ".|)|、|）|:") && r.begins(i) {
		if j := i + 2; j < len(r.toks) && r.toks[j].kind == tNum || f.v > 20*one {
			return 0
		} else if j >= len(r.toks) || r.toks[j].spaced || r.toks[j].kind == tHan || r.toks[i+1].s == "、" {
			return 2
		}
	}
	if _, n := at(r.toks, i, cStep); n > 0 {
		if f, ok := figureAt(r.toks, i+n); ok && f.v < 21*one {
			if t.s == "第" {
				if u, k := at(r.toks, i+n+f.n, cUnit); k > 0 && (u.id == uPiece || u.id == uPair || u.id == uOrder) && f.v > one {
					c := r.add(i, n+f.n+k, KindNumber, key{unit: kOrdinal, a: f.v})
					return c.end - i
				} else if k > 0 && u.id <= uWorkhour && f.v > 2*one { // 第7天
					r.add(i, n+f.n+k, KindDuration, key{unit: kOrdinal, a: f.v, s: ordinalOf(u.id)}, scaled(u.id, f.v, 0))
					return n + f.n + k
				}
				if s, k := at(r.toks, i, cPromise); k > 0 && s.id == pNextDay {
					return 0
				}
			}
			return n + f.n
		}
	}
	return 0
}

// ordinalOf tells apart what is numbered, so that the seventh day is not the seventh working day.
func ordinalOf(unit int) string {
	if unit == uWorkday {
		return "working day"
	}
	return "day"
}

// begins tells whether a list may begin at token i.
func (r *reading) begins(i int) bool {
	return i == 0 || r.toks[i].line || r.is(i-1, ":|;|.|。|!|?|；|！|？") || r.is(i-1, "-|*|(") && (i == 1 || r.toks[i-1].line)
}

// ordinal reads "the second item", "2nd pair", "segunda unidad".
func (r *reading) ordinal(i int) int {
	e, n := at(r.toks, i, cOrdWord)
	v := amount(e.id) * one
	if n == 0 {
		f, ok := figureAt(r.toks, i)
		if !ok || !f.digits {
			return 0
		}
		if _, k := at(r.toks, i+f.n, cOrdinal); k == 0 || r.toks[i+f.n].spaced {
			return 0
		}
		v, n = f.v, f.n+1
	}
	u := r.unitAhead(i + n)
	if u != uPiece && u != uPair && u != uOrder || v <= one {
		return 0
	}
	r.add(i, n, KindNumber, key{unit: kOrdinal, a: v})
	return n
}
