package editor

import (
	"net/http"
	"slices"
	"strings"

	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

const pageSize = 60

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
	Views    []string
	Empty    bool // the shop has no article at all
}

func (f *Face) list(c echo.Context) error {
	ctx, shop := c.Request().Context(), f.Shop(c)
	var q listQuery
	if err := c.Bind(&q); err != nil {
		return echo.ErrBadRequest
	}
	q.Text, q.Page = strings.TrimSpace(q.Text), max(q.Page, 1)
	if !slices.Contains(views(), q.Show) {
		q.Show = ""
	}
	missed, err := f.missedByRef(ctx, shop.ID, q.Show == "missed")
	if err != nil {
		return err
	}
	articles, total, err := f.narrowed(ctx, shop, q, missed)
	if err != nil {
		return err
	}
	page := listPage{Query: q, Total: total, Page: q.Page, Locales: locales(shop.Locale, q.Locale), Views: views()}
	if page.Markets, page.Kinds, err = f.choices(ctx, shop, q.Kind, q.Market); err != nil {
		return err
	}
	rows := make([]listed, len(articles))
	for i, a := range articles {
		rows[i] = listed{Article: a, Missed: missed[a.Ref], Window: windowOf(a, shop)}
	}
	if page.Articles, err = f.inAllLanguages(ctx, shop, entries(rows, f.Language(c), shop.Locale)); err != nil {
		return err
	}
	page.From = (q.Page-1)*pageSize + min(1, len(articles))
	page.To = page.From + max(len(articles)-1, 0)
	page.More = page.To < total
	if q.Text != "" && q.Page == 1 && q.Show == "" {
		near, err := f.near(ctx, shop, q)
		if err != nil {
			return err
		}
		if page.Near, err = f.inAllLanguages(ctx, shop, entries(near)); err != nil {
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
