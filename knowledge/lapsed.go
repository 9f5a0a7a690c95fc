package knowledge

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Lapsed is an article whose time is over, but that a question is about. Nothing of what it says holds any more: there is its
// title, and when it ended. What has not begun is not told: a sale may be a surprise.
type Lapsed struct {
	ArticleID  uuid.UUID
	Ref        string
	Locale     string
	Title      string
	Until      time.Time // exclusive
	Confidence float64   // that the question is about it
	Sure       bool      // it would have been the answer in its time
}

// How lately an article must have ended for a shopper to ask about it, and how much likelier it must be what is meant
// than anything that holds now.
const (
	lapsedWithin = 60 * 24 * time.Hour
	lapsedFrom   = 0.4
	lapsedLead   = 1.5
)

// lapsed says which articles (a) would have answered shortly before $5, as answerable does which answer then.
const lapsed = `a.shop_id = $1 and a.status = 'published' and a.live is not null
		and a.valid_to <= $5 and a.valid_to > $5 - interval '60 days' and coalesce(a.valid_from < a.valid_to, true)
		and ($6 = '' or a.market = '{}' or $6 = any (a.market))`

// Lapsed returns the article that a question is about although it does not answer now; false where the question is about
// what holds, or about nothing that is known.
func (b *Base) Lapsed(ctx context.Context, shop Shop, q Query) (Lapsed, bool, error) {
	q = q.complete(shop)
	var any bool
	err := b.pool.QueryRow(ctx, `
		select exists (select from articles where shop_id = $1 and status = 'published'
			and valid_to <= $2 and valid_to > $3)`,
		shop.ID, q.At, q.At.Add(-lapsedWithin)).Scan(&any)
	if err != nil || !any || q.Text == "" {
		return Lapsed{}, false, err
	}
	found, old, wordsOnly, err := b.findLapsed(ctx, shop, q)
	if err != nil || len(old) == 0 {
		return Lapsed{}, false, err
	}
	result := judge(shop, q, found, wordsOnly)
	if len(result.Hits) == 0 || !old[result.Hits[0].ArticleID] {
		return Lapsed{}, false, nil
	}
	first := result.Hits[0]
	for _, hit := range result.Hits[1:] {
		if !old[hit.ArticleID] && first.Confidence < lapsedLead*hit.Confidence {
			return Lapsed{}, false, nil
		}
	}
	if first.Confidence < lapsedFrom {
		return Lapsed{}, false, nil
	}
	l := Lapsed{ArticleID: first.ArticleID, Ref: first.Ref, Locale: first.Locale, Title: first.Question, Confidence: first.Confidence}
	answer, _ := shop.Settings.Thresholds()
	l.Sure = first.Confidence >= answer
	err = b.pool.QueryRow(ctx, `select valid_to from articles where shop_id = $1 and article_id = $2`, shop.ID, first.ArticleID).Scan(&l.Until)
	if err != nil {
		return Lapsed{}, false, fmt.Errorf("when article %s held: %w", first.ArticleID, err)
	}
	return l, true, nil
}

// findLapsed finds candidates among the articles that answer now and among those that do not any more or not yet, which it
// names.
func (b *Base) findLapsed(ctx context.Context, shop Shop, q Query) (found []candidate, old map[uuid.UUID]bool, wordsOnly bool, err error) {
	var meaning any
	if shop.ActiveSpace != WordsSpace {
		if vector, err := b.questionVector(ctx, shop, q.Text); err == nil {
			meaning = vector
		}
	}
	words := questionWords(q.Text)
	old = map[uuid.UUID]bool{}
	for _, statement := range []string{searchStatement, strings.ReplaceAll(searchStatement, answerable, lapsed)} {
		some, err := b.runSearch(ctx, statement, shop, q, words, meaning)
		if err != nil {
			return nil, nil, false, fmt.Errorf("search in shop %s: %w", shop.Slug, err)
		}
		for _, c := range some {
			if statement != searchStatement {
				old[c.shown.ArticleID] = true
			}
		}
		found = append(found, some...)
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	found = found[:min(len(found), mostCandidates)]
	compareWords(found, words)
	return found, old, meaning == nil, compareBackground(found, q.Text, shop.ActiveSpace)
}

// mostCandidates is how many the search looks at.
const mostCandidates = 80
