package handoff

import (
	"context"
	"fmt"
	"time"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// StartedEvent is the data of an outgoing handoff.started: the packet in short.
type StartedEvent struct {
	Case     uuid.UUID             `json:"case"`
	Level    int                   `json:"level"`
	Reasons  []conversation.Reason `json:"reasons"`
	Language string                `json:"language"`
	Summary  string                `json:"summary"`
	Star     conversation.Star     `json:"star"`
	Mood     float64               `json:"mood"`
	Order    string                `json:"order,omitempty"`
	Place    int                   `json:"place"`
	Due      time.Time             `json:"due"`
	Open     bool                  `json:"open"`
}

// Enqueue opens a case with its packet, clocks and promise in the caller's transaction, which then says ticket.Said to
// the shopper and passes the word to the queue. Where the conversation has an open case already, its
// ticket comes back, and a higher level raises the case.
func (d *Desk) Enqueue(ctx context.Context, tx pgx.Tx, h conversation.Handover) (conversation.Ticket, error) {
	terms, err := readTerms(ctx, tx, h.ShopID)
	if err != nil {
		return conversation.Ticket{}, err
	}
	now := d.now()
	c := Case{ShopID: h.ShopID, ID: uuid.Must(uuid.NewV7()), ConversationID: h.ConversationID, Episode: h.Episode,
		State: Waiting, Level: min(max(h.Level, 1), 3), Reasons: h.Reasons, Language: h.Language}
	c.start(terms, now)
	made, err := insertCase(ctx, tx, c)
	if err != nil {
		return conversation.Ticket{}, err
	}
	if !made {
		return d.standing(ctx, tx, h, terms)
	}
	ticket, err := ticketOf(ctx, tx, c, terms, now)
	if err != nil {
		return ticket, err
	}
	awaits, due := c.owes(terms, now)
	ticket.Due = due
	ticket.Said = h.Say(ticket)
	if err := promise(ctx, tx, c, Promise{Awaits: awaits, Said: ticket.Said, Due: due}); err != nil {
		return ticket, err
	}
	h.Packet.Level = c.Level
	if err := insertPacket(ctx, tx, c, h.Packet); err != nil {
		return ticket, err
	}
	if err := record(ctx, tx, h.ShopID, Entry{Who: "bot", Action: "case.open", Subject: c.ID.String(), Detail: map[string]any{"level": c.Level}}); err != nil {
		return ticket, err
	}
	return ticket, d.announceStart(ctx, tx, c, h, ticket)
}

// announceStart announces a case that was opened or, with its new level, one that was raised.
func (d *Desk) announceStart(ctx context.Context, tx pgx.Tx, c Case, h conversation.Handover, ticket conversation.Ticket) error {
	return d.store.Announce(ctx, tx, h.ShopID, h.ConversationID, 0, "handoff.started", StartedEvent{
		Case: c.ID, Level: c.Level, Reasons: h.Reasons, Language: h.Language, Summary: h.Packet.Summary, Star: h.Packet.Star,
		Mood: h.Packet.Mood, Order: h.Packet.Page.Order, Place: ticket.Place, Due: ticket.Due, Open: ticket.Open})
}

// standing is the ticket of the case that the conversation has already.
func (d *Desk) standing(ctx context.Context, tx pgx.Tx, h conversation.Handover, terms Terms) (conversation.Ticket, error) {
	c, err := lockOpenCase(ctx, tx, h.ShopID, h.ConversationID)
	if err != nil {
		return conversation.Ticket{}, err
	}
	if h.Level > c.Level {
		return d.raise(ctx, tx, c, h, terms)
	}
	ticket, err := ticketOf(ctx, tx, c, terms, d.now())
	if err != nil {
		return ticket, err
	}
	if ticket.Due = c.FirstReplyDue; c.PromiseDue != nil {
		ticket.Due = *c.PromiseDue
	}
	ticket.Exists = true
	ticket.Said = h.Say(ticket)
	return ticket, nil
}

// ticketOf fills a ticket but for the promise.
func ticketOf(ctx context.Context, q querier, c Case, terms Terms, now time.Time) (conversation.Ticket, error) {
	t := conversation.Ticket{CaseID: c.ID, Level: c.Level, Open: terms.Hours.Open(now)}
	if !t.Open {
		t.OpensAt = terms.Hours.Next(now)
	}
	var err error
	t.Place, err = placeOf(ctx, q, c)
	return t, err
}

// placeOf returns the case's place in the queue, from 1.
func placeOf(ctx context.Context, q querier, c Case) (place int, err error) {
	err = q.QueryRow(ctx, `
		select 1 + count(*) from cases
		where shop_id = $1 and state = 'waiting' and case_id <> $2
			and (level > $3 or level = $3 and (first_reply_due, case_id) < ($4, $2))`,
		c.ShopID, c.ID, c.Level, c.FirstReplyDue).Scan(&place)
	if err != nil {
		return 0, fmt.Errorf("place of case %s: %w", c.ID, err)
	}
	return place, nil
}
