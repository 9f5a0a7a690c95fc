package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// maxIntents is how many things asked in one message are looked up each by itself.
const maxIntents = 3

// Compose decides what a turn ends in: it judges the turn, looks up what the shop knows, and answers in the editors' words,
// through the model, with a question back, or with a handover. It stores nothing and says nothing. Show is called with the
// text so far as the model's checked sentences come in; it may be nil.
func (r *Responder) Compose(ctx context.Context, shop knowledge.Shop, q Question, show func(string)) (Reply, error) {
	start := time.Now()
	text := openTurn(q.Turns)
	verdict := triage.Assess(triage.Input{Turns: q.Turns, Locale: orElse(q.Locale, shop.Locale)})
	reply := Reply{Action: ActionAnswer, Language: verdict.Language, Level: verdict.Level, Reasons: verdict.Reasons, Verdict: verdict}
	reply.Opening = opening(shop, q, text, verdict)
	var err error
	switch {
	case verdict.Courtesy == triage.Okay && len(q.Offered) == 1:
		err = r.consult(ctx, shop, q, q.Offered[0].Label, &reply, shownWith(reply.Opening, show))
	case verdict.Courtesy != triage.NoCourtesy:
		reply.courtesy(verdict.Courtesy, len(q.Turns) > 1)
	default:
		err = r.consult(ctx, shop, q, pickOption(text, q.Offered), &reply, shownWith(reply.Opening, show))
	}
	if err != nil {
		return reply, err
	}
	if verdict.Action == triage.Handoff && reply.Action != ActionCourtesy && reply.Action != ActionSilent {
		reply.handOver(verdict)
	}
	if verdict.Action == triage.Ask && !q.Introduce && (reply.Action == ActionAnswer || reply.Action == ActionAsk) {
		reply.Text = joinText(reply.Text, sayOffer.in(reply.Language))
	}
	reply.dress()
	reply.Cost.Millis = time.Since(start).Milliseconds()
	reply.ModelCalls = reply.Cost.Calls
	return reply, nil
}

// shownWith shows a draft as it will be sent, with its opening in front.
func shownWith(opening string, show func(string)) func(string) {
	shown := false
	return func(text string) {
		switch {
		case show == nil:
		case text != "":
			show(joinText(opening, text))
			shown = true
		case shown:
			show("")
			shown = false
		}
	}
}

// consult looks up each thing that was asked and fills in the answer, the question back, or the need for a person.
func (r *Responder) consult(ctx context.Context, shop knowledge.Shop, q Question, text string, reply *Reply, show func(string)) error {
	found, err := r.lookUp(ctx, shop, q, text, reply)
	if err != nil {
		return err
	}
	model := r.model(shop)
	if q.WithoutModel || slices.ContainsFunc(reply.Reasons, orders) {
		model = nil // who gives orders to a model does not get one
	}
	if model != nil && reply.Verdict.Action != triage.Handoff {
		if found, err = r.standalone(ctx, model, shop, q, text, found, reply); err != nil {
			return err
		}
	}
	reply.Candidates, reply.Confidence, reply.Decision = candidates(found), lowest(found), decision(found)
	if reply.Verdict.Action == triage.Handoff {
		reply.quote(found)
		return nil
	}
	if model != nil && !reply.modelGone() && worthAModel(found, reply.Language) {
		done, err := r.draft(ctx, model, shop, q, text, found, reply, show)
		if done || err != nil {
			return err
		}
	}
	reply.answerFrom(found, q)
	return nil
}

// finding is what the search said of one thing that was asked.
type finding struct {
	text   string
	result knowledge.Result
}

func (f finding) sure() bool {
	return f.result.Decision == knowledge.DecideAnswer && len(f.result.Hits) > 0
}

// lookUp searches for the whole turn and, where it asks several things that have different answers, for each of them.
func (r *Responder) lookUp(ctx context.Context, shop knowledge.Shop, q Question, text string, reply *Reply) ([]finding, error) {
	whole, err := r.search(ctx, shop, q, text, reply.Language)
	if err != nil {
		return nil, err
	}
	parts := reply.Verdict.Intents
	if len(parts) < 2 || len(parts) > maxIntents {
		return []finding{whole}, nil
	}
	var each []finding
	refs, sure := map[string]bool{}, false
	for _, part := range parts {
		f, err := r.search(ctx, shop, q, part, reply.Language)
		if err != nil {
			return nil, err
		}
		known := f.result.Decision != knowledge.DecideNone && len(f.result.Hits) > 0
		if known {
			refs[f.result.Hits[0].Ref] = true
		}
		if known || strings.ContainsAny(part, "?？") { // what asks nothing needs no answer
			each = append(each, f)
		}
		sure = sure || f.sure()
	}
	if len(refs) > 1 || (sure && !whole.sure()) {
		return each, nil
	}
	return []finding{whole}, nil
}

