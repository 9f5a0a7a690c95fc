package handoff

import (
	"context"
	"fmt"
	"strings"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Transfer says to whom a case goes: to an agent or, where Agent is uuid.Nil, back into the queue for a skill.
type Transfer struct {
	Agent uuid.UUID
	Skill string
	Note  string // for whoever gets it; may be empty
}

// Transfer passes the case on. A shopper who goes back into the queue is told so, and by when somebody writes.
func (d *Desk) Transfer(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person, to Transfer) error {
	to.Skill, to.Note = cut(strings.TrimSpace(to.Skill), 60), strings.TrimSpace(to.Note)
	return d.act(ctx, shopID, caseID, func(tx pgx.Tx, c Case) error {
		if err := mayClose(c, p); err != nil {
			return err
		}
		if to.Note != "" {
			if err := d.note(ctx, tx, c, p, cut(to.Note, MaxReply)); err != nil {
				return err
			}
		}
		if to.Agent != uuid.Nil {
			return d.toAgent(ctx, tx, c, p, to)
		}
		return d.toQueue(ctx, tx, c, p, to)
	})
}

func (d *Desk) toAgent(ctx context.Context, tx pgx.Tx, c Case, p staff.Person, to Transfer) error {
	receiver := staff.Person{ShopID: c.ShopID, ID: to.Agent}
	err := tx.QueryRow(ctx, `select name, roles, disabled from staff where shop_id = $1 and staff_id = $2`, c.ShopID, to.Agent).
		Scan(&receiver.Name, &receiver.Roles, &receiver.Disabled)
	if err != nil {
		return translate(err, "agent "+to.Agent.String())
	}
	if err := mayWork(c.ShopID, receiver); err != nil {
		return fmt.Errorf("transfer to %s: %w", receiver.Name, err)
	}
	if c.heldBy(receiver) {
		return nil
	}
	if _, err := tx.Exec(ctx, `
		update cases set state = 'claimed', agent_id = $3, claimed_at = $4, claim_due = null, skill = $5, snoozed_until = null,
			breached = array_remove(array_remove(breached, 'unowned'), 'away')
		where shop_id = $1 and case_id = $2`, c.ShopID, c.ID, to.Agent, d.now(), to.Skill); err != nil {
		return translate(err, "case "+c.ID.String())
	}
	if err := record(ctx, tx, c.ShopID, by(p, "case.transfer", c.ID, map[string]any{"to": receiver.Name})); err != nil {
		return err
	}
	return d.claimed(ctx, tx, c, receiver, c.holder(), c.agent())
}

func (d *Desk) toQueue(ctx context.Context, tx pgx.Tx, c Case, p staff.Person, to Transfer) error {
	terms, err := readTerms(ctx, tx, c.ShopID)
	if err != nil {
		return err
	}
	now := d.now()
	due := terms.Hours.After(now, terms.FirstReply)
	if _, err := tx.Exec(ctx, `
		update cases set state = 'waiting', agent_id = null, claim_due = $3, skill = $4, snoozed_until = null,
			sorry_at = case when state = 'waiting' then sorry_at end,
			breached = array_remove(array_remove(breached, 'unowned'), 'away')
		where shop_id = $1 and case_id = $2`, c.ShopID, c.ID, due, to.Skill); err != nil {
		return translate(err, "case "+c.ID.String())
	}
	if err := record(ctx, tx, c.ShopID, by(p, "case.transfer", c.ID, map[string]any{"to": "queue", "skill": to.Skill})); err != nil {
		return err
	}
	if c.State == Waiting { // only the skill changes; the shopper has a promise
		return nil
	}
	err = d.store.Pass(ctx, tx, conversation.Pass{ShopID: c.ShopID, ConversationID: c.ConversationID,
		From: conversation.HeldByAgent, ByAgent: c.agent(), To: conversation.HeldByQueue})
	if err != nil {
		return err
	}
	return d.tell(ctx, tx, c, sayPassedOn, due, terms, now)
}

// tell says something to a waiting shopper in the shop's own voice, and keeps it as a promise.
func (d *Desk) tell(ctx context.Context, tx pgx.Tx, c Case, say sentence, due time.Time, terms Terms, now time.Time) error {
	clock, err := d.store.ClockOf(ctx, tx, c.ShopID, c.ConversationID, terms.Hours.Zone)
	if err != nil {
		return err
	}
	said := say.in(c.Language, due, now, clock)
	_, err = d.store.Speak(ctx, tx, conversation.Utterance{ShopID: c.ShopID, ConversationID: c.ConversationID,
		Author: conversation.BySystem, Body: said, Language: c.Language})
	if err != nil {
		return err
	}
	return promise(ctx, tx, c, Promise{Said: said, Due: due})
}

// Snooze puts the case out of sight until a time or until the shopper writes. Clocks and promises run on.
func (d *Desk) Snooze(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person, until time.Time) error {
	if !until.After(d.now()) {
		return fmt.Errorf("snooze until %s: %w: a time to come", until.Format(time.RFC3339), ErrInvalid)
	}
	return d.act(ctx, shopID, caseID, func(tx pgx.Tx, c Case) error {
		if err := mayClose(c, p); err != nil {
			return err
		}
		newest, err := d.store.NewestOf(ctx, tx, shopID, c.ConversationID, conversation.ByShopper)
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `update cases set snoozed_until = $3, snoozed_seq = $4 where shop_id = $1 and case_id = $2`,
			shopID, caseID, until, newest); err != nil {
			return translate(err, "case "+caseID.String())
		}
		return record(ctx, tx, shopID, by(p, "case.snooze", caseID, map[string]any{"until": until}))
	})
}
