package knowledge

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Topic is a tag of the published articles of a shop.
type Topic struct {
	Tag      string
	Articles int      // that have it, in whatever languages
	Titles   []string // of the two most asked of them
}

// Topics returns the topics of a shop, the most used first, with titles in this language where there are such.
func (b *Base) Topics(ctx context.Context, shopID uuid.UUID, locale string) ([]Topic, error) {
	rows, err := b.pool.Query(ctx, `
		with tagged as (
			select distinct on (tag, a.ref) tag, a.ref, a.asked, v.question from articles a
			join article_versions v on v.shop_id = a.shop_id and v.article_id = a.article_id and v.version = a.live, unnest(v.tags) as tag
			where a.shop_id = $1 and a.status = 'published' order by tag, a.ref, a.locale like $2 || '%' desc, a.locale)
		select tag, count(*), (array_agg(question order by asked desc, ref))[1:2] from tagged group by tag order by count(*) desc, tag`,
		shopID, primary(locale))
	if err != nil {
		return nil, fmt.Errorf("topics: %w", err)
	}
	topics, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Topic])
	if err != nil {
		return nil, fmt.Errorf("topics: %w", err)
	}
	return topics, nil
}
