package knowledge

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// MissedDay is how many questions one day's shoppers asked without a good answer, by how it went.
type MissedDay struct {
	Day      time.Time `db:"day"`      // midnight UTC of the calendar day in the shop's zone
	None     int       `db:"none"`     // nothing fitted
	Asked    int       `db:"asked"`    // asked back for lack of certainty
	Disliked int       `db:"disliked"` // answered, with a thumb down
}

// MissedDays counts the questions missed from one time to before another, whatever became of them since.
func (b *Base) MissedDays(ctx context.Context, shop Shop, from, to time.Time) ([]MissedDay, error) {
	rows, err := b.pool.Query(ctx, `
		select (asked_at at time zone $4)::date as day, count(*) filter (where outcome = 'none')::int as none,
			count(*) filter (where outcome = 'ask')::int as asked,
			count(*) filter (where outcome in ('disliked', 'mistaken', 'beside', 'outdated'))::int as disliked
		from questions_missed where shop_id = $1 and asked_at >= $2 and asked_at < $3
		group by 1 order by 1`, shop.ID, from, to, shop.Location().String())
	if err != nil {
		return nil, fmt.Errorf("missed questions of shop %s: %w", shop.Slug, err)
	}
	days, err := pgx.CollectRows(rows, pgx.RowToStructByName[MissedDay])
	if err != nil {
		return nil, fmt.Errorf("missed questions of shop %s: %w", shop.Slug, err)
	}
	return days, nil
}
