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
