package conversation

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Pass hands the word from one holder to another.
type Pass struct {
	ShopID         uuid.UUID
	ConversationID uuid.UUID
	From, To       Holder
	ByAgent        uuid.UUID // who holds it, when From is an agent
	ToAgent        uuid.UUID // who gets it, when To is an agent
	NewEpisode     bool      // the receiver begins with a clean context
	OnlyAnswered   bool      // not while a turn is open: ErrNotHolder then
}

// Pass changes the holder if From still holds; otherwise ErrNotHolder. A blocked conversation passes to an agent alone, which
// unblocks it, and an erased one to nobody. What nobody will answer any more counts as answered. A bot that gets back a conversation with an
// unanswered message gets its turn's job in the same transaction; what is unanswered belongs to the new episode, or the
// receiver would never read it.
func (s *Store) Pass(ctx context.Context, tx pgx.Tx, p Pass) error {
	var open int64
	err := tx.QueryRow(ctx, `
		with c as (
			update conversations set holder = $4, agent_id = $5, blocked_at = null,
				episode = case when $6 then episode + 1 else episode end,
				heard_seq = greatest(heard_seq, next_seq), next_seq = 0, next_since = null,
				answered_seq = case when $4 = 'nobody' then greatest(heard_seq, next_seq) else answered_seq end,
				turn_since = case when $4 <> 'nobody' and answered_seq < greatest(heard_seq, next_seq) then coalesce(turn_since, now()) end,
				updated_at = now()
			where shop_id = $1 and conversation_id = $2 and holder = $3 and ($3 <> 'agent' or agent_id = $7) and (not $8 or turn_since is null)
				and erased_at is null and (blocked_at is null or $4 = 'agent')
			returning answered_seq, heard_seq, episode
		), m as (
			update messages m set episode = c.episode from c
			where $6 and m.shop_id = $1 and m.conversation_id = $2 and m.seq > c.answered_seq and m.author = 'shopper'
		)
		select case when answered_seq < heard_seq then heard_seq else 0 end from c`,
		p.ShopID, p.ConversationID, p.From, p.To, nullUUID(p.ToAgent), p.NewEpisode, nullUUID(p.ByAgent), p.OnlyAnswered).Scan(&open)
	if errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("pass conversation %s from %s to %s: %w", p.ConversationID, p.From, p.To, ErrNotHolder)
	}
	if err != nil {
		return fmt.Errorf("pass conversation %s: %w", p.ConversationID, err)
	}
	if p.To == HeldByBot && open > 0 {
		return s.insertTurn(ctx, tx, p.ShopID, p.ConversationID, open)
	}
	return nil
}
