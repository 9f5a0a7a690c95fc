package triage

import (
	"slices"
	"strings"
)

// maxIntents is how many questions of one turn are told apart.
const maxIntents = 6

// intents splits a turn into what it asks. Pieces that ask nothing of their own
// (the story before the question) stay with the question they lead to.
func intents(d *document, found map[group][]match) []string {
	whole := strings.TrimSpace(d.text)
	if whole == "" {
		return nil
	}
	pieces := cut(d, found)
	var out []string
	pending := 0 // start of what has not been given to an intent yet
	for _, p := range pieces {
		if p.asks {
			out = append(out, strings.Trim(d.text[pending:p.end], " \n,，、"))
			pending = p.end
		}
	}
	if len(out) < 2 {
		return []string{whole}
	}
	if rest := strings.TrimSpace(d.text[pending:]); rest != "" {
		out[len(out)-1] += " " + rest
	}
	if len(out) > maxIntents {
		out[maxIntents-1] = strings.Join(out[maxIntents-1:], " ")
		out = out[:maxIntents]
	}
	return out
}

type part struct {
	end  int // bytes of document.text
	asks bool
}

// cut parts a document at sentence ends, and inside a sentence where a joining
// word begins something that asks, or a Chinese comma parts two questions: a wish, a story
// or a condition before the comma belongs to the question behind it.
func cut(d *document, found map[group][]match) []part {
	asks := make([]bool, len(d.tokens))  // asks wherever it stands
	opens := make([]bool, len(d.tokens)) // asks only where it opens a piece: "is it", not "it is"
	matter := make([]bool, len(d.tokens))
	for i := range d.tokens {
		matter[i] = !d.tokens[i].emoji
	}
	for _, m := range found[gAskWord] {
		if m.score >= 1 {
			asks[m.from] = true
		} else {
			opens[m.from] = true
		}
	}
	for _, g := range []group{gGreeting, gThanks, gFarewell} {
		for _, m := range found[g] {
			for i := m.from; i < m.to; i++ {
				matter[i], asks[i], opens[i] = false, false, false
			}
		}
	}
	joins := map[int]bool{}
	for _, m := range found[gJoin] {
		joins[m.from] = true
	}
	sure := func(from, to int) bool { return slices.Contains(asks[from:to], true) }
	asking := func(from, to int, question bool) bool {
		n, ask := 0, question
		for i := from; i < to; i++ {
			if matter[i] {
				n++
			}
			ask = ask || asks[i] || opens[i] && i < from+2
		}
		return ask && n >= 2
	}
	var out []part
	for _, s := range d.sentences {
		from := s.from
		for i := s.from + 1; i < s.to; i++ {
			t := d.tokens[i]
			breaks := joins[i] || t.comma && !t.word && sure(from, i) && sure(i, s.to)
			if breaks && asking(from, i, false) && asking(i, s.to, s.question) {
				out = append(out, part{end: t.from, asks: true})
				from = i
			}
		}
		out = append(out, part{end: s.end, asks: asking(from, s.to, s.question)})
	}
	return out
}
