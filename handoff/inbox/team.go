package inbox

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// teamPage is what a supervisor watches and sets.
type teamPage struct {
	Waiting, Open, Breached, Alarm, Online int
	Duty                                   bool // the desk is open now
	Alarms                                 []alarm
	People                                 []handoff.OnDuty
	Dead                                   []conversation.Delivery
	FirstReply, Plan, Solution             int // minutes
	Zone                                   string
	Always                                 bool // no hours are set
	Week                                   []handoff.DutyDay
	BadHours                               string // what is wrong with the hours as typed
	Macros                                 []handoff.Macro
	NewMacro                               handoff.Macro
	Skills                                 []string
}

// alarm is an open case that is late or risky.
type alarm struct {
	Href, Name, Agent string
	Level             int
	Late              []string // names of the clocks that ran out
	Since             time.Time
	Clock             *clock
}

const (
	maxAlarms = 50
	maxDead   = 50
)

func (f *Face) teamRoutes(g *echo.Group) {
	g.GET("", f.team)
	g.POST("/clocks", f.setClocks)
	g.POST("/hours", f.setHours)
	g.POST("/skills", f.addSkill)
	g.POST("/skills/remove", f.removeSkill)
	g.POST("/macros", f.saveMacro)
	g.POST("/macros/:macro/remove", f.removeMacro)
	g.POST("/deliveries/:delivery/again", f.sendAgain)
}

func (f *Face) team(c echo.Context) error { return f.showTeam(c, &teamPage{}) }

func (f *Face) showTeam(c echo.Context, page *teamPage) error {
	ctx, p := c.Request().Context(), person(c)
	counts, err := f.desk.Counts(ctx, p.ShopID, p.ID)
	if err != nil {
		return err
	}
	page.Waiting, page.Open = counts[handoff.ViewWaiting], counts[handoff.ViewAll]
	page.Breached, page.Alarm = counts["breached"], counts["alarm"]
	if page.People, err = f.desk.Team(ctx, p.ShopID); err != nil {
		return err
	}
	for _, one := range page.People {
		if one.Online {
			page.Online++
		}
	}
	if page.Alarms, err = f.alarms(c, f.viewOf(c), p.ShopID); err != nil {
		return err
	}
	if page.Dead, err = f.store.Deliveries(ctx, p.ShopID, "dead", maxDead); err != nil {
		return err
	}
	if page.Macros, err = f.desk.Macros(ctx, p.ShopID, ""); err != nil {
		return err
	}
	if page.Skills, err = f.desk.Skills(ctx, p.ShopID); err != nil {
		return err
	}
	terms, err := f.desk.Terms(ctx, p.ShopID)
	if err != nil {
		return err
	}
	page.settings(terms)
	if page.BadHours != "" {
		return c.Render(http.StatusUnprocessableEntity, "inbox/team", page)
	}
	return c.Render(http.StatusOK, "inbox/team", page)
}

func (page *teamPage) settings(t handoff.Terms) {
	page.FirstReply, page.Plan, page.Solution = int(t.FirstReply.Minutes()), int(t.Plan.Minutes()), int(t.Solution.Minutes())
	page.Zone, page.Duty, page.Always = t.Hours.Zone.String(), t.Hours.Open(time.Now()), len(t.Hours.Shifts) == 0
	if page.BadHours == "" {
		page.Week = t.Hours.Week()
	}
}

// alarms are the open cases that are late or of level 3, the most urgent first.
func (f *Face) alarms(c echo.Context, v view, shopID uuid.UUID) ([]alarm, error) {
	rows, _, err := f.desk.Queue(c.Request().Context(), shopID, handoff.View{Name: handoff.ViewAll, Limit: 500})
	if err != nil {
		return nil, err
	}
	var out []alarm
	for _, r := range rows {
		alarms := r.Alarms(v.Now)
		late := r.Clock != nil && r.Clock.Due.Before(v.Now)
		if r.Level < 3 && len(alarms) == 0 && !late || len(out) == maxAlarms {
			continue
		}
		a := alarm{Href: "/inbox/" + r.ConversationID.String(), Name: firstOf(r.Head.Shopper.Name, visitor(c, r.ConversationID)), Agent: r.AgentName, Level: r.Level, Since: r.CreatedAt}
		for _, b := range alarms {
			if known := oneOf(b.Name, clockNames()...); known != "" {
				a.Late = append(a.Late, text(c, "clock."+known))
			}
		}
		if r.Clock != nil {
			due := v.clock(*r.Clock)
			a.Clock = &due
		}
		out = append(out, a)
	}
	return out, nil
}

