package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Head is a conversation as one row of a list shows it: who, where, in which mood, and the newest line.
type Head struct {
	ConversationID uuid.UUID  `db:"conversation_id" json:"conversation_id"`
	Channel        string     `db:"channel" json:"channel"` // its name
	ChannelKind    string     `db:"channel_kind" json:"channel_kind"`
	Holder         Holder     `db:"holder" json:"holder"`
	Episode        int        `db:"episode" json:"episode"`
	Locale         string     `db:"locale" json:"locale"`
	Mood           float64    `db:"mood" json:"mood"`
	Shopper        Shopper    `db:"shopper" json:"shopper"`
	TurnSince      *time.Time `db:"turn_since" json:"turn_since,omitempty"` // since when the shopper waits for an answer
	LastSeq        int64      `db:"last_seq" json:"last_seq"`
	LastAuthor     Author     `db:"last_author" json:"last_author"`
	LastKind       string     `db:"last_kind" json:"last_kind"`
	LastLine       string     `db:"last_line" json:"last_line"` // 200 characters at most
	LastAt         time.Time  `db:"last_at" json:"last_at"`
}

// Heads returns the heads of these conversations of the shop, by id. Unknown ids are left out.
func (s *Store) Heads(ctx context.Context, shopID uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]Head, error) {
	rows, err := s.pool.Query(ctx, `
		select c.conversation_id, ch.name as channel, ch.kind as channel_kind, c.holder, c.episode, c.locale, c.mood, c.shopper,
			case when c.answered_seq < greatest(c.heard_seq, c.next_seq) then c.turn_since end as turn_since, c.last_seq,
			coalesce(m.author, '') as last_author, coalesce(m.kind, '') as last_kind,
			coalesce(left(m.body, 200), '') as last_line, coalesce(m.created_at, c.created_at) as last_at
		from conversations c
			join channels ch on ch.shop_id = c.shop_id and ch.channel_id = c.channel_id
			left join messages m on m.shop_id = c.shop_id and m.conversation_id = c.conversation_id and m.seq = c.last_seq
		where c.shop_id = $1 and c.conversation_id = any($2)`, shopID, ids)
	if err != nil {
		return nil, fmt.Errorf("heads of %d conversations: %w", len(ids), err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByName[Head])
	if err != nil {
		return nil, fmt.Errorf("heads of %d conversations: %w", len(ids), err)
	}
	heads := make(map[uuid.UUID]Head, len(list))
	for _, h := range list {
		heads[h.ConversationID] = h
	}
	return heads, nil
}

// NewestOf returns the number of the author's newest message, 0 for none. In a transaction that has passed the
// conversation nobody can add one until its end.
func (s *Store) NewestOf(ctx context.Context, tx pgx.Tx, shopID, id uuid.UUID, author Author) (seq int64, err error) {
	err = tx.QueryRow(ctx, `
		select seq from messages where shop_id = $1 and conversation_id = $2 and author = $3
		order by seq desc limit 1`, shopID, id, author).Scan(&seq)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	return seq, err
}
