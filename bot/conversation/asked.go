package conversation

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Asked is a question that the bot answered from the shop's knowledge.
type Asked struct {
	Text   string // the shopper's last words before the answer
	Locale string // of the answer
	Market string // "" where none is known
}

// askedIn is how many of the newest conversations are looked through.
const askedIn = 300

// AskedLately returns questions that the bot answered in the newest conversations of a shop, each wording once, the newest
// first, at most limit.
func (s *Store) AskedLately(ctx context.Context, shopID uuid.UUID, limit int) ([]Asked, error) {
	rows, err := s.pool.Query(ctx, `
		with newest as (
			select shop_id, conversation_id, market from conversations where shop_id = $1 order by updated_at desc limit $2
		), once as (
			select distinct on (lower(q.body)) q.body, r.language, c.market, r.created_at
			from newest c
			join messages r using (shop_id, conversation_id)
			join lateral (
				select body from messages q
				where q.shop_id = r.shop_id and q.conversation_id = r.conversation_id and q.author = 'shopper' and q.kind = 'text' and q.seq < r.seq
				order by q.seq desc limit 1) q on q.body <> ''
			where r.author = 'bot' and r.kind = 'text' and r.evidence <> '[]'
			order by lower(q.body), r.created_at desc
		)
		select body, language, market from once order by created_at desc limit $3`, shopID, askedIn, limit)
	if err != nil {
		return nil, fmt.Errorf("questions asked lately: %w", err)
	}
	asked, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Asked])
	if err != nil {
		return nil, fmt.Errorf("questions asked lately: %w", err)
	}
	return asked, nil
}
