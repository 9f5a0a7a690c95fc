package evidence

// tellLanguages sets for each word whether it is English or Spanish, sentence by sentence, by the small words.
func (r *reading) tellLanguages() {
	whole := en | es
	count := func(from, to int) lang {
		e, s := 0, 0
		for _, t := range r.toks[from:to] {
			if t.known == nil {
				continue
			}
			for _, x := range t.known.list {
				if len(x.seq) == 1 && (x.class == cStop || x.class == cNumWord || x.class == cMonth) {
					if x.lang == en {
						e++
					} else if x.lang == es {
						s++
					}
				}
			}
		}
		switch {
		case s > e:
			return es
		case e > s:
			return en
		}
		return whole
	}
	whole = count(0, len(r.toks))
	from := 0
	r.lead = en | es
	defer func() {
		for _, t := range r.toks {
			if t.kind == tWord || t.kind == tHan {
				r.lead = t.lang
				break
			}
		}
	}()
	for _, s := range r.sents {
		to := from
		for to < len(r.toks) && int(r.off[r.toks[to].from]) < s.to {
			to++
		}
		l := count(from, to)
		for k := from; k < to; k++ {
			switch r.toks[k].kind {
			case tHan:
				r.toks[k].lang = zh
			case tWord:
				r.toks[k].lang = l
			default:
				r.toks[k].lang = anyLang
			}
		}
		from = to
	}
}
