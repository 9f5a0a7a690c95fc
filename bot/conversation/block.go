package conversation

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// ErrBlocked says that the shop has ended the conversation for good, or until a person unblocks it.
var ErrBlocked = errors.New("the shop has blocked the conversation")

// Block ends the conversation by a person's decision: say renders the last words, which the shop's own voice speaks, and
// from then on what the shopper writes is stored and not answered. Nobody holds a blocked conversation, so nothing of ours
// can speak in it; only Unblock, or an agent who takes it over, opens it again. Blocking twice says nothing twice.
func (s *Store) Block(ctx context.Context, tx pgx.Tx, shopID, id uuid.UUID, say func(language string) string) (news bool, err error) {
	var holder Holder
	var agent *uuid.UUID
	var language string
	var blocked bool
	err = tx.QueryRow(ctx, `
		select holder, agent_id, coalesce(nullif(locale, ''), shopper->>'locale', ''), blocked_at is not null
		from conversations where shop_id = $1 and conversation_id = $2 and erased_at is null for no key update`, shopID, id).
		Scan(&holder, &agent, &language, &blocked)
	if errors.Is(err, pgx.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return false, fmt.Errorf("block conversation %s: %w", id, err)
	}
	if blocked {
		return false, nil
	}
	pass := Pass{ShopID: shopID, ConversationID: id, From: holder, To: HeldByQueue}
	if agent != nil {
		pass.ByAgent = *agent
	}
	if holder != HeldByQueue { // where the shop's own voice may speak
		if err := s.Pass(ctx, tx, pass); err != nil {
			return false, err
		}
	}
	_, err = s.Speak(ctx, tx, Utterance{ShopID: shopID, ConversationID: id, Author: BySystem, Body: say(language), Language: language})
	if err != nil {
		return false, err
	}
	if err := s.Pass(ctx, tx, Pass{ShopID: shopID, ConversationID: id, From: HeldByQueue, To: HeldByNobody}); err != nil {
		return false, err
	}
	_, err = tx.Exec(ctx, `update conversations set blocked_at = now() where shop_id = $1 and conversation_id = $2`, shopID, id)
	return true, err
}

// Unblock lets the shopper's next message be answered again. What was written in between counts as answered.
func (s *Store) Unblock(ctx context.Context, tx pgx.Tx, shopID, id uuid.UUID) (news bool, err error) {
	var blocked bool
	err = tx.QueryRow(ctx, `
		with before as (
			select blocked_at is not null as blocked from conversations where shop_id = $1 and conversation_id = $2 and erased_at is null for no key update)
		update conversations set blocked_at = null from before where shop_id = $1 and conversation_id = $2
		returning before.blocked`, shopID, id).Scan(&blocked)
	if errors.Is(err, pgx.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return false, fmt.Errorf("unblock conversation %s: %w", id, err)
	}
	return blocked, nil
}
