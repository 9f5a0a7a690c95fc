package triage

import (
	_ "embed"
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
	gJest       group = "jest"  // praise told as a quarrel
	gWho        group = "who"   // asks whether a program answers
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
	id     int32  // of the word in table.vocab
	prefix string // matches words that begin so; empty: matches the word alone
}

// entry is one way a pattern can begin: alternative alt of element at.
type entry struct {
	*pattern
	at  int
	alt []piece
}

// table finds the patterns that can begin at a token: by its word, by its word and
// the next, or by what it begins with.
type table struct {
	single   map[int32][]entry
	double   map[[2]int32][]entry
	prefixes map[string][]entry // by the first two bytes of the prefix
	vocab    map[string]int32   // the words of the tables, numbered from 1
	plain    map[int32]bool     // words that carry no matter of their own
	keys     []string           // words whose typing errors are mended
	fillers  *table             // the words around the matter, found before all else
	words    []string           // the same in order
	patterns []*pattern
}

func newTable() *table {
	return &table{single: map[int32][]entry{}, double: map[[2]int32][]entry{}, prefixes: map[string][]entry{}, vocab: map[string]int32{}, plain: map[int32]bool{}}
}

func (t *table) known(word string) bool { return t.vocab[word] != 0 }
