package editor

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

type editPage struct {
	Form     form
	Article  *knowledge.Article // as it is stored; nil for a new one
	Window   window             // of the stored one
	Faults   map[string]*importer.Fault
	Moved    *knowledge.Article // what somebody else saved since the editor began
	Tabs     []tab
	Others   []knowledge.Article // the variants in other languages, beside which this one is written
	Locales  []string
	Markets  []string // to choose from
	Kinds    []string
	Zone     string
	Question string // first missed question, of which the article is made
	Apart    *apart // languages that have not followed the newest of them; nil for none
}

// tab is a language of the article: written, or to be written.
type tab struct {
	Locale  string
	Href    string
	Current bool
	Written bool
	Status  string
}

// fresh is the page of a new article. It takes question, answer, phrasing, locale, kind, ref and missed from the address,
// so that a missed question or an agent's answer opens it filled in.
func (f *Face) fresh(c echo.Context) error {
	shop, q := f.Shop(c), c.QueryParams()
	in := form{Ref: q.Get("ref"), Locale: q.Get("locale"), Question: tidy(q.Get("question")), Answer: tidy(q.Get("answer")), Kind: q.Get("kind"),
		Phrasings: strings.Join(kept(q["phrasing"]), "\n"), Missed: q["missed"], Tags: q.Get("tags"), Market: markets(q["market"])}
	if in.Locale == "" && in.Question != "" && f.Detect != nil {
		in.Locale = f.Detect(in.Question)
	}
	if in.Locale == "" { // somebody who reads Spanish pages writes Spanish
		in.Locale = cmp.Or(f.Language(c), shop.Locale)
		if strings.HasPrefix(shop.Locale, in.Locale+"-") { // the shop says which Chinese
			in.Locale = shop.Locale
		}
	}
	if in.Ref != "" {
		variants, err := f.Base.Variants(c.Request().Context(), shop.ID, in.Ref)
		if err != nil {
			return err
		}
		if at := slices.IndexFunc(variants, func(a knowledge.Article) bool { return a.Locale == in.Locale }); at >= 0 {
			return c.Redirect(http.StatusSeeOther, "/knowledge/articles/"+variants[at].ID.String())
		}
		if len(variants) > 0 { // what a translation has in common with its original
			first := formOf(variants[0], shop)
			in.Kind, in.Market, in.Tags, in.ValidFrom, in.ValidTo = first.Kind, first.Market, first.Tags, first.ValidFrom, first.ValidTo
		}
	}
	return f.showForm(c, http.StatusOK, editPage{Form: in})
}

// edit is the page of an article. Phrasings in the address are added to its own: a missed question that it should answer.
func (f *Face) edit(c echo.Context) error {
	article, err := f.article(c)
	if err != nil {
		return err
	}
	page := editPage{Form: formOf(article, f.Shop(c)), Article: &article}
	q := c.QueryParams()
	page.Form.Missed = q["missed"]
	page.Form.Phrasings = strings.Join(kept(append(slices.Clone(article.Phrasings), q["phrasing"]...)), "\n")
	return f.showForm(c, http.StatusOK, page)
}

// byRef leads to an article by the editors' id, in a language where there is one.
func (f *Face) byRef(c echo.Context) error {
	ref, err := url.PathUnescape(c.Param("ref"))
	if err != nil {
		return echo.ErrNotFound
	}
	variants, err := f.Base.Variants(c.Request().Context(), f.Shop(c).ID, ref)
	if err != nil {
		return err
	}
	if len(variants) == 0 {
		return knowledge.ErrNotFound
	}
	best := variants[0]
	for _, a := range variants {
		if a.Locale == c.QueryParam("locale") || best.Locale != c.QueryParam("locale") && a.Locale == f.Shop(c).Locale {
			best = a
		}
	}
	q := c.QueryParams()
	q.Del("locale")
	to := "/knowledge/articles/" + best.ID.String()
	if len(q) > 0 {
		to += "?" + q.Encode()
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// article reads the newest version of the article that the address names.
func (f *Face) article(c echo.Context) (knowledge.Article, error) {
	id, err := uuid.Parse(c.Param("article"))
	if err != nil {
		return knowledge.Article{}, echo.ErrNotFound
	}
	return f.Base.Article(c.Request().Context(), f.Shop(c).ID, id)
}

// showForm completes the page with the article's other languages.
func (f *Face) showForm(c echo.Context, status int, page editPage) error {
	shop := f.Shop(c)
	var variants []knowledge.Article
	var err error
	if page.Form.Ref != "" {
		if variants, err = f.Base.Variants(c.Request().Context(), shop.ID, page.Form.Ref); err != nil {
			return err
		}
	}
	tags := []string{shop.Locale, page.Form.Locale}
	for _, a := range variants {
		tags = append(tags, a.Locale)
	}
	page.Locales, page.Zone = locales(tags...), shop.TimeZone
	if page.Markets, page.Kinds, err = f.choices(c.Request().Context(), shop, page.Form.Kind, page.Form.Market...); err != nil {
		return err
	}
	if page.Article != nil {
		page.Window = windowOf(*page.Article, shop)
		page.Tabs = tabs(page, variants)
		if page.Apart, err = f.apart(c.Request().Context(), shop, *page.Article); err != nil {
			return err
		}
	} else if len(variants) > 0 {
		page.Tabs = tabs(page, variants)
	}
	page.Others = slices.DeleteFunc(variants, func(a knowledge.Article) bool { return a.ID.String() == page.Form.ID })
	return c.Render(status, "editor/edit", page)
}

func tabs(page editPage, variants []knowledge.Article) []tab {
	var all []tab
	for _, locale := range page.Locales {
		one := tab{Locale: locale, Current: locale == page.Form.Locale,
			Href: "/knowledge/new?" + url.Values{"ref": {page.Form.Ref}, "locale": {locale}}.Encode()}
		for _, a := range variants {
			if a.Locale == locale {
				one.Written, one.Status, one.Href = true, a.Status, "/knowledge/articles/"+a.ID.String()
			}
		}
		all = append(all, one)
	}
	return all
}
