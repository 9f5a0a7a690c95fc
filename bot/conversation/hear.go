package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Heard is one message of a shopper as a channel brought it. ExternalID is the channel's id of the message;
// the same id in the same conversation is the same message.
type Heard struct {
	ShopID     uuid.UUID
	ChannelID  uuid.UUID
	Address    string
	ExternalID string
	Body       string
	Kind       string // KindText when empty
	SentAt     time.Time
	Shopper    Shopper
	Context    PageContext
	Locale     string
	Market     string
	TokenHash  []byte // of the widget visitor's token, for a new conversation
}

// Receipt says where a message was stored. Duplicate means that it stood there before.
type Receipt struct {
	ConversationID uuid.UUID
	Seq            int64
	Duplicate      bool
	Holder         Holder
}

// Open finds or makes the conversation at an address and locks it for the transaction.
func (s *Store) Open(ctx context.Context, tx pgx.Tx, h Heard) (id uuid.UUID, err error) {
	err = tx.QueryRow(ctx, `
		insert into conversations as c (shop_id, conversation_id, channel_id, address, locale, market, shopper, context, token_hash)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		on conflict (shop_id, channel_id, address) do update set
			shopper = c.shopper || excluded.shopper,
			context = c.context || excluded.context,
			market  = coalesce(nullif(excluded.market, ''), c.market),
			locale  = case when c.locale = '' then excluded.locale else c.locale end,
			token_hash = coalesce(c.token_hash, excluded.token_hash),
			updated_at = now()
		returning conversation_id`,
		h.ShopID, uuid.Must(uuid.NewV7()), h.ChannelID, h.Address, h.Locale, h.Market, h.Shopper, h.Context, h.TokenHash).Scan(&id)
	if err != nil {
		return id, fmt.Errorf("open conversation at channel %s: %w", h.ChannelID, err)
	}
	return id, nil
}

// Hear stores a shopper's message, opening the conversation where there is none, and the job that will answer it or,
// while the conversation waits for a person or is with one, look whether it has become more urgent.
// A message that comes when the open turn is older than KeepTyping belongs to the next turn. In a blocked conversation a
// message is stored, and that is all.
func (s *Store) Hear(ctx context.Context, tx pgx.Tx, h Heard) (Receipt, error) {
	id, err := s.Open(ctx, tx, h)
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{ConversationID: id}
	err = tx.QueryRow(ctx, `
		select m.seq, c.holder from messages m join conversations c using (shop_id, conversation_id)
		where m.shop_id = $1 and m.conversation_id = $2 and m.external_id = $3`, h.ShopID, id, h.ExternalID).Scan(&r.Seq, &r.Holder)
	if err == nil {
		r.Duplicate = true
		return r, nil
	}
	if !errors.Is(err, pgx.ErrNoRows) {
		return r, hearing(id, err)
	}
	blocked := false
	if r.Seq, r.Holder, blocked, err = s.append(ctx, tx, id, h); err != nil || blocked {
		return r, hearing(id, err)
	}
	return r, s.insertTurn(ctx, tx, h.ShopID, id, r.Seq)
}

func hearing(id uuid.UUID, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("hear in conversation %s: %w", id, err)
}

func (s *Store) append(ctx context.Context, tx pgx.Tx, id uuid.UUID, h Heard) (seq int64, holder Holder, blocked bool, err error) {
	kind := h.Kind
	if kind == "" {
		kind = KindText
	}
	var sent *time.Time
	if !h.SentAt.IsZero() {
		sent = &h.SentAt
	}
	err = tx.QueryRow(ctx, `
		with c as (
			update conversations set
				last_seq   = last_seq + 1,
				heard_seq  = case when cut then heard_seq else last_seq + 1 end,
				answered_seq = case when blocked_at is null then answered_seq else last_seq + 1 end,
				turn_since = case when blocked_at is null then coalesce(turn_since, now()) end,
				next_seq   = case when cut then last_seq + 1 else 0 end,
				next_since = case when cut then coalesce(next_since, now()) end,
				episode    = case when holder = 'nobody' and blocked_at is null then episode + 1 else episode end,
				holder     = case when holder = 'nobody' and blocked_at is null then 'bot' else holder end,
				updated_at = now()
			from (select holder = 'bot' and coalesce(turn_since < now() - $7::interval, false) as cut
			      from conversations where shop_id = $1 and conversation_id = $2) turn
			where shop_id = $1 and conversation_id = $2
			returning last_seq, episode, holder, blocked_at is not null as blocked
		), m as (
			insert into messages (shop_id, conversation_id, seq, author, body, kind, external_id, episode, sent_at)
			select $1, $2, last_seq, 'shopper', $3, $4, nullif($5, ''), episode, $6 from c
		)
		select last_seq, holder, blocked from c`,
		h.ShopID, id, h.Body, kind, h.ExternalID, sent, KeepTyping).Scan(&seq, &holder, &blocked)
	return seq, holder, blocked, err
}
