package conversation

import (
	"context"
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

// MaxImages is how many images one conversation holds.
const MaxImages = 30

// AddImage keeps an image under a new id; ErrTooMany when the conversation has MaxImages.
func (s *Store) AddImage(ctx context.Context, i Image) (uuid.UUID, error) {
	id := uuid.Must(uuid.NewV7())
	tag, err := s.pool.Exec(ctx, `
		insert into images (shop_id, image_id, conversation_id, media_type, width, height, bytes)
		select $1, $2, $3, $4, $5, $6, $7
		where (select count(*) from images where shop_id = $1 and conversation_id = $3) < $8`,
		i.ShopID, id, i.ConversationID, i.MediaType, i.Width, i.Height, i.Bytes, MaxImages)
	if err != nil {
		return id, fmt.Errorf("image of conversation %s: %w", i.ConversationID, err)
	}
	if tag.RowsAffected() == 0 {
		return id, fmt.Errorf("image of conversation %s: %w", i.ConversationID, ErrTooMany)
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

// DropImage forgets an image that no message shows.
func (s *Store) DropImage(ctx context.Context, shopID, id uuid.UUID) error {
	_, err := s.pool.Exec(ctx, `delete from images where shop_id = $1 and image_id = $2`, shopID, id)
	return err
}
