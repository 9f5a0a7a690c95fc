package handoff

import (
	"context"
	"time"

	"frontdesk/bot/conversation"

	"github.com/jackc/pgx/v5"
)

// raise makes an open case more urgent: a shopper who waits, or whom an agent answers, has become angry or told of a
// risk. No clock is put off by it: those that ran out stay late until somebody does what they ask for, and the others run out at
// the sooner time. The alarm that nobody has the case begins anew, and so does the word to a shopper for whom the new promise is
// broken, too. Where an agent has the case nothing is said, and so nothing is promised.
func (d *Desk) raise(ctx context.Context, tx pgx.Tx, c Case, h conversation.Handover, terms Terms) (conversation.Ticket, error) {
	now := d.now()
	raised := c.raisedTo(min(h.Level, 3), h.Reasons, terms, now)
	_, err := tx.Exec(ctx, `
		update cases set level = $3, reasons = $4, first_reply_due = $5, claim_due = $6, plan_due = $7, solution_due = $8,
			breached = $9, snoozed_until = null, sorry_at = null
		where shop_id = $1 and case_id = $2`,
		c.ShopID, c.ID, raised.Level, raised.Reasons, raised.FirstReplyDue, raised.ClaimDue, raised.PlanDue, raised.SolutionDue, raised.Breached)
	if err != nil {
		return conversation.Ticket{}, translate(err, "case "+c.ID.String())
	}
	ticket, err := ticketOf(ctx, tx, raised, terms, now)
	if err != nil {
		return ticket, err
	}
	awaits, due, err := raised.rushed(ctx, tx, terms, now)
	if err != nil {
		return ticket, err
	}
	ticket.Exists, ticket.Raised, ticket.Due = true, true, due
	if err := d.replacePacket(ctx, tx, raised, h.Packet); err != nil {
		return ticket, err
	}
	if c.State == Waiting {
		ticket.Said = h.Say(ticket)
		if err := promise(ctx, tx, raised, Promise{Awaits: awaits, Said: ticket.Said, Due: due}); err != nil {
			return ticket, err
		}
	}
	if err := record(ctx, tx, c.ShopID, Entry{Who: "bot", Action: "case.raise", Subject: c.ID.String(), Detail: map[string]any{"from": c.Level, "to": raised.Level}}); err != nil {
		return ticket, err
	}
	return ticket, d.announceStart(ctx, tx, raised, h, ticket)
}

// raisedTo returns the case at a higher level, with the clocks and the marks of what was announced that follow from it.
func (c Case) raisedTo(level int, reasons []conversation.Reason, terms Terms, now time.Time) Case {
	raised := c
	raised.Level, raised.Reasons = level, mergeReasons(c.Reasons, reasons)
	raised.start(terms, now)
	raised.CreatedAt, raised.Breached = c.CreatedAt, []string{}
	raised.FirstReplyDue = *sooner(&c.FirstReplyDue, c.FirstReplyAt, &raised.FirstReplyDue)
	raised.PlanDue = sooner(c.PlanDue, c.PlanAt, raised.PlanDue)
	raised.SolutionDue = sooner(c.SolutionDue, c.SolutionAt, raised.SolutionDue)
	if c.ClaimDue != nil && c.ClaimDue.After(now) {
		raised.ClaimDue = sooner(c.ClaimDue, nil, raised.ClaimDue)
	}
	for _, clock := range c.Clocks() {
		if clock.Breached {
			raised.Breached = append(raised.Breached, clock.Name)
		}
	}
	return raised
}

// sooner returns when a clock of a raised case runs out: one that was met stays as it is.
func sooner(old, met, anew *time.Time) *time.Time {
	if old == nil || met == nil && anew != nil && anew.Before(*old) {
		return anew
	}
	return old
}

// rushed is what a shopper whose case was raised can be told: the soonest of what they were promised already and what the clocks
// now say. Who is told that it is urgent is never given a later time for it.
func (c Case) rushed(ctx context.Context, tx pgx.Tx, t Terms, now time.Time) (awaits string, due time.Time, err error) {
	awaits, due = c.owes(t, now)
	if !due.After(now) {
		awaits, due = AwaitsReply, t.Hours.After(now, t.FirstReply)
	}
	var before *time.Time
	err = tx.QueryRow(ctx, `select min(due_at) from promises where shop_id = $1 and case_id = $2 and kept_at is null and withdrawn_at is null and due_at > $3`,
		c.ShopID, c.ID, now).Scan(&before)
	for _, sooner := range []*time.Time{before, &c.FirstReplyDue} {
		if sooner != nil && sooner.After(now) && sooner.Before(due) && (sooner == before || t.Hours.Open(*sooner)) {
			awaits, due = AwaitsReply, *sooner
		}
	}
	return awaits, due, translate(err, "promises of case "+c.ID.String())
}

// replacePacket keeps what the shopper has corrected, what is to be confirmed, the reasons of before, and for whoever has the
// case up to where they were told of the chat.
func (d *Desk) replacePacket(ctx context.Context, tx pgx.Tx, c Case, p conversation.Packet) error {
	p.Level, p.Reasons = c.Level, c.Reasons
	_, err := tx.Exec(ctx, `
		update packets set packet = $3::jsonb || jsonb_strip_nulls(jsonb_build_object('correction', packet -> 'correction', 'wanted', packet -> 'wanted',
			'confirmations', coalesce($3::jsonb -> 'confirmations', packet -> 'confirmations'), 'to_seq', case when $4 then packet -> 'to_seq' end))
		where shop_id = $1 and case_id = $2`, c.ShopID, c.ID, p, c.State == Claimed)
	return translate(err, "packet of case "+c.ID.String())
}
