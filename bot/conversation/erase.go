package conversation

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Erase takes out of a conversation everything that somebody said and by which the shopper is known: texts, pictures,
// contact, address, token, page, and what is on its way to the channel. What is left is what is counted: how many messages,
// of whom, when, in which language and at what cost. The conversation ends with it, whoever had it; the shopper's next
// message, if one comes, begins another. ErrNotFound where there is none; erasing twice changes nothing.
func (s *Store) Erase(ctx context.Context, tx pgx.Tx, shopID, id uuid.UUID) error {
	return s.erase(ctx, tx, shopID, id, time.Time{})
}

// EraseOld is Erase for a conversation that is AtRest since before this time; ErrNotFound for any other.
func (s *Store) EraseOld(ctx context.Context, tx pgx.Tx, shopID, id uuid.UUID, before time.Time) error {
	return s.erase(ctx, tx, shopID, id, before)
}

// atRest are conversations in which nobody waits for anybody, and nobody has written since $2.
const atRest = `updated_at < $2 and (holder = 'nobody' or holder = 'bot' and turn_since is null)`

func (s *Store) erase(ctx context.Context, tx pgx.Tx, shopID, id uuid.UUID, before time.Time) error {
	tag, err := tx.Exec(ctx, `
		update conversations set holder = 'nobody', agent_id = null, blocked_at = null,
			heard_seq = greatest(heard_seq, next_seq), answered_seq = greatest(heard_seq, next_seq), turn_since = null, next_seq = 0, next_since = null,
			address = 'erased-' || conversation_id, shopper = '{}', context = '{}', token_hash = null, erased_at = coalesce(erased_at, now())
		where shop_id = $1 and conversation_id = $3 and ($2::timestamptz is null or `+atRest+`)`, shopID, nullTime(before), id)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("erase conversation %s: %w", id, err)
	}
	for _, sql := range []string{
		`update messages set body = '', external_id = null, options = '[]', evidence = '[]', verdict = null, sent_at = null,
			kind = case kind when 'image' then 'text' else kind end
			where shop_id = $1 and conversation_id = $2`,
		`delete from images where shop_id = $1 and conversation_id = $2`,
		`delete from deliveries where shop_id = $1 and conversation_id = $2`,
		`delete from channel_events where shop_id = $1 and conversation_id = $2`,
	} {
		if _, err := tx.Exec(ctx, sql, shopID, id); err != nil {
			return fmt.Errorf("erase conversation %s: %w", id, err)
		}
	}
	return nil
}

// AtRest returns conversations of the shop that are not erased, in which nobody waits for anybody, and in which nobody has
// written since this time, the oldest first.
func (s *Store) AtRest(ctx context.Context, shopID uuid.UUID, before time.Time, limit int) ([]uuid.UUID, error) {
	return s.ids(ctx, `select conversation_id from conversations where shop_id = $1 and erased_at is null and `+atRest+`
		order by updated_at limit $3`, shopID, before, limit)
}

// OfShopper returns the shop's conversations in which the shopper is known by the same id, e-mail address or phone number.
// An empty one of the three finds nothing.
func (s *Store) OfShopper(ctx context.Context, shopID uuid.UUID, known Shopper) ([]uuid.UUID, error) {
	return s.ids(ctx, `select conversation_id from conversations where shop_id = $1 and (
			shopper->>'id' = nullif($2, '') or lower(shopper->>'email') = lower(nullif($3, ''))
			or regexp_replace(shopper->>'phone', '[^0-9+]', '', 'g') = nullif(regexp_replace($4, '[^0-9+]', '', 'g'), ''))
		order by conversation_id`, shopID, known.ID, known.Email, known.Phone)
}

func (s *Store) ids(ctx context.Context, sql string, args ...any) ([]uuid.UUID, error) {
	rows, err := s.pool.Query(ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("conversations to erase: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
}

// keepEvents is how long the id of an event is remembered: longer than any sender tries.
const keepEvents = 30 * 24 * time.Hour

// DropOldEvents forgets the ids of events that no sender will try again.
func (s *Store) DropOldEvents(ctx context.Context, shopID uuid.UUID) error {
	_, err := s.pool.Exec(ctx, `delete from channel_events where shop_id = $1 and received_at < now() - $2::interval`, shopID, keepEvents)
	return err
}

func nullTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
