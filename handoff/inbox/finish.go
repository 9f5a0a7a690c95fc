package inbox

import (
	"errors"
	"slices"

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

// resolve ends the case. Whoever would leave something owed has to say that they know, and nothing is solved without a word to
// the shopper.
func (f *Face) resolve(c echo.Context) error {
	k, err := f.openCase(c)
	if err != nil {
		return f.done(c, err, "")
	}
	t, err := f.threadOf(c)
	if err != nil {
		return err
	}
	form, _ := c.FormParams()
	ctx, kept, outcome := c.Request().Context(), form["kept"], c.FormValue("outcome")
	switch {
	case k.IsOpen() && t.Silent && handoff.Solves(outcome):
		refuse(c, "did.silent")
		return f.again(c)
	case k.IsOpen() && c.FormValue("settled") == "" && t.leaves(kept):
		refuse(c, "did.owed")
		return f.again(c)
	}
	plan := handoff.Solves(outcome)
	if t.NeedsPlan {
		plan = slices.Contains(kept, planGiven)
	}
	for _, key := range kept {
		if id, bad := uuid.Parse(key); bad == nil && err == nil {
			err = f.desk.KeepPromise(ctx, k.ShopID, k.ID, id, person(c))
		}
	}
	if err == nil {
		err = f.desk.ResolveSaying(ctx, k.ShopID, k.ID, person(c), outcome, seenSeq(c), plan)
	}
	if errors.Is(err, conversation.ErrMoved) {
		refuse(c, "did.moved")
		return f.again(c)
	}
	return f.done(c, err, "did.resolved")
}
