package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"frontdesk/bot/evidence"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// modelTime is how long the model may take over one draft, writing it again included. Whatever it takes, reserveTime is
// left of the turn for the answer without it.
const (
	modelTime   = 14 * time.Second
	reserveTime = 4 * time.Second
)

// forThinking bounds a call of the model by a limit of its own and by what the turn has left.
func forThinking(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	if deadline, ok := ctx.Deadline(); ok {
		limit = min(limit, time.Until(deadline)-reserveTime)
	}
	return context.WithTimeout(ctx, limit)
}

// worthDrafting is the confidence from which passages are shown to the model at all. Below it a person is the answer.
const worthDrafting = 0.15

// worthAModel says whether a turn gains from a model: one sure match with one intent is answered in the editors' words,
// what nothing was found for cannot be answered by anybody but a person, and what is written in another language than
// these three could not be checked.
func worthAModel(found []finding, language string) bool {
	if language != "zh" && language != "en" && language != "es" {
		return false
	}
	promising := false
	for _, f := range found {
		if len(f.result.Hits) > 0 && (f.result.Decision != knowledge.DecideNone || f.result.Confidence >= worthDrafting) {
			promising = true
		}
	}
	return promising && !(len(found) == 1 && found[0].sure() && found[0].result.Hits[0].Locale == language)
}

// drafted is the structure a model answers in.
type drafted struct {
	Text     string   `json:"text"`
	Articles []string `json:"articles"`
	Sure     bool     `json:"sure"`
	Handover bool     `json:"handover"`
}

// says tells whether the draft means to answer.
func (d drafted) says() bool { return d.Sure && !d.Handover && d.Text != "" }

// drafting is one turn's work with the model.
type drafting struct {
	*Responder
	model Model
	shop  knowledge.Shop
	q     Question
	hits  []knowledge.Hit
	check *checker // against all that was found: all that can be said before the draft names its articles
	reply *Reply
	show  func(string) // never nil
}

// draft lets the model write the reply from the passages found, and sends only what stands in them. Done is false when the
// model had nothing that may be said: the turn is then answered without it.
func (r *Responder) draft(ctx context.Context, model Model, shop knowledge.Shop, q Question, text string, found []finding, reply *Reply, show func(string)) (done bool, err error) {
	hits := trustworthy(candidates(found))
	if len(hits) == 0 {
		return false, nil
	}
	prompt := answerPrompt(shop, q, text, reply.Language, hits)
	w := &drafting{Responder: r, model: model, shop: shop, q: q, hits: hits, reply: reply, show: show}
	w.check = w.against(hits, prompt)
	thinking, cancel := forThinking(ctx, modelTime)
	defer cancel()
	d, err := w.write(thinking, prompt)
	if err != nil {
		show("")
		return false, r.modelAway(ctx, shop, reply, err)
	}
	if done = w.accept(d, found); !done {
		show("")
	}
	return done, nil
}

// errUnsupported says that the model wrote twice what does not stand in the articles.
var errUnsupported = errors.New("the draft does not stand in the articles")

// write gets a draft that may be sent, with one chance to write it again.
func (w *drafting) write(ctx context.Context, prompt Prompt) (drafted, error) {
	d, findings, err := w.once(ctx, prompt)
	if err != nil || len(findings) == 0 {
		return d, err
	}
	w.show("")
	d, findings, err = w.once(ctx, withFindings(prompt, d, findings))
	if err == nil && (len(findings) > 0 || !d.says()) { // who writes what is not true has no say in who comes, either
		kinds := make([]string, 0, len(findings))
		for _, f := range findings {
			kinds = append(kinds, f.Kind)
		}
		w.log.Info("a draft was not sent", "shop", w.shop.ID, "model", w.model.Name(), "findings", strings.Join(kinds, " "))
		err = errUnsupported
	}
	return d, err
}

// once makes one call and checks its draft, while it comes and when it is there. A draft that is not for sending (it wants
// a person, or is not sure) is not looked at.
func (w *drafting) once(ctx context.Context, prompt Prompt) (d drafted, findings []evidence.Finding, err error) {
	live := &live{check: w.check, show: w.show}
	if err = w.ask(ctx, w.model, w.shop, prompt, &w.reply.Cost, &d, live.add); err != nil {
		return d, nil, err
	}
	d.Text = strings.TrimSpace(d.Text)
	if !d.says() {
		return d, nil, nil
	}
	used := w.used(d)
	switch {
	case len(used) == 0:
		findings = append(w.check.whole(d.Text), evidence.Finding{Kind: unrelated, Why: "name the ids of the articles that the reply rests on"})
	case len(used) > maxNamed:
		findings = append(w.check.whole(d.Text), evidence.Finding{Kind: unrelated, Why: "rest the reply on fewer articles, and name only those"})
	default:
		c := w.against(used, prompt)
		m := c.mend(d.Text)
		if m.Text == "" {
			return d, append(c.whole(d.Text), evidence.Finding{Kind: unrelated, Text: cutText(d.Text, 200), Why: "no article says this: keep to their words"}), nil
		}
		if m.Replaced+m.Dropped > 0 {
			w.log.Debug("a draft was mended", "shop", w.shop.ID, "kept", m.Kept, "replaced", m.Replaced, "dropped", m.Dropped)
		}
		d.Text = m.Text
		if findings = c.whole(d.Text); len(findings) == 0 {
			findings = w.unnamedMarkets(d.Text, used)
		}
	}
	return d, findings, nil
}

