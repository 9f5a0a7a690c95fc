package admin

import (
	"errors"

	"frontdesk/handoff/staff"

	"github.com/labstack/echo/v4"
)

// tokensPage is the programs that may call the APIs.
type tokensPage struct {
	Once     *once
	List     []staff.Token
	Name     string
	Role     string
	Roles    []string
	Problems problems
}

// tokenRoles are those that an API asks for.
func tokenRoles() []string { return []string{staff.Agent, staff.Editor, staff.Admin} }

func (f *Face) tokens(c echo.Context) error {
	return f.showTokens(c, &tokensPage{Once: f.take(c), Role: staff.Agent, Problems: problems{}})
}

func (f *Face) showTokens(c echo.Context, page *tokensPage) (err error) {
	page.Roles = tokenRoles()
	if page.List, err = f.Staff.Tokens(c.Request().Context(), who(c).ShopID); err != nil {
		return err
	}
	return c.Render(page.Problems.status(), "admin/tokens", page)
}

func (f *Face) addToken(c echo.Context) error {
	page := &tokensPage{Name: field(c, "name"), Role: field(c, "role"), Problems: problems{}}
	page.Problems.add(!oneOf(page.Role, tokenRoles()...), "role", "choice")
	var secret string
	var err error
	if len(page.Problems) == 0 {
		secret, err = f.Staff.AddToken(c.Request().Context(), who(c).ShopID, page.Role, page.Name)
	}
	page.Problems.add(errors.Is(err, staff.ErrExists), "name", "exists")
	page.Problems.add(errors.Is(err, staff.ErrInvalid), "name", "slug")
	if len(page.Problems) > 0 {
		return f.showTokens(c, page)
	}
	if err != nil {
		return err
	}
	if err := f.keep(c, once{Text: "admin.once.token", Name: page.Name, Secret: secret}); err != nil {
		return err
	}
	return f.done(c, "/admin/tokens", "token.add", page.Name, map[string]any{"role": page.Role})
}

func (f *Face) revokeToken(c echo.Context) error {
	name := c.Param("name")
	err := f.Staff.Revoke(c.Request().Context(), who(c).ShopID, name)
	if errors.Is(err, staff.ErrToken) {
		return echo.ErrNotFound
	}
	if err != nil {
		return err
	}
	return f.done(c, "/admin/tokens", "token.revoke", name, nil)
}
