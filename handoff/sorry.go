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

// apologise tells who waits in the queue that it takes longer, with a new time, at every level: once when the first reply is
// late or the promise of one is broken, and once more when a plan that was promised does not come. Nobody speaks where an agent
// has the conversation; one who claimed it, wrote nothing and is gone loses it to the queue first.
func (d *Desk) apologise(ctx context.Context, tx pgx.Tx, c Case, late []Clock, broken []Promise, now time.Time) (said bool, err error) {
	terms, err := readTerms(ctx, tx, c.ShopID)
	if err != nil {
		return false, err
	}
	// What was promised for the morning is not late at night.
	receipt := terms.Hours.Open(now) && slices.ContainsFunc(late, func(clock Clock) bool { return clock.Name == ClockFirstReply })
	due := terms.Hours.After(now, terms.FirstReply)
	if c.State == Claimed {
		receipt = terms.Hours.Open(now) && c.FirstReplyAt == nil && c.PromiseDue != nil && c.FirstReplyDue.Before(now)
		if !receipt {
			return false, nil
		}
		if gone, err := d.gone(ctx, tx, c); err != nil || !gone {
			return false, err
		}
		if err := d.unclaim(ctx, tx, c, due); err != nil {
			return false, err
		}
	}
	plan := slices.ContainsFunc(broken, func(p Promise) bool { return p.Awaits == AwaitsPlan })
	if first := c.SorryAt == nil && (receipt || len(broken) > 0); !first && !plan {
		return c.State == Claimed, nil
	}
	if _, err := tx.Exec(ctx, `update cases set sorry_at = $3 where shop_id = $1 and case_id = $2`, c.ShopID, c.ID, now); err != nil {
		return false, translate(err, "case "+c.ID.String())
	}
	err = d.tell(ctx, tx, c, saySorry, due, terms, now)
	if errors.Is(err, conversation.ErrNotHolder) { // the alarm stands without the sentence
		d.log.Error("a waiting case's conversation is not in the queue", "case", c.ID, "error", err)
		return false, nil
	}
	return err == nil, err
}

// passOn returns a case to the queue whose agent has written before, and is gone while the shopper waits for the next answer for
// longer than the desk grants itself. The shopper is told.
func (d *Desk) passOn(ctx context.Context, tx pgx.Tx, c Case, waits bool, now time.Time) (said bool, err error) {
	if !waits || c.State != Claimed || c.FirstReplyAt == nil {
		return false, nil
	}
	if gone, err := d.gone(ctx, tx, c); err != nil || !gone {
		return false, err
	}
	terms, err := readTerms(ctx, tx, c.ShopID)
	if err != nil || !terms.Hours.Open(now) {
		return false, err
	}
	due := terms.Hours.After(now, terms.FirstReply)
	if err := d.unclaim(ctx, tx, c, due); err != nil {
		return false, err
	}
	return true, d.tell(ctx, tx, c, sayPassedOn, due, terms, now)
}

// gone tells whether the agent who has a case may not work any more, or shows no sign of life on any page. A program that answers for people opens none.
func (d *Desk) gone(ctx context.Context, tx pgx.Tx, c Case) (gone bool, err error) {
	err = tx.QueryRow(ctx, `select not service and (disabled or coalesce(seen_at < now() - interval '2 minutes', true)) from staff where shop_id = $1 and staff_id = $2`,
		c.ShopID, c.agent()).Scan(&gone)
	return gone, translate(err, "agent "+c.agent().String())
}

// unclaim returns a claimed case to the queue in nobody's name.
func (d *Desk) unclaim(ctx context.Context, tx pgx.Tx, c Case, due time.Time) error {
	if _, err := tx.Exec(ctx, `
		update cases set state = 'waiting', agent_id = null, claim_due = $3, snoozed_until = null, breached = array_remove(array_remove(breached, 'away'), 'answer')
		where shop_id = $1 and case_id = $2`, c.ShopID, c.ID, due); err != nil {
		return translate(err, "case "+c.ID.String())
	}
	err := record(ctx, tx, c.ShopID, Entry{Who: "clock", Action: "case.transfer", Subject: c.ID.String(), Detail: map[string]any{"to": "queue", "from": c.AgentName}})
	if err != nil {
		return err
	}
	return d.store.Pass(ctx, tx, conversation.Pass{ShopID: c.ShopID, ConversationID: c.ConversationID,
		From: conversation.HeldByAgent, ByAgent: c.agent(), To: conversation.HeldByQueue, ToAgent: uuid.Nil})
}
