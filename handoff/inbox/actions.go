package inbox

import (
	"slices"
	"time"

	"frontdesk/handoff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// claim takes a waiting case. Whoever comes second reads who was first.
func (f *Face) claim(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.Claim(c.Request().Context(), k.ShopID, k.ID, person(c))
	}
	return f.done(c, err, "did.claimed")
}

// takeOver takes the conversation from the bot, the queue, or nobody.
func (f *Face) takeOver(c echo.Context) error {
	conv := opened(c)
	_, err := f.desk.TakeOver(c.Request().Context(), conv.ShopID, conv.ID, person(c))
	return f.done(c, err, "did.claimed")
}

func (f *Face) transfer(c echo.Context) error {
	to := handoff.Transfer{Skill: c.FormValue("skill"), Note: c.FormValue("note")}
	if raw := c.FormValue("to"); raw != "" {
		id, err := uuid.Parse(raw)
		if err != nil {
			return f.done(c, handoff.ErrInvalid, "")
		}
		to.Agent = id
	}
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.Transfer(c.Request().Context(), k.ShopID, k.ID, person(c), to)
	}
	return f.done(c, err, "did.transferred")
}

// wake brings a snoozed case back into sight.
func (f *Face) wake(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.WakeUp(c.Request().Context(), k.ShopID, k.ID, person(c))
	}
	return f.done(c, err, "did.woken")
}

func (f *Face) snooze(c echo.Context) error {
	minutes, err := minutesOf(c)
	if err != nil {
		return f.done(c, err, "")
	}
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.Snooze(c.Request().Context(), k.ShopID, k.ID, person(c), time.Now().Add(minutes))
	}
	return f.done(c, err, "did.snoozed")
}

func (f *Face) solved(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.Solved(c.Request().Context(), k.ShopID, k.ID, person(c))
	}
	return f.done(c, err, "did.solved")
}

func (f *Face) planned(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.Planned(c.Request().Context(), k.ShopID, k.ID, person(c))
	}
	return f.done(c, err, "did.planned")
}

// confirm keeps what is ticked of what the page offers to tick, and takes back the rest.
func (f *Face) confirm(c echo.Context) error {
	k, err := f.openCase(c)
	if err != nil {
		return f.done(c, err, "")
	}
	form, err := c.FormParams()
	if err != nil {
		return f.done(c, handoff.ErrInvalid, "")
	}
	for _, name := range handoff.Confirmations() {
		if slices.Contains(form["offered"], name) && err == nil {
			err = f.desk.Confirm(c.Request().Context(), k.ShopID, k.ID, person(c), name, slices.Contains(form["confirmed"], name))
		}
	}
	return f.done(c, err, "did.confirmed")
}
