package conversation

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// ErrKnown says that an event came before and has acted.
var ErrKnown = errors.New("the event came before")

// Event is one signed event of a channel that is no message. ID is the sender's webhook-id: the same one acts once.
type Event struct {
	ShopID         uuid.UUID
	ChannelID      uuid.UUID
	ConversationID uuid.UUID
	ID             string
}

// Note keeps, in the transaction in which the event acts and after what it does, that it has acted. ErrKnown when it had:
// the transaction must be rolled back then.
func (s *Store) Note(ctx context.Context, tx pgx.Tx, e Event) error {
	tag, err := tx.Exec(ctx, `
		insert into channel_events (shop_id, channel_id, event_id, conversation_id, seq)
		select shop_id, channel_id, $3, conversation_id, last_seq from conversations
		where shop_id = $1 and conversation_id = $4 and channel_id = $2
		on conflict do nothing`, e.ShopID, e.ChannelID, e.ID, e.ConversationID)
	if err != nil {
		return fmt.Errorf("event of conversation %s: %w", e.ConversationID, err)
	}
	if tag.RowsAffected() == 0 {
		return fmt.Errorf("event of conversation %s: %w", e.ConversationID, ErrKnown)
	}
	return nil
}

// Noted returns what the sender of an event was told when it acted, or ErrNotFound when it has not.
func (s *Store) Noted(ctx context.Context, shopID, channelID uuid.UUID, id string) (Receipt, error) {
	r := Receipt{Duplicate: true}
	err := s.pool.QueryRow(ctx, `select conversation_id, seq from channel_events where shop_id = $1 and channel_id = $2 and event_id = $3`,
		shopID, channelID, id).Scan(&r.ConversationID, &r.Seq)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, fmt.Errorf("event of channel %s: %w", channelID, ErrNotFound)
	}
	return r, err
}

// Also runs what else belongs to a transaction.
func Also(tx pgx.Tx, also []func(pgx.Tx) error) error {
	for _, do := range also {
		if err := do(tx); err != nil {
			return err
		}
	}
	return nil
}
