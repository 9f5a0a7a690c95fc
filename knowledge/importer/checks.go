package importer

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Check is how far it is known what an upload's import would change in the answers.
type Check struct {
	Running   bool
	Asked, Of int             // questions
	Found     json.RawMessage // what EndCheck was given; nil before
}

// Checking begins to find out what the import of an upload would change. ErrRunning while somebody else does, and for an
// upload that is being imported or was. Progress may be called from any goroutine; end must be called, with nothing when
// nothing was found out.
func (u *Uploads) Checking(ctx context.Context, shopID, id uuid.UUID) (progress func(asked, of int), end func(found json.RawMessage) error, err error) {
	tag, err := u.pool.Exec(ctx, `
		update imports set changes = null, asked = 0, to_ask = 0, checked_at = now()
		where shop_id = $1 and import_id = $2 and state in ('planned', 'failed') and (checked_at is null or checked_at < now() - $3::interval)`,
		shopID, id, silence)
	if err != nil {
		return nil, nil, fmt.Errorf("check import %s: %w", id, err)
	}
	if tag.RowsAffected() == 0 {
		return nil, nil, fmt.Errorf("check import %s: %w", id, ErrRunning)
	}
	var asked, of atomic.Int64
	beating, stop := context.WithCancel(ctx)
	go u.beatCheck(beating, shopID, id, &asked, &of)
	end = func(found json.RawMessage) error {
		stop()
		// It is over even when the program is about to end.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_, err := u.pool.Exec(ctx, `update imports set checked_at = null, changes = $3 where shop_id = $1 and import_id = $2`, shopID, id, found)
		if err != nil {
			return fmt.Errorf("check import %s: %w", id, err)
		}
		return nil
	}
	return func(a, o int) { asked.Store(int64(a)); of.Store(int64(o)) }, end, nil
}

func (u *Uploads) beatCheck(ctx context.Context, shopID, id uuid.UUID, asked, of *atomic.Int64) {
	tick := time.NewTicker(heartbeat / 2)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			// A beat that is missed is made up for by the next.
			_, _ = u.pool.Exec(ctx, `update imports set asked = $3, to_ask = $4, checked_at = now() where shop_id = $1 and import_id = $2 and checked_at is not null`,
				shopID, id, asked.Load(), of.Load())
		}
	}
}

// Check returns what is known, or knowledge.ErrNotFound.
func (u *Uploads) Check(ctx context.Context, shopID, id uuid.UUID) (Check, error) {
	var c Check
	err := u.pool.QueryRow(ctx, `
		select coalesce(checked_at > now() - $3::interval, false), asked, to_ask, changes from imports where shop_id = $1 and import_id = $2`,
		shopID, id, silence).Scan(&c.Running, &c.Asked, &c.Of, &c.Found)
	if errors.Is(err, pgx.ErrNoRows) {
		err = knowledge.ErrNotFound
	}
	if err != nil {
		return Check{}, fmt.Errorf("check of import %s: %w", id, err)
	}
	return c, nil
}
