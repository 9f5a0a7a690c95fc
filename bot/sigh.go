package bot

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// A sigh in front of a question that the shop surely answers ("ugh, forgot my password again, how do I reset it?") wants the answer,
// not a queue: the shopper gets it with a word for the mood and a person to turn to. Who is furious gets the person.
const (
	sighMost = 0.96 // score of a mood that is still a sigh
	sighSure = 0.8  // least confidence of an answer to it
)

// asksPlainly tells a turn that asks for something that can be told.
var asksPlainly = regexp.MustCompile(`(?i)[?？¿]|\b(?:how (?:do|can|to|long|much|many)|what (?:do|can|should|now)|where (?:do|can|is)|when (?:will|do|can|does)|can (?:i|you|it)|is (?:it|there)|do (?:i|you)|does)\b` +
	`|\b(?:cómo|como (?:lo|la|se|puedo|hago|pido)|qué hago|que hago|cuánd?to|cuándo|dónde|se puede|puedo|podéis|pueden)\b|怎么|咋|如何|吗|呢|能不能|能[^，。]{0,6}(?:不|么)|可以|多久|几天|啥时候|什么时候|哪里|多少`)

// uneasy tells a turn that is worse met with a question back than with a person: something dangerous may have happened, or a
// shopper is annoyed and asks nothing that can be told.
func uneasy(v triage.Verdict, text string) bool {
	if v.MoodLabel == triage.Negative && !asksPlainly.MatchString(text) {
		return true
	}
	return slices.ContainsFunc(v.Reasons, func(r triage.Reason) bool { return triage.IsRisk(r.Kind) && r.Score >= suspected })
}

// suspected is the score of a risk that somebody should look at.
const suspected = 0.25

// asking tells words that ask or want something, whatever it is.
var asking = regexp.MustCompile(`(?i)[?？¿]|\b(?:how|what|when|where|which|who|why|can|could|do|does|did|is|are|will|would|should|cómo|cuándo|dónde|cuánt[oa]s?|cuál|puedo|hay|quiero|necesito|need|want|help)\b|qué|吗|怎么|咋|多少|什么|啥|几|哪|能不能|可以|有没有|想|要`)

// onlySighed tells a turn that is handed over for nothing but a mood although it is a plain question with a sure answer, and then makes
// the reply an answer again.
func (reply *Reply) onlySighed(text string) bool {
	if reply.Verdict.Action != triage.Handoff || reply.Action != ActionAnswer || reply.Text == "" || reply.Decision != string(knowledge.DecideAnswer) ||
		reply.Confidence < sighSure || !asksPlainly.MatchString(text) || !slices.ContainsFunc(reply.Reasons, sigh) {
		return false
	}
	if slices.ContainsFunc(reply.Reasons, func(r triage.Reason) bool { return !sigh(r) && r.Kind != triage.SeveralIntents && worrying(r) }) {
		return false
	}
	reply.Level = 0
	return true
}

// inEditorsQuestion tells a turn that sounds like an order and is the very question of the article that surely answers it ("Can you
// add it afterwards?", as it is offered to shoppers), and then makes the reply an answer again.
func (reply *Reply) inEditorsQuestion(text string) bool {
	if reply.Verdict.Action != triage.Handoff || reply.Action != ActionAnswer || len(reply.Evidence) == 0 || plain(reply.Evidence[0].Title) != plain(text) ||
		slices.ContainsFunc(reply.Reasons, func(r triage.Reason) bool { return r.Kind != triage.OrderChange && worrying(r) }) {
		return false
	}
	reply.Level = 0
	return true
}

// plain is a text without case and signs.
func plain(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSpace(r) }), " ")
}

func sigh(r triage.Reason) bool { return r.Kind == triage.Mood && r.Score < sighMost }
