package admin

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"frontdesk/handoff"

	"github.com/labstack/echo/v4"
)

// hoursPage is when people are on duty and which times the desk grants itself, as typed.
type hoursPage struct {
	Zone                       string
	Now                        time.Time
	Open, Always               bool
	Week                       []handoff.DutyDay
	FirstReply, Plan, Solution string // minutes
	Problems                   problems
}

func (f *Face) hours(c echo.Context) error {
	page, err := f.hoursPage(c)
	if err != nil {
		return err
	}
	return c.Render(http.StatusOK, "admin/hours", page)
}

func (f *Face) hoursPage(c echo.Context) (*hoursPage, error) {
	terms, err := f.Desk.Terms(c.Request().Context(), who(c).ShopID)
	if err != nil {
		return nil, err
	}
	now := time.Now().In(terms.Hours.Zone)
	page := &hoursPage{Zone: terms.Hours.Zone.String(), Now: now, Open: terms.Hours.Open(now), Always: len(terms.Hours.Shifts) == 0, Week: terms.Hours.Week(), Problems: problems{}}
	page.FirstReply, page.Plan, page.Solution = minutes(terms.FirstReply), minutes(terms.Plan), minutes(terms.Solution)
	return page, nil
}

func minutes(d time.Duration) string { return strconv.Itoa(int(d.Minutes())) }

func (f *Face) saveHours(c echo.Context) error {
	page, err := f.hoursPage(c)
	if err != nil {
		return err
	}
	for i := range page.Week {
		page.Week[i].Shifts = field(c, fmt.Sprintf("day-%d", page.Week[i].Weekday))
	}
	shifts, err := handoff.ReadWeek(page.Week)
	if err == nil {
		err = f.Desk.SetHours(c.Request().Context(), who(c).ShopID, shifts)
	}
	switch {
	case errors.Is(err, handoff.ErrOverlap):
		page.Problems["hours"] = "inbox.team.hours.overlap"
	case errors.Is(err, handoff.ErrInvalid):
		page.Problems["hours"] = "inbox.team.hours.bad"
	case err != nil:
		return err
	default:
		return f.done(c, "/admin/hours", "desk.hours", "", map[string]any{"shifts": len(shifts)})
	}
	return c.Render(page.Problems.status(), "admin/hours", page)
}

func (f *Face) saveClocks(c echo.Context) error {
	page, err := f.hoursPage(c)
	if err != nil {
		return err
	}
	page.FirstReply, page.Plan, page.Solution = field(c, "first_reply"), field(c, "plan"), field(c, "solution")
	var times [3]time.Duration
	for i, typed := range []string{page.FirstReply, page.Plan, page.Solution} {
		n, err := strconv.Atoi(typed)
		page.Problems.add(err != nil || n < 1 || n > 7*24*60, "clocks", "clocks")
		times[i] = time.Duration(n) * time.Minute
	}
	if len(page.Problems) == 0 {
		err = f.Desk.SetTerms(c.Request().Context(), who(c).ShopID, times[0], times[1], times[2])
		page.Problems.add(errors.Is(err, handoff.ErrInvalid), "clocks", "clocks")
	}
	if len(page.Problems) > 0 {
		return c.Render(page.Problems.status(), "admin/hours", page)
	}
	if err != nil {
		return err
	}
	return f.done(c, "/admin/hours#clocks", "desk.clocks", "", map[string]any{
		"first_reply": times[0].String(), "plan": times[1].String(), "solution": times[2].String()})
}
