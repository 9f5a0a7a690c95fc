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
	pool      database
	embedders Embedders
	log       *slog.Logger
}

// database is a pool, or one transaction for as long as Rehearse lasts.
type database interface {
	Begin(ctx context.Context) (pgx.Tx, error)
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
	SendBatch(ctx context.Context, batch *pgx.Batch) pgx.BatchResults
}

// New returns the base on this pool, whose connections know pgvector's types (RegisterTypes).
func New(pool *pgxpool.Pool, embedders Embedders) *Base {
	return &Base{pool: pool, embedders: embedders, log: slog.Default()}
}

// inTx runs do in a transaction, committed when do returns nil.
func (b *Base) inTx(ctx context.Context, do func(pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, b.pool, do)
}

// errRehearsed undoes a rehearsal that went well.
var errRehearsed = errors.New("rehearsed")

// Rehearse lets do work with a base whose changes only that base sees, and undoes them all: what would be found if this
// were published? The base is one transaction, so that do must not use it from two goroutines, and until it is done
// other publications of the shops it has changed wait.
func (b *Base) Rehearse(ctx context.Context, do func(*Base) error) error {
	err := b.inTx(ctx, func(tx pgx.Tx) error {
		if err := do(&Base{pool: tx, embedders: b.embedders, log: b.log}); err != nil {
			return err
		}
		return errRehearsed
	})
	if errors.Is(err, errRehearsed) {
		return nil
	}
	return err
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
