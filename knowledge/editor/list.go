package editor

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"frontdesk/knowledge"

	"github.com/google/uuid"
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
	Near     []entry // the closest in meaning of the others, below the last that has the words
	Total    int
	From, To int
	Page     int
	More     bool
	Locales  []string
	Markets  []string
	Kinds    []string
	Views    []string
	Import   string // the name of the file that the list is narrowed to
	Empty    bool   // the shop has no article at all
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
	ids, imported, err := f.importedBy(ctx, shop.ID, q.Import)
	if err != nil {
		return err
	}
	found, total, err := f.Base.Entries(ctx, shop.ID, q.filter(missed, ids))
	if err != nil {
		return err
	}
	page := listPage{Query: q, Total: total, Page: q.Page, Locales: locales(shop.Locale, q.Locale), Views: views(), Import: imported}
	if page.Markets, page.Kinds, err = f.choices(ctx, shop, q.Kind, q.Market); err != nil {
		return err
	}
	wanted := []string{f.Language(c), shop.Locale}
	for _, e := range found {
		one := entryOf(e.Articles, e.Fitting, shop, wanted)
		one.Missed = missed[one.Ref]
		page.Articles = append(page.Articles, one)
	}
	page.From = (q.Page-1)*pageSize + min(1, len(found))
	page.To = page.From + max(len(found)-1, 0)
	page.More = page.To < total
	if strings.ContainsFunc(q.Text, unicode.IsLetter) && !page.More && q.Show == "" && q.Import == "" { // a number means nothing
		if page.Near, err = f.near(ctx, shop, q, found, wanted); err != nil {
			return err
		}
	}
	page.Empty = total == 0 && !q.Filtered() && len(page.Near) == 0
	return c.Render(http.StatusOK, "editor/list", page)
}

// importedBy are the articles that an import has written, and the name of its file; nil for no import.
func (f *Face) importedBy(ctx context.Context, shopID uuid.UUID, text string) ([]uuid.UUID, string, error) {
	if text == "" {
		return nil, "", nil
	}
	id, err := uuid.Parse(text)
	if err != nil {
		return nil, "", echo.ErrNotFound
	}
	one, err := f.Uploads.Get(ctx, shopID, id)
	return one.Report.Stored(), one.Name, err
}

// entryOf is an article in the list. Of its languages that fit, the first of those wanted that there is leads.
func entryOf(articles []knowledge.Article, fitting []uuid.UUID, shop knowledge.Shop, wanted []string) entry {
	var rows []listed
	order := locales(shop.Locale)
	slices.SortStableFunc(articles, func(a, b knowledge.Article) int {
		return slices.Index(order, a.Locale) - slices.Index(order, b.Locale)
	})
	lead := -1
	rank := func(a knowledge.Article) int { // of two, the lesser leads
		if !slices.Contains(fitting, a.ID) {
			return len(wanted) + 1
		}
		if at := slices.Index(wanted, a.Locale); at >= 0 {
			return at
		}
		return len(wanted)
	}
	for i, a := range articles {
		rows = append(rows, listed{Article: a, Window: windowOf(a, shop)})
		if lead < 0 || rank(a) < rank(articles[lead]) {
			lead = i
		}
	}
	one := entry{listed: rows[lead]}
	if len(rows) > 1 {
		one.Languages = rows
	}
	return one
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
