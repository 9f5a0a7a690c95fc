package handoff

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// SweepEvery is how often RunSweeper looks; AwayAfter, how long somebody who has cases may be gone before it is an alarm.
const (
	SweepEvery = 5 * time.Second
	AwayAfter  = 15 * time.Minute
)

// BreachEvent is the data of an outgoing clock.breached.
type BreachEvent struct {
	Case  uuid.UUID `json:"case"`
	Clock string    `json:"clock"` // first_reply, plan, solution, promise, unowned, answer, away
	Due   time.Time `json:"due"`
	Level int       `json:"level"`
	State string    `json:"state"` // waiting or claimed
	Agent string    `json:"agent,omitempty"`
	Said  string    `json:"said,omitempty"` // of a promise
}

// RunSweeper sweeps until the context ends.
func (d *Desk) RunSweeper(ctx context.Context) {
	conversation.Every(ctx, SweepEvery, func(ctx context.Context) {
		if n, err := d.Sweep(ctx); err != nil && ctx.Err() == nil {
			d.log.Error("the desk's sweep failed; the next one tries again", "error", err)
		} else if n > 0 {
			d.log.Warn("clocks breached", "alarms", n)
		}
	})
}

// Sweep raises each alarm once, in every shop: clocks and promises that ran out, cases that nobody has, shoppers whose
// next words wait too long, agents who are gone. It returns how many there were. Several may sweep at the same time.
func (d *Desk) Sweep(ctx context.Context) (alarms int, err error) {
	late, err := d.late(ctx)
	if err != nil {
		return 0, err
	}
	neglected, err := d.neglected(ctx)
	if err != nil {
		return 0, err
	}
	var errs []error
	for ref, clocks := range merge(late, neglected) {
		n, err := d.alarm(ctx, ref, clocks)
		alarms += n
		errs = append(errs, err)
	}
	return alarms, errors.Join(errs...)
}

type caseRef struct {
	ShopID uuid.UUID `db:"shop_id"`
	CaseID uuid.UUID `db:"case_id"`
}

// late finds the cases with a clock or a promise that ran out and was not announced. What exactly, alarm reads again
// under the lock.
func (d *Desk) late(ctx context.Context) ([]caseRef, error) {
	list, err := collect[caseRef](ctx, d.pool, `
		select shop_id, case_id from cases where state in ('waiting', 'claimed') and (
			first_reply_at is null and first_reply_due < $1 and not 'first_reply' = any(breached)
			or plan_at is null and plan_due < $1 and not 'plan' = any(breached)
			or solution_at is null and solution_due < $1 and not 'solution' = any(breached)
			or state = 'waiting' and claim_due < $1 and not 'unowned' = any(breached)
			or state = 'claimed' and first_reply_at is null and sorry_at is null and first_reply_due < $1 and exists (
				select from promises p where p.shop_id = cases.shop_id and p.case_id = cases.case_id
					and p.staff_id is null and p.kept_at is null and p.withdrawn_at is null))
		union
		select p.shop_id, p.case_id from promises p join cases c using (shop_id, case_id)
		where p.kept_at is null and p.withdrawn_at is null and p.breached_at is null and p.due_at < $1 and c.state in ('waiting', 'claimed')`, d.now())
	if err != nil {
		return nil, fmt.Errorf("late cases: %w", err)
	}
	return list, nil
}

// neglected finds claimed cases whose shopper waits for the next answer, or whose agent is gone, while the desk is open.
func (d *Desk) neglected(ctx context.Context) (map[caseRef][]Clock, error) {
	type held struct {
		Case
		SeenAt *time.Time `db:"seen_at"`
	}
	list, err := collect[held](ctx, d.pool, `select `+caseColumns+`, s.seen_at from cases c
		join staff s on s.shop_id = c.shop_id and s.staff_id = c.agent_id where c.state = 'claimed'`)
	if err != nil {
		return nil, fmt.Errorf("claimed cases: %w", err)
	}
	shops := map[uuid.UUID][]uuid.UUID{}
	for _, h := range list {
		shops[h.ShopID] = append(shops[h.ShopID], h.ConversationID)
	}
	heads, terms := map[uuid.UUID]map[uuid.UUID]conversation.Head{}, map[uuid.UUID]Terms{}
	for shopID, ids := range shops {
		if heads[shopID], err = d.store.Heads(ctx, shopID, ids); err != nil {
			return nil, err
		}
		if terms[shopID], err = d.Terms(ctx, shopID); err != nil {
			return nil, err
		}
	}
	now, found := d.now(), map[caseRef][]Clock{}
	for _, h := range list {
		ref := caseRef{h.ShopID, h.ID}
		if clock, waits := answerClock(h.Case, heads[h.ShopID][h.ConversationID], terms[h.ShopID]); waits && clock.Due.Before(now) {
			found[ref] = append(found[ref], clock)
		}
		if gone, since := away(h.Case, h.SeenAt, terms[h.ShopID].Hours, now); gone {
			found[ref] = append(found[ref], Clock{Name: ClockAway, Due: since})
		}
	}
	return found, nil
}

