package admin

import (
	"errors"
	"net/http"
	"slices"
	"time"
	"unicode/utf8"

	"frontdesk/cmd/internal/pages"
	"frontdesk/cmd/internal/signin"
	"frontdesk/handoff/staff"

	"github.com/labstack/echo/v4"
)

// peoplePage is who works here, with a form for somebody new.
type peoplePage struct {
	Once     *once
	List     []personRow
	New      personForm
	Problems problems
}

type personRow struct {
	staff.Person
	Locked bool
	Me     bool
}

// personForm is somebody as typed.
type personForm struct {
	Name, Email, Locale string
	Roles               []string
	Disabled            bool
}

func (f *Face) people(c echo.Context) error {
	return f.showPeople(c, &peoplePage{Once: f.take(c), New: personForm{Locale: locale(c), Roles: []string{staff.Agent}}, Problems: problems{}})
}

func (f *Face) showPeople(c echo.Context, page *peoplePage) error {
	ctx, me := c.Request().Context(), who(c)
	list, err := f.Staff.List(ctx, me.ShopID)
	if err != nil {
		return err
	}
	locked, err := f.Staff.Locked(ctx, me.ShopID)
	if err != nil {
		return err
	}
	for _, p := range list {
		_, isLocked := locked[p.ID]
		page.List = append(page.List, personRow{p, isLocked, p.ID == me.ID})
	}
	return c.Render(page.Problems.status(), "admin/people", page)
}

func readPerson(c echo.Context, p problems) personForm {
	typed := personForm{Name: field(c, "name"), Email: field(c, "email"), Locale: field(c, "locale"), Disabled: c.FormValue("disabled") != ""}
	for _, role := range staff.Roles() {
		if slices.Contains(c.Request().Form["roles"], role) {
			typed.Roles = append(typed.Roles, role)
		}
	}
	p.add(typed.Name == "", "name", "name")
	p.add(utf8.RuneCountInString(typed.Name) > maxName, "name", "long")
	p.add(len(typed.Roles) == 0, "roles", "roles")
	p.add(typed.Locale != "" && !oneOf(typed.Locale, pages.Locales...), "locale", "choice")
	return typed
}

// refused notes what the store would not take.
func refused(err error, p problems) bool {
	p.add(errors.Is(err, staff.ErrExists), "email", "exists")
	p.add(errors.Is(err, staff.ErrInvalid), "email", "email")
	return len(p) > 0
}

func (f *Face) addPerson(c echo.Context) error {
	ctx, p := c.Request().Context(), problems{}
	typed := readPerson(c, p)
	var added staff.Person
	var err error
	if len(p) == 0 {
		added, err = f.Staff.Add(ctx, staff.Person{ShopID: who(c).ShopID, Email: typed.Email, Name: typed.Name, Locale: typed.Locale, Roles: typed.Roles})
	}
	if refused(err, p) {
		return f.showPeople(c, &peoplePage{New: typed, Problems: p})
	}
	if err != nil {
		return err
	}
	if err := f.keepLink(c, added, "admin.once.link"); err != nil {
		return err
	}
	return f.done(c, "/admin/people", "person.add", added.Email, map[string]any{"roles": added.Roles})
}

func (f *Face) keepLink(c echo.Context, p staff.Person, text string) error {
	link, err := f.Link(c.Request().Context(), p, "")
	if err != nil {
		return err
	}
	return f.keep(c, once{Text: text, Name: p.Name, Secret: link})
}

// personPage is one person's account.
type personPage struct {
	Once     *once
	Person   staff.Person
	Form     personForm
	Password bool
	Locked   bool
	Until    time.Time
	Me       bool
	Problems problems
}

func (f *Face) person(c echo.Context) error {
	p, err := f.thePerson(c)
	if err != nil {
		return err
	}
	return f.showPerson(c, p, personForm{p.Name, p.Email, p.Locale, p.Roles, p.Disabled}, problems{})
}

func (f *Face) showPerson(c echo.Context, p staff.Person, typed personForm, wrong problems) error {
	ctx := c.Request().Context()
	page := &personPage{Once: f.take(c), Person: p, Form: typed, Me: p.ID == who(c).ID, Problems: wrong}
	locked, err := f.Staff.Locked(ctx, p.ShopID)
	if err != nil {
		return err
	}
	page.Until, page.Locked = locked[p.ID]
	page.Until = page.Until.In(signin.Shop(c).Location())
	if page.Password, err = f.Staff.HasPassword(ctx, p.ShopID, p.ID); err != nil {
		return err
	}
	return c.Render(wrong.status(), "admin/person", page)
}

// thePerson is a person of this shop; a token's account is none.
func (f *Face) thePerson(c echo.Context) (staff.Person, error) {
	personID, err := id(c, "person")
	if err != nil {
		return staff.Person{}, err
	}
	list, err := f.Staff.List(c.Request().Context(), who(c).ShopID)
	if err != nil {
		return staff.Person{}, err
	}
	at := slices.IndexFunc(list, func(p staff.Person) bool { return p.ID == personID })
	if at < 0 {
		return staff.Person{}, echo.ErrNotFound
	}
	return list[at], nil
}

// savePerson changes an account. Nobody shuts themselves out: the admin who is at work stays one, so a shop is never without.
func (f *Face) savePerson(c echo.Context) error {
	old, err := f.thePerson(c)
	if err != nil {
		return err
	}
	wrong := problems{}
	typed := readPerson(c, wrong)
	if old.ID == who(c).ID {
		wrong.add(typed.Disabled || !slices.Contains(typed.Roles, staff.Admin), "roles", "yourself")
	}
	next := old
	next.Name, next.Email, next.Locale, next.Roles, next.Disabled = typed.Name, typed.Email, typed.Locale, typed.Roles, typed.Disabled
	if len(wrong) == 0 {
		err = f.Staff.Update(c.Request().Context(), next)
	}
	if refused(err, wrong) {
		return f.showPerson(c, old, typed, wrong)
	}
	if err != nil {
		return err
	}
	return f.done(c, "/admin/people", "person.save", next.Email, map[string]any{"roles_before": old.Roles, "roles": next.Roles, "disabled": next.Disabled})
}

func (f *Face) newLink(c echo.Context) error {
	p, err := f.thePerson(c)
	if err != nil {
		return err
	}
	if p.Disabled {
		return echo.ErrNotFound
	}
	if err := f.keepLink(c, p, "admin.once.link"); err != nil {
		return err
	}
	if err := f.record(c, "person.link", p.Email, nil); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, "/admin/people/"+p.ID.String())
}

func (f *Face) unlock(c echo.Context) error {
	p, err := f.thePerson(c)
	if err != nil {
		return err
	}
	if err := f.Staff.Unlock(c.Request().Context(), p.ShopID, p.ID); err != nil {
		return err
	}
	return f.done(c, "/admin/people/"+p.ID.String(), "person.unlock", p.Email, nil)
}
