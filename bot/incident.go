package bot

import (
	"context"
	"slices"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// announce puts before an answer, or before a question back, what the shop has to say about its matter for the time being:
// the editors' own words, once an episode. It is found out when the articles of the reply are known.
func (r *Responder) announce(ctx context.Context, shop knowledge.Shop, q Question, reply *Reply) error {
	if reply.Action != ActionAnswer && reply.Action != ActionAsk {
		return nil
	}
	incidents, err := r.base.Concerning(ctx, shop.ID, q.At, orElse(q.Market, shop.Market), reply.rests())
	if err != nil {
		return err
	}
	for _, i := range incidents {
		statement := i.In(reply.Language)
		if statement == "" || slices.ContainsFunc(q.Turns, func(t triage.Turn) bool { return t.Role == "bot" && strings.Contains(t.Text, statement) }) {
			continue
		}
		reply.Opening, reply.announced = joinText(reply.Opening, statement), append(reply.announced, i.ID)
		reply.Evidence = append(reply.Evidence, conversation.Evidence{Kind: "incident", ID: i.ID.String(), Title: statement, Score: 1})
	}
	return nil
}
