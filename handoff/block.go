package handoff

import (
	"context"
	"errors"

	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Outcomes of a case that no person has resolved: its conversation was blocked or erased.
const (
	OutcomeBlocked = "blocked"
	OutcomeErased  = "erased"
)

// Block ends a conversation for good: the shopper is told once, and what they write from then on is stored and answered by
// nobody until Unblock, or until an agent takes the conversation over. An open case ends with it. Any agent may block; a
// conversation that a colleague has, only a supervisor.
func (d *Desk) Block(ctx context.Context, shopID, conversationID uuid.UUID, p staff.Person) error {
	if err := mayWork(shopID, p); err != nil {
		return err
	}
	return d.store.InTx(ctx, shopID, conversationID, func(tx pgx.Tx) error {
		c, err := lockOpenCase(ctx, tx, shopID, conversationID)
		switch {
		case errors.Is(err, ErrNotFound): // the bot has it, or nobody
		case err != nil:
			return err
		default:
			if err := mayEnd(c, p); err != nil {
				return err
			}
			if _, err := d.end(ctx, tx, c, Resolved, OutcomeBlocked, false); err != nil {
				return err
			}
			err = d.store.Announce(ctx, tx, shopID, conversationID, 0, "handoff.resolved", CaseEvent{Case: c.ID, Level: c.Level, Agent: c.AgentName, Outcome: OutcomeBlocked})
			if err != nil {
				return err
			}
		}
		news, err := d.store.Block(ctx, tx, shopID, conversationID, sayBlocked.text)
		if err != nil || !news {
			return err
		}
		return record(ctx, tx, shopID, by(p, "conversation.block", conversationID, nil))
	})
}

// Unblock lets a blocked shopper be answered again, from their next message on.
func (d *Desk) Unblock(ctx context.Context, shopID, conversationID uuid.UUID, p staff.Person) error {
	if err := mayWork(shopID, p); err != nil {
		return err
	}
	return d.store.InTx(ctx, shopID, conversationID, func(tx pgx.Tx) error {
		news, err := d.store.Unblock(ctx, tx, shopID, conversationID)
		if err != nil || !news {
			return err
		}
		return record(ctx, tx, shopID, by(p, "conversation.unblock", conversationID, nil))
	})
}

// mayEnd says whether the person may end this open case without resolving it: whoever has it, anybody while it waits, and
// supervisors.
func mayEnd(c Case, p staff.Person) error {
	if c.State == Claimed && !c.heldBy(p) && !p.Has(staff.Supervisor) {
		return &TakenError{CaseID: c.ID, By: c.AgentName}
	}
	return nil
}