// away says whether whoever has the case has not been seen for AwayAfter of the desk's open time, and since when that is
// too long.
func away(c Case, seen *time.Time, hours Hours, now time.Time) (bool, time.Time) {
	began, open := hours.Since(now)
	if !open {
		return false, time.Time{}
	}
	last := began
	for _, at := range []*time.Time{seen, c.ClaimedAt} {
		if at != nil && at.After(last) {
			last = *at
		}
	}
	due := last.Add(AwayAfter)
	return due.Before(now), due
}

func merge(late []caseRef, neglected map[caseRef][]Clock) map[caseRef][]Clock {
	for _, ref := range late {
		if _, there := neglected[ref]; !there {
			neglected[ref] = nil
		}
	}
	return neglected
}

// alarm announces what is due on one case and marks it, unless somebody else is at it.
func (d *Desk) alarm(ctx context.Context, ref caseRef, extra []Clock) (alarms int, err error) {
	var c Case
	var said bool
	err = d.store.Tx(ctx, func(tx pgx.Tx) error {
		alarms = 0
		c, err = oneCase(ctx, tx, "case "+ref.CaseID.String(), casesSQL+`where c.shop_id = $1 and c.case_id = $2
			and c.state in ('waiting', 'claimed') for no key update of c skip locked`, ref.ShopID, ref.CaseID)
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		now := d.now()
		clocks := c.missed(now)
		for _, clock := range extra {
			if holds, err := d.stillHolds(ctx, c, clock); err != nil {
				return err
			} else if holds {
				clocks = append(clocks, clock)
			}
		}
		if alarms, err = d.breach(ctx, tx, c, clocks); err != nil {
			return err
		}
		broken, err := d.breakPromises(ctx, tx, c, now)
		alarms += len(broken)
		if err != nil {
			return err
		}
		waits := slices.ContainsFunc(extra, func(clock Clock) bool { return clock.Name == ClockAnswer })
		if said, err = d.passOn(ctx, tx, c, waits, now); err != nil || said {
			return err
		}
		said, err = d.apologise(ctx, tx, c, clocks, broken, now)
		return err
	})
	if err == nil && (alarms > 0 || said) {
		d.store.Wake(ref.ShopID, c.ConversationID)
	}
	return alarms, err
}

// stillHolds looks again, now that the case is locked and nobody can answer: the agent may just have.
func (d *Desk) stillHolds(ctx context.Context, c Case, clock Clock) (bool, error) {
	if c.State != Claimed || c.wasBreached(clock.Name) {
		return false, nil
	}
	if clock.Name != ClockAnswer {
		return true, nil
	}
	heads, err := d.store.Heads(ctx, c.ShopID, []uuid.UUID{c.ConversationID})
	since := heads[c.ConversationID].TurnSince
	return since != nil && since.Before(clock.Due), err
}

func (d *Desk) breach(ctx context.Context, tx pgx.Tx, c Case, clocks []Clock) (int, error) {
	for _, clock := range clocks {
		if _, err := tx.Exec(ctx, `update cases set breached = breached || $3::text where shop_id = $1 and case_id = $2`,
			c.ShopID, c.ID, clock.Name); err != nil {
			return 0, translate(err, "case "+c.ID.String())
		}
		if err := d.announceBreach(ctx, tx, c, BreachEvent{Clock: clock.Name, Due: clock.Due}); err != nil {
			return 0, err
		}
	}
	return len(clocks), nil
}

// breakPromises announces the promises that were not kept.
func (d *Desk) breakPromises(ctx context.Context, tx pgx.Tx, c Case, now time.Time) ([]Promise, error) {
	broken, err := promises(ctx, tx, `update promises set breached_at = $3
		where shop_id = $1 and case_id = $2 and kept_at is null and withdrawn_at is null and breached_at is null and due_at < $3
		returning `+promiseColumns, c.ShopID, c.ID, now)
	if err != nil {
		return nil, err
	}
	for _, p := range broken {
		if err := d.announceBreach(ctx, tx, c, BreachEvent{Clock: ClockPromise, Due: p.Due, Said: p.Said}); err != nil {
			return nil, err
		}
	}
	return broken, nil
}

func (d *Desk) announceBreach(ctx context.Context, tx pgx.Tx, c Case, e BreachEvent) error {
	e.Case, e.Level, e.State, e.Agent = c.ID, c.Level, c.State, c.AgentName
	err := record(ctx, tx, c.ShopID, Entry{Who: "clock", Action: "clock.breach", Subject: c.ID.String(), Detail: map[string]any{"clock": e.Clock, "due": e.Due}})
	if err != nil {
		return err
	}
	return d.store.Announce(ctx, tx, c.ShopID, c.ConversationID, 0, "clock.breached", e)
}
