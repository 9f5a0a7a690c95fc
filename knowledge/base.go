package knowledge

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Base is the knowledge of every shop of this installation. It keeps nothing in memory: what is published or taken
// down is so for the next search of every process. Its methods may be called concurrently.
type Base struct {
	pool      *pgxpool.Pool
	embedders Embedders
	log       *slog.Logger
}

// New returns the base on this pool, whose connections know pgvector's types (RegisterTypes).
func New(pool *pgxpool.Pool, embedders Embedders) *Base {
	return &Base{pool: pool, embedders: embedders, log: slog.Default()}
}

// inTx runs do in a transaction, committed when do returns nil.
func (b *Base) inTx(ctx context.Context, do func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, b.pool, do)
}

// translate turns the driver's errors into those of this package; what names the thing asked for.
func translate(err error, what string) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("%s: %w", what, ErrNotFound)
	}
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		switch refused.Code {
		case "23505": // unique_violation
			return fmt.Errorf("%s: %w", what, ErrExists)
		case "23503": // foreign_key_violation: the shop or the article is not there
			return fmt.Errorf("%s: %w", what, ErrNotFound)
		}
	}
	return fmt.Errorf("%s: %w", what, err)
}
