// Package handoff is the human side: cases, the packet that travels with them, clocks and promises.
package handoff

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Errors of this package; callers match them with errors.Is.
var (
	ErrNotFound  = errors.New("no such case")
	ErrTaken     = errors.New("somebody else has the case")
	ErrClosed    = errors.New("the case is closed")
	ErrUnclaimed = errors.New("the case is not claimed yet")
	ErrForbidden = errors.New("not allowed for this role")
	ErrInvalid   = errors.New("not acceptable")
	ErrExists    = errors.New("the name is taken already")
	ErrRated     = errors.New("rated already")

	// ErrUnfinished is a reply that still has a slot of a proposal in it. It is an ErrInvalid.
	ErrUnfinished = fmt.Errorf("%w: a slot of the proposal is not filled in", ErrInvalid)
)

// TakenError says who has the case that somebody else wanted. It is an ErrTaken.
type TakenError struct {
	CaseID uuid.UUID
	By     string // the name
}

func (e *TakenError) Error() string { return fmt.Sprintf("case %s: %s has it", e.CaseID, e.By) }

// Unwrap makes it an ErrTaken.
func (e *TakenError) Unwrap() error { return ErrTaken }

// Desk is where people answer: it keeps the cases of every shop of this installation. It keeps nothing in memory.
// Its methods may be called concurrently. Where a method takes a case and a conversation, it locks them in this order.
type Desk struct {
	pool  *pgxpool.Pool
	store *conversation.Store
	log   *slog.Logger
	now   func() time.Time
}

// New returns the desk on this pool.
func New(pool *pgxpool.Pool, store *conversation.Store, log *slog.Logger) *Desk {
	return &Desk{pool: pool, store: store, log: log, now: time.Now}
}

// querier is a pool or a transaction.
type querier interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// act runs do with the case locked, in one transaction, and wakes those who watch its conversation.
func (d *Desk) act(ctx context.Context, shopID, caseID uuid.UUID, do func(pgx.Tx, Case) error) error {
	var c Case
	err := d.store.Tx(ctx, func(tx pgx.Tx) (err error) {
		if c, err = lockCase(ctx, tx, shopID, caseID); err != nil {
			return err
		}
		return do(tx, c)
	})
	if err != nil {
		return err
	}
	d.store.Wake(shopID, c.ConversationID)
	return nil
}

// mayWork says whether the person may do agents' work in the shop.
func mayWork(shopID uuid.UUID, p staff.Person) error {
	if p.ShopID != shopID || !p.Has(staff.Agent) {
		return fmt.Errorf("work on cases: %w", ErrForbidden)
	}
	return nil
}

// mayClose says whether the person may end or pass on this case: whoever has it, and supervisors.
func mayClose(c Case, p staff.Person) error {
	switch {
	case mayWork(c.ShopID, p) != nil:
		return mayWork(c.ShopID, p)
	case !c.IsOpen():
		return fmt.Errorf("case %s: %w", c.ID, ErrClosed)
	case c.heldBy(p) || p.Has(staff.Supervisor):
		return nil
	case c.State == Waiting:
		return fmt.Errorf("case %s: %w", c.ID, ErrUnclaimed)
	}
	return &TakenError{CaseID: c.ID, By: c.AgentName}
}

// mayAnswer says whether the person may write to the shopper of this case: only whoever has it.
func mayAnswer(c Case, p staff.Person) error {
	switch {
	case mayWork(c.ShopID, p) != nil:
		return mayWork(c.ShopID, p)
	case !c.IsOpen():
		return fmt.Errorf("case %s: %w", c.ID, ErrClosed)
	case c.State == Waiting:
		return fmt.Errorf("case %s: %w", c.ID, ErrUnclaimed)
	case !c.heldBy(p):
		return &TakenError{CaseID: c.ID, By: c.AgentName}
	}
	return nil
}

// translate turns the driver's errors into those of this package; what names the thing asked for.
func translate(err error, what string) error {
	return staff.Translate(err, what, ErrNotFound, ErrExists)
}
