package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
)

// KeepTyping is how long a shopper who keeps writing puts off the answer; then the turn is cut and answered as it stands.
const KeepTyping = 10 * time.Second

// Store reads and writes conversations. Its writing methods take the caller's transaction.
type Store struct {
	pool *pgxpool.Pool
	jobs *river.Client[pgx.Tx]
	feed *Feed
}

// New returns a store. The client inserts jobs and may be one that works none; feed may be nil, and nobody is woken then.
func New(pool *pgxpool.Pool, jobs *river.Client[pgx.Tx], feed *Feed) *Store {
	return &Store{pool: pool, jobs: jobs, feed: feed}
}

// InTx runs write in a transaction and, after its commit, wakes those who watch the conversation.
func (s *Store) InTx(ctx context.Context, shopID, conversationID uuid.UUID, write func(pgx.Tx) error) error {
	if err := pgx.BeginFunc(ctx, s.pool, write); err != nil {
		return err
	}
	s.Wake(shopID, conversationID)
	return nil
}

// Wake tells those who watch the conversation that it changed. Call it after the commit, never inside the transaction:
// a NOTIFY in a writing transaction serialises all commits of the database.
func (s *Store) Wake(shopID, conversationID uuid.UUID) {
	if s.feed != nil {
		s.feed.Changed(shopID, conversationID)
	}
}

func (s *Store) insertTurn(ctx context.Context, tx pgx.Tx, shopID, conversationID uuid.UUID, seq int64) error {
	args := TurnArgs{ShopID: shopID, ConversationID: conversationID, Seq: seq}
	if _, err := s.jobs.InsertTx(ctx, tx, args, &river.InsertOpts{Queue: QueueTurns}); err != nil {
		return fmt.Errorf("turn job of conversation %s: %w", conversationID, err)
	}
	return nil
}

// Conversation returns one conversation of the shop, or ErrNotFound.
func (s *Store) Conversation(ctx context.Context, shopID, id uuid.UUID) (Conversation, error) {
	return s.one(ctx, `select `+columns+` from conversations where shop_id = $1 and conversation_id = $2`, shopID, id)
}

// ByAddress returns the conversation at a channel's address, or ErrNotFound.
func (s *Store) ByAddress(ctx context.Context, shopID, channelID uuid.UUID, address string) (Conversation, error) {
	return s.one(ctx, `select `+columns+` from conversations where shop_id = $1 and channel_id = $2 and address = $3`, shopID, channelID, address)
}

const columns = `shop_id, conversation_id, channel_id, address, holder, agent_id, episode, last_seq, heard_seq, answered_seq,
	turn_since, next_seq, next_since, locale, market, mood, shopper, context, token_hash, created_at, updated_at, blocked_at, erased_at`

func (s *Store) one(ctx context.Context, sql string, args ...any) (Conversation, error) {
	rows, err := s.pool.Query(ctx, sql, args...)
	if err != nil {
		return Conversation{}, err
	}
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Conversation])
	if errors.Is(err, pgx.ErrNoRows) {
		return c, ErrNotFound
	}
	return c, err
}

// Unanswered returns conversations of all shops that the bot holds, whose turn is older than age and has no job any more: the
// sweeper's work. A running job is lost when it has run for longer than age.
func (s *Store) Unanswered(ctx context.Context, age time.Duration, limit int) ([]Conversation, error) {
	rows, err := s.pool.Query(ctx, `
		select `+columns+` from conversations c
		where holder = 'bot' and turn_since is not null and turn_since < now() - $1::interval and not exists (
			select from river_job j where j.kind = $3 and j.args @> jsonb_build_object('conversation_id', c.conversation_id, 'seq', c.heard_seq)
				and (j.state in ('available', 'pending', 'retryable', 'scheduled') or j.state = 'running' and j.attempted_at > now() - $1::interval))
		order by turn_since limit $2`, age, limit, TurnArgs{}.Kind())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Conversation])
}

// Reinsert inserts the open turn's job again, for a turn whose job was lost with its worker.
func (s *Store) Reinsert(ctx context.Context, c Conversation) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		args := TurnArgs{ShopID: c.ShopID, ConversationID: c.ID, Seq: c.HeardSeq}
		opts := &river.InsertOpts{Queue: QueueTurns, UniqueOpts: river.UniqueOpts{ByArgs: true, ByPeriod: reinsertEvery}}
		_, err := s.jobs.InsertTx(ctx, tx, args, opts)
		return err
	})
}

// reinsertEvery keeps several sweepers from piling up jobs for a turn that only waits for its worker.
const reinsertEvery = 30 * time.Second

// Tx runs write in a transaction.
func (s *Store) Tx(ctx context.Context, write func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, s.pool, write)
}
