package editor

import (
	"context"
	"fmt"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"

	"github.com/google/uuid"
)

// SaveArticle saves the article of this id and locale, or a new one.
func (a api) SaveArticle(ctx context.Context, r SaveArticleRequestObject) (SaveArticleResponseObject, error) {
	saved, err := a.store(ctx, uuid.Nil, *r.Body)
	return SaveArticle200JSONResponse(saved), err
}

// ReplaceArticle saves a new version of an article that is there.
func (a api) ReplaceArticle(ctx context.Context, r ReplaceArticleRequestObject) (ReplaceArticleResponseObject, error) {
	saved, err := a.store(ctx, r.Article, *r.Body)
	return ReplaceArticle200JSONResponse(saved), err
}

// store saves what the body says, and publishes it where it asks for that.
func (a api) store(ctx context.Context, id uuid.UUID, in ArticleInput) (Article, error) {
	who := callerOf(ctx)
	article := knowledge.Article{ID: id, Ref: given(in.Id), Locale: given(in.Locale), Kind: given(in.Kind), Question: tidy(in.Question), Answer: tidy(in.Answer),
		Phrasings: given(in.Phrasings), Negatives: given(in.Negatives), Market: given(in.Market), Tags: given(in.Tags), Note: given(in.Note), Author: who.Name}
	var err error
	if article.ValidFrom, err = importer.ParseDay("valid_from", given(in.ValidFrom), who.shop.Location(), false); err != nil {
		return Article{}, fmt.Errorf("valid_from: %w", err)
	}
	if article.ValidTo, err = importer.ParseDay("valid_to", given(in.ValidTo), who.shop.Location(), true); err != nil {
		return Article{}, fmt.Errorf("valid_to: %w", err)
	}
	if article.Locale == "" && id == uuid.Nil && a.Detect != nil {
		article.Locale = a.Detect(article.Question)
	}
	saved, err := a.Base.Save(ctx, who.shop.ID, article)
	if err != nil || !given(in.Publish) {
		return newArticle(saved, who.shop), err
	}
	if err := a.Base.Publish(ctx, who.shop.ID, saved.ID, saved.Version); err != nil {
		return Article{}, err
	}
	a.settle(ctx, who.shop, saved)
	a.recorded(ctx, who.shop, who.Editor, "article.publish", named(saved), map[string]any{"version": saved.Version})
	return a.read(ctx, saved.ID)
}

func (a api) read(ctx context.Context, id uuid.UUID) (Article, error) {
	shop := callerOf(ctx).shop
	article, err := a.Base.Article(ctx, shop.ID, id)
	return newArticle(article, shop), err
}

// GetArticle reads the newest version.
func (a api) GetArticle(ctx context.Context, r GetArticleRequestObject) (GetArticleResponseObject, error) {
	article, err := a.read(ctx, r.Article)
	return GetArticle200JSONResponse(article), err
}

// GetHistory reads every version.
func (a api) GetHistory(ctx context.Context, r GetHistoryRequestObject) (GetHistoryResponseObject, error) {
	shop := callerOf(ctx).shop
	versions, err := a.Base.History(ctx, shop.ID, r.Article)
	return GetHistory200JSONResponse(articleList(versions, len(versions), shop)), err
}

// PublishArticle makes a version the one that answers.
func (a api) PublishArticle(ctx context.Context, r PublishArticleRequestObject) (PublishArticleResponseObject, error) {
	if err := a.Base.Publish(ctx, callerOf(ctx).shop.ID, r.Article, r.Body.Version); err != nil {
		return nil, err
	}
	who := callerOf(ctx)
	if live, err := a.Base.Article(ctx, who.shop.ID, r.Article); err == nil {
		a.settle(ctx, who.shop, live)
	}
	article, err := a.read(ctx, r.Article)
	a.recorded(ctx, who.shop, who.Editor, "article.publish", article.Id+" "+article.Locale, map[string]any{"version": r.Body.Version})
	return PublishArticle200JSONResponse(article), err
}

// ArchiveArticle takes an article down.
func (a api) ArchiveArticle(ctx context.Context, r ArchiveArticleRequestObject) (ArchiveArticleResponseObject, error) {
	if err := a.Base.Archive(ctx, callerOf(ctx).shop.ID, r.Article); err != nil {
		return nil, err
	}
	article, err := a.read(ctx, r.Article)
	who := callerOf(ctx)
	a.recorded(ctx, who.shop, who.Editor, "article.archive", article.Id+" "+article.Locale, nil)
	return ArchiveArticle200JSONResponse(article), err
}

// RollbackArticle brings an old version back.
func (a api) RollbackArticle(ctx context.Context, r RollbackArticleRequestObject) (RollbackArticleResponseObject, error) {
	who := callerOf(ctx)
	article, err := a.Base.Rollback(ctx, who.shop.ID, r.Article, r.Body.Version, who.Name)
	if err == nil {
		a.recorded(ctx, who.shop, who.Editor, "article.rollback", named(article), map[string]any{"version": r.Body.Version})
	}
	return RollbackArticle200JSONResponse(newArticle(article, who.shop)), err
}
