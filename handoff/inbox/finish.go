package inbox

import (
	"errors"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// giveBack returns the case to the bot. Whoever has promised something has to say that it will not be done.
func (f *Face) giveBack(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil && c.FormValue("settled") == "" {
		t, err := f.threadOf(c)
		if err != nil {
			return err
		}
		if k.IsOpen() && t.Promised {
			refuse(c, "did.unsettled")
			return f.again(c)
		}
	}
	if err == nil {
		err = f.desk.Return(c.Request().Context(), k.ShopID, k.ID, person(c))
	}
	return f.done(c, err, "did.returned")
}

// resolve ends the case. Whoever would leave something owed has to say that they know.
func (f *Face) resolve(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil && c.FormValue("settled") == "" {
		if owing, err := f.owing(c, k); err != nil || owing {
			if err != nil {
				return err
			}
			refuse(c, "did.owed")
			return f.again(c)
		}
	}
	form, _ := c.FormParams()
	for _, key := range form["kept"] {
		if id, bad := uuid.Parse(key); bad == nil && err == nil {
			err = f.desk.KeepPromise(c.Request().Context(), k.ShopID, k.ID, id, person(c))
		}
	}
	if err == nil {
		err = f.desk.Resolve(c.Request().Context(), k.ShopID, k.ID, person(c), c.FormValue("outcome"), seenSeq(c))
	}
	if errors.Is(err, conversation.ErrMoved) {
		refuse(c, "did.moved")
		return f.again(c)
	}
	return f.done(c, err, "did.resolved")
}

// owing says whether the page shows something that closing the case would leave open.
func (f *Face) owing(c echo.Context, k handoff.Case) (bool, error) {
	t, err := f.threadOf(c)
	return err == nil && k.IsOpen() && (len(t.Owes) > 0 || t.Pledge != nil), err
}
