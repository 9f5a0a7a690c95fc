package exam

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// fresh is how long what a rehearsal found is good for: articles and questions move on.
const fresh = 10 * time.Minute

// Rehearsal is how far it is known what an edit would change in the answers.
type Rehearsal struct {
	Running   bool
	Asked, Of int             // questions, before and after counted
	Found     json.RawMessage // what the rehearsal ended with; nil before, and when that is too long ago
}

// Rehearsing begins to find out what an edit would change: of an article, whose version the stamp names, or of an import.
// ErrRunning while somebody else does. Progress may be called from any goroutine; end must be called, with nothing when
// nothing was found out.
func (s *Store) Rehearsing(ctx context.Context, shopID, edit uuid.UUID, stamp string) (progress func(asked, of int), end func(found json.RawMessage) error, err error) {
	tag, err := s.pool.Exec(ctx, `
		with old as (delete from rehearsals where shop_id = $1 and edit_id <> $2 and made_at < now() - interval '1 day')
		insert into rehearsals (shop_id, edit_id, stamp) values ($1, $2, $3)
		on conflict (shop_id, edit_id) do update
			set stamp = excluded.stamp, found = null, asked = 0, to_ask = 0, touched_at = now(), made_at = now()
			where rehearsals.stamp <> excluded.stamp or rehearsals.touched_at is null or rehearsals.touched_at < now() - $4::interval`,
		shopID, edit, stamp, silence)
	if err != nil {
		return nil, nil, fmt.Errorf("rehearse edit %s: %w", edit, err)
	}
	if tag.RowsAffected() == 0 {
		return nil, nil, fmt.Errorf("rehearse edit %s: %w", edit, ErrRunning)
	}
	var asked, of atomic.Int64
	beating, stop := context.WithCancel(ctx)
	go s.beat(beating, shopID, edit, stamp, &asked, &of)
	end = func(found json.RawMessage) error {
		stop()
		// It is over even when the program is about to end.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_, err := s.pool.Exec(ctx, `update rehearsals set touched_at = null, made_at = now(), found = $4 where shop_id = $1 and edit_id = $2 and stamp = $3`,
			shopID, edit, stamp, found)
		if err != nil {
			return fmt.Errorf("rehearse edit %s: %w", edit, err)
		}
		return nil
	}
	return func(a, o int) { asked.Store(int64(a)); of.Store(int64(o)) }, end, nil
}

// beat writes down how far a rehearsal is, and that it still goes on.
func (s *Store) beat(ctx context.Context, shopID, edit uuid.UUID, stamp string, asked, of *atomic.Int64) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			// A beat that is missed is made up for by the next.
			_, _ = s.pool.Exec(ctx, `update rehearsals set asked = $4, to_ask = $5, touched_at = now()
				where shop_id = $1 and edit_id = $2 and stamp = $3 and touched_at is not null`, shopID, edit, stamp, asked.Load(), of.Load())
		}
	}
}

// Rehearsed returns what is known of an edit; the zero Rehearsal for nothing.
func (s *Store) Rehearsed(ctx context.Context, shopID, edit uuid.UUID, stamp string) (Rehearsal, error) {
	var r Rehearsal
	err := s.pool.QueryRow(ctx, `
		select coalesce(touched_at > now() - $4::interval, false), asked, to_ask, case when made_at > now() - $5::interval then found end
		from rehearsals where shop_id = $1 and edit_id = $2 and stamp = $3`,
		shopID, edit, stamp, silence, fresh).Scan(&r.Running, &r.Asked, &r.Of, &r.Found)
	if errors.Is(err, pgx.ErrNoRows) {
		return Rehearsal{}, nil
	}
	if err != nil {
		return Rehearsal{}, fmt.Errorf("rehearsal of edit %s: %w", edit, err)
	}
	return r, nil
}
