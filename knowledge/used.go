package knowledge

import (
	"context"
	"fmt"

	"github.com/google/uuid"
)

// Used are the markets and kinds that the newest versions of a shop's articles name, each in its order; those of articles
// that were taken down do not count.
type Used struct{ Markets, Kinds []string }

// Used reads what a shop's articles name: what there is to choose from.
func (b *Base) Used(ctx context.Context, shopID uuid.UUID) (u Used, err error) {
	err = b.pool.QueryRow(ctx, `
		with heads as (
			select v.market, v.kind from articles a join article_versions v
				on v.shop_id = a.shop_id and v.article_id = a.article_id and v.version = a.head
			where a.shop_id = $1 and a.status <> 'archived')
		select array(select distinct m from heads, unnest(market) m order by m), array(select distinct kind from heads order by kind)`,
		shopID).Scan(&u.Markets, &u.Kinds)
	if err != nil {
		return u, fmt.Errorf("what shop %s names: %w", shopID, err)
	}
	return u, nil
}
