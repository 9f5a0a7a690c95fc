package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/riverqueue/river"
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

// Hear stores a shopper's message, opening the conversation where there is none, and the job that will answer it or, while
// the conversation waits for a person or is with one, look whether it has become more urgent. All of it is one statement, and
// so one transaction: a webhook costs one way to the database and back.
// A message that comes when the open turn is older than KeepTyping belongs to the next turn. In a blocked conversation a
// message is stored, and that is all.
func (s *Store) Hear(ctx context.Context, h Heard) (r Receipt, err error) {
	for range hearTries {
		if r, err = s.hear(ctx, h); !overtaken(err) {
			return r, err
		}
	}
	return r, err
}

// hearTries is more than enough: a copy that was overtaken finds the message when it looks again.
const hearTries = 5

// overtaken says that a copy of the same message was stored at the same moment.
func overtaken(err error) bool {
	var refused *pgconn.PgError
	return errors.As(err, &refused) && refused.Code == "23505" && refused.TableName == "messages"
}

func (s *Store) hear(ctx context.Context, h Heard) (r Receipt, err error) {
	kind := h.Kind
	if kind == "" {
		kind = KindText
	}
	var sent *time.Time
	if !h.SentAt.IsZero() {
		sent = &h.SentAt
	}
	err = s.pool.QueryRow(ctx, hearSQL, h.ShopID, uuid.Must(uuid.NewV7()), h.ChannelID, h.Address, h.Locale, h.Market, h.Shopper, h.Context, h.TokenHash,
		h.ExternalID, h.Body, kind, sent, KeepTyping, TurnArgs{}.Kind(), turnTries, QueueTurns).Scan(&r.ConversationID, &r.Seq, &r.Holder)
	if errors.Is(err, pgx.ErrNoRows) {
		r.Duplicate = true
		err = s.pool.QueryRow(ctx, `
			select c.conversation_id, m.seq, c.holder from conversations c join messages m using (shop_id, conversation_id)
			where c.shop_id = $1 and c.channel_id = $2 and c.address = $3 and m.external_id = $4`, h.ShopID, h.ChannelID, h.Address, h.ExternalID).
			Scan(&r.ConversationID, &r.Seq, &r.Holder)
	}
	if err != nil {
		return r, fmt.Errorf("hear at channel %s: %w", h.ChannelID, err)
	}
	return r, nil
}

// turnTries is River's own default.
const turnTries = river.MaxAttemptsDefault

// cutSQL says that the bot's open turn, of the conversation as it was, has been open for so long that it is answered as it stands.
const cutSQL = `(c.holder = 'bot' and coalesce(c.turn_since < now() - $14::interval, false))`

// The row of the conversation decides, under its lock, on the message's number and turn; a copy of a message changes nothing.
// The job is the row that River's client would insert, but for the notification: it would be sent inside the transaction,
// and workers look several times a second.
const hearSQL = `
	with o as (
		insert into conversations as c (shop_id, conversation_id, channel_id, address, locale, market, shopper, context, token_hash, last_seq, heard_seq, turn_since)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, 1, now())
		on conflict (shop_id, channel_id, address) do update set
			shopper = c.shopper || excluded.shopper,
			context = c.context || excluded.context,
			market  = coalesce(nullif(excluded.market, ''), c.market),
			locale  = case when c.locale = '' then excluded.locale else c.locale end,
			token_hash = coalesce(c.token_hash, excluded.token_hash),
			last_seq   = c.last_seq + 1,
			heard_seq  = case when ` + cutSQL + ` then c.heard_seq else c.last_seq + 1 end,
			answered_seq = case when c.blocked_at is null then c.answered_seq else c.last_seq + 1 end,
			turn_since = case when c.blocked_at is null then coalesce(c.turn_since, now()) end,
			next_seq   = case when ` + cutSQL + ` then c.last_seq + 1 else 0 end,
			next_since = case when ` + cutSQL + ` then coalesce(c.next_since, now()) end,
			episode    = case when c.holder = 'nobody' and c.blocked_at is null then c.episode + 1 else c.episode end,
			holder     = case when c.holder = 'nobody' and c.blocked_at is null then 'bot' else c.holder end,
			updated_at = now()
		where not exists (
			select from messages m where m.shop_id = c.shop_id and m.conversation_id = c.conversation_id and m.external_id = nullif($10, ''))
		returning conversation_id, last_seq, episode, holder, blocked_at
	), m as (
		insert into messages (shop_id, conversation_id, seq, author, body, kind, external_id, episode, sent_at)
		select $1, conversation_id, last_seq, 'shopper', $11, $12, nullif($10, ''), episode, $13 from o
	), j as (
		insert into river_job (args, kind, max_attempts, queue)
		select jsonb_build_object('shop_id', $1::uuid, 'conversation_id', conversation_id, 'seq', last_seq), $15, $16, $17 from o where blocked_at is null
	)
	select conversation_id, last_seq, holder from o`
