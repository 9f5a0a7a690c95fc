package conversation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
)

// DeliveryTries is how often a delivery is tried, over about a day, before it is a dead letter.
const DeliveryTries = 10

// Announce queues an outgoing event for the conversation's channel, if the channel has a reply URL: a row that
// remembers it and a job that carries it. Data becomes the event's data, joined by the conversation's two names.
// Seq is the message that the event carries, 0 for none.
func (s *Store) Announce(ctx context.Context, tx pgx.Tx, shopID, conversationID uuid.UUID, seq int64, event string, data any) error {
	if said, ok := data.(SaidEvent); ok {
		said.Text = PlainText(said.Markdown)
		data = said
	}
	var id uuid.UUID
	err := tx.QueryRow(ctx, `
		insert into deliveries (shop_id, delivery_id, channel_id, conversation_id, seq, type, payload)
		select c.shop_id, $3, c.channel_id, c.conversation_id, nullif($4::bigint, 0), $5, jsonb_build_object(
			'type', $5::text, 'timestamp', to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
			'data', $6::jsonb || jsonb_build_object('conversation', c.address, 'conversation_id', c.conversation_id))
		from conversations c join channels ch using (shop_id, channel_id)
		where c.shop_id = $1 and c.conversation_id = $2 and ch.reply_url <> ''
		returning delivery_id`, shopID, conversationID, uuid.Must(uuid.NewV7()), seq, event, data).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("announce %s of conversation %s: %w", event, conversationID, err)
	}
	return s.insertDelivery(ctx, tx, shopID, id)
}

func (s *Store) insertDelivery(ctx context.Context, tx pgx.Tx, shopID, id uuid.UUID) error {
	_, err := s.jobs.InsertTx(ctx, tx, DeliverArgs{ShopID: shopID, DeliveryID: id}, &river.InsertOpts{Queue: QueueDeliveries, MaxAttempts: DeliveryTries})
	if err != nil {
		return fmt.Errorf("job of delivery %s: %w", id, err)
	}
	return nil
}

const deliveryColumns = `shop_id, delivery_id, channel_id, conversation_id, seq, type, payload, state, attempts, last_error, created_at, done_at`

// Delivery returns one delivery, or ErrNotFound.
func (s *Store) Delivery(ctx context.Context, shopID, id uuid.UUID) (Delivery, error) {
	rows, err := s.pool.Query(ctx, `select `+deliveryColumns+` from deliveries where shop_id = $1 and delivery_id = $2`, shopID, id)
	if err != nil {
		return Delivery{}, err
	}
	d, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Delivery])
	if errors.Is(err, pgx.ErrNoRows) {
		return d, ErrNotFound
	}
	return d, err
}

// Deliveries returns the shop's deliveries in a state, newest first.
func (s *Store) Deliveries(ctx context.Context, shopID uuid.UUID, state string, limit int) ([]Delivery, error) {
	rows, err := s.pool.Query(ctx, `select `+deliveryColumns+` from deliveries where shop_id = $1 and state = $2
		order by created_at desc limit $3`, shopID, state, limit)
	if err != nil {
		return nil, fmt.Errorf("%s deliveries: %w", state, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Delivery])
}

// Delivered notes that the channel has the event.
func (s *Store) Delivered(ctx context.Context, d Delivery) error {
	_, err := s.pool.Exec(ctx, `update deliveries set state = 'sent', attempts = attempts + 1, last_error = '', done_at = now()
		where shop_id = $1 and delivery_id = $2 and state = 'pending'`, d.ShopID, d.ID)
	return err
}

// DeliveryFailed notes a failed try; dead says that it was the last one.
func (s *Store) DeliveryFailed(ctx context.Context, d Delivery, cause string, dead bool) error {
	_, err := s.pool.Exec(ctx, `update deliveries set attempts = attempts + 1, last_error = left($3, 500),
			state = case when $4 then 'dead' else state end, done_at = case when $4 then now() end
		where shop_id = $1 and delivery_id = $2 and state = 'pending'`, d.ShopID, d.ID, cause, dead)
	return err
}

// SendAgain gives a dead letter a new set of tries.
func (s *Store) SendAgain(ctx context.Context, shopID, id uuid.UUID) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `update deliveries set state = 'pending', attempts = 0, done_at = null
			where shop_id = $1 and delivery_id = $2 and state = 'dead'`, shopID, id)
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return ErrNotFound
		}
		return s.insertDelivery(ctx, tx, shopID, id)
	})
}

// DeadLetters counts the events that a channel never got.
func (s *Store) DeadLetters(ctx context.Context, shopID, channelID uuid.UUID) (n int, err error) {
	err = s.pool.QueryRow(ctx, `select count(*) from deliveries where shop_id = $1 and channel_id = $2 and state = 'dead'`, shopID, channelID).Scan(&n)
	return n, err
}

// lostAfter is how old a pending delivery without a job is when its job counts as lost with its worker. A running job is
// lost when it has run for longer than a try may take.
const lostAfter = 30 * time.Second

// RedeliverLost gives every pending delivery that no job carries any more a new job. One that had all its tries is dead.
func (s *Store) RedeliverLost(ctx context.Context) error {
	rows, err := s.pool.Query(ctx, `
		select `+deliveryColumns+` from deliveries d
		where state = 'pending' and created_at < now() - $1::interval and not exists (
			select from river_job j where j.kind = 'deliver' and j.args ->> 'delivery_id' = d.delivery_id::text
				and (j.state in ('available', 'pending', 'retryable', 'scheduled') or j.state = 'running' and j.attempted_at > now() - $1::interval))
		order by created_at limit 500`, lostAfter)
	if err != nil {
		return err
	}
	lost, err := pgx.CollectRows(rows, pgx.RowToStructByName[Delivery])
	if err != nil {
		return err
	}
	for _, d := range lost {
		if d.Attempts >= DeliveryTries {
			err = s.DeliveryFailed(ctx, d, "the last try ended with its worker", true)
		} else {
			err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error { return s.insertDelivery(ctx, tx, d.ShopID, d.ID) })
		}
		if err != nil {
			return fmt.Errorf("delivery %s: %w", d.ID, err)
		}
	}
	return nil
}
