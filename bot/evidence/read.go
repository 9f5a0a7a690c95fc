package evidence

// Units of a key beyond those of the cUnit class: what a value is a value of.
const (
	kMoney    = 100 // plus the currency
	kPercent  = 200 + iota
	kTime     // minutes after midnight
	kDate     // a: month*100+day, b: year or 0
	kMonth    // a: month
	kMonthDay // a: day of a month not named
	kWeekday  // a: 1 Monday to 7 Sunday, 8 weekend, 9 public holidays
	kSize     // a: number, b: system or 0; or s: letters
	kBare     // a number with nothing after it
	kNoun     // a number of something that the lexicon does not know
	kOrdinal  // the second, the third item
	kCode     // s: letters and digits, without hyphens
	kLink     // s: see linkKey
	kEmail    // s
	kPhone    // s: digits
	kPromise  // a: which
	kPlace    // a: group*100+member
	kCarrier  // a: which
	kEvent    // a: event*10, plus 1 before it or 2 after it
)

// key is a claim in normal form. b is the end of a range, or what the unit says.
type key struct {
	unit int
	a, b amount
	s    string
}

// claim is one checkable thing in a text.
type claim struct {
	kind     string
	keys     []key  // readings, the first the likeliest
	from, to int    // offsets in the folded text
	tok, end int    // tokens it takes: [tok, end)
	raw      amount // the first figure as written
	bound    int    // atLeast, atMost or 0
	seg      int
}

// mode of reading. A draft is read so that no claim is made up, a source so that none is missed.
type mode bool

const (
	asDraft  mode = false
	asSource mode = true
)

// reading is a text with its claims and segments.
type reading struct {
	folded
	mode   mode
	toks   []tok
	claims []claim
	groups []groupHit
	segs   []segment
	sents  []span // in the original text
	lead   lang   // of the first word
	topics uint32 // of all clauses
	known  []bool // sentences that stand word for word in a source; nil until asked
}

type groupHit struct{ tok, id int }

func read(text string, m mode) *reading {
	r := &reading{folded: fold(text), mode: m, sents: cuts(text)}
	r.toks = lex(r.folded)
	r.tellLanguages()
	for i := 0; i < len(r.toks); {
		i += max(1, r.claimAt(i))
	}
	r.cutSegments()
	return r
}

// claimAt records the claim that begins at token i and returns how many tokens it takes; 0 if there is none.
func (r *reading) claimAt(i int) int {
	t := r.toks[i]
	switch t.kind {
	case tLink:
		r.add(i, 1, KindLink, key{unit: kLink, s: linkKey(r.cased[t.from:t.to])})
		return 1
	case tEmail:
		r.add(i, 1, KindEmail, key{unit: kEmail, s: t.s})
		return 1
	}
	if !r.mayClaim(i) {
		return 0
	}
	mask := ^uint32(0)
	if (t.kind == tHan || t.kind == tWord) && t.known != nil && t.known.mask&^idle != 0 && !special(t.s) {
		mask = t.known.mask
		if t.kind == tWord && (r.upperTok(i) || len(t.s) == 1 || t.s[0] == 'x') {
			mask |= 1 << cSystem
		}
	}
	for _, x := range readers {
		if x.from&mask == 0 {
			continue
		}
		if n := x.read(r, i); n > 0 {
			return n
		}
	}
	return r.words(i)
}

// readers try one after another what a token may begin.
var readers = [...]struct {
	read func(*reading, int) int
	from uint32 // the classes of words that it may begin with
}{
	{(*reading).listNumber, 1 << cStep},
	{(*reading).phone, 1 << cPunctuation},
	{(*reading).date, figures | 1<<cMonth},
	{(*reading).clock, figures | 1<<cMeridiem},
	{(*reading).size, figures | 1<<cSizeWord | 1<<cSystem},
	{(*reading).discount, figures | 1<<cPercent | 1<<cFixed},
	{(*reading).quantity, figures | 1<<cCurrency},
	{(*reading).ordinal, figures | 1<<cOrdWord},
	{(*reading).weekday, 1 << cWeekday},
	{(*reading).code, 1<<cCarrier | 1<<cSystem},
}

const (
	cPunctuation        = 31 // never in the lexicon: signs and digits begin what they like
	figures      uint32 = 1<<cNumWord | 1<<cHanNum
)

// special are words that begin a claim without being in a class for it.
func special(s string) bool {
	switch s {
	case "a", "an", "half", "media", "medio", "dia", "twice", "each", "every", "per", "cada", "半", "均", "单", "sat", "sun", "one", "talla":
		return true
	}
	return false
}

// idle are the classes whose words begin no claim by themselves.
const idle uint32 = 1<<cStop | 1<<cSkip | 1<<cNot | 1<<cNotNot | 1<<cTopic | 1<<cCodeWord | 1<<cBoundPre | 1<<cBoundPost | 1<<cOrdinal | 1<<cScope

// mayClaim passes quickly over the tokens that begin no claim, which are most.
func (r *reading) mayClaim(i int) bool {
	t := &r.toks[i]
	switch {
	case t.known != nil && t.known.mask&^idle != 0, t.kind == tNum, t.kind == tCode:
		return true
	case t.kind == tPunct:
		return t.s == "+" || t.s == "("
	case t.kind == tHan:
		return t.s == "半" || t.s == "均" || t.s == "单"
	}
	return special(t.s) || r.upperTok(i) || t.s[0] == 'x' || len(t.s) == 1 || r.is(i-1, "\"|'|`|「|*")
}

func (r *reading) add(i, n int, kind string, keys ...key) *claim {
	r.claims = append(r.claims, claim{kind: kind, keys: keys, tok: i, end: i + n, from: r.toks[i].from, to: r.toks[i+n-1].to})
	return &r.claims[len(r.claims)-1]
}

// is tells whether token i is one of the words, given with "|" between them.
func (r *reading) is(i int, words string) bool {
	if i < 0 || i >= len(r.toks) {
		return false
	}
	s := r.toks[i].s
	for at := 0; at+len(s) <= len(words); {
		if words[at] == s[0] && words[at:at+len(s)] == s && (at+len(s) == len(words) || words[at+len(s)] == '|') {
			return true
		}
		for at < len(words) && words[at] != '|' {
			at++
		}
		at++
	}
	return false
}

func (r *reading) tight(i int) bool { return i > 0 && i < len(r.toks) && !r.toks[i].spaced }

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
