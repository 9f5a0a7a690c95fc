package storefront

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"frontdesk/knowledge"

	"github.com/google/uuid"
)

// GetArticle shows an article that a reply rests on, as it is published now.
func (f *Face) GetArticle(ctx context.Context, r GetArticleRequestObject) (GetArticleResponseObject, error) {
	a, err := f.article(ctx, doorOf(ctx).shop, line(&r.Params.Ref), text(r.Params.Locale))
	if err != nil {
		return nil, err
	}
	return GetArticle200JSONResponse{Ref: a.Ref, Locale: a.Locale, Title: a.Question, Answer: a.Answer, Updated: a.UpdatedAt}, nil
}

// article returns the published variant of a ref that is valid now, in the locale where there is one, else in the
// shop's, else in any. ErrNotFound when none is: drafts, archived and expired articles are nobody's to read.
func (f *Face) article(ctx context.Context, shop knowledge.Shop, ref, locale string) (knowledge.Article, error) {
	variants, err := f.base.Variants(ctx, shop.ID, ref)
	if err != nil {
		return knowledge.Article{}, err
	}
	var best knowledge.Article
	for _, v := range variants {
		live, ok, err := f.live(ctx, shop, v)
		if err != nil {
			return knowledge.Article{}, err
		}
		if ok && (best.Ref == "" || nearness(live.Locale, locale, shop.Locale) > nearness(best.Locale, locale, shop.Locale)) {
			best = live
		}
	}
	if best.Ref == "" {
		return best, fmt.Errorf("published article %q: %w", ref, knowledge.ErrNotFound)
	}
	return best, nil
}

// live returns the version of an article that answers now, if one does.
func (f *Face) live(ctx context.Context, shop knowledge.Shop, head knowledge.Article) (knowledge.Article, bool, error) {
	if head.Status != knowledge.Published || head.Live == 0 {
		return head, false, nil
	}
	if head.Version != head.Live {
		var err error
		if head, err = f.base.Version(ctx, shop.ID, head.ID, head.Live); err != nil {
			return head, false, err
		}
	}
	now := time.Now()
	return head, (head.ValidFrom == nil || !now.Before(*head.ValidFrom)) && (head.ValidTo == nil || now.Before(*head.ValidTo)), nil
}

func nearness(locale, wanted, shops string) int {
	switch {
	case strings.EqualFold(locale, wanted):
		return 3
	case language(locale) == language(wanted):
		return 2
	case language(locale) == language(shops):
		return 1
	}
	return 0
}

// language is the first part of a locale.
func language(locale string) string {
	first, _, _ := strings.Cut(strings.ToLower(locale), "-")
	return first
}

// popular knows which articles of a shop are asked most. Only their ids are kept for a while; whether one is still
// published and valid is read each time.
type popular struct {
	base *knowledge.Base
	mu   sync.Mutex
	kept map[string]ranking
}

type ranking struct {
	ids   []uuid.UUID
	until time.Time
}

const (
	rankingKept = time.Minute
	rankingSize = 12
	suggested   = 3
)

func newPopular(base *knowledge.Base) *popular {
	return &popular{base: base, kept: map[string]ranking{}}
}

// suggestions returns three questions that are asked most in the locale, and that the bot answers: a button of ours leads
// to no queue.
func (f *Face) suggestions(ctx context.Context, shop knowledge.Shop, locale string) ([]string, error) {
	ids, err := f.popular.keep("answered "+shop.ID.String()+locale, func() ([]uuid.UUID, error) { return f.answered(ctx, shop, locale) })
	if err != nil {
		return nil, err
	}
	out := []string{}
	for _, id := range ids {
		a, ok, err := f.liveByID(ctx, shop, id)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, a.Question)
		}
	}
	return out, nil
}

// answered tries the questions that are asked most, without a model, until there are enough that get an answer.
func (f *Face) answered(ctx context.Context, shop knowledge.Shop, locale string) (ids []uuid.UUID, err error) {
	ranked, err := f.popular.ranked(ctx, shop, locale)
	if err != nil {
		return nil, err
	}
	for _, id := range ranked {
		a, ok, err := f.liveByID(ctx, shop, id)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		if ok, err = f.responder.Answers(ctx, shop, locale, a.Question); err != nil {
			return nil, err
		}
		if ok {
			ids = append(ids, id)
		}
		if len(ids) == suggested {
			break
		}
	}
	return ids, nil
}

func (f *Face) liveByID(ctx context.Context, shop knowledge.Shop, id uuid.UUID) (knowledge.Article, bool, error) {
	head, err := f.base.Article(ctx, shop.ID, id)
	if err != nil {
		return head, false, err
	}
	return f.live(ctx, shop, head)
}

func (p *popular) ranked(ctx context.Context, shop knowledge.Shop, locale string) ([]uuid.UUID, error) {
	return p.keep(shop.ID.String()+locale, func() ([]uuid.UUID, error) {
		all, _, err := p.base.List(ctx, shop.ID, knowledge.Filter{Status: knowledge.Published, Locale: locale})
		return rank(all, shop.Market), err
	})
}

// keep returns what was found not long ago, or finds it.
func (p *popular) keep(key string, find func() ([]uuid.UUID, error)) ([]uuid.UUID, error) {
	p.mu.Lock()
	kept, ok := p.kept[key]
	p.mu.Unlock()
	if ok && time.Now().Before(kept.until) {
		return kept.ids, nil
	}
	ids, err := find()
	if err != nil {
		return nil, err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kept[key] = ranking{ids, time.Now().Add(rankingKept)}
	return ids, nil
}

// rank puts the most asked first, one of each topic, those of every market before those of one. Before anything was
// asked, the topics that editors wrote most about, and in them what they expect to be asked in most ways, stand in.
func rank(articles []knowledge.Article, market string) []uuid.UUID {
	breadth := map[string]int{}
	for _, a := range articles {
		breadth[topicOf(a)]++
	}
	far := func(a knowledge.Article) int {
		if len(a.Market) == 0 || slices.Contains(a.Market, market) {
			return 0
		}
		return 1
	}
	slices.SortFunc(articles, func(a, b knowledge.Article) int {
		return cmp.Or(cmp.Compare(far(a), far(b)), cmp.Compare(b.Asked, a.Asked), cmp.Compare(breadth[topicOf(b)], breadth[topicOf(a)]),
			cmp.Compare(len(b.Phrasings), len(a.Phrasings)), strings.Compare(a.Ref, b.Ref))
	})
	var first, rest []uuid.UUID
	topics := map[string]bool{}
	for _, a := range articles {
		topic := topicOf(a)
		if topics[topic] {
			rest = append(rest, a.ID)
			continue
		}
		topics[topic] = true
		first = append(first, a.ID)
	}
	ids := append(first, rest...)
	return ids[:min(len(ids), rankingSize)]
}

// topicOf is an article's first tag; one without tags is a topic of its own.
func topicOf(a knowledge.Article) string {
	if len(a.Tags) > 0 {
		return a.Tags[0]
	}
	return a.Ref
}
