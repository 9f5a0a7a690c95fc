package admin

import (
	"errors"
	"strings"
	"unicode/utf8"

	"frontdesk/cmd/internal/pages"
	"frontdesk/cmd/internal/signin"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

// shopsPage is the shops that this admin's address works for, with a form for another. Those of strangers are none of theirs.
type shopsPage struct {
	Once     *once
	List     []shopRow
	Slug     string
	Name     string
	Locale   string
	Zone     string
	Problems problems
}

type shopRow struct {
	Slug, Name, Zone string
	Roles            []string
	Here             bool
}

func (f *Face) shops(c echo.Context) error {
	shop := signin.Shop(c)
	return f.showShops(c, &shopsPage{Once: f.take(c), Locale: shop.Locale, Zone: shop.TimeZone, Problems: problems{}})
}

func (f *Face) showShops(c echo.Context, page *shopsPage) error {
	ctx, me := c.Request().Context(), who(c)
	accounts, err := f.Staff.Accounts(ctx, me.Email)
	if err != nil {
		return err
	}
	for _, account := range accounts {
		shop, err := f.Base.Shop(ctx, account.ShopID)
		if err != nil {
			return err
		}
		page.List = append(page.List, shopRow{shop.Slug, shop.DisplayName(locale(c)), shop.TimeZone, account.Roles, account.ShopID == me.ShopID})
	}
	return c.Render(page.Problems.status(), "admin/shops", page)
}

func (f *Face) addShop(c echo.Context) error {
	ctx, me := c.Request().Context(), who(c)
	page := &shopsPage{Slug: strings.ToLower(field(c, "slug")), Name: field(c, "name"), Locale: field(c, "locale"), Zone: field(c, "time_zone"), Problems: problems{}}
	page.Problems.add(page.Name == "", "name", "name")
	page.Problems.add(utf8.RuneCountInString(page.Name) > maxName, "name", "long")
	page.Problems.add(!oneOf(page.Locale, pages.Locales...), "locale", "choice")
	page.Problems.add(!knownZone(page.Zone), "time_zone", "zone")
	if len(page.Problems) > 0 {
		return f.showShops(c, page)
	}
	shop, owner, err := f.AddShop(ctx, knowledge.Shop{Slug: page.Slug, Name: page.Name, Locale: page.Locale, TimeZone: page.Zone},
		staff.Person{Email: me.Email, Name: me.Name, Locale: me.Locale, Roles: []string{staff.Admin}})
	page.Problems.add(errors.Is(err, knowledge.ErrExists), "slug", "exists")
	page.Problems.add(errors.Is(err, knowledge.ErrInvalid), "slug", "slug")
	if len(page.Problems) > 0 {
		return f.showShops(c, page)
	}
	if err != nil {
		return err
	}
	link, err := f.Link(ctx, owner, "/admin")
	if err != nil {
		return err
	}
	if err := f.keep(c, once{Text: "admin.once.shop", Name: shop.Name, Secret: link}); err != nil {
		return err
	}
	return f.done(c, "/admin/shops", "shop.add", shop.Slug, map[string]any{"locale": shop.Locale, "time_zone": shop.TimeZone})
}
