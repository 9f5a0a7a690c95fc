package conversation

import (
	"slices"
	"strings"
	"unicode"
)

// said is one sentence of the shopper that says something, without the anger, the greetings and the calls for a person
// around it.
type said struct {
	text      string
	seq       int64
	wish      bool // asks for something
	question  bool
	problem   bool // tells what went wrong
	score     float64
	words     map[string]bool
	satisfied bool // the bot has answered it, and nobody complained
	answered  bool // the bot has answered it, and nobody has asked again since
}

// read takes a message of the shopper apart. What it tells of attempts goes to them.
func (m *Matter) read(message Message, answered, satisfied bool) (out []said) {
	for _, sentence := range sentencesOf(message.Body) {
		if lower := normal(sentence); len(out) > 0 && (notFirstPattern.MatchString(lower) || whatNowPattern.MatchString(lower)) {
			out[len(out)-1].goesOn(sentence)
			continue
		}
		text, tried := mattering(sentence)
		for _, t := range tried {
			m.attempt(Attempt{By: ByShopper, Text: t, Seq: message.Seq})
		}
		if text == "" || onlyNumbers(text) {
			continue
		}
		s := judge(text)
		s.seq, s.answered, s.satisfied = message.Seq, answered, satisfied
		out = append(out, s)
	}
	return out
}

// onlyNumbers tells a sentence that gives a number that was asked for, and says nothing else.
func onlyNumbers(text string) bool {
	found := NumbersIn(text)
	text = strings.ToUpper(text)
	for _, n := range found {
		text = strings.ReplaceAll(text, n.Value, "")
	}
	return len(found) > 0 && !strings.ContainsFunc(text, unicode.IsLetter)
}

// goesOn takes in a sentence that means nothing without the one before.
func (s *said) goesOn(sentence string) {
	glue := " "
	if _, han := scripts(sentence); han {
		glue = ""
	}
	s.text = strings.TrimSpace(s.text) + glue + sentence
	s.words = contentOf(normal(s.text))
}

// judge scores one sentence: a wish by what it asks for, a report by how much it tells.
func judge(text string) said {
	lower := normal(text)
	s := said{text: text, words: contentOf(lower), problem: problemPattern.MatchString(lower)}
	s.question = strings.ContainsAny(text, "?？¿") || questionPattern.MatchString(lower)
	s.wish = s.question || requestPattern.MatchString(lower)
	for _, p := range []struct {
		found  bool
		weight float64
	}{
		{s.wish, 1}, {s.problem, 2}, {resultOf(lower) >= 0, 1.5}, {thingPattern.MatchString(lower), 1},
		{deadlineIn(text) != "", 1}, {len(NumbersIn(text)) > 0, 1}, {outburstPattern.MatchString(lower), -1.5},
	} {
		if p.found {
			s.score += p.weight
		}
	}
	s.score += 0.2 * float64(min(len(s.words), 8))
	return s
}

// merge adds what is new. Who says a thing again does not want it twice, and what is said again was not answered.
func merge(all, more []said) []said {
	for _, s := range more {
		i := slices.IndexFunc(all, func(before said) bool { return before.wish == s.wish && alike(before.words, s.words) })
		if i < 0 {
			all = append(all, s)
			continue
		}
		if s.score >= all[i].score {
			all[i].text, all[i].score, all[i].words = s.text, s.score, s.words
		}
		all[i].answered, all[i].satisfied = false, false
	}
	return all
}

// alike says whether one has most of the other's words.
func alike(a, b map[string]bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	shared := 0
	for w := range a {
		if b[w] {
			shared++
		}
	}
	return len(a) > 0 && 10*shared >= 7*len(a)
}

// satisfied says whether the bot has answered the message at i from an article, and the shopper then went on to something else
// or was content. Who complains, calls for a person or only tells more was not helped.
func satisfied(messages []Message, i int) bool {
	answered := false
	for _, m := range messages[i+1:] {
		switch {
		case m.Author == ByBot && !answered:
			if answered = len(m.Evidence) > 0 && m.Kind != KindAsk && m.Kind != KindHandoff; !answered { // who is handed over is not helped yet
				return false
			}
		case m.Author == ByShopper && answered:
			return content(cut(m.Body, readOf))
		case m.Author != ByShopper && answered:
			return true
		}
	}
	return answered
}

// answered says whether the bot has answered the message at i from an article before the shopper wrote again.
func answered(messages []Message, i int) bool {
	for _, m := range messages[i+1:] {
		if m.Author == ByBot && len(m.Evidence) > 0 && m.Kind != KindAsk && m.Kind != KindHandoff {
			return true
		}
		if m.Author == ByShopper {
			return false
		}
	}
	return false
}

// content says whether what a shopper writes after an answer lets it be.
func content(body string) bool {
	lower, tells := normal(body), false
	if dismissPattern.MatchString(lower) || outburstPattern.MatchString(lower) || askedAgainPattern.MatchString(lower) {
		return false
	}
	for _, sentence := range sentencesOf(body) {
		if text, _ := mattering(sentence); text != "" {
			if judge(text).wish {
				return true
			}
			tells = true
		}
	}
	return !tells && thanksPattern.MatchString(lower) && !personPattern.MatchString(lower)
}
