package handoff

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
)

// Terms are the times that a desk grants itself, and its hours.
type Terms struct {
	Hours      Hours
	FirstReply time.Duration // until a person writes; every level
	Plan       time.Duration // until a concrete plan; level 2 and 3
	Solution   time.Duration // until apology, solution and compensation; level 2 and 3
}

// Defaults of a desk that sets nothing.
const (
	DefaultFirstReply = 10 * time.Minute
	DefaultPlan       = 30 * time.Minute
	DefaultSolution   = 120 * time.Minute
)

// OpenDesk gives a shop its desk, with the default times and no hours (always open), on the clock of this IANA zone.
// A desk that is there already takes on the zone alone.
func (d *Desk) OpenDesk(ctx context.Context, shopID uuid.UUID, zone string) error {
	return openDesk(ctx, d.pool, shopID, zone)
}

// OpenDeskTx is OpenDesk in the caller's transaction.
func (d *Desk) OpenDeskTx(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, zone string) error {
	return openDesk(ctx, tx, shopID, zone)
}

func openDesk(ctx context.Context, q querier, shopID uuid.UUID, zone string) error {
	if _, err := time.LoadLocation(zone); err != nil {
		return fmt.Errorf("time zone %q: %w", zone, ErrInvalid)
	}
	_, err := q.Exec(ctx, `insert into desks (shop_id, time_zone, first_reply, plan, solution) values ($1, $2, $3, $4, $5)
		on conflict (shop_id) do update set time_zone = excluded.time_zone`,
		shopID, zone, seconds(DefaultFirstReply), seconds(DefaultPlan), seconds(DefaultSolution))
	return translate(err, "desk of shop "+shopID.String())
}

// Terms returns the shop's terms; the defaults, on UTC, where the shop has no desk yet.
func (d *Desk) Terms(ctx context.Context, shopID uuid.UUID) (Terms, error) {
	return readTerms(ctx, d.pool, shopID)
}

// SetTerms sets the three times and leaves the hours as they are. Each lies between a minute and a week, in this order.
func (d *Desk) SetTerms(ctx context.Context, shopID uuid.UUID, firstReply, plan, solution time.Duration) error {
	if firstReply < time.Minute || plan < firstReply || solution < plan || solution > 7*24*time.Hour {
		return fmt.Errorf("times of the desk: %w: a minute ≤ first reply ≤ plan ≤ solution ≤ a week", ErrInvalid)
	}
	tag, err := d.pool.Exec(ctx, `update desks set first_reply = $2, plan = $3, solution = $4 where shop_id = $1`,
		shopID, seconds(firstReply), seconds(plan), seconds(solution))
	if err == nil && tag.RowsAffected() == 0 {
		err = pgx.ErrNoRows
	}
	return translate(err, "desk of shop "+shopID.String())
}

// Hours returns the shop's hours.
func (d *Desk) Hours(ctx context.Context, shopID uuid.UUID) (Hours, error) {
	t, err := readTerms(ctx, d.pool, shopID)
	return t.Hours, err
}

// SetHours replaces the shop's weekly shifts; none means always open. Those of one day share no time (ErrOverlap).
func (d *Desk) SetHours(ctx context.Context, shopID uuid.UUID, shifts []Shift) error {
	return pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error { return d.SetHoursTx(ctx, tx, shopID, shifts) })
}

// SetHoursTx is SetHours in the caller's transaction.
func (d *Desk) SetHoursTx(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, shifts []Shift) error {
	for _, s := range shifts {
		if s.Weekday < 0 || s.Weekday > 6 || s.Opens < 0 || s.Opens >= 24*60 || s.Closes < 0 || s.Closes > 24*60 {
			return fmt.Errorf("shift on day %d, %s to %s: %w", s.Weekday, s.Opens, s.Closes, ErrInvalid)
		}
	}
	if overlap(shifts) {
		return ErrOverlap
	}
	if _, err := tx.Exec(ctx, `delete from hours where shop_id = $1`, shopID); err != nil {
		return translate(err, "hours of shop "+shopID.String())
	}
	for _, s := range shifts {
		_, err := tx.Exec(ctx, `insert into hours (shop_id, weekday, opens, closes) values ($1, $2, $3, $4)`,
			shopID, int(s.Weekday), clockTime(s.Opens), clockTime(s.Closes))
		if err != nil {
			return translate(err, fmt.Sprintf("shift on day %d at %s", s.Weekday, s.Opens))
		}
	}
	return nil
}

func readTerms(ctx context.Context, q querier, shopID uuid.UUID) (Terms, error) {
	t := Terms{Hours: Hours{Zone: time.UTC}, FirstReply: DefaultFirstReply, Plan: DefaultPlan, Solution: DefaultSolution}
	rows, err := q.Query(ctx, `
		select d.time_zone, d.first_reply, d.plan, d.solution, h.weekday, h.opens, h.closes
		from desks d left join hours h using (shop_id) where d.shop_id = $1 order by h.weekday, h.opens`, shopID)
	if err != nil {
		return t, fmt.Errorf("desk of shop %s: %w", shopID, err)
	}
	var zone string
	var first, plan, solution int64
	var weekday *int
	var opens, closes pgtype.Time
	_, err = pgx.ForEachRow(rows, []any{&zone, &first, &plan, &solution, &weekday, &opens, &closes}, func() error {
		t.FirstReply, t.Plan, t.Solution = duration(first), duration(plan), duration(solution)
		if location, err := time.LoadLocation(zone); err == nil { // an unknown zone is UTC, as for the shop itself
			t.Hours.Zone = location
		}
		if weekday != nil {
			t.Hours.Shifts = append(t.Hours.Shifts, Shift{Weekday: time.Weekday(*weekday), Opens: minuteOf(opens), Closes: minuteOf(closes)})
		}
		return nil
	})
	if err != nil {
		return t, fmt.Errorf("desk of shop %s: %w", shopID, err)
	}
	return t, nil
}

func seconds(d time.Duration) int64        { return int64(d / time.Second) }
func duration(seconds int64) time.Duration { return time.Duration(seconds) * time.Second }

func clockTime(m Minute) pgtype.Time {
	return pgtype.Time{Microseconds: int64(m) * time.Minute.Microseconds(), Valid: true}
}

func minuteOf(t pgtype.Time) Minute { return Minute(t.Microseconds / time.Minute.Microseconds()) }