// maxNamed is how many articles a reply may rest on. Among eight, nearly any sentence finds something like itself.
const maxNamed = maxIntents

// against holds a draft to these articles and no others.
func (w *drafting) against(hits []knowledge.Hit, prompt Prompt) *checker {
	abroad := !slices.ContainsFunc(hits, func(h knowledge.Hit) bool { return h.Locale == w.reply.Language })
	return newChecker(sourcesOf(hits, w.q, w.reply.Language), w.reply.Language, abroad, prompt.System, w.similar)
}

// used are the articles that the draft claims to rest on, as far as they were given.
func (w *drafting) used(d drafted) []knowledge.Hit {
	var used []knowledge.Hit
	for _, hit := range w.hits {
		if slices.Contains(d.Articles, hit.Ref) {
			used = append(used, hit)
		}
	}
	return used
}

// unnamedMarkets asks for the names of the markets where a reply mixes rules of several.
func (w *drafting) unnamedMarkets(text string, used []knowledge.Hit) []evidence.Finding {
	if sameMarkets(used) {
		return nil
	}
	var out []evidence.Finding
	for _, hit := range used {
		for _, m := range hit.Market {
			if name := nameOf(marketNames, m, w.reply.Language); !strings.Contains(text, strings.TrimPrefix(name, "the ")) {
				out = append(out, evidence.Finding{Kind: evidence.KindCondition, Text: name, Why: "say that this is for " + name})
			}
		}
	}
	return out
}

func sameMarkets(hits []knowledge.Hit) bool {
	for _, hit := range hits[min(1, len(hits)):] {
		if !slices.Equal(hit.Market, hits[0].Market) {
			return false
		}
	}
	return true
}

// accept puts a checked draft into the reply. A model may call for a person where the search is not sure; where it is, the
// editors' answer is there, and who can make a model say things should not be able to make it call people.
func (w *drafting) accept(d drafted, found []finding) bool {
	switch {
	case d.Handover && !allSure(found):
		w.reply.unknown(triage.Unsure, lowest(found))
		return true
	case !d.says():
		return false
	}
	used := w.used(d)
	for _, hit := range used {
		w.reply.Evidence = append(w.reply.Evidence, evidenceOf(hit))
	}
	w.reply.Text = d.Text
	if len(used[0].Market) > 0 && sameMarkets(used) {
		w.reply.Text = joinLine(w.reply.Language, marketNote(used[0], w.reply.Language), d.Text)
	}
	return true
}

func allSure(found []finding) bool {
	return !slices.ContainsFunc(found, func(f finding) bool { return !f.sure() })
}

// trustworthy leaves out passages that give orders to whoever reads them: they are no knowledge, and a model might obey.
func trustworthy(hits []knowledge.Hit) []knowledge.Hit {
	var out []knowledge.Hit
	for _, hit := range hits {
		if !givesOrders(hit.Question+"\n"+hit.Answer) && len(out) < maxPassages {
			out = append(out, hit)
		}
	}
	return out
}

const maxPassages = 8

func givesOrders(text string) bool {
	v := triage.Assess(triage.Input{Turns: []triage.Turn{{Role: "shopper", Text: text}}})
	return slices.ContainsFunc(v.Reasons, orders)
}

// orders tells the reason that a text gives orders to whoever reads it.
func orders(r triage.Reason) bool { return r.Kind == triage.Injection && r.Score >= 0.5 }

// sourcesOf are the articles, for a reply in this language, and the shopper's own words.
func sourcesOf(hits []knowledge.Hit, q Question, language string) []evidence.Source {
	var out []evidence.Source
	for _, hit := range hits {
		s := evidence.Source{Kind: evidence.Passage, ID: hit.Ref, Text: hit.Question + "\n" + hit.Answer, Quote: hit.Answer, Foreign: hit.Locale != language}
		if len(hit.Market) > 0 {
			s.Conditions = map[string]string{"market": strings.Join(hit.Market, ",")}
		}
		out = append(out, s)
	}
	for _, t := range q.Turns {
		if t.Role == "shopper" {
			out = append(out, evidence.Source{Kind: evidence.Shopper, Text: t.Text})
		}
	}
	return out
}
