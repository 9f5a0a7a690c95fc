// Package channel is how a messaging service reaches the shop: where messages come from and where replies go.
package channel

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Errors of this package.
var (
	ErrNotFound = errors.New("channel not found")
	ErrExists   = errors.New("a channel of this name exists")
	ErrInvalid  = errors.New("invalid channel")
)

// The kinds of channel.
const (
	KindWebhook = "webhook"
	KindWidget  = "widget"
)

// The modes: the bot answers; it drafts and agents send; it is silent and every conversation goes to the queue.
const (
	ModeAuto   = "auto"
	ModeAssist = "assist"
	ModeOff    = "off"
)

// Channel is one way in and out of a shop. Secrets are whsec_ strings, the newest first; a message signed with any
// of them is accepted.
type Channel struct {
	ShopID    uuid.UUID `db:"shop_id"`
	ID        uuid.UUID `db:"channel_id"`
	Name      string    `db:"name"`
	Kind      string    `db:"kind"`
	Mode      string    `db:"mode"`
	ReplyURL  string    `db:"reply_url"`
	Secrets   []string  `db:"secrets"`
	CreatedAt time.Time `db:"created_at"`
}

// Types of inbound events.
const (
	MessageCreated     = "message.created"
	HandoffRequested   = "handoff.requested"
	ConversationClosed = "conversation.closed"
	RatingGiven        = "rating.given"
)

// Inbound is one event as a channel brought it, checked but not believed.
type Inbound struct {
	Type         string
	Conversation string // the channel's name of the thread
	Message      string // the channel's id of the message
	Text         string
	SentAt       time.Time
	Shopper      Shopper
	Context      Context
	Score        int // of a rating, 1 … 5
	Comment      string
}

// Shopper is who the channel says is writing.
type Shopper struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Email  string `json:"email"`
	Phone  string `json:"phone"`
	Locale string `json:"locale"`
	Market string `json:"market"`
}

// Context is where on the storefront the shopper is.
type Context struct {
	Page    string `json:"page"`
	Product string `json:"product"`
	Order   string `json:"order"`
}

// Store keeps the channels of all shops.
type Store struct{ pool *pgxpool.Pool }

// NewStore returns a store.
func NewStore(pool *pgxpool.Pool) *Store { return &Store{pool: pool} }

// NewSecret returns a fresh signing secret of 32 random bytes in the Standard Webhooks form.
func NewSecret() string {
	key := make([]byte, 32)
	_, _ = rand.Read(key)
	return "whsec_" + base64.StdEncoding.EncodeToString(key)
}

// Add makes a channel; a webhook channel gets a secret. ErrExists when the shop has one of this name.
func (s *Store) Add(ctx context.Context, c Channel) (added Channel, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		added, err = s.AddTx(ctx, tx, c)
		return err
	})
	return added, err
}

// AddTx is Add in the caller's transaction.
func (s *Store) AddTx(ctx context.Context, tx pgx.Tx, c Channel) (Channel, error) {
	c.ID = uuid.Must(uuid.NewV7())
	if c.Mode == "" {
		c.Mode = ModeAuto
	}
	if c.Kind != KindWebhook && c.Kind != KindWidget {
		return c, fmt.Errorf("%w: kind %q, want webhook or widget", ErrInvalid, c.Kind)
	}
	if c.Kind == KindWebhook && len(c.Secrets) == 0 {
		c.Secrets = []string{NewSecret()}
	}
	if c.Secrets == nil {
		c.Secrets = []string{}
	}
	err := tx.QueryRow(ctx, `
		insert into channels (shop_id, channel_id, name, kind, mode, reply_url, secrets) values ($1, $2, $3, $4, $5, $6, $7)
		returning created_at`, c.ShopID, c.ID, c.Name, c.Kind, c.Mode, c.ReplyURL, c.Secrets).Scan(&c.CreatedAt)
	return c, storeError(err, c.Name)
}

const columns = `shop_id, channel_id, name, kind, mode, reply_url, secrets, created_at`

// ByName returns a shop's channel, or ErrNotFound.
func (s *Store) ByName(ctx context.Context, shopID uuid.UUID, name string) (Channel, error) {
	return s.one(ctx, name, `select `+columns+` from channels where shop_id = $1 and name = $2`, shopID, name)
}

// ByID returns a shop's channel, or ErrNotFound.
func (s *Store) ByID(ctx context.Context, shopID, id uuid.UUID) (Channel, error) {
	return s.one(ctx, id.String(), `select `+columns+` from channels where shop_id = $1 and channel_id = $2`, shopID, id)
}

// List returns a shop's channels by name.
func (s *Store) List(ctx context.Context, shopID uuid.UUID) ([]Channel, error) {
	rows, err := s.pool.Query(ctx, `select `+columns+` from channels where shop_id = $1 order by name`, shopID)
	if err != nil {
		return nil, fmt.Errorf("list channels: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Channel])
}

// Update changes a channel's mode and reply URL.
func (s *Store) Update(ctx context.Context, c Channel) error {
	tag, err := s.pool.Exec(ctx, `update channels set mode = $3, reply_url = $4 where shop_id = $1 and channel_id = $2`,
		c.ShopID, c.ID, c.Mode, c.ReplyURL)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrNotFound
	}
	return storeError(err, c.Name)
}

// Rotate puts a new secret in front and keeps the one before it valid beside it.
func (s *Store) Rotate(ctx context.Context, shopID, id uuid.UUID) (secret string, err error) {
	secret = NewSecret()
	tag, err := s.pool.Exec(ctx, `update channels set secrets = array_prepend($3, secrets[1:1])
		where shop_id = $1 and channel_id = $2 and kind = 'webhook'`, shopID, id, secret)
	if err == nil && tag.RowsAffected() == 0 {
		err = ErrNotFound
	}
	return secret, storeError(err, id.String())
}

func (s *Store) one(ctx context.Context, name, sql string, args ...any) (Channel, error) {
	rows, err := s.pool.Query(ctx, sql, args...)
	if err != nil {
		return Channel{}, storeError(err, name)
	}
	c, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Channel])
	return c, storeError(err, name)
}

func storeError(err error, name string) error {
	var pg *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrNoRows):
		return fmt.Errorf("channel %q: %w", name, ErrNotFound)
	case errors.As(err, &pg) && pg.Code == "23505":
		return fmt.Errorf("channel %q: %w", name, ErrExists)
	case errors.As(err, &pg) && pg.Code == "23514":
		return fmt.Errorf("channel %q: %w: names are lower case letters, digits and hyphens; modes auto, assist or off", name, ErrInvalid)
	}
	return fmt.Errorf("channel %q: %w", name, err)
}
