package bot

import (
	"context"
	"slices"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"

	"github.com/jackc/pgx/v5"
)

// remember keeps what was asked: how likely it looked to have an answer, and a question that no article answered, for the
// editors. It comes after the reply: what a takeover or an erasure
// has overtaken is not kept, and a turn that is tried again is kept once.
func (r *Responder) remember(ctx context.Context, shop knowledge.Shop, c conversation.Conversation, q Question, reply Reply) {
	r.heard(ctx, shop, reply)
	if reply.Decision == "" || reply.Decision == string(knowledge.DecideAnswer) || reply.Verdict.Action == triage.Handoff || reply.saidLapsed() {
		return
	}
	whole := knowledge.Missed{Text: openTurn(q.Turns), Locale: reply.Language, Outcome: reply.Decision, Confidence: reply.Confidence, Conversation: c.ID}
	if reply.Action == ActionHandoff {
		whole.Outcome = string(knowledge.DecideNone) // asked back before, and not now
	}
	if len(reply.Candidates) > 0 {
		whole.Best = reply.Candidates[0].Ref
	}
	missed, err := r.missedOnes(ctx, shop, q, whole)
	for _, one := range missed {
		if err == nil {
			err = r.base.Missed(ctx, shop.ID, one)
		}
	}
	if len(missed) > 0 && err == nil {
		err = r.forgetErased(ctx, c)
	}
	if err != nil {
		r.log.Warn("a missed question was not kept", "conversation", c.ID, "error", err)
	}
}

// forgetErased takes the words out again where the conversation was erased while they were kept.
func (r *Responder) forgetErased(ctx context.Context, c conversation.Conversation) error {
	now, err := r.store.Conversation(ctx, c.ShopID, c.ID)
	if err != nil || now.ErasedAt == nil {
		return err
	}
	return r.store.Tx(ctx, func(tx pgx.Tx) error { return r.base.ForgetMissedTx(ctx, tx, c.ShopID, c.ID) })
}

// saidLapsed says that the reply tells what is over: that is the answer.
func (reply *Reply) saidLapsed() bool {
	return slices.ContainsFunc(reply.Evidence, func(e conversation.Evidence) bool { return e.Kind == "lapsed" })
}

// missedOnes are the questions of a turn that no article answers, each by itself where several messages ask something.
func (r *Responder) missedOnes(ctx context.Context, shop knowledge.Shop, q Question, whole knowledge.Missed) ([]knowledge.Missed, error) {
	lines := strings.Split(whole.Text, "\n")
	if len(lines) < 2 || slices.ContainsFunc(lines, func(line string) bool { return !strings.ContainsAny(line, "?？") }) {
		return []knowledge.Missed{whole}, nil
	}
	var missed []knowledge.Missed
	for _, line := range lines {
		query := knowledge.Query{Text: line, Locale: whole.Locale, Market: orElse(q.Market, shop.Market), At: q.At, Limit: 1}
		found, err := r.base.Search(ctx, shop, query)
		if err != nil {
			return nil, err
		}
		_, lapsed, err := r.base.Lapsed(ctx, shop, query)
		if err != nil {
			return nil, err
		}
		if lapsed || found.Decision == knowledge.DecideAnswer {
			continue
		}
		one := whole
		one.Text, one.Best, one.Confidence = line, "", found.Confidence
		if len(found.Hits) > 0 {
			one.Best = found.Hits[0].Ref
		}
		missed = append(missed, one)
	}
	return missed, nil
}
