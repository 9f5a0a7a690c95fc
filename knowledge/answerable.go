package knowledge

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// ArticleVersion names what a reply rests on.
type ArticleVersion struct {
	ID      uuid.UUID
	Version int
}

// StillAnswerable says whether all these versions still answer at this time (zero: now) and for this market, as Search
// has it. It keeps them so until the caller's transaction ends, and waits for a takedown that is under way: what is said
// in that transaction was not taken down before.
func (b *Base) StillAnswerable(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, at time.Time, market string, articles []ArticleVersion) (bool, error) {
	wanted := make(map[ArticleVersion]bool)
	var ids []uuid.UUID
	var versions []int32
	for _, a := range articles {
		if !wanted[a] {
			wanted[a] = true
			ids, versions = append(ids, a.ID), append(versions, int32(a.Version))
		}
	}
	if at.IsZero() {
		at = time.Now()
	}
	var all bool
	err := tx.QueryRow(ctx, `
		select count(*) = $4::int from (
			select from articles a join unnest($2::uuid[], $3::int[]) as w (article_id, version) on w.article_id = a.article_id
			where a.live = w.version and `+answerable+`
			order by a.article_id for share of a
		) still`, shopID, ids, versions, len(ids), at, marketAsked(market)).Scan(&all)
	if err != nil {
		return false, fmt.Errorf("articles of shop %s: %w", shopID, err)
	}
	return all, nil
}
