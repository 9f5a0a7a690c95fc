package editor

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/knowledge"

	"github.com/google/uuid"
)

const (
	expiringSoon = 14 * 24 * time.Hour
	stale        = 180 * 24 * time.Hour // after which what is said should be looked at again
)

// views are what in the list needs attention: what ends within two weeks, has ended, has not begun, was not changed for half a
// year, was never asked and is often missed.
func views() []string { return []string{"ending", "ended", "early", "stale", "unasked", "missed"} }

// listQuery is what the list is narrowed to.
type listQuery struct {
	Text   string `query:"q"`
	Status string `query:"status"`
	Locale string `query:"locale"`
	Market string `query:"market"`
	Kind   string `query:"kind"`
	Tag    string `query:"tag"`
	Show   string `query:"show"` // "" or one of views
	Page   int    `query:"page"`
}

// With is the address of the same list with one thing different.
func (q listQuery) With(name string, value any) string {
	v := url.Values{}
	for key, text := range map[string]string{"q": q.Text, "status": q.Status, "locale": q.Locale, "market": q.Market, "kind": q.Kind, "tag": q.Tag, "show": q.Show} {
		if text != "" {
			v.Set(key, text)
		}
	}
	switch value := value.(type) {
	case int:
		v.Set(name, strconv.Itoa(value))
	case string:
		v.Set(name, value)
		if value == "" {
			v.Del(name)
		}
	}
	if len(v) == 0 {
		return "/knowledge"
	}
	return "/knowledge?" + v.Encode()
}

// Filtered says whether anything narrows the list.
func (q listQuery) Filtered() bool {
	q.Page = 0
	return q != listQuery{}
}

// narrowed reads one page of the list. What only the rows themselves tell is picked here, from all of them.
func (f *Face) narrowed(ctx context.Context, shop knowledge.Shop, q listQuery, missed map[string]int) ([]knowledge.Article, int, error) {
	filter := knowledge.Filter{Text: q.Text, Status: q.Status, Locale: q.Locale, Market: q.Market, Kind: strings.ToLower(q.Kind), Tag: q.Tag,
		Limit: pageSize, Offset: (q.Page - 1) * pageSize}
	if q.Show == "" {
		return f.Base.List(ctx, shop.ID, filter)
	}
	filter.Limit, filter.Offset = 0, 0
	all, _, err := f.Base.List(ctx, shop.ID, filter)
	if err != nil {
		return nil, 0, err
	}
	all = viewed(all, q.Show, time.Now(), missed)
	start := min((q.Page-1)*pageSize, len(all))
	return all[start:min(start+pageSize, len(all))], len(all), nil
}

// viewed are the articles of a view, what is most pressing first; the languages of an article stand together where its dates say
// when it is due.
func viewed(all []knowledge.Article, view string, now time.Time, missed map[string]int) []knowledge.Article {
	without := func(in func(a knowledge.Article) bool) {
		all = slices.DeleteFunc(all, func(a knowledge.Article) bool { return !in(a) })
	}
	switch view {
	case "unasked":
		without(func(a knowledge.Article) bool { return a.Asked == 0 && a.Status == knowledge.Published })
	case "stale":
		without(func(a knowledge.Article) bool {
			return a.Status == knowledge.Published && !a.UpdatedAt.After(now.Add(-stale))
		})
		slices.Reverse(all)
	case "missed":
		without(func(a knowledge.Article) bool { return missed[a.Ref] > 0 })
		slices.SortStableFunc(all, func(a, b knowledge.Article) int { return missed[b.Ref] - missed[a.Ref] })
	case "ending":
		without(func(a knowledge.Article) bool {
			return a.ValidTo != nil && a.ValidTo.After(now) && a.ValidTo.Before(now.Add(expiringSoon)) && !early(a, now)
		})
		due(all, func(a, b knowledge.Article) int { return a.ValidTo.Compare(*b.ValidTo) })
	case "ended":
		without(func(a knowledge.Article) bool { return a.ValidTo != nil && !a.ValidTo.After(now) })
		due(all, func(a, b knowledge.Article) int { return b.ValidTo.Compare(*a.ValidTo) })
	case "early":
		without(func(a knowledge.Article) bool { return early(a, now) })
		due(all, func(a, b knowledge.Article) int { return a.ValidFrom.Compare(*b.ValidFrom) })
	}
	return all
}

// early says whether an article has not begun to answer.
func early(a knowledge.Article, now time.Time) bool {
	return a.ValidFrom != nil && a.ValidFrom.After(now)
}

// due sorts articles by a date of theirs, and the languages of one beside each other.
func due(all []knowledge.Article, date func(a, b knowledge.Article) int) {
	slices.SortStableFunc(all, func(a, b knowledge.Article) int { return cmp.Or(date(a, b), strings.Compare(a.Ref, b.Ref)) })
}

// missedByRef counts the open missed questions by the article that came nearest to each.
func (f *Face) missedByRef(ctx context.Context, shopID uuid.UUID, wanted bool) (map[string]int, error) {
	counts := map[string]int{}
	if !wanted {
		return counts, nil
	}
	groups, err := f.Base.MissedQuestions(ctx, shopID, knowledge.MissedOpen)
	for _, group := range groups {
		for _, m := range group.Questions {
			if m.Best != "" {
				counts[m.Best]++
			}
		}
	}
	return counts, err
}
