package knowledge

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Publish makes a version the one that answers, from the moment this returns. Its passages, their vectors, the shop's
// word counts and the article's row change in one transaction. An embedder that fails does not stop it: words find the
// article at once, and its vectors follow. ErrNotFound when there is no such version, ErrOvertaken when the article was
// taken down or a newer version published while this was under way.
func (b *Base) Publish(ctx context.Context, shopID, articleID uuid.UUID, version int) error {
	before, err := standings(ctx, b.pool, `and a.article_id = $2`, shopID, articleID)
	if err != nil {
		return err
	}
	return b.publish(ctx, shopID, articleID, version, before[articleID])
}

// publish is Publish for a caller who has seen how the article stood before.
func (b *Base) publish(ctx context.Context, shopID, articleID uuid.UUID, version int, before standing) error {
	shop, err := b.Shop(ctx, shopID)
	if err != nil {
		return err
	}
	article, err := b.Version(ctx, shopID, articleID, version)
	if err != nil {
		return err
	}
	cut := passagesOf(article)
	vectors, err := b.vectorsOf(ctx, shop, cut, func(int) {})
	if err != nil {
		return err
	}
	err = b.inTx(ctx, func(tx pgx.Tx) error {
		stand, err := standings(ctx, tx, `and a.article_id = $2 for no key update`, shopID, articleID)
		if err != nil {
			return err
		}
		if now := stand[articleID]; now.takenDownSince(before) || now.publishedOverSince(before, version) {
			return ErrOvertaken
		}
		if err := makeLive(ctx, tx, shopID, []Article{article}); err != nil {
			return err
		}
		return replacePassages(ctx, tx, shopID, []uuid.UUID{articleID}, cut, vectors)
	})
	if err != nil {
		return fmt.Errorf("publish article %s: %w", articleID, err)
	}
	return nil
}

// makeLive points the articles at the versions given and copies what search asks of them into their rows.
func makeLive(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, articles []Article) error {
	ids, versions := make([]uuid.UUID, len(articles)), make([]int32, len(articles))
	for i, a := range articles {
		ids[i], versions[i] = a.ID, int32(a.Version)
	}
	_, err := tx.Exec(ctx, `
		update articles a set status = 'published', live = v.version, kind = v.kind, market = v.market, tags = v.tags,
			valid_from = v.valid_from, valid_to = v.valid_to, updated_at = now()
		from unnest($2::uuid[], $3::int[]) as l (article_id, version)
		join article_versions v on v.shop_id = $1 and v.article_id = l.article_id and v.version = l.version
		where a.shop_id = $1 and a.article_id = l.article_id`, shopID, ids, versions)
	return err
}

// Archive takes an article down: from the moment this returns it does not answer. Its versions stay. ErrNotFound when
// this shop has no such article; archiving twice is no error.
func (b *Base) Archive(ctx context.Context, shopID, articleID uuid.UUID) error {
	err := b.inTx(ctx, func(tx pgx.Tx) error { return takeDown(ctx, tx, shopID, []uuid.UUID{articleID}, Archived) })
	if err != nil {
		return fmt.Errorf("archive article %s: %w", articleID, err)
	}
	return nil
}

func takeDown(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, articles []uuid.UUID, status string) error {
	tag, err := tx.Exec(ctx, `
		update articles set status = $3, live = null, updated_at = now() where shop_id = $1 and article_id = any ($2)`,
		shopID, articles, status)
	if err != nil {
		return err
	}
	if int(tag.RowsAffected()) < len(articles) {
		return ErrNotFound
	}
	return replacePassages(ctx, tx, shopID, articles, nil, nil)
}

// Rollback writes an old version anew as the newest, publishes it where the article is published, and returns it. The
// history stays whole: nothing is taken out of it. ErrNotFound when there is no such version, ErrOvertaken as of Publish.
func (b *Base) Rollback(ctx context.Context, shopID, articleID uuid.UUID, version int, author string) (Article, error) {
	before, err := standings(ctx, b.pool, `and a.article_id = $2`, shopID, articleID)
	if err != nil {
		return Article{}, err
	}
	old, err := b.Version(ctx, shopID, articleID, version)
	if err != nil {
		return Article{}, err
	}
	old.Author, old.Note = author, fmt.Sprintf("v%d", version)
	saved, err := b.Save(ctx, shopID, old)
	if err != nil || before[articleID].live == 0 {
		return saved, err
	}
	if err := b.publish(ctx, shopID, articleID, saved.Version, before[articleID]); err != nil {
		return Article{}, err
	}
	return b.Version(ctx, shopID, articleID, saved.Version)
}
