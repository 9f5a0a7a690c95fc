package conversation

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Range selects messages by number: those after After and, when Before is not 0, before Before. With Limit the newest
// of them are returned unless only After is set, in which case the oldest are. The order is always ascending.
type Range struct {
	After, Before int64
	Limit         int
	Episode       int // 0 = every episode
}

const messageColumns = `seq, author, staff_id, staff_name, body, language, external_id, episode, kind, options, evidence,
	verdict, cost, feedback, sent_at, created_at`

// Messages returns messages of a conversation in ascending order.
func (s *Store) Messages(ctx context.Context, shopID, id uuid.UUID, r Range) ([]Message, error) {
	if r.Limit <= 0 || r.Limit > 1000 {
		r.Limit = 1000
	}
	order := "desc"
	if r.After > 0 && r.Before == 0 {
		order = "asc"
	}
	rows, err := s.pool.Query(ctx, `
		select * from (
			select `+messageColumns+` from messages
			where shop_id = $1 and conversation_id = $2 and seq > $3 and ($4 = 0 or seq < $4) and ($5 = 0 or episode = $5)
			order by seq `+order+` limit $6) m
		order by seq`, shopID, id, r.After, r.Before, r.Episode, r.Limit)
	if err != nil {
		return nil, fmt.Errorf("messages of conversation %s: %w", id, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Message])
}

// Rate keeps a shopper's thumb, -1, 0 or 1, for one reply of the bot.
func (s *Store) Rate(ctx context.Context, shopID, id uuid.UUID, seq int64, thumb int) error {
	tag, err := s.pool.Exec(ctx, `update messages set feedback = sign($4::int)
		where shop_id = $1 and conversation_id = $2 and seq = $3 and author = 'bot'`, shopID, id, seq, thumb)
	if err != nil {
		return fmt.Errorf("thumb for message %d of conversation %s: %w", seq, id, err)
	}
	if tag.RowsAffected() == 0 {
		return ErrNotFound
	}
	return nil
}

// Recent returns the shop's conversations by holder (every one when empty), newest first.
func (s *Store) Recent(ctx context.Context, shopID uuid.UUID, holder Holder, limit int) ([]Conversation, error) {
	rows, err := s.pool.Query(ctx, `
		select `+columns+` from conversations where shop_id = $1 and ($2 = '' or holder = $2)
		order by updated_at desc limit $3`, shopID, holder, limit)
	if err != nil {
		return nil, fmt.Errorf("recent conversations: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Conversation])
}
