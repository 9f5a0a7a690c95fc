package bot

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"frontdesk/knowledge"
)

const (
	unclearWords = 3 // of a text that may be a slip of the keyboard
	unclearRunes = 24
	unclearHan   = 4
)

var sayUnclear = phrase{
	zh: "这句我没看懂，您想问的是什么？换个说法告诉我就行。",
	en: "I didn't understand that. What would you like to know? Just put it another way.",
	es: "No he entendido eso. ¿Qué quieres saber? Dímelo de otra manera."}

// unclear tells a turn whose shopper is asked to put it another way: gibberish, or chat of which the shop knows nothing. Neither gets a
// queue; what may be trouble, or is in a script that the asking is not written in, does.
func (reply *Reply) unclear(text string, found []finding) bool {
	if foreign(text) || slices.ContainsFunc(reply.Reasons, worrying) {
		return false
	}
	return gibberish(text, found) || reply.Verdict.Social > 0 && reply.Decision == string(knowledge.DecideNone)
}

// gibberish tells a few letters of which no article has a word: a slip of the keyboard, or a thing that the shop has never
// heard of. Who is asked what they mean may still get a person; who is put into a queue for it did not ask for one.
func gibberish(text string, found []finding) bool {
	if len(found) != 1 || found[0].result.Decision != knowledge.DecideNone || strings.ContainsFunc(text, unicode.IsDigit) {
		return false
	}
	han := 0
	for _, r := range text {
		if isHan(r) {
			han++
		}
	}
	if han > unclearHan || len(strings.Fields(text)) > unclearWords || utf8.RuneCountInString(text) > unclearRunes {
		return false
	}
	for _, hit := range found[0].result.Hits {
		if hit.Words > 0 {
			return false
		}
	}
	return true
}

// foreign tells a text whose letters are mostly neither Latin nor Chinese: its writer may not read what they would be asked back.
func foreign(text string) bool {
	letters, others := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if !unicode.In(r, unicode.Latin, unicode.Han) {
				others++
			}
		}
	}
	return 2*others > letters
}
