package triage

import (
	"cmp"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed rules.txt
var rulesText string

//go:embed mood.txt
var moodText string

// tables compiles the two word tables once. A mistake in them is a mistake of
// the program, found by every test.
var tables = sync.OnceValue(func() *table {
	t, err := compile(rulesText, moodText)
	if err != nil {
		panic("triage: " + err.Error())
	}
	return t
})

// A group is what a section of the tables finds: a Kind, or one of the helpers
// below that change how the rest is read.
type group string

const (
	gMood       group = "mood"
	gComplaint  group = "complaint"
	gInsult     group = "insult"
	gUnhelpful  group = "unhelpful" // the answer did not help
	gNegate     group = "negate"
	gBoost      group = "boost"
	gHowTo      group = "howto"   // asks whether or how it can be done
	gRequest    group = "request" // asks for it to be done
	gIf         group = "if"
	gBut        group = "but"
	gOpener     group = "opener" // praise that turns sour when bad news follows
	gFiller     group = "filler" // words around the matter: please, hello
	gGreeting   group = "greeting"
	gThanks     group = "thanks"
	gOkay       group = "ok"
	gFarewell   group = "farewell"
	gAskWord    group = "ask"   // a piece that has one of these asks something
	gJoin       group = "join"  // begins another matter
	gCommonWord group = "plain" // carries no matter of its own
	gKey        group = "key"   // words whose typing errors are mended
)

// pattern is a sequence of elements with the score of its section.
type pattern struct {
	group group
	score float64
	parts []element
	text  string
}

// element is one step of a pattern: some alternatives, a gap or an anchor.
type element struct {
	alts     [][]piece
	optional bool
	gap      int // up to so many tokens of any kind
	start    bool
	end      bool
}

type piece struct {
	text   string
	prefix bool // matches words that begin so
}

// table finds the patterns that can begin at a token by that token's text.
type table struct {
	first    map[string][]*pattern
	prefixes map[string][]*pattern
	vocab    map[string]bool
	keys     []string // words whose typing errors are mended
	fillers  *table   // the words around the matter, found before all else
	longest  int      // bytes of the longest prefix
}

func newTable() *table {
	return &table{first: map[string][]*pattern{}, prefixes: map[string][]*pattern{}, vocab: map[string]bool{}}
}

func (t *table) known(word string) bool { return t.vocab[word] }

// compile reads the tables. Their format is explained at the top of rules.txt.
func compile(texts ...string) (*table, error) {
	t := newTable()
	t.fillers = newTable()
	for _, text := range texts {
		macros := map[string]string{}
		var groups []group
		var score float64
		for n, line := range strings.Split(text, "\n") {
			line = strings.TrimSpace(line)
			var err error
			switch {
			case line == "" || line[0] == '#':
			case line[0] == '[':
				groups, score, err = header(line)
			case line[0] == '@' && strings.Contains(line, " = "):
				name, body, _ := strings.Cut(line, " = ")
				macros[name] = expand(strings.TrimSpace(body), macros)
			default:
				for _, p := range strings.Split(line, ",") {
					if p = strings.TrimSpace(p); p != "" && err == nil {
						err = t.put(groups, score, expand(p, macros))
					}
				}
			}
			if err != nil {
				return nil, fmt.Errorf("line %d: %q: %w", n+1, line, err)
			}
		}
	}
	return t, nil
}

// header reads "[wish risk_fraud en 0.9]": groups, languages, a score. The
// languages are for the reader: a message may mix them, so all are looked for.
func header(line string) ([]group, float64, error) {
	f := strings.Fields(strings.Trim(line, "[]"))
	if len(f) < 3 {
		return nil, 0, fmt.Errorf("want groups, language and score")
	}
	score, err := strconv.ParseFloat(f[len(f)-1], 64)
	var groups []group
	for _, g := range f[:len(f)-1] {
		switch {
		case g == "en" || g == "es" || g == "zh":
		case knownGroup(group(g)):
			groups = append(groups, group(g))
		default:
			return nil, 0, fmt.Errorf("unknown group %q", g)
		}
	}
	return groups, score, err
}

func knownGroup(g group) bool {
	return slices.Contains(Kinds(), Kind(g)) || slices.Contains([]group{gComplaint, gInsult, gUnhelpful, gNegate, gBoost,
		gHowTo, gRequest, gIf, gBut, gOpener, gFiller, gGreeting, gThanks, gOkay, gFarewell, gAskWord, gJoin, gCommonWord, gKey}, g)
}

// expand puts the bodies of macros in their places.
func expand(s string, macros map[string]string) string {
	if !strings.Contains(s, "@") {
		return s
	}
	words := strings.Fields(s)
	for i, w := range words {
		alts := strings.Split(strings.TrimSuffix(w, "?"), "|")
		for j, a := range alts {
			if body, ok := macros[a]; ok {
				alts[j] = body
			}
		}
		if strings.Contains(w, "@") {
			opt := ""
			if strings.HasSuffix(w, "?") {
				opt = "?"
			}
			words[i] = strings.Join(alts, "|") + opt
		}
	}
	return strings.Join(words, " ")
}

func (t *table) put(groups []group, score float64, text string) error {
	if len(groups) == 0 {
		return fmt.Errorf("before the first section")
	}
	if strings.Contains(text, "@") {
		return fmt.Errorf("unknown name")
	}
	var parts []element
	for _, w := range strings.Fields(text) {
		e, err := t.element(w)
		if err != nil {
			return err
		}
		parts = append(parts, e)
	}
	for _, g := range groups {
		p := &pattern{group: g, score: score, parts: parts, text: text}
		switch g {
		case gKey:
			t.keys = append(t.keys, text)
		case gFiller:
			t.fillers.index(p)
		default:
			t.index(p)
		}
	}
	return nil
}

func (t *table) element(w string) (element, error) {
	switch {
	case w == "^":
		return element{start: true}, nil
	case w == "$":
		return element{end: true}, nil
	case strings.HasPrefix(w, ".."):
		n, err := strconv.Atoi(w[2:])
		return element{gap: n}, err
	}
	e := element{optional: strings.HasSuffix(w, "?")}
	for _, alt := range strings.Split(strings.TrimRight(w, "?|"), "|") {
		prefix := strings.HasSuffix(alt, "~")
		d := read(strings.ReplaceAll(strings.TrimSuffix(alt, "~"), "_", " "), maxJudged, asWritten)
		var seq []piece
		for _, tok := range d.tokens {
			seq = append(seq, piece{text: tok.text})
			t.vocab[tok.text] = true
		}
		if len(seq) == 0 {
			return e, fmt.Errorf("empty alternative in %q", w)
		}
		seq[len(seq)-1].prefix = prefix
		e.alts = append(e.alts, seq)
	}
	return e, nil
}

// asWritten keeps "bbb" and "yyds" of the tables as they are.
func asWritten(string) bool { return true }

// index files a pattern under every token that it can begin with.
func (t *table) index(p *pattern) {
	for _, e := range p.parts {
		if e.start {
			continue
		}
		for _, alt := range e.alts {
			m := t.first
			if alt[0].prefix {
				m = t.prefixes
				t.longest = max(t.longest, len(alt[0].text))
			}
			if k := alt[0].text; !slices.Contains(m[k], p) {
				m[k] = append(m[k], p)
			}
		}
		if !e.optional {
			return
		}
	}
}

// match is a pattern found at tokens from..to.
type match struct {
	*pattern
	from, to int
}

// find returns, for every group, the matches that stand, in order.
func (t *table) find(d *document) map[group][]match {
	found := t.matches(d)
	for g, ms := range found {
		found[g] = standing(ms, len(d.tokens))
	}
	return found
}

// matches returns every match of every group.
func (t *table) matches(d *document) map[group][]match {
	found := map[group][]match{}
	try := func(ps []*pattern, i int) {
		for _, p := range ps {
			if end := longestMatch(d, p.parts, i, d.sentences[d.tokens[i].sentence]); end > i {
				found[p.group] = append(found[p.group], match{p, i, end})
			}
		}
	}
	for i := range d.tokens {
		text := d.tokens[i].text
		try(t.first[text], i)
		if d.tokens[i].word {
			for n := 2; n <= min(len(text), t.longest); n++ {
				try(t.prefixes[text[:n]], i)
			}
		}
	}
	return found
}

// standing settles overlaps within one group. A look-alike (score 0) silences
// what it touches, save a longer match that contains it whole; of the rest the
// longer wins, then the stronger.
func standing(ms []match, tokens int) []match {
	var alike []match
	longest := 0
	for _, m := range ms {
		if m.score == 0 {
			alike = append(alike, m)
			longest = max(longest, m.to-m.from)
		}
	}
	silenced := func(m match) bool {
		i, _ := slices.BinarySearchFunc(alike, m.from-longest, func(a match, from int) int { return a.from - from })
		for ; i < len(alike) && alike[i].from < m.to; i++ {
			a := alike[i]
			if a.to > m.from && (a.from < m.from || a.to > m.to || a.to-a.from == m.to-m.from) {
				return true
			}
		}
		return false
	}
	ms = slices.DeleteFunc(ms, func(m match) bool { return m.score == 0 || silenced(m) })
	slices.SortStableFunc(ms, func(a, b match) int {
		if c := (b.to - b.from) - (a.to - a.from); c != 0 {
			return c
		}
		return cmp.Compare(math.Abs(b.score), math.Abs(a.score))
	})
	taken := make([]bool, tokens)
	ms = slices.DeleteFunc(ms, func(m match) bool {
		if slices.Contains(taken[m.from:m.to], true) {
			return true
		}
		for i := m.from; i < m.to; i++ {
			taken[i] = true
		}
		return false
	})
	slices.SortFunc(ms, func(a, b match) int { return a.from - b.from })
	return ms
}

// longestMatch returns the furthest end of parts from token i, or -1.
func longestMatch(d *document, parts []element, i int, s sentence) int {
	if len(parts) == 0 {
		return i
	}
	e, rest := parts[0], parts[1:]
	switch {
	case e.start:
		if i != s.coreFrom && i != s.from {
			return -1
		}
		return longestMatch(d, rest, i, s)
	case e.end:
		if i != s.coreTo && i != s.to {
			return -1
		}
		return longestMatch(d, rest, i, s)
	}
	best := -1
	if e.gap > 0 {
		for n := 0; n <= e.gap && i+n <= s.to; n++ {
			best = max(best, longestMatch(d, rest, i+n, s))
		}
		return best
	}
	for _, alt := range e.alts {
		if len(alt) <= s.to-i && fits(d.tokens[i:], alt) {
			best = max(best, longestMatch(d, rest, i+len(alt), s))
		}
	}
	if e.optional {
		best = max(best, longestMatch(d, rest, i, s))
	}
	return best
}

func fits(toks []token, alt []piece) bool {
	for k, p := range alt {
		if toks[k].text != p.text && !(p.prefix && strings.HasPrefix(toks[k].text, p.text)) {
			return false
		}
	}
	return true
}