func clockNames() []string {
	return []string{handoff.ClockFirstReply, handoff.ClockPlan, handoff.ClockSolution, handoff.ClockPromise, handoff.ClockUnowned,
		handoff.ClockAnswer, handoff.ClockAway}
}

func (f *Face) setClocks(c echo.Context) error {
	var minutes [3]time.Duration
	for i, name := range []string{"first_reply", "plan", "solution"} {
		n, err := strconv.Atoi(c.FormValue(name))
		if err != nil || n < 1 || n > 7*24*60 {
			return f.set(c, handoff.ErrInvalid, "", nil)
		}
		minutes[i] = time.Duration(n) * time.Minute
	}
	err := f.desk.SetTerms(c.Request().Context(), person(c).ShopID, minutes[0], minutes[1], minutes[2])
	return f.set(c, err, "desk.clocks", map[string]any{"first_reply": minutes[0].String(), "plan": minutes[1].String(), "solution": minutes[2].String()})
}

func (f *Face) setHours(c echo.Context) error {
	week := handoff.Hours{}.Week()
	for i := range week {
		week[i].Shifts = c.FormValue(fmt.Sprintf("day-%d", week[i].Weekday))
	}
	shifts, err := handoff.ReadWeek(week)
	if err == nil {
		err = f.desk.SetHours(c.Request().Context(), person(c).ShopID, shifts)
	}
	if errors.Is(err, handoff.ErrInvalid) { // what was typed stays to be mended
		return f.showTeam(c, &teamPage{Week: week, BadHours: badHours(err)})
	}
	return f.set(c, err, "desk.hours", map[string]any{"shifts": len(shifts)})
}

// badHours is the id of the text that says what is wrong with hours.
func badHours(err error) string {
	if errors.Is(err, handoff.ErrOverlap) {
		return "inbox.team.hours.overlap"
	}
	return "inbox.team.hours.bad"
}

func (f *Face) saveMacro(c echo.Context) error {
	m := handoff.Macro{Name: c.FormValue("name"), Locale: oneOf(c.FormValue("locale"), "zh", "en", "es"), Body: c.FormValue("body")}
	if id, err := uuid.Parse(c.FormValue("id")); err == nil {
		m.ID = id
	}
	_, err := f.desk.SaveMacro(c.Request().Context(), person(c).ShopID, m)
	return f.set(c, err, "macro.save", map[string]any{"name": m.Name, "locale": m.Locale})
}

func (f *Face) removeMacro(c echo.Context) error {
	id, err := uuid.Parse(c.Param("macro"))
	if err != nil {
		return echo.ErrNotFound
	}
	if err := f.desk.RemoveMacro(c.Request().Context(), person(c).ShopID, id); err != nil {
		return err
	}
	return f.set(c, nil, "macro.remove", map[string]any{"macro": id.String()})
}

func (f *Face) addSkill(c echo.Context) error {
	name := c.FormValue("name")
	return f.set(c, f.desk.AddSkill(c.Request().Context(), person(c).ShopID, name), "desk.skill_add", map[string]any{"name": name})
}

func (f *Face) removeSkill(c echo.Context) error {
	name := c.FormValue("name")
	err := f.desk.RemoveSkill(c.Request().Context(), person(c).ShopID, name)
	if err != nil && !errors.Is(err, handoff.ErrNotFound) { // a case may wait for what is no longer on the list
		return err
	}
	return f.set(c, nil, "desk.skill_remove", map[string]any{"name": name})
}

func (f *Face) sendAgain(c echo.Context) error {
	id, err := uuid.Parse(c.Param("delivery"))
	if err != nil {
		return echo.ErrNotFound
	}
	if err := f.store.SendAgain(c.Request().Context(), person(c).ShopID, id); err != nil {
		return err
	}
	return f.set(c, nil, "delivery.again", map[string]any{"delivery": id.String()})
}
