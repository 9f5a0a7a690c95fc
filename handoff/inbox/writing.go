package inbox

import (
	"errors"
	"net/http"
	"strings"

	"frontdesk/handoff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// draft keeps what is being written, and shows the shopper and colleagues that somebody writes.
func (f *Face) draft(c echo.Context) error {
	ctx, conv, p := c.Request().Context(), opened(c), person(c)
	if err := f.desk.SaveDraft(ctx, conv.ShopID, conv.ID, p.ID, c.FormValue("body"), seenSeq(c)); err != nil {
		if errors.Is(err, handoff.ErrInvalid) {
			return c.NoContent(http.StatusUnprocessableEntity)
		}
		return err
	}
	if conv.AgentID != nil && *conv.AgentID == p.ID {
		f.feed.Typing(conv.ShopID, conv.ID, p.Name)
		if err := f.desk.Touch(ctx, conv.ShopID, conv.ID, p.ID, true); err != nil {
			return err
		}
	}
	return c.NoContent(http.StatusNoContent)
}

// insert adds a macro, a piece of the packet's draft, or an article to the reply, or puts a new wording in its place; the way
// that needs no script.
func (f *Face) insert(c echo.Context) error {
	ctx, conv, p := c.Request().Context(), opened(c), person(c)
	piece := c.FormValue("text")
	if id, err := uuid.Parse(c.FormValue("macro")); err == nil && piece == "" {
		if piece, err = f.macroBody(c, id); err != nil {
			return err
		}
	}
	body := c.FormValue("body")
	if !c.Request().PostForm.Has("body") {
		draft, err := f.desk.Draft(ctx, conv.ShopID, conv.ID, p.ID)
		if err != nil {
			return err
		}
		body = draft.Body
	}
	if c.QueryParam("instead") != "" {
		body = ""
	}
	body = strings.Join(nonEmpty(strings.TrimSpace(body), piece), "\n\n")
	err := f.desk.SaveDraft(ctx, conv.ShopID, conv.ID, p.ID, body, seenSeq(c))
	return f.done(c, err, "")
}

func (f *Face) macroBody(c echo.Context, id uuid.UUID) (string, error) {
	macros, err := f.macrosFor(c.Request().Context(), opened(c), person(c))
	if err != nil {
		return "", err
	}
	for _, m := range macros {
		if m.ID == id {
			return m.Body, nil
		}
	}
	return "", echo.ErrNotFound
}

func (f *Face) note(c echo.Context) error {
	conv := opened(c)
	k, err := f.desk.CaseOf(c.Request().Context(), conv.ShopID, conv.ID)
	if err == nil {
		err = f.desk.Note(c.Request().Context(), k.ShopID, k.ID, person(c), c.FormValue("body"))
	}
	return f.done(c, err, "did.noted")
}

func nonEmpty(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}
