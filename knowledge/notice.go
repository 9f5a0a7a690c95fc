package knowledge

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// KindNotice is the kind of an article that says what is otherwise for a time: parcels take longer, a warehouse moves. A
// promotion is no notice: nobody is told of it before it begins.
const KindNotice = "notice"

// Notice is a published notice that holds, or is going to.
type Notice struct {
	Ref      string
	From     time.Time // inclusive; of one that has always held, the time asked about
	Until    time.Time // exclusive
	Concerns bool      // it shares a tag with the article asked about, and the market where it has one
}

// Notices returns the notices of this market ("": of every market) that are not over at this time and begin before this
// end, with whether they concern what this article is about. One without an end is everyday knowledge, and no notice.
func (b *Base) Notices(ctx context.Context, shopID uuid.UUID, at, end time.Time, market string, article uuid.UUID) ([]Notice, error) {
	rows, err := b.pool.Query(ctx, `
		select n.ref, coalesce(min(n.valid_from), $2), max(n.valid_to), coalesce(bool_or(n.tags && a.tags and (n.market = '{}' or $4 <> '' or n.market && a.market)), false)
		from articles n left join articles a on a.shop_id = $1 and a.article_id = $5
		where n.shop_id = $1 and n.kind = $6 and n.status = 'published' and n.live is not null
			and n.valid_to > $2 and (n.valid_from is null or n.valid_from < $3)
			and ($4 = '' or n.market = '{}' or $4 = any (n.market))
		group by n.ref order by n.ref`, shopID, at, end, marketAsked(market), article, KindNotice)
	if err != nil {
		return nil, fmt.Errorf("notices of shop %s: %w", shopID, err)
	}
	notices, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Notice])
	if err != nil {
		return nil, fmt.Errorf("notices of shop %s: %w", shopID, err)
	}
	return notices, nil
}
