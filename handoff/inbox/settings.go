package inbox

import (
	"errors"
	"net/http"

	"frontdesk/handoff"

	"github.com/labstack/echo/v4"
)

// set goes back to the team page with a sentence on how a change went, and notes in the audit log who made it.
func (f *Face) set(c echo.Context, err error, action string, detail map[string]any) error {
	p := person(c)
	switch {
	case errors.Is(err, handoff.ErrInvalid):
		refuse(c, "did.invalid")
	case errors.Is(err, handoff.ErrExists):
		refuse(c, "did.exists")
	case err != nil:
		return err
	default:
		id := p.ID
		entry := handoff.Entry{StaffID: &id, Who: p.Name, Action: action, Subject: p.ShopID.String(), Detail: detail}
		if err := f.desk.Record(c.Request().Context(), p.ShopID, entry); err != nil {
			return err
		}
		flash(c, "did.saved")
	}
	return c.Redirect(http.StatusSeeOther, "/inbox/team")
}
