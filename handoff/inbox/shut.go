package inbox

import (
	"frontdesk/handoff"

	"github.com/labstack/echo/v4"
)

func (f *Face) block(c echo.Context) error {
	conv := opened(c)
	return f.done(c, f.desk.Block(c.Request().Context(), conv.ShopID, conv.ID, person(c)), "did.blocked")
}

func (f *Face) unblock(c echo.Context) error {
	conv := opened(c)
	return f.done(c, f.desk.Unblock(c.Request().Context(), conv.ShopID, conv.ID, person(c)), "did.unblocked")
}

// eraseAll takes out what the shopper said and is known by. It cannot be undone, so it has to be ticked first.
func (f *Face) eraseAll(c echo.Context) error {
	if c.FormValue("sure") == "" {
		return f.done(c, handoff.ErrInvalid, "")
	}
	return f.done(c, f.erase(c.Request().Context(), opened(c).ID, person(c)), "did.erased")
}
