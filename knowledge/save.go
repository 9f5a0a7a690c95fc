package knowledge

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Save stores the article as a new draft version and returns it. The article is the one with this ID, else the one of
// this Ref and Locale, else a new one; an empty Ref is made from the question. When nothing differs from the newest
// version that version comes back. What answers does not change before Publish. ErrInvalid names the field at
// fault, ErrNotFound is an ID that this shop has not, ErrExists a Ref and Locale that another of its articles has;
// ErrPublished, an ErrInvalid, is a Ref or Locale that differs from a published article's.
func (b *Base) Save(ctx context.Context, shopID uuid.UUID, article Article) (Article, error) {
	shop, err := b.Shop(ctx, shopID)
	if err != nil {
		return Article{}, err
	}
	if article.ID != uuid.Nil && article.Locale == "" {
		known, err := b.Article(ctx, shopID, article.ID)
		if err != nil {
			return Article{}, err
		}
		article.Locale = known.Locale
	}
	article, err = article.clean(shop)
	if err != nil {
		return Article{}, err
	}
	var saved Article
	err = b.inTx(ctx, func(tx pgx.Tx) error {
		saved, err = saveIn(ctx, tx, shopID, article)
		return err
	})
	if err != nil {
		return Article{}, fmt.Errorf("save: %w", err)
	}
	return saved, nil
}

// saveIn stores a cleaned article in the caller's transaction.
func saveIn(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, article Article) (Article, error) {
	head, err := lockHead(ctx, tx, shopID, article)
	switch {
	case errors.Is(err, ErrNotFound) && article.ID == uuid.Nil:
		return insertArticle(ctx, tx, shopID, article)
	case err != nil:
		return Article{}, err
	}
	article.ID = head.ID
	if article.Ref == "" {
		article.Ref = head.Ref
	}
	if err := article.movable(head); err != nil {
		return Article{}, err
	}
	if head.Live > 0 && regional(article.Locale) && primary(article.Locale) == primary(head.Locale) {
		article.Locale = head.Locale // the shop has come to write the language in another way: no other language
	}
	moved := article.Ref != head.Ref || article.Locale != head.Locale
	if !moved && article.sameContent(head) && head.Status != Archived {
		return head, nil
	}
	article.Version = head.Version + 1
	_, err = tx.Exec(ctx, `
		update articles set ref = $3, locale = $4, head = $5, updated_at = now(),
			status = case when live is null then 'draft' else status end
		where shop_id = $1 and article_id = $2`, shopID, article.ID, article.Ref, article.Locale, article.Version)
	if err != nil {
		return Article{}, translate(err, fmt.Sprintf("article %s in %s", article.Ref, article.Locale))
	}
	if err := insertVersions(ctx, tx, shopID, []Article{article}); err != nil {
		return Article{}, err
	}
	return oneVersion(ctx, tx, shopID, article.ID, article.Version)
}

// ErrPublished means that the editors' id or the language of a published article cannot change: they are not of a
// version but of the article, and what answers would change with a draft. It comes with ErrInvalid.
var ErrPublished = errors.New("cannot change while the article is published")

// movable refuses another Ref or Locale for an article that answers.
func (a Article) movable(head Article) error {
	switch {
	case head.Live == 0:
		return nil
	case a.Ref != head.Ref:
		return fmt.Errorf("id: %w: %w", ErrInvalid, ErrPublished)
	case a.Locale != head.Locale:
		return fmt.Errorf("locale: %w: %w", ErrInvalid, ErrPublished)
	}
	return nil
}

// lockHead finds the newest version of the article meant and keeps others from saving it meanwhile.
func lockHead(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, article Article) (Article, error) {
	var id uuid.UUID
	var head int
	err := tx.QueryRow(ctx, `
		select article_id, head from articles
		where shop_id = $1 and (article_id = $2 or $2 = '00000000-0000-0000-0000-000000000000' and $3 <> '' and ref = $3 and locale = $4)
		for no key update`, shopID, article.ID, article.Ref, article.Locale).Scan(&id, &head)
	if err != nil {
		return Article{}, translate(err, "article "+article.ID.String())
	}
	return oneVersion(ctx, tx, shopID, id, head)
}

func insertArticle(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, article Article) (Article, error) {
	article.ID, article.Version = uuid.Must(uuid.NewV7()), 1
	if article.Ref == "" {
		ref, err := freeRef(ctx, tx, shopID, article)
		if err != nil {
			return Article{}, err
		}
		article.Ref = ref
	}
	if err := insertArticles(ctx, tx, shopID, []Article{article}); err != nil {
		return Article{}, err
	}
	return oneVersion(ctx, tx, shopID, article.ID, 1)
}

// freeRef makes a Ref for a new article: that of its question, or one nobody has.
func freeRef(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, article Article) (string, error) {
	ref := madeRef(article.Question)
	var taken bool
	err := tx.QueryRow(ctx, `select exists (select from articles where shop_id = $1 and ref = $2 and locale = $3)`,
		shopID, ref, article.Locale).Scan(&taken)
	if taken {
		ref += "-" + article.ID.String()[28:]
	}
	return ref, err
}

// insertArticles stores new articles with their first version; ErrExists when a Ref and Locale is taken.
func insertArticles(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, articles []Article) error {
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"articles"},
		[]string{"shop_id", "article_id", "ref", "locale", "kind", "head", "market", "valid_from", "valid_to", "tags"},
		pgx.CopyFromSlice(len(articles), func(i int) ([]any, error) {
			a := articles[i]
			return []any{shopID, a.ID, a.Ref, a.Locale, a.Kind, a.Version, a.Market, a.ValidFrom, a.ValidTo, a.Tags}, nil
		}))
	if err != nil {
		return translate(err, "article")
	}
	return insertVersions(ctx, tx, shopID, articles)
}

// insertVersions stores one version each of articles that exist.
func insertVersions(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, articles []Article) error {
	now := time.Now()
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"article_versions"},
		[]string{"shop_id", "article_id", "version", "question", "answer", "kind", "market", "valid_from", "valid_to", "tags", "author", "note", "created_at"},
		pgx.CopyFromSlice(len(articles), func(i int) ([]any, error) {
			a := articles[i]
			return []any{shopID, a.ID, a.Version, a.Question, a.Answer, a.Kind, a.Market, a.ValidFrom, a.ValidTo, a.Tags, a.Author, a.Note, now}, nil
		}))
	if err != nil {
		return translate(err, "article version")
	}
	var rows [][]any
	for _, a := range articles {
		for i, text := range append(append([]string{}, a.Phrasings...), a.Negatives...) {
			rows = append(rows, []any{shopID, a.ID, a.Version, i, text, i >= len(a.Phrasings)})
		}
	}
	_, err = tx.CopyFrom(ctx, pgx.Identifier{"phrasings"},
		[]string{"shop_id", "article_id", "version", "position", "text", "negative"}, pgx.CopyFromRows(rows))
	return err
}
