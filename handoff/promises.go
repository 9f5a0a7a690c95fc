package handoff

import (
	"context"
	"fmt"
	"strings"
	"time"

	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// What keeps a promise of the desk.
const (
	AwaitsReply = "reply" // a person writes
	AwaitsPlan  = "plan"  // the shopper has a plan
)

// Promise is something said to a shopper that somebody owes.
type Promise struct {
	ID         uuid.UUID  `db:"promise_id" json:"id"`
	CaseID     uuid.UUID  `db:"case_id" json:"case_id"`
	StaffID    *uuid.UUID `db:"staff_id" json:"staff_id,omitempty"` // who promised; nil: the desk
	Awaits     string     `db:"awaits" json:"awaits"`               // what keeps one of the desk: reply or plan
	Said       string     `db:"said" json:"said"`
	Due        time.Time  `db:"due_at" json:"due"`
	KeptAt     *time.Time `db:"kept_at" json:"kept_at,omitempty"`
	BreachedAt *time.Time `db:"breached_at" json:"breached_at,omitempty"` // when its breach was announced
	// WithdrawnAt is when the case ended without anybody having done it.
	WithdrawnAt *time.Time `db:"withdrawn_at" json:"withdrawn_at,omitempty"`
}

// Clock is the promise as a clock, which says how it stands.
func (p Promise) Clock() Clock {
	return Clock{Name: ClockPromise, Due: p.Due, MetAt: p.KeptAt, Breached: p.BreachedAt != nil}
}

const promiseColumns = `promise_id, case_id, staff_id, awaits, said, due_at, kept_at, breached_at, withdrawn_at`

// Promises returns the promises of a case, the nearest first.
func (d *Desk) Promises(ctx context.Context, shopID, caseID uuid.UUID) ([]Promise, error) {
	return promises(ctx, d.pool, `select `+promiseColumns+` from promises where shop_id = $1 and case_id = $2 order by due_at, promise_id`, shopID, caseID)
}

// OpenPromises returns what the shop owes now, the nearest first.
func (d *Desk) OpenPromises(ctx context.Context, shopID uuid.UUID, limit int) ([]Promise, error) {
	return promises(ctx, d.pool, `select `+promiseColumns+` from promises where shop_id = $1 and kept_at is null and withdrawn_at is null order by due_at, promise_id limit $2`, shopID, limit)
}

func promises(ctx context.Context, q querier, sql string, args ...any) ([]Promise, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("promises: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Promise])
}

// Promise notes what an agent has promised beyond the desk's own clocks. It stays open until KeepPromise or the end of
// the case.
func (d *Desk) Promise(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person, said string, due time.Time) error {
	said = strings.TrimSpace(said)
	if said == "" || due.Before(d.now()) {
		return fmt.Errorf("promise: %w: what, and by when", ErrInvalid)
	}
	return d.act(ctx, shopID, caseID, func(tx pgx.Tx, c Case) error {
		if err := mayAnswer(c, p); err != nil {
			return err
		}
		if err := promise(ctx, tx, c, Promise{StaffID: &p.ID, Said: cut(said, 500), Due: due}); err != nil {
			return err
		}
		return record(ctx, tx, shopID, by(p, "case.promise", c.ID, map[string]any{"due": due}))
	})
}

// KeepPromise marks a promise as kept.
func (d *Desk) KeepPromise(ctx context.Context, shopID, caseID, promiseID uuid.UUID, p staff.Person) error {
	return d.act(ctx, shopID, caseID, func(tx pgx.Tx, c Case) error {
		if err := mayClose(c, p); err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, `update promises set kept_at = $4
			where shop_id = $1 and case_id = $2 and promise_id = $3 and kept_at is null and withdrawn_at is null`, shopID, caseID, promiseID, d.now())
		if err == nil && tag.RowsAffected() == 0 {
			err = pgx.ErrNoRows
		}
		if err != nil {
			return translate(err, "promise "+promiseID.String())
		}
		return record(ctx, tx, shopID, by(p, "promise.keep", promiseID, nil))
	})
}

// promise writes one promise of the case down: who made it, what was said, what keeps it and by when.
func promise(ctx context.Context, tx pgx.Tx, c Case, p Promise) error {
	if p.Awaits == "" {
		p.Awaits = AwaitsReply
	}
	_, err := tx.Exec(ctx, `insert into promises (shop_id, promise_id, case_id, staff_id, awaits, said, due_at) values ($1, $2, $3, $4, $5, $6, $7)`,
		c.ShopID, uuid.Must(uuid.NewV7()), c.ID, p.StaffID, p.Awaits, p.Said, p.Due)
	return translate(err, "promise of case "+c.ID.String())
}

// keepDesks settles what the desk has promised: a reply keeps that a person writes, a plan keeps everything.
func keepDesks(ctx context.Context, tx pgx.Tx, c Case, by string, now time.Time) error {
	_, err := tx.Exec(ctx, `update promises set kept_at = $3
		where shop_id = $1 and case_id = $2 and staff_id is null and kept_at is null and withdrawn_at is null and (awaits = $4 or $4 = 'plan')`,
		c.ShopID, c.ID, now, by)
	return translate(err, "promises of case "+c.ID.String())
}

// settle ends what is still owed when a case ends, and returns it: it is withdrawn. Only what was done is kept, by KeepPromise or,
// of the desk's own promises, by a reply, a plan or a solution.
func settle(ctx context.Context, tx pgx.Tx, c Case, now time.Time) ([]Promise, error) {
	return promises(ctx, tx, `update promises set withdrawn_at = $3
		where shop_id = $1 and case_id = $2 and kept_at is null and withdrawn_at is null returning `+promiseColumns, c.ShopID, c.ID, now)
}
