package editor

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"
)

const (
	pageSize     = 60
	expiringSoon = 14 * 24 * time.Hour
	stale        = 180 * 24 * time.Hour // after which what is said should be looked at again
	nearest      = 5                    // articles found by meaning above those found by words
	others       = 2                    // beside them, of markets that are not the shop's own
)

// listQuery is what the list is narrowed to.
type listQuery struct {
	Text   string `query:"q"`
	Status string `query:"status"`
	Locale string `query:"locale"`
	Market string `query:"market"`
	Kind   string `query:"kind"`
	Tag    string `query:"tag"`
	Show   string `query:"show"` // "", expiring, stale, unasked or missed
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

// listed is an article in the list.
type listed struct {
	knowledge.Article
	Missed  int    // open missed questions that came nearest to it
	Window  window // when it is valid
	Passage string // of an article found by meaning: what was found of it
}

// entry is an article in the list, in all its languages that stand beside each other there.
type entry struct {
	listed             // in the language of the page, where it is among them
	Languages []listed // all of them, the first one included; nil for one alone
}

type listPage struct {
	Query    listQuery
	Articles []entry
	Near     []entry // the closest in meaning, on the first page of a search
	Total    int
	From, To int
	Page     int
	More     bool
	Locales  []string
	Markets  []string
	Kinds    []string
	Empty    bool // the shop has no article at all
}

func (f *Face) list(c echo.Context) error {
	ctx, shop := c.Request().Context(), f.Shop(c)
	var q listQuery
	if err := c.Bind(&q); err != nil {
		return echo.ErrBadRequest
	}
	q.Text, q.Page = strings.TrimSpace(q.Text), max(q.Page, 1)
	missed, err := f.missedByRef(ctx, shop.ID, q.Show == "missed")
	if err != nil {
		return err
	}
	articles, total, err := f.narrowed(ctx, shop, q, missed)
	if err != nil {
		return err
	}
	page := listPage{Query: q, Total: total, Page: q.Page, Locales: locales(shop.Locale, q.Locale)}
	if page.Markets, page.Kinds, err = f.choices(ctx, shop, q.Kind, q.Market); err != nil {
		return err
	}
	rows := make([]listed, len(articles))
	for i, a := range articles {
		rows[i] = listed{Article: a, Missed: missed[a.Ref], Window: windowOf(a, shop)}
	}
	page.Articles = entries(rows, f.Language(c), shop.Locale)
	page.From = (q.Page-1)*pageSize + min(1, len(articles))
	page.To = page.From + max(len(articles)-1, 0)
	page.More = page.To < total
	if q.Text != "" && q.Page == 1 && q.Show == "" {
		near, err := f.near(ctx, shop, q)
		if err != nil {
			return err
		}
		if page.Near, err = f.inAllLanguages(ctx, shop, near); err != nil {
			return err
		}
	}
	page.Empty = total == 0 && !q.Filtered() && len(page.Near) == 0
	return c.Render(http.StatusOK, "editor/list", page)
}

// entries puts the languages of an article together where they follow one another; the first of the languages wanted that
// it has leads.
func entries(rows []listed, wanted ...string) []entry {
	var all []entry
	for start := 0; start < len(rows); {
		end := start + 1
		for end < len(rows) && rows[end].Ref == rows[start].Ref {
			end++
		}
		one := entry{listed: rows[start]}
		if end-start > 1 {
			one.Languages = rows[start:end]
		}
		for _, locale := range slices.Backward(wanted) {
			if at := slices.IndexFunc(rows[start:end], func(l listed) bool { return l.Locale == locale }); at >= 0 {
				one.listed = rows[start+at]
			}
		}
		all = append(all, one)
		start = end
	}
	return all
}

// narrowed reads one page of the list. What only the rows themselves tell is picked here, from all of them.
func (f *Face) narrowed(ctx context.Context, shop knowledge.Shop, q listQuery, missed map[string]int) ([]knowledge.Article, int, error) {
	filter := knowledge.Filter{Text: q.Text, Status: q.Status, Locale: q.Locale, Market: q.Market, Kind: strings.ToLower(q.Kind), Tag: q.Tag,
		Limit: pageSize, Offset: (q.Page - 1) * pageSize}
	now := time.Now()
	if q.Show == "expiring" {
		soon := now.Add(expiringSoon)
		filter.ExpiringBefore = &soon
	}
	if q.Show == "" {
		return f.Base.List(ctx, shop.ID, filter)
	}
	filter.Limit, filter.Offset = 0, 0
	all, _, err := f.Base.List(ctx, shop.ID, filter)
	if err != nil {
		return nil, 0, err
	}
	switch q.Show {
	case "unasked":
		all = slices.DeleteFunc(all, func(a knowledge.Article) bool { return a.Asked > 0 || a.Status != knowledge.Published })
	case "stale":
		all = slices.DeleteFunc(all, func(a knowledge.Article) bool {
			return a.Status != knowledge.Published || a.UpdatedAt.After(now.Add(-stale))
		})
		slices.Reverse(all)
	case "missed":
		all = slices.DeleteFunc(all, func(a knowledge.Article) bool { return missed[a.Ref] == 0 })
		slices.SortStableFunc(all, func(a, b knowledge.Article) int { return missed[b.Ref] - missed[a.Ref] })
	case "expiring":
		// What ends soon and can still be prolonged stands before what has ended; the languages of an article stand together.
		slices.SortStableFunc(all, func(a, b knowledge.Article) int {
			ended := func(a knowledge.Article) int {
				if a.ValidTo.After(now) {
					return 0
				}
				return 1
			}
			return cmp.Or(ended(a)-ended(b), a.ValidTo.Compare(*b.ValidTo), strings.Compare(a.Ref, b.Ref))
		})
	}
	start := min((q.Page-1)*pageSize, len(all))
	return all[start:min(start+pageSize, len(all))], len(all), nil
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

// inAllLanguages puts beside each article the languages that it stands in, so that one of them does not pass for the only one.
func (f *Face) inAllLanguages(ctx context.Context, shop knowledge.Shop, near []listed) ([]entry, error) {
	found := entries(near)
	for i, one := range found {
		variants, err := f.Base.Variants(ctx, shop.ID, one.Ref)
		if err != nil {
			return nil, err
		}
		if len(variants) < 2 {
			continue
		}
		found[i].Languages = nil
		for _, v := range variants {
			found[i].Languages = append(found[i].Languages, listed{Article: v})
		}
	}
	return found, nil
}

// near finds the published articles that a shopper who asks this would get, whatever their words.
func (f *Face) near(ctx context.Context, shop knowledge.Shop, q listQuery) ([]listed, error) {
	if q.Status != "" && q.Status != knowledge.Published {
		return nil, nil
	}
	asked := q.Locale
	if asked == "" && f.Detect != nil {
		asked = f.Detect(q.Text)
	}
	hits, err := f.nearHits(ctx, shop, knowledge.Query{Text: q.Text, Locale: asked, Market: q.Market, Limit: nearest})
	if err != nil {
		return nil, err
	}
	var near []listed
	for _, hit := range hits {
		if q.Locale != "" && hit.Locale != q.Locale || q.Kind != "" && !strings.EqualFold(hit.Kind, q.Kind) {
			continue
		}
		a, err := f.Base.Article(ctx, shop.ID, hit.ArticleID)
		if err != nil {
			return nil, err
		}
		if q.Tag == "" || slices.Contains(a.Tags, q.Tag) {
			near = append(near, listed{Article: a, Window: windowOf(a, shop), Passage: hit.Passage})
		}
	}
	return near, nil
}

// nearHits are what a shopper of the shop's own market would find, then what those of the others would.
func (f *Face) nearHits(ctx context.Context, shop knowledge.Shop, q knowledge.Query) ([]knowledge.Hit, error) {
	var hits []knowledge.Hit
	own := cmp.Or(q.Market, shop.Market)
	if region, sure := language.Make(shop.Locale).Region(); own == "" && sure != language.No {
		own = region.String()
	}
	shop.Market = "" // an editor looks for what another market's shoppers are told, too
	for _, market := range slices.Compact([]string{own, q.Market}) {
		q.Market = market
		result, err := f.Base.Search(ctx, shop, q)
		if err != nil {
			return nil, err
		}
		for _, hit := range result.Hits {
			if !slices.ContainsFunc(hits, func(h knowledge.Hit) bool { return h.ArticleID == hit.ArticleID }) {
				hits = append(hits, hit)
			}
		}
	}
	return hits[:min(len(hits), nearest+others)], nil
}

// locales are the languages to choose from: the product's three, the shop's and what is chosen already.
func locales(more ...string) []string {
	all := []string{"zh", "en", "es"}
	for _, locale := range more {
		if locale != "" && !slices.Contains(all, locale) {
			all = append(all, locale)
		}
	}
	return all
}
