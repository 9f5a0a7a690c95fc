package editor

import (
	"errors"
	"net/http"
	"slices"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// save stores a draft, then goes back to it or on to its publication. A preview shows the page again and stores nothing.
func (f *Face) save(c echo.Context) error {
	ctx, shop := c.Request().Context(), f.Shop(c)
	var in form
	if err := c.Bind(&in); err != nil {
		return echo.ErrBadRequest
	}
	in.Market = markets(in.Market)
	article, faults := in.article(shop)
	page := editPage{Form: in, Faults: faults}
	if err := f.stored(c, &page, article); err != nil {
		return err
	}
	switch {
	case in.Action == "preview":
		page.Faults = nil
		return f.showForm(c, http.StatusOK, page)
	case len(page.Faults) > 0:
		return f.showForm(c, http.StatusUnprocessableEntity, page)
	case page.Article != nil && page.Article.Version != in.Version:
		page.Moved, page.Form.Version = page.Article, page.Article.Version
		return f.showForm(c, http.StatusConflict, page)
	}
	article.Author = f.author(c)
	saved, err := f.Base.Save(ctx, shop.ID, article)
	if errors.Is(err, knowledge.ErrInvalid) || errors.Is(err, knowledge.ErrExists) {
		page.Faults = refused(err)
		return f.showForm(c, http.StatusUnprocessableEntity, page)
	}
	if err != nil {
		return err
	}
	if ids := in.missed(); len(ids) > 0 {
		if err := f.Base.MarkMissed(ctx, shop.ID, knowledge.MissedDone, ids...); err != nil && !errors.Is(err, knowledge.ErrNotFound) {
			return err
		}
	}
	to := "/knowledge/articles/" + saved.ID.String()
	if in.Action == "review" {
		return c.Redirect(http.StatusSeeOther, to+"/publish")
	}
	f.Flash(c, "editor.flash.saved")
	return c.Redirect(http.StatusSeeOther, to)
}

// stored reads what is there already of the article in the form. A new one may not write over a variant that exists.
func (f *Face) stored(c echo.Context, page *editPage, article knowledge.Article) error {
	ctx, shop := c.Request().Context(), f.Shop(c)
	if article.ID != uuid.Nil {
		head, err := f.Base.Article(ctx, shop.ID, article.ID)
		page.Article = &head
		return err
	}
	if article.Ref == "" {
		return nil
	}
	variants, err := f.Base.Variants(ctx, shop.ID, article.Ref)
	if slices.ContainsFunc(variants, func(a knowledge.Article) bool { return a.Locale == article.Locale }) {
		page.Faults["id"] = &importer.Fault{Code: "taken", Field: "id"}
	}
	return err
}

// preview is the fragment beside the form, as the shopper would see the text.
func (f *Face) preview(c echo.Context) error {
	var in form
	if err := c.Bind(&in); err != nil {
		return echo.ErrBadRequest
	}
	return c.Render(http.StatusOK, "editor/fragment", in)
}

func (f *Face) archive(c echo.Context) error {
	article, err := f.article(c)
	if err != nil {
		return err
	}
	if err := f.Base.Archive(c.Request().Context(), f.Shop(c).ID, article.ID); err != nil {
		return err
	}
	f.note(c, "article.archive", named(article), nil)
	f.Flash(c, "editor.flash.archived")
	return c.Redirect(http.StatusSeeOther, "/knowledge/articles/"+article.ID.String())
}
