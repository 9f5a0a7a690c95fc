package bot

import (
	"context"
	"encoding/json"
	"strings"

	"frontdesk/bot/evidence"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// worthAModel says whether a turn gains from a model: one sure match with one intent is answered in the editors' words,
// and what nothing was found for cannot be answered by anybody but a person.
func worthAModel(found []finding, language string) bool {
	hits := 0
	for _, f := range found {
		hits += len(f.result.Hits)
	}
	return hits > 0 && !(len(found) == 1 && found[0].sure() && found[0].result.Hits[0].Locale == language)
}

// drafted is the structure a model answers in.
type drafted struct {
	Text     string   `json:"text"`
	Articles []string `json:"articles"`
	Sure     bool     `json:"sure"`
	Handover bool     `json:"handover"`
}

// draft lets the model write the reply from the passages found, and sends only what stands in them. Done is false when the
// model had nothing that may be said: the turn is then answered without it.
func (r *Responder) draft(ctx context.Context, model Model, shop knowledge.Shop, q Question, text string, found []finding, reply *Reply, show func(string)) (done bool, err error) {
	hits := candidates(found)[:min(8, len(candidates(found)))]
	sources := sourcesOf(hits, q)
	prompt := answerPrompt(shop, q, text, reply.Language, hits)
	d, err := r.complete(ctx, model, prompt, reply)
	if err == nil && d.Text != "" {
		if findings := evidence.Check(d.Text, sources); len(findings) > 0 {
			if d, err = r.complete(ctx, model, withFindings(prompt, d, findings), reply); err == nil && len(evidence.Check(d.Text, sources)) > 0 {
				reply.Reasons = append(reply.Reasons, triage.Reason{Kind: triage.UnsupportedDraft, Score: 1})
				return false, nil
			}
		}
	}
	if err != nil {
		if ctx.Err() != nil {
			return false, ctx.Err()
		}
		r.log.Warn("the model failed; this turn is answered without it", "shop", shop.ID, "error", err)
		reply.Reasons = append(reply.Reasons, triage.Reason{Kind: triage.ModelFailed, Score: 1})
		return false, nil
	}
	if d.Handover || !d.Sure || strings.TrimSpace(d.Text) == "" {
		return false, nil
	}
	for _, hit := range hits {
		for _, ref := range d.Articles {
			if hit.Ref == ref {
				reply.Evidence = append(reply.Evidence, evidenceOf(hit))
			}
		}
	}
	if len(reply.Evidence) == 0 {
		return false, nil
	}
	reply.Text = d.Text
	return true, nil
}

func (r *Responder) complete(ctx context.Context, model Model, prompt Prompt, reply *Reply) (drafted, error) {
	c, err := model.Complete(ctx, prompt, nil)
	reply.Cost.Calls++
	reply.Cost.Model = model.Name()
	reply.Cost.PromptTokens += c.PromptTokens
	reply.Cost.CompletionTokens += c.CompletionTokens
	var d drafted
	if err == nil {
		err = json.Unmarshal([]byte(c.Text), &d)
	}
	return d, err
}

func sourcesOf(hits []knowledge.Hit, q Question) []evidence.Source {
	var out []evidence.Source
	for _, hit := range hits {
		out = append(out, evidence.Source{Kind: "passage", ID: hit.Ref, Text: hit.Question + "\n" + hit.Answer})
	}
	for _, t := range q.Turns {
		if t.Role == "shopper" {
			out = append(out, evidence.Source{Kind: "shopper", Text: t.Text})
		}
	}
	return out
}
