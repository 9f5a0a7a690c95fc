package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// What the model may cost a shop on a day where the shop does not say.
const (
	defaultDailyTokens = 2_000_000
	defaultDailyCalls  = 20_000
)

// errOverBudget says that the shop's day has nothing left for the model.
var errOverBudget = errors.New("the model's budget of the day is spent")

// BudgetOf is what the model may cost this shop on a day: what it sets, or the product's own.
func BudgetOf(shop knowledge.Shop) conversation.Budget {
	b := conversation.Budget{Calls: shop.Settings.DailyCalls, Tokens: shop.Settings.DailyTokens}
	if b.Calls <= 0 {
		b.Calls = defaultDailyCalls
	}
	if b.Tokens <= 0 {
		b.Tokens = defaultDailyTokens
	}
	return b
}

// ask makes one call of the model within the shop's budget and reads its JSON answer into out. What the call may take is
// reserved before it, and corrected after it.
func (r *Responder) ask(ctx context.Context, model Model, shop knowledge.Shop, p Prompt, cost *conversation.Cost, out any, delta func(string)) error {
	prompt, day := tokensOf(p.System+p.User), time.Now().In(shop.Location())
	enough, err := r.store.Reserve(ctx, shop.ID, day, prompt, p.MaxTokens, BudgetOf(shop))
	if err != nil {
		return err
	}
	if !enough {
		return errOverBudget
	}
	c, err := model.Complete(ctx, p, delta)
	cost.Calls++
	cost.Model = model.Name()
	cost.PromptTokens += c.PromptTokens
	cost.CompletionTokens += c.CompletionTokens
	r.settle(ctx, shop, day, c.PromptTokens-prompt, c.CompletionTokens-p.MaxTokens)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(c.Text), out); err != nil {
		return fmt.Errorf("%w: not the JSON that was asked for", ErrNoModel)
	}
	return nil
}

func (r *Responder) settle(ctx context.Context, shop knowledge.Shop, day time.Time, prompt, completion int) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
	defer cancel()
	if err := r.store.Settle(ctx, shop.ID, day, prompt, completion); err != nil {
		r.log.Warn("a reservation of model tokens stands uncorrected", "shop", shop.ID, "error", err)
	}
}

// modelAway notes why a turn goes on without its model, whatever the reason; only the end of the turn itself is an error.
func (r *Responder) modelAway(ctx context.Context, shop knowledge.Shop, reply *Reply, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	kind := triage.ModelFailed
	switch {
	case errors.Is(err, errOverBudget):
		kind = triage.OverBudget
	case errors.Is(err, errUnsupported):
		kind = triage.UnsupportedDraft
	default:
		r.log.Warn("this turn is answered without the model", "shop", shop.ID, "error", err)
	}
	reply.because(kind, 1)
	return nil
}

// modelGone says that the model has failed in this turn already, so that it is not asked again.
func (reply *Reply) modelGone() bool {
	return slices.ContainsFunc(reply.Reasons, func(r triage.Reason) bool { return r.Kind == triage.ModelFailed || r.Kind == triage.OverBudget })
}

// because adds a reason, once.
func (reply *Reply) because(kind triage.Kind, score float64) {
	for _, reason := range reply.Reasons {
		if reason.Kind == kind {
			return
		}
	}
	reply.Reasons = append(reply.Reasons, triage.Reason{Kind: kind, Score: score})
}
