package handoff

import (
	"context"
	"errors"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// OutcomeWithdrawn is the outcome of a case whose shopper went back to the bot instead of waiting on.
const OutcomeWithdrawn = "withdrawn"

// risk is the level from which only people decide who answers.
const risk = 3

// Withdraw gives a conversation back to the bot because its shopper, who still waits, wants so. The case ends as returned,
// what the desk has promised is withdrawn and the shopper is told so; what was asked meanwhile is the bot's to answer.
// Where no case waits any more, or it is of level 3, nothing happens and done is false.
func (d *Desk) Withdraw(ctx context.Context, shopID, conversationID uuid.UUID) (done bool, err error) {
	err = d.store.InTx(ctx, shopID, conversationID, func(tx pgx.Tx) error {
		c, err := oneCase(ctx, tx, "waiting case of conversation "+conversationID.String(), casesSQL+`
			where c.shop_id = $1 and c.conversation_id = $2 and c.state = 'waiting' and c.level < $3 for no key update of c`, shopID, conversationID, risk)
		if done = err == nil; !done {
			return err
		}
		if _, err := d.end(ctx, tx, c, Returned, OutcomeWithdrawn, false); err != nil {
			return err
		}
		_, err = d.store.Speak(ctx, tx, conversation.Utterance{ShopID: shopID, ConversationID: conversationID,
			Author: conversation.BySystem, Body: sayWithdrawn.text(c.Language), Language: c.Language})
		if err != nil {
			return err
		}
		err = d.store.Pass(ctx, tx, conversation.Pass{ShopID: shopID, ConversationID: conversationID,
			From: conversation.HeldByQueue, To: conversation.HeldByBot, NewEpisode: true})
		if err != nil {
			return err
		}
		if err := record(ctx, tx, shopID, Entry{Who: "shopper", Action: "case.withdraw", Subject: c.ID.String()}); err != nil {
			return err
		}
		return d.store.Announce(ctx, tx, shopID, conversationID, 0, "handoff.returned", CaseEvent{Case: c.ID, Level: c.Level, Outcome: OutcomeWithdrawn})
	})
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return done && err == nil, err
}
