package handoff

import (
	"context"
	"errors"
	"slices"
	"time"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// apologise tells a shopper to whom nobody has written that it takes longer, with a new time, at every level, whether the case
// waits in the queue or somebody has it: once when the first reply is late or the promise of one is broken, and once more when
// a plan that was promised does not come. While whoever has the case is writing, it waits.
func (d *Desk) apologise(ctx context.Context, tx pgx.Tx, c Case, late []Clock, broken []Promise, now time.Time) (said bool, err error) {
	if c.State == Claimed && c.FirstReplyAt != nil {
		return false, nil
	}
	terms, err := readTerms(ctx, tx, c.ShopID)
	if err != nil {
		return false, err
	}
	// What was promised for the morning is not late at night.
	receipt := terms.Hours.Open(now) && slices.ContainsFunc(late, func(clock Clock) bool { return clock.Name == ClockFirstReply })
	if c.State == Claimed {
		receipt = terms.Hours.Open(now) && c.PromiseDue != nil && c.FirstReplyDue.Before(now)
		broken = slices.DeleteFunc(broken, func(p Promise) bool { return p.StaffID != nil })
		if typing, err := d.typing(ctx, c.ShopID, c.ConversationID, c.agent()); err != nil || typing {
			return false, err
		}
	}
	plan := slices.ContainsFunc(broken, func(p Promise) bool { return p.Awaits == AwaitsPlan })
	if first := c.SorryAt == nil && (receipt || len(broken) > 0); !first && !plan {
		return false, nil
	}
	if _, err := tx.Exec(ctx, `update cases set sorry_at = $3 where shop_id = $1 and case_id = $2`, c.ShopID, c.ID, now); err != nil {
		return false, translate(err, "case "+c.ID.String())
	}
	err = d.sorry(ctx, tx, c, terms.Hours.Next(now).Add(terms.FirstReply), terms, now)
	if errors.Is(err, conversation.ErrNotHolder) { // the alarm stands without the sentence
		d.log.Error("a late case's conversation is with somebody else", "case", c.ID, "error", err)
		return false, nil
	}
	return err == nil, err
}

// sorry says the sentence. The shop's own voice speaks only in the queue: a conversation that an agent has passes there and
// back within the transaction.
func (d *Desk) sorry(ctx context.Context, tx pgx.Tx, c Case, due time.Time, terms Terms, now time.Time) error {
	if c.State == Waiting {
		return d.tell(ctx, tx, c, saySorry, due, terms, now)
	}
	pass := conversation.Pass{ShopID: c.ShopID, ConversationID: c.ConversationID, From: conversation.HeldByAgent, ByAgent: c.agent(), To: conversation.HeldByQueue}
	if err := d.store.Pass(ctx, tx, pass); err != nil {
		return err
	}
	if err := d.tell(ctx, tx, c, saySorry, due, terms, now); err != nil {
		return err
	}
	pass.From, pass.ByAgent, pass.To, pass.ToAgent = conversation.HeldByQueue, uuid.Nil, conversation.HeldByAgent, c.agent()
	return d.store.Pass(ctx, tx, pass)
}