// search asks the base; a question too short to stand alone leans on the article of the turn before.
func (r *Responder) search(ctx context.Context, shop knowledge.Shop, q Question, text, language string) (finding, error) {
	query := knowledge.Query{Text: text, Locale: language, Market: orElse(q.Market, shop.Market), At: q.At, Limit: 10}
	result, err := r.base.Search(ctx, shop, query)
	if err != nil {
		return finding{}, fmt.Errorf("search for shop %s: %w", shop.ID, err)
	}
	if topic := q.topic(); topic != "" && result.Decision != knowledge.DecideAnswer && leansOnBefore(text) {
		query.Topic = topic
		leaning, err := r.base.Search(ctx, shop, query)
		if err != nil {
			return finding{}, fmt.Errorf("search for shop %s: %w", shop.ID, err)
		}
		if leaning.Confidence > result.Confidence {
			result = leaning
		}
	}
	return finding{text, result}, nil
}

// topic is what the turn before was about: the article that answered it, or the shopper's words.
func (q Question) topic() string {
	if len(q.Previous) > 0 {
		return q.Previous[0].Title
	}
	return previousText(q.Turns)
}

// leansOnBefore tells a follow-up ("and for Spain?", 那欧洲呢) by its shortness.
func leansOnBefore(text string) bool {
	return utf8.RuneCountInString(text) <= 12 || (len(strings.Fields(text)) <= 6 && triage.Language(text, "") != "zh")
}

// answerFrom answers without a model: what is sure in the editors' words, what is not with a question back, what is
// unknown with a person.
func (reply *Reply) answerFrom(found []finding, q Question) {
	reply.quote(found)
	var unsure *finding
	for i, f := range found {
		switch f.result.Decision {
		case knowledge.DecideAnswer:
		case knowledge.DecideAsk:
			unsure = &found[i]
		default:
			reply.unknown(triage.NoKnowledge, f.result.Confidence)
			return
		}
	}
	if unsure == nil {
		return
	}
	if len(q.Offered) > 0 {
		reply.unknown(triage.Unsure, unsure.result.Confidence)
		return
	}
	reply.askBack(unsure.result.Hits)
}

// quote puts the sure articles' own answers into the reply.
func (reply *Reply) quote(found []finding) {
	var parts []string
	seen := map[string]bool{}
	for _, f := range found {
		if !f.sure() || seen[f.result.Hits[0].Ref] {
			continue
		}
		hit := f.result.Hits[0]
		seen[hit.Ref] = true
		parts = append(parts, inEditorsWords(hit, reply.Language))
		reply.Evidence = append(reply.Evidence, evidenceOf(hit))
	}
	reply.Text = strings.Join(parts, "\n\n")
}

func inEditorsWords(hit knowledge.Hit, language string) string {
	var notes []string
	if hit.Locale != "" && hit.Locale != language {
		notes = append(notes, sayOtherLanguage.in(language, nameOf(languageNames, hit.Locale, language)))
	}
	if len(hit.Market) > 0 {
		notes = append(notes, marketNote(hit, language))
	}
	return strings.Join(append(notes, hit.Answer), "\n")
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
	for i, hit := range meanings(hits, reply.Language) {
		reply.Options = append(reply.Options, conversation.Option{Label: hit.Question, Ref: hit.Ref})
		lines = append(lines, fmt.Sprintf("%d. %s", i+1, hit.Question))
	}
	say, choices := sayWhichOne, strings.Join(lines, "\n")
	if len(reply.Options) == 1 {
		say, choices = sayThisOne, reply.Options[0].Label
	}
	reply.Text = joinText(reply.Text, say.in(reply.Language), choices)
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
	case kind == triage.Greeting, !underway:
		reply.Text = sayGreeting.in(reply.Language)
	default:
		reply.Action = ActionSilent
	}
}

// opening is what stands in front of whatever is said: the introduction and, on a negative turn, the acknowledgement.
func opening(shop knowledge.Shop, q Question, text string, v triage.Verdict) string {
	var parts []string
	if q.Introduce {
		parts = append(parts, sayIntro.in(v.Language, shop.DisplayName(v.Language)))
	}
	if v.MoodLabel == triage.Negative && v.Courtesy == triage.NoCourtesy {
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

func evidenceOf(hit knowledge.Hit) conversation.Evidence {
	return conversation.Evidence{Kind: "passage", ID: hit.Ref, Title: hit.Question, Text: hit.Answer, Locale: hit.Locale, Score: hit.Confidence}
}

func candidates(found []finding) []knowledge.Hit {
	var out []knowledge.Hit
	seen := map[string]bool{}
	for _, f := range found {
		for _, hit := range f.result.Hits {
			if !seen[hit.Ref] {
				seen[hit.Ref] = true
				out = append(out, hit)
			}
		}
	}
	return out
}

func lowest(found []finding) float64 {
	low := 1.0
	for _, f := range found {
		low = min(low, f.result.Confidence)
	}
	return low
}

func decision(found []finding) string {
	out := knowledge.DecideAnswer
	for _, f := range found {
		if f.result.Decision == knowledge.DecideNone || (f.result.Decision == knowledge.DecideAsk && out == knowledge.DecideAnswer) {
			out = f.result.Decision
		}
	}
	return string(out)
}
