package bot

import (
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/knowledge"
)

// A guess is the likeliest article's answer, said to be a guess, with the other meanings to pick from. A wrong one costs
// the shopper about two questions back, where a wrong answer costs five, and a right one saves the question back.
const (
	guessShare = 2.0 / 5 // of what a wrong answer costs
	guessLeast = 0.4     // the least confidence: below, a question back is shorter
	guessLead  = 2.0     // so many times as likely as the next meaning

	// Two meanings are both said when one of them is probably meant and neither stands out: the shopper reads two answers
	// instead of two titles, and has the right one before them two times in three.
	pairLeast = 0.25 // the least confidence of the first
	pairMore  = 0.05 // by how much both together exceed what one needs
	pairNear  = 0.3  // of the first's confidence, that the second has at least

	guessNear  = 0.42 // cosine from which a hit is near in meaning
	guessWords = 0.1  // share of the question's words that counts as some

	// Of several things asked at once: who is asked back about all of them has to pick for each.
	guessLeastOfSeveral = 0.25
	guessLeadOfSeveral  = 2.0
)

var (
	sayGuess = phrase{
		zh: "您问的应该是“%s”：",
		en: "I think you mean “%s”:",
		es: "Creo que te refieres a «%s»:"}
	sayOrElse = phrase{
		zh: "也可能是“%s”：",
		en: "Or it may be “%s”:",
		es: "O puede que sea «%s»:"}
	sayElse = phrase{
		zh: "如果不是，您问的是下面这个吗？",
		en: "If that isn't it, is it one of these?",
		es: "Si no es eso, ¿es alguna de estas cosas?"}
	sayElseAgain = phrase{
		zh: "如果不是，请换个说法再问一次，或者回复“转人工”。",
		en: "If that isn't it, please put it another way, or write “agent”.",
		es: "Si no es eso, pregúntamelo de otra manera o escribe «agente»."}
)

// guessFrom is the confidence from which a guess is better than a question back. It follows from the shop's own threshold
// for an answer, which says what a wrong one costs it.
func guessFrom(settings knowledge.Settings) float64 {
	answer, _ := settings.Thresholds()
	return max(guessLeast, 1-(1-answer)/guessShare)
}

// guessAll marks the findings that are good enough for a guess.
func guessAll(found []finding, settings knowledge.Settings, language string) {
	from, lead := guessFrom(settings), guessLead
	if len(found) > 1 && from <= guessLeastOfSeveral/guessShare {
		from, lead = guessLeastOfSeveral, guessLeadOfSeveral
	}
	for i := range found {
		found[i].guess(from, lead, language)
	}
}

// guess marks the finding as good enough for a guess. Another answer that is about as likely makes it a question back.
func (f *finding) guess(from, lead float64, language string) {
	hits := f.result.Hits
	if f.vague || f.result.Decision != knowledge.DecideAsk || len(hits) == 0 || hits[0].Locale != language {
		return
	}
	first, next := f.result.Confidence, rivals(hits)
	if far(hits[0]) && far(next[0]) {
		return
	}
	switch {
	case first >= from && first >= lead*next[0].Confidence:
		f.guessed = 1
	case first >= pairLeast && next[0].Ref == hits[min(1, len(hits)-1)].Ref && next[0].Locale == language && next[0].Confidence >= pairNear*first &&
		first+next[0].Confidence >= from+pairMore:
		f.guessed = 2
	}
}

// far tells a hit that has neither the question's meaning nor its words: what such hits are likeliest among is nonsense, or something
// that the shop has never heard of.
func far(hit knowledge.Hit) bool { return hit.Similarity < guessNear && hit.Words < guessWords }

// rivals are the two next hits that answer otherwise than the first, and than each other.
func rivals(hits []knowledge.Hit) (next [2]knowledge.Hit) {
	n := 0
	for _, hit := range hits[1:] {
		if n < len(next) && hit.Answer != hits[0].Answer && hit.Answer != next[0].Answer {
			next[n] = hit
			n++
		}
	}
	return next
}

// offerElse offers the other meanings behind a guess.
func (reply *Reply) offerElse(hits []knowledge.Hit) {
	reply.offerBehind(hits, worthOffering, sayElse, sayElseAgain)
}

// offerBehind offers what else may be meant, from a least confidence on, to pick from; or says the other sentence where there is nothing.
func (reply *Reply) offerBehind(hits []knowledge.Hit, least float64, these, none phrase) {
	var lines []string
	for _, hit := range meanings(reply.notSaid(hits), reply.Language) {
		if hit.Confidence >= least && hit.Locale == reply.Language {
			reply.Options = append(reply.Options, conversation.Option{Label: hit.Question, Ref: hit.Ref})
			lines = append(lines, numbered(len(lines), hit.Question))
		}
	}
	if len(lines) == 0 {
		reply.Text = joinText(reply.Text, none.in(reply.Language))
		return
	}
	reply.Text = joinText(reply.Text, these.in(reply.Language), strings.Join(lines, "\n"))
}

// worthOffering is the least confidence of another meaning behind a guess.
const worthOffering = 0.05
