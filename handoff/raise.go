package handoff

import (
	"context"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// raise makes an open case more urgent: a shopper who waits has become angry, or told of a risk. The clocks of the new
// level start now, none of those that run is put off, and the packet is the newer one.
func (d *Desk) raise(ctx context.Context, tx pgx.Tx, c Case, h conversation.Handover, terms Terms) (conversation.Ticket, error) {
	now := d.now()
	raised := c
	raised.Level, raised.Reasons = min(h.Level, 3), h.Reasons
	raised.start(terms, now)
	_, err := tx.Exec(ctx, `
		update cases set level = $3, reasons = $4, first_reply_due = least(first_reply_due, $5), claim_due = least(claim_due, $6),
			plan_due = coalesce(plan_due, $7), solution_due = coalesce(solution_due, $8), snoozed_until = null
		where shop_id = $1 and case_id = $2`,
		c.ShopID, c.ID, raised.Level, raised.Reasons, raised.FirstReplyDue, raised.ClaimDue, raised.PlanDue, raised.SolutionDue)
	if err != nil {
		return conversation.Ticket{}, translate(err, "case "+c.ID.String())
	}
	ticket, err := ticketOf(ctx, tx, raised, terms, now)
	if err != nil {
		return ticket, err
	}
	ticket.Exists, ticket.Raised, ticket.Due = true, true, raised.owedBy(terms, now)
	ticket.Said = h.Say(ticket)
	if err := d.replacePacket(ctx, tx, raised, h.Packet); err != nil {
		return ticket, err
	}
	if err := promise(ctx, tx, raised, uuid.Nil, ticket.Said, ticket.Due); err != nil {
		return ticket, err
	}
	return ticket, record(ctx, tx, c.ShopID, Entry{Who: "bot", Action: "case.raise", Subject: c.ID.String(), Detail: map[string]any{"from": c.Level, "to": raised.Level}})
}

// replacePacket keeps what the shopper has corrected.
func (d *Desk) replacePacket(ctx context.Context, tx pgx.Tx, c Case, p conversation.Packet) error {
	p.Level = c.Level
	_, err := tx.Exec(ctx, `
		update packets set packet = $3::jsonb || jsonb_strip_nulls(jsonb_build_object('correction', packet -> 'correction'))
		where shop_id = $1 and case_id = $2`, c.ShopID, c.ID, p)
	return translate(err, "packet of case "+c.ID.String())
}
