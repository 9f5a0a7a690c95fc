package conversation

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Find returns conversations of the shop with this holder in which the pattern (of LIKE) occurs in what is known of the shopper,
// in where they came from or in what was said in this episode, the newest first.
func (s *Store) Find(ctx context.Context, shopID uuid.UUID, holder Holder, pattern string, limit int) ([]Conversation, error) {
	rows, err := s.pool.Query(ctx, `
		select `+columns+` from conversations c where shop_id = $1 and holder = $2 and (shopper::text ilike $3 or context::text ilike $3
			or exists (select from messages m where m.shop_id = c.shop_id and m.conversation_id = c.conversation_id and m.episode = c.episode and m.body ilike $3))
		order by updated_at desc limit $4`, shopID, holder, pattern, limit)
	if err != nil {
		return nil, fmt.Errorf("find conversations: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Conversation])
}

// Words are the last that a shopper said.
type Words struct {
	Kind string
	Body string // 200 characters at most
	At   time.Time
}

// LastWords returns the shopper's last message in each of these conversations, by id; those in which none has written are left out.
func (s *Store) LastWords(ctx context.Context, shopID uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]Words, error) {
	rows, err := s.pool.Query(ctx, `
		select c.id, m.kind, left(m.body, 200), m.created_at from unnest($2::uuid[]) as c(id) cross join lateral (
			select kind, body, created_at from messages where shop_id = $1 and conversation_id = c.id and author = 'shopper'
			order by seq desc limit 1) m`, shopID, ids)
	if err != nil {
		return nil, fmt.Errorf("last words in %d conversations: %w", len(ids), err)
	}
	said := make(map[uuid.UUID]Words, len(ids))
	var id uuid.UUID
	var w Words
	_, err = pgx.ForEachRow(rows, []any{&id, &w.Kind, &w.Body, &w.At}, func() error {
		said[id] = w
		return nil
	})
	return said, err
}
