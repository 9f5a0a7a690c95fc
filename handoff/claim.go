package handoff

import (
	"context"
	"errors"
	"fmt"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// CaseEvent is the data of the outgoing handoff.claimed, handoff.returned and handoff.resolved.
type CaseEvent struct {
	Case    uuid.UUID `json:"case"`
	Level   int       `json:"level"`
	Agent   string    `json:"agent,omitempty"`
	Outcome string    `json:"outcome,omitempty"`
}

// Claim gives a waiting case to the person. One wins; everybody else gets a TakenError with the winner's name.
// Claiming what one has already changes nothing.
func (d *Desk) Claim(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person) error {
	if err := mayWork(shopID, p); err != nil {
		return err
	}
	var conversationID uuid.UUID
	err := d.store.Tx(ctx, func(tx pgx.Tx) error {
		c := Case{ShopID: shopID, ID: caseID}
		err := tx.QueryRow(ctx, `
			update cases set state = 'claimed', agent_id = $3, claimed_at = $4, claim_due = null, snoozed_until = null,
				breached = array_remove(array_remove(breached, 'unowned'), 'away')
			where shop_id = $1 and case_id = $2 and state = 'waiting'
			returning conversation_id, level`, shopID, caseID, p.ID, d.now()).Scan(&c.ConversationID, &c.Level)
		if errors.Is(err, pgx.ErrNoRows) {
			return whoHas(ctx, tx, shopID, caseID, p)
		}
		if err != nil {
			return translate(err, "case "+caseID.String())
		}
		conversationID = c.ConversationID
		if err := record(ctx, tx, shopID, by(p, "case.claim", caseID, nil)); err != nil {
			return err
		}
		return d.claimed(ctx, tx, c, p, conversation.HeldByQueue, uuid.Nil)
	})
	if err == nil && conversationID != uuid.Nil {
		d.store.Wake(shopID, conversationID)
	}
	return err
}

// claimed passes the word to the person and says so.
func (d *Desk) claimed(ctx context.Context, tx pgx.Tx, c Case, p staff.Person, from conversation.Holder, before uuid.UUID) error {
	err := d.store.Pass(ctx, tx, conversation.Pass{ShopID: c.ShopID, ConversationID: c.ConversationID,
		From: from, ByAgent: before, To: conversation.HeldByAgent, ToAgent: p.ID, NewEpisode: from == conversation.HeldByNobody})
	if err != nil {
		return err
	}
	return d.store.Announce(ctx, tx, c.ShopID, c.ConversationID, 0, "handoff.claimed", CaseEvent{Case: c.ID, Level: c.Level, Agent: p.Name})
}

// whoHas says why a case could not be claimed.
func whoHas(ctx context.Context, q querier, shopID, caseID uuid.UUID, p staff.Person) error {
	c, err := oneCase(ctx, q, "case "+caseID.String(), casesSQL+`where c.shop_id = $1 and c.case_id = $2`, shopID, caseID)
	switch {
	case err != nil:
		return err
	case c.heldBy(p):
		return nil
	case c.State == Claimed:
		return &TakenError{CaseID: caseID, By: c.AgentName}
	}
	return fmt.Errorf("case %s: %w", caseID, ErrClosed)
}

// TakeOver gives the conversation to the person, whether the bot has it, it waits in the queue, or it was closed. From
// the bot on, it is a case whose packet is made of the transcript; an answer of the bot that is under way is dropped.
func (d *Desk) TakeOver(ctx context.Context, shopID, conversationID uuid.UUID, p staff.Person) (Case, error) {
	if err := mayWork(shopID, p); err != nil {
		return Case{}, err
	}
	var err error
	for range 3 { // the holder may change between looking and taking
		var id uuid.UUID
		var made bool
		if id, made, err = d.claimOpen(ctx, shopID, conversationID, p); !made && err == nil {
			id, made, err = d.takeFromBot(ctx, shopID, conversationID, p)
		}
		if made {
			return d.Case(ctx, shopID, id)
		}
		if err != nil && !errors.Is(err, conversation.ErrNotHolder) && !errors.Is(err, ErrClosed) {
			return Case{}, err
		}
	}
	if err == nil {
		err = conversation.ErrNotHolder
	}
	return Case{}, fmt.Errorf("take over conversation %s: %w", conversationID, err)
}

// claimOpen claims the conversation's open case, if there is one.
func (d *Desk) claimOpen(ctx context.Context, shopID, conversationID uuid.UUID, p staff.Person) (id uuid.UUID, claimed bool, err error) {
	c, err := d.CaseOf(ctx, shopID, conversationID)
	if errors.Is(err, ErrNotFound) || err == nil && !c.IsOpen() {
		return uuid.Nil, false, nil
	}
	if err != nil {
		return uuid.Nil, false, err
	}
	err = d.Claim(ctx, shopID, c.ID, p)
	return c.ID, err == nil, err
}

func (d *Desk) takeFromBot(ctx context.Context, shopID, conversationID uuid.UUID, p staff.Person) (id uuid.UUID, made bool, err error) {
	talk, err := d.store.Conversation(ctx, shopID, conversationID)
	if err != nil {
		return id, false, err
	}
	messages, err := d.store.Messages(ctx, shopID, conversationID, conversation.Range{Episode: talk.Episode, Limit: transcriptLength})
	if err != nil {
		return id, false, err
	}
	now := d.now()
	c := Case{ShopID: shopID, ID: uuid.Must(uuid.NewV7()), ConversationID: conversationID, Episode: talk.Episode,
		State: Claimed, Level: 1, Language: talk.Locale, AgentID: &p.ID, ClaimedAt: &now}
	packet := packetFrom(talk, messages)
	if talk.Holder == conversation.HeldByNobody { // what was closed begins anew, and goes on
		c.Episode++
		if packet, err = d.reopened(ctx, talk, messages); err != nil {
			return id, false, err
		}
	}
	err = d.store.InTx(ctx, shopID, conversationID, func(tx pgx.Tx) error {
		terms, err := readTerms(ctx, tx, shopID)
		if err != nil {
			return err
		}
		c.start(terms, now)
		if made, err = insertCase(ctx, tx, c); err != nil || !made {
			return err
		}
		if err := insertPacket(ctx, tx, c, packet); err != nil {
			return err
		}
		if err := record(ctx, tx, shopID, by(p, "case.take_over", c.ID, map[string]any{"from": talk.Holder})); err != nil {
			return err
		}
		return d.claimed(ctx, tx, c, p, talk.Holder, uuid.Nil)
	})
	return c.ID, made && err == nil, err
}
