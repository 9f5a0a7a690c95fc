package knowledge

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// versionQuery reads versions of articles; a condition on a (articles) and v (article_versions) follows.
const versionQuery = `
	select a.article_id, a.ref, a.locale, v.kind, a.status, v.version, coalesce(a.live, 0), v.question, v.answer,
		array(select p.text from phrasings p where p.shop_id = v.shop_id and p.article_id = v.article_id
			and p.version = v.version and not p.negative order by p.position),
		array(select p.text from phrasings p where p.shop_id = v.shop_id and p.article_id = v.article_id
			and p.version = v.version and p.negative order by p.position),
		v.market, v.tags, v.valid_from, v.valid_to, v.author, v.note, v.created_at, a.asked
	from articles a join article_versions v on v.shop_id = a.shop_id and v.article_id = a.article_id `

func scanVersion(row pgx.CollectableRow) (Article, error) {
	var a Article
	err := row.Scan(&a.ID, &a.Ref, &a.Locale, &a.Kind, &a.Status, &a.Version, &a.Live, &a.Question, &a.Answer,
		&a.Phrasings, &a.Negatives, &a.Market, &a.Tags, &a.ValidFrom, &a.ValidTo, &a.Author, &a.Note, &a.UpdatedAt, &a.Asked)
	return a, err
}

// querier is a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// collectVersions reads the versions that a condition names; it begins with where.
func collectVersions(ctx context.Context, q querier, condition string, args ...any) ([]Article, error) {
	rows, err := q.Query(ctx, versionQuery+condition, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanVersion)
}

func oneVersion(ctx context.Context, q querier, shopID, articleID uuid.UUID, version int) (Article, error) {
	found, err := collectVersions(ctx, q, `where a.shop_id = $1 and a.article_id = $2 and v.version = $3`, shopID, articleID, version)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Article{}, fmt.Errorf("article %s version %d: %w", articleID, version, err)
	}
	return found[0], nil
}

// Article returns the newest version of an article, published or not; ErrNotFound when this shop has none of this id.
func (b *Base) Article(ctx context.Context, shopID, articleID uuid.UUID) (Article, error) {
	found, err := collectVersions(ctx, b.pool, `where a.shop_id = $1 and a.article_id = $2 and v.version = a.head`, shopID, articleID)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Article{}, fmt.Errorf("article %s: %w", articleID, err)
	}
	return found[0], nil
}

// Version returns one version of an article, or ErrNotFound.
func (b *Base) Version(ctx context.Context, shopID, articleID uuid.UUID, version int) (Article, error) {
	return oneVersion(ctx, b.pool, shopID, articleID, version)
}

// History returns every version of an article, newest first; ErrNotFound when there is no such article.
func (b *Base) History(ctx context.Context, shopID, articleID uuid.UUID) ([]Article, error) {
	found, err := collectVersions(ctx, b.pool, `where a.shop_id = $1 and a.article_id = $2 order by v.version desc`, shopID, articleID)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("article %s: %w", articleID, err)
	}
	return found, nil
}

// Variants returns the newest versions of the articles of one Ref, by locale; none is no error.
func (b *Base) Variants(ctx context.Context, shopID uuid.UUID, ref string) ([]Article, error) {
	return collectVersions(ctx, b.pool, `where a.shop_id = $1 and a.ref = $2 and v.version = a.head order by a.locale`, shopID, ref)
}

// CountAsked notes that these articles have answered a shopper once more. It locks them in the order of StillAnswerable.
func (b *Base) CountAsked(ctx context.Context, shopID uuid.UUID, articles ...uuid.UUID) error {
	_, err := b.pool.Exec(ctx, `
		with these as (
			select article_id from articles where shop_id = $1 and article_id = any ($2) order by article_id for no key update
		)
		update articles a set asked = asked + 1 from these where a.shop_id = $1 and a.article_id = these.article_id`, shopID, articles)
	return err
}
