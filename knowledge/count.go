package knowledge

import (
	"context"
	"fmt"

	"github.com/google/uuid"
)

// CountPublished returns how many articles are published, each counted once in however many languages it stands.
func (b *Base) CountPublished(ctx context.Context, shopID uuid.UUID) (n int, err error) {
	err = b.pool.QueryRow(ctx, `select count(distinct ref) from articles where shop_id = $1 and status = $2`, shopID, Published).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count published articles: %w", err)
	}
	return n, nil
}
