package evidence

import (
	"slices"
	"strings"
)

// class says what an entry of the lexicon is good for.
type class uint8

const (
	cUnit class = iota + 1
	cCurrency
	cMonth
	cWeekday
	cMeridiem
	cOrdinal
	cOrdWord
	cPercent
	cSystem
	cSizeWord
	cNumWord
	cHanNum
	cBoundPre
	cBoundPost
	cPromise
	cGroup
	cNot
	cNotNot
	cStop
	cStep
	cCodeWord
	cTopic
	cSkip
	cEvent
	cFixed
	cCarrier
	cScope
)

// lang is the set of languages in which an entry means what it says.
type lang uint8

const (
	zh lang = 1 << iota
	en
	es
	anyLang = zh | en | es
)

// entry is one word or phrase: the tokens after the first, and a value whose meaning the class gives.
type entry struct {
	seq   []string // all tokens of the phrase
	class class
	id    int
	lang  lang
}

// lexicon finds entries by their first token, longest first.
var lexicon = compile()

// known is what begins with one token: the entries, and the classes that occur among them as bits.
type known struct {
	list []entry
	mask uint32
}

func compile() map[string]*known {
	m := map[string]*known{}
	for _, t := range tables() {
		for _, phrase := range strings.Split(t.words, "|") {
			seq := split(phrase)
			if len(seq) == 0 {
				continue
			}
			e := entry{seq: seq, class: t.class, id: t.id, lang: t.lang}
			if e.lang == 0 {
				e.lang = anyLang
			}
			k := m[seq[0]]
			if k == nil {
				k = &known{}
				m[seq[0]] = k
			}
			at := len(k.list)
			for at > 0 && len(k.list[at-1].seq) < len(seq) {
				at--
			}
			k.list = slices.Insert(k.list, at, e)
			k.mask |= 1 << e.class
		}
	}
	return m
}

// split cuts a phrase of the tables as lex cuts a text: letters together, each Chinese character alone.
func split(phrase string) []string {
	var seq []string
	start := -1
	for i, r := range phrase {
		if r < 0x80 && (isAlpha(byte(r)) || r == '\'') {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 {
			seq, start = append(seq, phrase[start:i]), -1
		}
		if r != ' ' {
			seq = append(seq, string(r))
		}
	}
	if start >= 0 {
		seq = append(seq, phrase[start:])
	}
	return seq
}

func hasClass(word string, c class) bool {
	k := lexicon[word]
	if k == nil || k.mask&(1<<c) == 0 {
		return false
	}
	for _, e := range k.list {
		if e.class == c && len(e.seq) == 1 {
			return true
		}
	}
	return false
}

// at returns the longest entry of a class that begins at token i, and how many tokens it takes; 0 if there is none.
func at(toks []tok, i int, c class) (entry, int) {
	if i < 0 || i >= len(toks) || toks[i].known == nil || toks[i].known.mask&(1<<c) == 0 {
		return entry{}, 0
	}
	list := toks[i].known.list
	for k := range list {
		if e := &list[k]; e.class == c && e.lang&toks[i].lang != 0 && e.fits(toks[i:]) {
			return *e, len(e.seq)
		}
	}
	return entry{}, 0
}

func (e *entry) fits(toks []tok) bool {
	if len(e.seq) > len(toks) {
		return false
	}
	for k := 1; k < len(e.seq); k++ {
		if toks[k].s != e.seq[k] {
			return false
		}
	}
	return true
}
