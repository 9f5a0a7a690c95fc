package admin

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
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
	Week                       []weekday
	FirstReply, Plan, Solution string // minutes
	Problems                   problems
}

// weekday is one day's shifts, with room for one more.
type weekday struct {
	Day   int // 0 = Sunday
	Slots []slot
}

// slot is one shift as typed, each side "09:30" or empty. Name begins its fields.
type slot struct{ Name, Opens, Closes string }

const (
	slotsShown = 2
	maxSlots   = 12
)

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
	page := &hoursPage{Zone: terms.Hours.Zone.String(), Now: now, Open: terms.Hours.Open(now), Always: len(terms.Hours.Shifts) == 0, Problems: problems{}}
	page.FirstReply, page.Plan, page.Solution = minutes(terms.FirstReply), minutes(terms.Plan), minutes(terms.Solution)
	for i := 1; i <= 7; i++ { // a week begins on Monday where our shops are
		page.Week = append(page.Week, shifts(i%7, terms.Hours.Shifts))
	}
	return page, nil
}

func shifts(day int, all []handoff.Shift) weekday {
	w := weekday{Day: day}
	for _, s := range all {
		if int(s.Weekday) == day {
			w.Slots = append(w.Slots, slot{slotName(day, len(w.Slots)), s.Opens.String(), (s.Closes % (24 * 60)).String()})
		}
	}
	for len(w.Slots) < slotsShown {
		w.Slots = append(w.Slots, slot{Name: slotName(day, len(w.Slots))})
	}
	return w
}

func slotName(day, i int) string { return fmt.Sprintf("d%d_%d", day, i) }

func minutes(d time.Duration) string { return strconv.Itoa(int(d.Minutes())) }

func (f *Face) saveHours(c echo.Context) error {
	page, err := f.hoursPage(c)
	if err != nil {
		return err
	}
	typed := page.read(c)
	if len(page.Problems) == 0 {
		err = f.Desk.SetHours(c.Request().Context(), who(c).ShopID, typed)
		page.Problems.add(errors.Is(err, handoff.ErrInvalid) || errors.Is(err, handoff.ErrExists), "hours", "hours")
	}
	if len(page.Problems) > 0 {
		return c.Render(page.Problems.status(), "admin/hours", page)
	}
	if err != nil {
		return err
	}
	return f.done(c, "/admin/hours", "desk.hours", "", map[string]any{"shifts": len(typed)})
}

// read takes the week from the form, as shifts and for showing it again.
func (p *hoursPage) read(c echo.Context) (all []handoff.Shift) {
	for i := range p.Week {
		day := &p.Week[i]
		day.Slots = nil
		for n := range maxSlots {
			s := slot{Name: slotName(day.Day, n)}
			s.Opens, s.Closes = field(c, s.Name+"_opens"), field(c, s.Name+"_closes")
			if n < slotsShown || s.Opens != "" || s.Closes != "" {
				day.Slots = append(day.Slots, s)
			}
			if s.Opens == "" && s.Closes == "" {
				continue
			}
			opens, err := handoff.ParseMinute(s.Opens)
			closes, wrong := handoff.ParseMinute(s.Closes)
			p.Problems.add(err != nil || wrong != nil, "hours", "hours")
			all = append(all, handoff.Shift{Weekday: time.Weekday(day.Day), Opens: opens, Closes: closes})
		}
	}
	p.Problems.add(overlap(all), "hours", "overlap")
	return all
}

// overlap says whether two shifts of one day share time. A shift that closes no later than it opens lasts beyond midnight.
func overlap(all []handoff.Shift) bool {
	end := func(s handoff.Shift) handoff.Minute {
		if s.Closes <= s.Opens {
			return s.Closes + 24*60
		}
		return s.Closes
	}
	return slices.ContainsFunc(all, func(a handoff.Shift) bool {
		n := 0
		for _, b := range all {
			if a.Weekday == b.Weekday && a.Opens < end(b) && b.Opens < end(a) {
				n++
			}
		}
		return n > 1 // itself and another
	})
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
