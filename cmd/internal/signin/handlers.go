package signin

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// form is what the sign-in page shows.
type form struct {
	Email   string
	Next    string
	Problem string // id of a text
	Shops   []choice
}

type choice struct{ ID, Name string }

// Routes adds the sign-in pages. They need the Sessions middleware.
func (d *Door) Routes(e *echo.Group) {
	e.GET("/sign-in", d.show)
	e.POST("/sign-in", d.submit)
	e.POST("/sign-out", d.signOut)
	e.GET("/sign-in/link/:token", d.showLink)
	e.POST("/sign-in/link/:token", d.useLink)
	e.GET("/sign-in/password", d.showPassword)
	e.POST("/sign-in/password", d.setPassword)
}

func (d *Door) show(c echo.Context) error {
	return c.Render(http.StatusOK, "signin/form", form{Next: localPath(c.QueryParam("next"))})
}

func (d *Door) submit(c echo.Context) error {
	f := form{Email: strings.TrimSpace(c.FormValue("email")), Next: localPath(c.FormValue("next"))}
	people, err := d.staff.SignIn(c.Request().Context(), f.Email, c.FormValue("password"))
	switch {
	case errors.Is(err, staff.ErrWrong):
		f.Problem = "signin.wrong"
	case errors.Is(err, staff.ErrLocked):
		f.Problem = "signin.locked"
	case err != nil:
		return err
	}
	if f.Problem != "" {
		return c.Render(http.StatusUnauthorized, "signin/form", f)
	}
	person := people[0]
	if len(people) > 1 {
		chosen, err := uuid.Parse(c.FormValue("shop"))
		found := false
		for _, p := range people {
			if err == nil && p.ShopID == chosen {
				person, found = p, true
			}
		}
		if !found {
			return d.chooseShop(c, f, people)
		}
	}
	if err := d.signIn(c, person); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, home(person, f.Next))
}

func (d *Door) chooseShop(c echo.Context, f form, people []staff.Person) error {
	for _, p := range people {
		shop, err := d.base.Shop(c.Request().Context(), p.ShopID)
		if err != nil {
			return err
		}
		f.Shops = append(f.Shops, choice{p.ShopID.String(), shop.Name})
	}
	f.Problem = "signin.which_shop"
	return c.Render(http.StatusOK, "signin/form", f)
}

func (d *Door) signOut(c echo.Context) error {
	if err := d.sessions.Destroy(c.Request().Context()); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/sign-in")
}

// showLink asks for one click before the link is used, because mail programs open links to look at them.
// One that opens nothing any more says so at once.
func (d *Door) showLink(c echo.Context) error {
	err := d.staff.LinkStands(c.Request().Context(), c.Param("token"))
	if errors.Is(err, staff.ErrLink) {
		return c.Render(http.StatusUnauthorized, "signin/form", form{Problem: "signin.link_used"})
	}
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, "signin/link", form{Next: localPath(c.QueryParam("next"))})
}

func (d *Door) useLink(c echo.Context) error {
	person, err := d.staff.UseLink(c.Request().Context(), c.Param("token"))
	if errors.Is(err, staff.ErrLink) {
		return c.Render(http.StatusUnauthorized, "signin/form", form{Problem: "signin.link_used"})
	}
	if err != nil {
		return err
	}
	if err := d.signIn(c, person); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, home(person, localPath(c.FormValue("next"))))
}

func (d *Door) showPassword(c echo.Context) error {
	if _, ok := Person(c); !ok {
		return c.Redirect(http.StatusSeeOther, "/sign-in?next=/sign-in/password")
	}
	return c.Render(http.StatusOK, "signin/password", form{})
}

func (d *Door) setPassword(c echo.Context) error {
	person, ok := Person(c)
	if !ok {
		return echo.ErrUnauthorized
	}
	if c.FormValue("password") != c.FormValue("again") {
		return c.Render(http.StatusUnprocessableEntity, "signin/password", form{Problem: "signin.not_same"})
	}
	ctx := c.Request().Context()
	err := d.staff.SetPassword(ctx, person.ShopID, person.ID, c.FormValue("password"))
	if errors.Is(err, staff.ErrInvalid) {
		return c.Render(http.StatusUnprocessableEntity, "signin/password", form{Problem: "signin.too_short"})
	}
	if err != nil {
		return err
	}
	if person, err = d.staff.Person(ctx, person.ShopID, person.ID); err != nil {
		return err
	}
	if err := d.signIn(c, person); err != nil { // this session goes on, the others have ended
		return err
	}
	return c.Redirect(http.StatusSeeOther, home(person, ""))
}

// home is where a person's work is.
func home(p staff.Person, next string) string {
	switch {
	case next != "":
		return next
	case p.Has(staff.Admin):
		return "/admin"
	case p.Has(staff.Agent):
		return "/inbox"
	}
	return "/knowledge"
}

// localPath keeps a path of this site, and drops whatever leads elsewhere.
func localPath(raw string) string {
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "" || u.Host != "" || !strings.HasPrefix(raw, "/") || strings.HasPrefix(raw, "//") || strings.ContainsAny(raw, "\\\r\n") {
		return ""
	}
	return raw
}
