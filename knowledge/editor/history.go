package editor

import (
	"fmt"
	"net/http"
	"strconv"

	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

type historyPage struct {
	Article  knowledge.Article   // the newest version
	Versions []knowledge.Article // the newest first, times in the shop's zone
	From, To int                 // compared
	Differs  []difference
	Zone     string
}

// history shows every version, and what one of them changed: ?to= against ?from=, by default the one before.
func (f *Face) history(c echo.Context) error {
	article, err := f.article(c)
	if err != nil {
		return err
	}
	shop := f.Shop(c)
	page := historyPage{Article: article, To: article.Version, Zone: shop.TimeZone}
	if page.Versions, err = f.Base.History(c.Request().Context(), shop.ID, article.ID); err != nil {
		return err
	}
	for i := range page.Versions {
		page.Versions[i].UpdatedAt = page.Versions[i].UpdatedAt.In(shop.Location())
	}
	if to, err := strconv.Atoi(c.QueryParam("to")); err == nil {
		page.To = to
	}
	page.From = page.To - 1
	if from, err := strconv.Atoi(c.QueryParam("from")); err == nil {
		page.From = from
	}
	old, new := page.version(page.From), page.version(page.To)
	if new.Version == 0 || page.From > 0 && old.Version == 0 {
		return knowledge.ErrNotFound
	}
	page.Differs = differences(old, new, shop)
	return c.Render(http.StatusOK, "editor/history", page)
}

// version is one of the versions; 0 is the empty one before the first.
func (p historyPage) version(n int) knowledge.Article {
	for _, v := range p.Versions {
		if v.Version == n {
			return v
		}
	}
	return knowledge.Article{Locale: p.Article.Locale, Kind: p.Article.Kind}
}

// Restored is the version that this one brought back; 0 for a change that an editor wrote.
func (p historyPage) Restored(v knowledge.Article) int {
	var old int
	if n, err := fmt.Sscanf(v.Note, "v%d", &old); err != nil || n != 1 || v.Note != fmt.Sprintf("v%d", old) || old >= v.Version {
		return 0
	}
	if was := p.version(old); was.Answer != v.Answer || was.Question != v.Question {
		return 0 // somebody wrote so
	}
	return old
}

// rollback writes an old version anew as a draft, and leads to the check of what it would change: it goes live there.
func (f *Face) rollback(c echo.Context) error {
	article, err := f.article(c)
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(c.FormValue("version"))
	if err != nil {
		return echo.ErrBadRequest
	}
	old, err := f.Base.Version(c.Request().Context(), f.Shop(c).ID, article.ID, version)
	if err != nil {
		return err
	}
	old.Author, old.Note = f.author(c), fmt.Sprintf("v%d", version)
	if _, err := f.Base.Save(c.Request().Context(), f.Shop(c).ID, old); err != nil {
		return err
	}
	f.note(c, "article.rollback", named(article), map[string]any{"version": version})
	f.Flash(c, "editor.flash.rolled_back", "Version", version)
	return c.Redirect(http.StatusSeeOther, "/knowledge/articles/"+article.ID.String()+"/publish")
}
