package bot

import (
	"fmt"
	"slices"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// answerFrom answers without a model: what is sure in the editors' words, what is not with a question back, what is
// unknown with a person.
func (reply *Reply) answerFrom(found []finding, q Question, similar func(a, b string) float64) {
	reply.quote(found, similar)
	reply.sayNotices(found, q.Turns)
	if reply.catchingUp && reply.Text != "" {
		reply.nameLeft(found)
		return
	}
	var unsure, guessed *finding
	for i, f := range found {
		switch {
		case f.guessed > 0:
			guessed = &found[i]
		case f.result.Decision == knowledge.DecideAnswer:
		case f.result.Decision == knowledge.DecideAsk:
			unsure = &found[i]
		default:
			reply.unknown(triage.NoKnowledge, f.result.Confidence)
			return
		}
	}
	switch {
	case unsure != nil && q.AskedBack:
		reply.unknown(triage.Unsure, unsure.result.Confidence)
	case unsure != nil:
		reply.askBack(unsure.result.Hits)
	case guessed != nil:
		reply.offerElse(guessed.result.Hits)
	}
}

// quote puts the sure articles' own answers into the reply, and the guessed ones as guesses; of one that the shopper has
// read, what the question is about.
func (reply *Reply) quote(found []finding, similar func(a, b string) float64) {
	var parts []string
	seen := map[string]bool{}
	for _, f := range found {
		hits := f.result.Hits[:f.guessed]
		if f.sure() {
			hits = f.result.Hits[:1]
		}
		for i, hit := range hits {
			if seen[hit.Ref] {
				continue
			}
			seen[hit.Ref] = true
			parts = append(parts, f.says(i, reply.Language, similar))
			reply.Evidence = append(reply.Evidence, evidenceOf(hit))
		}
	}
	reply.Text = strings.Join(parts, "\n\n")
}

// says is what the reply says of a finding's hit: the editors' words, and that it is a guess where it is one.
func (f finding) says(i int, language string, similar func(a, b string) float64) string {
	hit, lead := f.result.Hits[i], sayGuess
	if f.again && i == 0 {
		hit.Answer = excerpt(hit.Answer, f.text, similar)
	}
	said := inEditorsWords(hit, language)
	if f.sure() || f.guessed == 0 {
		return said
	}
	if i > 0 {
		lead = sayOrElse
	}
	return lead.in(language, hit.Question) + "\n" + said
}

func inEditorsWords(hit knowledge.Hit, language string) string {
	said := hit.Answer
	if len(hit.Market) > 0 {
		note := marketNote(hit, language)
		if strings.ContainsAny(string([]rune(said + " ")[0]), "-*+#>|0123456789") { // a list begins a line of its own
			note += "\n"
		}
		said = joinLine(language, note, said)
	}
	if hit.Locale != "" && hit.Locale != language {
		said = sayOtherLanguage.in(language, nameOf(languageNames, hit.Locale, language)) + "\n" + said
	}
	return said
}

// marketNote names the markets that an article is bound to.
func marketNote(hit knowledge.Hit, language string) string {
	names := make([]string, len(hit.Market))
	for i, m := range hit.Market {
		names[i] = nameOf(marketNames, m, language)
	}
	return sayMarket.in(language, strings.Join(names, ", "))
}

const (
	fewOptions  = 2
	mostOptions = 3
	likelyThird = 0.5 // of the first one's score; what is less likely only confuses
)

// meanings are the two or three things that a question may mean. One that can only be shown in another language is left
// out, unless it is the likeliest.
func meanings(hits []knowledge.Hit, language string) (out []knowledge.Hit) {
	for i, hit := range hits {
		if i > 0 && hit.Locale != language || len(out) >= fewOptions && hit.Score < likelyThird*hits[0].Score {
			continue
		}
		if out = append(out, hit); len(out) == mostOptions {
			break
		}
	}
	return out
}

// askBack offers the likely meanings to pick from.
func (reply *Reply) askBack(hits []knowledge.Hit) {
	reply.Action = ActionAsk
	var lines []string
	for i, hit := range meanings(reply.notSaid(hits), reply.Language) {
		reply.Options = append(reply.Options, conversation.Option{Label: hit.Question, Ref: hit.Ref})
		lines = append(lines, numbered(i, hit.Question))
	}
	say, choices := sayWhichOne, strings.Join(lines, "\n")
	if len(reply.Options) == 1 {
		say, choices = sayThisOne, reply.Options[0].Label
	}
	reply.Text = joinText(reply.Text, say.in(reply.Language), choices)
}

func numbered(i int, choice string) string { return fmt.Sprintf("%d. %s", i+1, choice) }

// notSaid leaves out what the reply answers already.
func (reply *Reply) notSaid(hits []knowledge.Hit) []knowledge.Hit {
	return slices.DeleteFunc(slices.Clone(hits), func(hit knowledge.Hit) bool {
		return slices.ContainsFunc(reply.Evidence, func(e conversation.Evidence) bool { return e.ID == hit.Ref })
	})
}

// unknown is the honest "I'll have this checked", with what else was asked answered first.
func (reply *Reply) unknown(kind triage.Kind, confidence float64) {
	say := sayCheck
	if reply.Text != "" {
		say = sayRest
	}
	reply.Action, reply.Level = ActionHandoff, max(reply.Level, 1)
	reply.Text = joinText(reply.Text, say.in(reply.Language))
	reply.because(kind, 1-confidence)
}

// handOver turns the reply into a handover that the judgement asked for. What would have been answered stays in the packet;
// the shopper is told only what happens next.
func (reply *Reply) handOver(v triage.Verdict) {
	reply.Action, reply.Level = ActionHandoff, max(v.Level, 1)
	reply.Options = nil
	for _, reason := range v.Reasons {
		if reason.Score < doubted {
			continue // nobody is pitied for what is only suspected
		}
		switch reason.Kind {
		case triage.RiskInjury, triage.RiskAllergy:
			reply.Text = saySorryInjury.in(reply.Language)
			return
		case triage.RiskSelfHarm:
			reply.Text = saySelfHarm.in(reply.Language)
			return
		}
	}
	reply.Text = ""
}

// courtesy answers a turn that is only a greeting, a thank-you or a nod.
func (reply *Reply) courtesy(kind triage.Courtesy, underway bool) {
	reply.Action = ActionCourtesy
	switch {
	case kind == triage.Thanks:
		reply.Text = sayThanks.in(reply.Language)
	case kind == triage.Farewell:
		reply.Text = sayFarewell.in(reply.Language)
	case kind == triage.Praise:
		reply.Text = sayPraised.in(reply.Language)
	case kind == triage.Greeting, !underway:
		reply.Text = sayGreeting.in(reply.Language)
	default:
		reply.Action = ActionSilent
	}
}

// upset is the mood from which a shopper is told that the bot is sorry: words of trouble alone, like 退货, do not reach it.
const upset = -0.3

// opening is what stands in front of whatever is said: the introduction and, on a negative turn, the acknowledgement.
func opening(shop knowledge.Shop, q Question, text string, v triage.Verdict) string {
	var parts []string
	if q.Introduce {
		parts = append(parts, sayIntro.in(v.Language, shop.DisplayName(v.Language)))
	}
	if v.MoodLabel == triage.Negative && v.Mood <= upset && v.Courtesy == triage.NoCourtesy {
		parts = append(parts, acknowledge(text, v.Language))
	}
	return joinText(parts...)
}

// dress puts the opening in front.
func (reply *Reply) dress() {
	if reply.Action != ActionSilent {
		reply.Draft, reply.Text = reply.Text, joinText(reply.Opening, reply.Text)
	}
}
