package bot

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/knowledge"
)

const (
	standaloneTime   = 5 * time.Second
	longestStandOnly = 300 // code points of a question that stands alone
)

// standalone lets the model write out a question that leans on the turn before ("and for Spain?") and searches for that,
// where the search without it was not sure. What the model writes is a search query and nothing else: it is never shown.
func (r *Responder) standalone(ctx context.Context, model Model, shop knowledge.Shop, q Question, text string, found []finding, reply *Reply) ([]finding, error) {
	if allSure(found) || len(found) > 1 || !leansOnBefore(text) || previousText(q.Turns) == "" {
		return found, nil
	}
	thinking, cancel := forThinking(ctx, standaloneTime)
	defer cancel()
	var out struct {
		Question string `json:"question"`
	}
	if err := r.ask(thinking, model, shop, standalonePrompt(q, text), &reply.Cost, &out, nil); err != nil {
		return found, r.modelAway(ctx, shop, reply, err)
	}
	query := strings.Join(strings.Fields(out.Question), " ")
	if query == "" || utf8.RuneCountInString(query) > longestStandOnly {
		return found, nil
	}
	result, err := r.base.Search(ctx, shop, knowledge.Query{Text: query, Locale: reply.Language, Market: orElse(q.Market, shop.Market), At: q.At, Limit: 10})
	if err != nil {
		return nil, err
	}
	if result.Confidence > found[0].result.Confidence {
		return []finding{{text: query, result: result}}, nil
	}
	return found, nil
}
