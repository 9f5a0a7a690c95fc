package inbox

import (
	"context"
	"errors"
	"strconv"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// pledge is what an agent's own words promise, offered as a promise with a clock.
type pledge struct {
	Seq   int64
	Said  string
	At    string // as <input type=datetime-local> has it, on the shop's clock
	Text  string
	Their string // the same time where the shopper is; "" where it is the same
}

// fillPledge reads what the person has promised in passing; nothing becomes a promise before they say so.
func (f *Face) fillPledge(ctx context.Context, v view, conv conversation.Conversation, k handoff.Case, p staff.Person, t *thread) error {
	found, err := f.desk.Pledged(ctx, k, p)
	if errors.Is(err, handoff.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	t.Pledge = &pledge{Seq: found.Seq, Said: found.Said, At: found.Due.In(v.Zone).Format(promiseTime), Text: v.moment(found.Due)}
	v.Theirs = conv.Shopper.Clock(v.Zone)
	t.Pledge.Their = v.theirs(found.Due)
	return nil
}

const promiseTime = "2006-01-02T15:04"

// promise notes what was promised. Where the person's own words made the page offer it, it offers it no longer.
func (f *Face) promise(c echo.Context) error {
	due, err := f.dueOf(c)
	if err != nil {
		return f.done(c, err, "")
	}
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.Promise(c.Request().Context(), k.ShopID, k.ID, person(c), c.FormValue("said"), due)
	}
	if err == nil && c.FormValue("pledge") != "" {
		err = f.settle(c, k)
	}
	return f.done(c, err, "did.promised")
}

// settlePledge waves away what the page offers to note as a promise.
func (f *Face) settlePledge(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil {
		err = f.settle(c, k)
	}
	return f.done(c, err, "")
}

func (f *Face) settle(c echo.Context, k handoff.Case) error {
	seq, err := strconv.ParseInt(c.FormValue("pledge"), 10, 64)
	if err != nil {
		return handoff.ErrInvalid
	}
	return f.desk.SettlePledge(c.Request().Context(), k.ShopID, k.ID, person(c), seq)
}

func (f *Face) keepPromise(c echo.Context) error {
	id, err := uuid.Parse(c.Param("promise"))
	if err != nil {
		return echo.ErrNotFound
	}
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.KeepPromise(c.Request().Context(), k.ShopID, k.ID, id, person(c))
	}
	return f.done(c, err, "did.kept")
}

// dueOf reads by when something is promised: a time on the shop's clock or, where none was entered, a number of minutes.
func (f *Face) dueOf(c echo.Context) (time.Time, error) {
	if at := c.FormValue("at"); at != "" {
		due, err := time.ParseInLocation(promiseTime, at, f.viewOf(c).Zone)
		if err != nil || time.Until(due) > 366*24*time.Hour {
			return due, handoff.ErrInvalid
		}
		return due, nil
	}
	minutes, err := minutesOf(c)
	return time.Now().Add(minutes), err
}
