package admin

import (
	"net/http"
	"strings"

	"frontdesk/cmd/internal/pages"
	"frontdesk/cmd/internal/signin"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// problems are the ids of the texts that say what is wrong with fields of a form.
type problems map[string]string

// add keeps the first problem of a field.
func (p problems) add(bad bool, field, text string) {
	if bad && p[field] == "" {
		p[field] = "admin.problem." + text
	}
}

// status of a page that shows a form.
func (p problems) status() int {
	if len(p) > 0 {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

const (
	maxName = 80
	maxURL  = 2000
)

func field(c echo.Context, name string) string { return strings.TrimSpace(c.FormValue(name)) }

func who(c echo.Context) staff.Person {
	p, _ := signin.Person(c)
	return p
}

func id(c echo.Context, param string) (uuid.UUID, error) {
	parsed, err := uuid.Parse(c.Param(param))
	if err != nil {
		return uuid.Nil, echo.ErrNotFound
	}
	return parsed, nil
}

// record writes into the audit log who changed what. Detail never holds a secret.
func (f *Face) record(c echo.Context, action, subject string, detail map[string]any) error {
	p := who(c)
	return f.Desk.Record(c.Request().Context(), p.ShopID, handoff.Entry{StaffID: &p.ID, Who: p.Name, Action: action, Subject: subject, Detail: detail})
}

// done records a change that was made and goes back to a page, which says so, unless what was kept for it tells more.
func (f *Face) done(c echo.Context, to, action, subject string, detail map[string]any) error {
	if err := f.record(c, action, subject, detail); err != nil {
		return err
	}
	if c.Get(onceCookie) == nil {
		f.say(c, "admin.saved")
	}
	return c.Redirect(http.StatusSeeOther, to)
}

// say keeps a sentence for the next page.
func (f *Face) say(c echo.Context, text string, pairs ...any) {
	if r, ok := c.Echo().Renderer.(*pages.Renderer); ok {
		r.Flash(c, text, pairs...)
	}
}

// text is a text in the visitor's language, for what templates cannot say.
func text(c echo.Context, id string, pairs ...any) string {
	if r, ok := c.Echo().Renderer.(*pages.Renderer); ok {
		return r.Text(c, id, pairs...)
	}
	return id
}

func locale(c echo.Context) string {
	if r, ok := c.Echo().Renderer.(*pages.Renderer); ok {
		return r.Locale(c)
	}
	return pages.Locales[0]
}
