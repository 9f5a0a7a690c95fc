package conversation

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Image is a picture that belongs to a conversation. A message of KindImage has its id for a body.
type Image struct {
	ShopID         uuid.UUID `db:"shop_id"`
	ID             uuid.UUID `db:"image_id"`
	ConversationID uuid.UUID `db:"conversation_id"`
	MediaType      string    `db:"media_type"`
	Width          int       `db:"width"`
	Height         int       `db:"height"`
	Bytes          []byte    `db:"bytes"`
	CreatedAt      time.Time `db:"created_at"`
}

// ImageLimits are how many images there may be: of one conversation, ever, and of one shop within a day.
type ImageLimits struct {
	Conversation int
	Day          int
	DayBytes     int64
}

// AddImage keeps an image under a new id. ErrTooMany when the conversation has as many as it may, ErrFull when the shop has
// taken as many, or as much, as it may within a day. The statement that writes counts; those who write at the same moment may
// together pass the mark by one each.
func (s *Store) AddImage(ctx context.Context, i Image, l ImageLimits) (uuid.UUID, error) {
	id := uuid.Must(uuid.NewV7())
	var ours, kept int
	err := s.pool.QueryRow(ctx, `
		with ours as (select count(*) as n from images where shop_id = $1 and conversation_id = $3),
		day as (select count(*) as n, coalesce(sum(octet_length(bytes)), 0) as size from images where shop_id = $1 and created_at > now() - interval '1 day'),
		kept as (
			insert into images (shop_id, image_id, conversation_id, media_type, width, height, bytes)
			select $1, $2, $3, $4, $5, $6, $7 from ours, day where ours.n < $8 and day.n < $9 and day.size + octet_length($7::bytea) <= $10
			returning 1)
		select (select n from ours), (select count(*) from kept)`,
		i.ShopID, id, i.ConversationID, i.MediaType, i.Width, i.Height, i.Bytes, l.Conversation, l.Day, l.DayBytes).Scan(&ours, &kept)
	switch {
	case err != nil:
		return id, fmt.Errorf("image of conversation %s: %w", i.ConversationID, err)
	case kept == 0 && ours >= l.Conversation:
		return id, fmt.Errorf("image of conversation %s: %w", i.ConversationID, ErrTooMany)
	case kept == 0:
		return id, fmt.Errorf("image of conversation %s: %w", i.ConversationID, ErrFull)
	}
	return id, nil
}

// Image returns an image of the conversation, or ErrNotFound.
func (s *Store) Image(ctx context.Context, shopID, conversationID, id uuid.UUID) (Image, error) {
	rows, err := s.pool.Query(ctx, `
		select shop_id, image_id, conversation_id, media_type, width, height, bytes, created_at
		from images where shop_id = $1 and image_id = $2 and conversation_id = $3`, shopID, id, conversationID)
	if err != nil {
		return Image{}, err
	}
	i, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Image])
	if errors.Is(err, pgx.ErrNoRows) {
		return i, fmt.Errorf("image %s: %w", id, ErrNotFound)
	}
	return i, err
}

// LinkImage gives an image a key, with which whoever is handed the link may look at it.
func (s *Store) LinkImage(ctx context.Context, tx pgx.Tx, shopID, id uuid.UUID) (key string, err error) {
	key = rand.Text()
	tag, err := tx.Exec(ctx, `update images set link_key = $3 where shop_id = $1 and image_id = $2`, shopID, id, key)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return "", fmt.Errorf("link to image %s: %w", id, err)
	}
	return key, nil
}

// LinkedImage returns the image that a link leads to, or ErrNotFound.
func (s *Store) LinkedImage(ctx context.Context, shopID, id uuid.UUID, key string) (Image, error) {
	var conversationID uuid.UUID
	err := s.pool.QueryRow(ctx, `select conversation_id from images where shop_id = $1 and image_id = $2 and link_key = $3 and $3 <> ''`,
		shopID, id, key).Scan(&conversationID)
	if errors.Is(err, pgx.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return Image{}, fmt.Errorf("linked image %s: %w", id, err)
	}
	return s.Image(ctx, shopID, conversationID, id)
}

// DropImage forgets an image that no message shows.
func (s *Store) DropImage(ctx context.Context, shopID, id uuid.UUID) error {
	_, err := s.pool.Exec(ctx, `delete from images where shop_id = $1 and image_id = $2`, shopID, id)
	return err
}
