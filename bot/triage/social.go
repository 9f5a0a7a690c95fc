package triage

import (
	"slices"
	"strings"
	"unicode"
)

// likelySocial is the least chance that a turn is nothing but a courtesy at which it is named one, maybeSocial at which it may be.
const (
	likelySocial = 0.5
	maybeSocial  = 0.25
	surelyWho    = 0.9 // where the rules find that a shopper asks whether a program answers
	onlyWord     = 0.8 // where all of it is one word that the rules do not know: XL, a slip of the keyboard
)

// sociable names the courtesy that all of a turn is, and how likely it is nothing else: certainly where the rules know
// every word of it, else as the model finds. What feels bad, or gives a reason for a person, is none.
func (e *evidence) sociable() (Courtesy, float64) {
	if e.courtesy != NoCourtesy {
		return e.courtesy, 1
	}
	p := e.model.probability(&e.reading, hSocial)
	if e.bareName(p) {
		return NoCourtesy, 0
	}
	if len(e.doc.tokens) == 0 || p < maybeSocial && len(e.found[gWho]) == 0 || e.label() == Negative {
		return NoCourtesy, 0
	}
	for k, h := range e.hits {
		if h.score >= shownBound && k != SeveralIntents {
			return NoCourtesy, 0
		}
	}
	if len(e.found[gWho]) > 0 {
		return WhoAnswers, round(max(p, surelyWho))
	}
	if p < likelySocial && (len(e.found[gFarewell]) == 0 || e.reading.asks) { // a good wish in words that it does not know is one
		return NoCourtesy, round(p)
	}
	return e.manner(), round(p)
}

// bareName tells one word that names something: a code, a number, a size. Shoppers send nothing else where they were asked for it, and
// the model has no words to know it by.
func (e *evidence) bareName(p float64) bool {
	if len(e.doc.tokens) != 1 {
		return false
	}
	word := e.doc.tokens[0].text
	return p < onlyWord || strings.ContainsFunc(word, unicode.IsDigit) && strings.Trim(word, "6") != ""
}

// manner is which courtesy a turn is that holds more words than those of courtesy.
func (e *evidence) manner() Courtesy {
	for _, c := range []struct {
		group    group
		courtesy Courtesy
	}{{gFarewell, Farewell}, {gThanks, Thanks}, {gGreeting, Greeting}} {
		if len(e.found[c.group]) > 0 {
			return c.courtesy
		}
	}
	switch {
	case e.feeling.positive >= gladBound:
		return Praise
	case e.doc.laughs() || !slices.ContainsFunc(e.doc.tokens, func(t token) bool { return !t.emoji }):
		return Emoji
	case len(e.found[gOkay]) > 0:
		return Okay
	}
	return Greeting
}
