package bot

import (
	"context"
	"time"

	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// Answers says whether a question, asked on its own in this locale and now, would be answered from the articles, rather
// than asked back about or handed over. No model is asked.
func (r *Responder) Answers(ctx context.Context, shop knowledge.Shop, locale, question string) (bool, error) {
	now := time.Now()
	reply, err := r.Compose(ctx, shop, Question{Turns: []triage.Turn{{Role: "shopper", Text: question, At: now}}, Locale: locale, At: now, WithoutModel: true}, nil)
	return reply.Action == ActionAnswer && len(reply.Evidence) > 0, err
}
