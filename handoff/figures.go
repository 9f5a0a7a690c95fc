package handoff

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Figures are what the desk did in a span of time. Days are days of the desk's own clock.
type Figures struct {
	Cases      int           `json:"cases"`
	Reasons    []ReasonCount `json:"reasons"` // a case counts for each of its reasons
	FirstReply FirstReplies  `json:"first_reply"`
	Clocks     []Kept        `json:"clocks"`
	Days       []Day         `json:"days"`
}

// ReasonCount says how many cases had a reason.
type ReasonCount struct {
	Kind  string `db:"kind" json:"kind"`
	Cases int    `db:"cases" json:"cases"`
}

// FirstReplies says how long shoppers waited for a person's first words, from the handover on.
type FirstReplies struct {
	Cases int           `json:"cases"` // answered ones
	P50   time.Duration `json:"p50"`
	P95   time.Duration `json:"p95"`
}

// Kept says how many of the clocks that came to an end were kept.
type Kept struct {
	Clock string `db:"clock" json:"clock"`
	Kept  int    `db:"kept" json:"kept"`
	Total int    `db:"total" json:"total"`
}

// Day is one day's handovers and ratings.
type Day struct {
	Day      time.Time `db:"day" json:"day"` // midnight UTC of the calendar day
	Cases    int       `db:"cases" json:"cases"`
	Resolved int       `db:"resolved" json:"resolved"`
	Ratings  int       `db:"ratings" json:"ratings"`
	Mean     float64   `db:"mean" json:"mean"` // of the ratings; 0 without any
}

// Figures returns the shop's figures of cases opened, and ratings given, from one time to before another.
func (d *Desk) Figures(ctx context.Context, shopID uuid.UUID, from, to time.Time) (Figures, error) {
	f, err := d.figures(ctx, shopID, from, to)
	if err != nil {
		return f, fmt.Errorf("figures of shop %s: %w", shopID, err)
	}
	return f, nil
}

func (d *Desk) figures(ctx context.Context, shopID uuid.UUID, from, to time.Time) (f Figures, err error) {
	terms, err := d.Terms(ctx, shopID)
	if err != nil {
		return f, err
	}
	var p50, p95 float64
	err = d.pool.QueryRow(ctx, `
		select count(*), count(first_reply_at),
			coalesce(percentile_cont(0.5) within group (order by extract(epoch from first_reply_at - created_at)), 0),
			coalesce(percentile_cont(0.95) within group (order by extract(epoch from first_reply_at - created_at)), 0)
		from cases where shop_id = $1 and created_at >= $2 and created_at < $3`, shopID, from, to).
		Scan(&f.Cases, &f.FirstReply.Cases, &p50, &p95)
	if err != nil {
		return f, err
	}
	f.FirstReply.P50, f.FirstReply.P95 = time.Duration(p50*float64(time.Second)), time.Duration(p95*float64(time.Second))
	if f.Reasons, err = collect[ReasonCount](ctx, d.pool, `
		select r->>'kind' as kind, count(distinct case_id)::int as cases
		from cases, jsonb_array_elements(reasons) r
		where shop_id = $1 and created_at >= $2 and created_at < $3 group by 1 order by 2 desc, 1`, shopID, from, to); err != nil {
		return f, err
	}
	if f.Clocks, err = collect[Kept](ctx, d.pool, keptSQL, shopID, from, to, d.now()); err != nil {
		return f, err
	}
	f.Days, err = collect[Day](ctx, d.pool, daysSQL, shopID, from, to, terms.Hours.Zone.String())
	return f, err
}

// A clock has come to an end when it was met or has run out; one of a case that closed before, or a
// promise withdrawn before, is of no account.
const keptSQL = `
	with clocks as (
		select clock, due, met, closed_at from cases,
			lateral (values ('first_reply', first_reply_due, first_reply_at), ('plan', plan_due, plan_at), ('solution', solution_due, solution_at)) v (clock, due, met)
		where shop_id = $1 and created_at >= $2 and created_at < $3 and due is not null
		union all
		select 'promise', p.due_at, p.kept_at, p.withdrawn_at from promises p join cases c using (shop_id, case_id)
		where p.shop_id = $1 and c.created_at >= $2 and c.created_at < $3
	)
	select clock, count(*) filter (where met <= due)::int as kept, count(*)::int as total from clocks
	where met is not null or due < least($4::timestamptz, coalesce(closed_at, $4))
	group by clock order by array_position('{first_reply,plan,solution,promise}', clock)`

const daysSQL = `
	with opened as (
		select (created_at at time zone $4)::date as day, count(*) as cases, count(*) filter (where state = 'resolved') as resolved
		from cases where shop_id = $1 and created_at >= $2 and created_at < $3 group by 1
	), rated as (
		select (rated_at at time zone $4)::date as day, count(*) as ratings, avg(score) as mean
		from ratings where shop_id = $1 and rated_at >= $2 and rated_at < $3 group by 1
	)
	select day, coalesce(cases, 0)::int as cases, coalesce(resolved, 0)::int as resolved,
		coalesce(ratings, 0)::int as ratings, coalesce(mean, 0)::float8 as mean
	from opened full join rated using (day) order by day`

func collect[T any](ctx context.Context, q querier, sql string, args ...any) ([]T, error) {
	rows, err := q.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[T])
}
