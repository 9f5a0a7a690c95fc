package bot

import (
	"context"
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
	incident, err := true, error(nil)
	if show != nil && !q.WithoutModel && r.model(shop) != nil { // else nothing is shown before its incidents are looked up
		incident, err = r.base.AnyIncident(ctx, shop.ID)
	}
	if err != nil {
		return Reply{}, err
	}
	if incident {
		show = nil // what is said first is known last
	}
	text := openTurn(q.Turns)
	verdict := triage.Assess(triage.Input{Turns: q.Turns, Locale: orElse(q.Locale, shop.Locale)})
	if verdict.Action == triage.Handoff && asksWhatToDo(verdict, text) {
		verdict.Action, verdict.Level = triage.Ask, 0
	}
	reply := Reply{Action: ActionAnswer, Language: verdict.Language, Level: verdict.Level, Reasons: verdict.Reasons, Verdict: verdict}
	reply.Opening = opening(shop, q, text, verdict)
	picked, chosen := pick(text, q)
	courtesy := social(verdict, text, surelySocial)
	if courtesy == triage.Okay && q.AskedBack && len(q.Offered) == 1 {
		picked, chosen = q.Offered[0], true
	}
	switch {
	case q.Picture && text == "":
		reply.Action, reply.Text = ActionAsk, sayPicture.in(reply.Language)
	case chosen:
		err = r.consult(ctx, shop, q, picked, &reply, shownWith(reply.Opening, show))
	case wordless(text) && courtesy == triage.NoCourtesy && !wordlessBefore(q.Turns):
		reply.nudged(q, sayNudged)
	case courtesy != triage.NoCourtesy:
		reply.polite(shop, q, courtesy)
	case len(q.Offered) > 0 && noneOfThem.MatchString(text):
		reply.unknown(triage.Unsure, 0)
	default:
		err = r.consult(ctx, shop, q, conversation.Option{Label: text}, &reply, shownWith(reply.Opening, show))
	}
	if err != nil {
		return reply, err
	}
	anyway := reply.answerAnyway(text)
	if verdict.Action == triage.Handoff && !anyway && reply.Action != ActionCourtesy && reply.Action != ActionSilent {
		reply.handOver(verdict)
	}
	if (verdict.Action == triage.Ask || anyway) && !q.Introduce && (reply.Action == ActionAnswer || reply.Action == ActionAsk) {
		reply.Text = joinText(reply.Text, sayOffer.in(reply.Language))
	}
	if incident {
		if err := r.announce(ctx, shop, q, &reply); err != nil {
			return reply, err
		}
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

// consult looks up each thing that was asked and fills in the answer, the question back, or the need for a person. What was
// asked is a text, or a choice of the bot's, which has a Ref.
func (r *Responder) consult(ctx context.Context, shop knowledge.Shop, q Question, asked conversation.Option, reply *Reply, show func(string)) (err error) {
	text := asked.Label
	if reply.Verdict.Action == triage.Handoff && !outweighs(1, reply.Verdict, text, false) {
		text = wanted(q.Turns) // for the packet: the matter, not the call for a person
	}
	var found []finding
	if asked.Ref != "" {
		found, err = r.lookUpPicked(ctx, shop, q, asked, reply.Language)
	} else {
		found, err = r.lookUp(ctx, shop, q, text, reply)
	}
	if err != nil {
		return err
	}
	model := r.modelFor(shop, q, reply)
	if model != nil && reply.Verdict.Action != triage.Handoff {
		if found, err = r.standalone(ctx, model, shop, q, text, found, reply); err != nil {
			return err
		}
	}
	reply.Candidates, reply.Confidence, reply.Decision, reply.ahead = candidates(found), lowest(found), decision(found), ahead(found)
	if reply.Verdict.Action == triage.Handoff {
		reply.quote(found, r.similar)
		return nil
	}
	if kind := reply.chats(q, text, found); kind != triage.NoCourtesy && asked.Ref == "" {
		reply.polite(shop, q, kind)
		return nil
	}
	if !q.AskedBack && reply.unclear(text, found) {
		reply.nudged(q, sayUnclear)
		return nil
	}
	if old, err := r.lapsed(ctx, shop, q, found, reply); old || err != nil {
		return err
	}
	if asked.Ref == "" {
		reply.asked = oddsOf(found)
	}
	if model != nil && !reply.modelGone() && worthAModel(found, reply.Language) {
		done, err := r.draft(ctx, model, shop, q, text, found, reply, show)
		if done && reply.Action == ActionAnswer {
			reply.sayNotices(found, q.Turns)
		}
		if done || err != nil {
			return err
		}
	}
	if reply.needsPerson(text) {
		reply.quote(found, r.similar)
		reply.unknown(triage.Unsure, reply.Confidence)
		return nil
	}
	guessAll(found, shop.Settings, reply.Language)
	reply.answerFrom(found, q, r.similar)
	return nil
}

// modelFor is the model that takes part in a turn, or nil: who gives orders to a model does not get one.
func (r *Responder) modelFor(shop knowledge.Shop, q Question, reply *Reply) Model {
	if reply.catchingUp || q.WithoutModel || slices.ContainsFunc(reply.Reasons, orders) {
		return nil
	}
	return r.model(shop)
}

// finding is what the search said of one thing that was asked.
type finding struct {
	text   string
	result knowledge.Result
	again  bool // the shopper has read the whole of the first hit's answer already
	vague  bool // one word that many articles have: to be asked back about, whatever is likeliest

	guessed int // so many of the first hits are likely enough to be said as a guess

	notices []notice  // what holds for a time and changes what the first hit says
	ahead   time.Time // when the first hit begins to hold, where it has not
}

func (f finding) sure() bool {
	return f.result.Decision == knowledge.DecideAnswer && len(f.result.Hits) > 0
}

// asksSomething tells a question of its own from "one thing?" and "right?", which nobody has to look into.
func asksSomething(part string) bool {
	return strings.ContainsAny(part, "?？") && utf8.RuneCountInString(part) > 12 && (len(strings.Fields(part)) > 6 || triage.Language(part, "") == "zh")
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
	for _, f := range found {
		for _, n := range f.notices {
			if !seen[n.hit.Ref] {
				seen[n.hit.Ref] = true
				out = append(out, n.hit)
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
