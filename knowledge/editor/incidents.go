package editor

import (
	"errors"
	"net/http"
	"slices"
	"time"

	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

const (
	tagsOffered = 30
	localTime   = "2006-01-02T15:04" // what a browser sends of a time
)

// incidentForm is an incident as an editor types it.
type incidentForm struct {
	ZH     string   `form:"zh"`
	EN     string   `form:"en"`
	ES     string   `form:"es"`
	Tags   []string `form:"tag"`
	Market []string `form:"market"`
	From   string   `form:"from"` // "" from now on
	Until  string   `form:"until"`
	Change string   `form:"change"` // the incident in whose place this one comes; "" for a new one
	Anyway bool     `form:"anyway"` // some shoppers may stay untold
}

// Text is the statement in a language.
func (f incidentForm) Text(language string) string {
	return map[string]string{"zh": f.ZH, "en": f.EN, "es": f.ES}[language]
}

// unwritten are the languages of the product in which the form says nothing.
func (f incidentForm) unwritten() (missing []string) {
	for _, language := range []string{"zh", "en", "es"} {
		if !slices.ContainsFunc(f.said(), func(s said) bool { return s.Language == language }) {
			missing = append(missing, language)
		}
	}
	return missing
}

// said are the statements of the form, in the order of its fields.
func (f incidentForm) said() (all []said) {
	for _, one := range []said{{"zh", tidy(f.ZH)}, {"en", tidy(f.EN)}, {"es", tidy(f.ES)}} {
		if one.Text != "" {
			all = append(all, one)
		}
	}
	return all
}

type incidentsPage struct {
	Form      incidentForm
	Preview   []said
	Refused   bool
	Missing   []string // languages that the form has no words in, where that keeps it from being said
	Standing  []incidentRow
	Planned   []incidentRow
	Past      []incidentRow
	Tags      []tag
	Markets   []string
	Zone      string
	Languages []string // in which it is written, that of the page first
}

// incidentRow is an incident in the list, its times as the shop's clock has them.
type incidentRow struct {
	knowledge.Incident
	Said   []said // in the language of the page first
	Topics []tag
	Untold []string // languages in which nobody is told
}

// said is a statement in one language.
type said struct{ Language, Text string }

// rowOf reads an incident for a page in this language.
func (f *Face) rowOf(c echo.Context, i knowledge.Incident) incidentRow {
	row := incidentRow{Incident: i, Topics: f.topics(c, i.Tags)}
	for _, language := range kept([]string{f.Language(c), "zh", "en", "es"}) {
		if text := i.In(language); text != "" {
			row.Said = append(row.Said, said{language, text})
		} else {
			row.Untold = append(row.Untold, language)
		}
	}
	return row
}

// incidents shows what stands before the answers now, and lets an editor say something new.
func (f *Face) incidents(c echo.Context) error {
	shop := f.Shop(c)
	form := incidentForm{Until: endOfDay(time.Now().In(shop.Location())).Format(localTime)}
	if id, err := uuid.Parse(c.QueryParam("change")); err == nil {
		all, err := f.Base.Incidents(c.Request().Context(), shop.ID)
		if err != nil {
			return err
		}
		at := slices.IndexFunc(all, func(i knowledge.Incident) bool { return i.ID == id && i.Until.After(time.Now()) })
		if at < 0 {
			return knowledge.ErrNotFound
		}
		form = incidentFormOf(all[at], shop)
	}
	return f.showIncidents(c, http.StatusOK, incidentsPage{Form: form, Preview: form.said()})
}

// endOfDay is when something that is wrong now is held to be over: tonight, or tomorrow night where tonight is near.
func endOfDay(now time.Time) time.Time {
	day := now.Day()
	if now.Hour() >= 21 {
		day++
	}
	return time.Date(now.Year(), now.Month(), day, 23, 59, 0, 0, now.Location())
}

// incidentFormOf fills the form with an incident that is to be changed; one that has begun goes on from now.
func incidentFormOf(i knowledge.Incident, shop knowledge.Shop) incidentForm {
	form := incidentForm{ZH: i.In("zh"), EN: i.In("en"), ES: i.In("es"), Tags: i.Tags, Market: i.Market, Until: i.Until.In(shop.Location()).Format(localTime),
		Change: i.ID.String()}
	if i.From.After(time.Now()) {
		form.From = i.From.In(shop.Location()).Format(localTime)
	}
	return form
}

func (f *Face) showIncidents(c echo.Context, status int, page incidentsPage) error {
	ctx, shop := c.Request().Context(), f.Shop(c)
	all, err := f.Base.Incidents(ctx, shop.ID)
	if err != nil {
		return err
	}
	now := time.Now()
	for _, i := range all {
		i.From, i.Until = i.From.In(shop.Location()), i.Until.In(shop.Location())
		row := f.rowOf(c, i)
		switch {
		case !i.Until.After(now):
			page.Past = append(page.Past, row)
		case i.From.After(now):
			page.Planned = append(page.Planned, row)
		default:
			page.Standing = append(page.Standing, row)
		}
	}
	topics, err := f.Base.Topics(ctx, shop.ID, f.Language(c))
	if err != nil {
		return err
	}
	if page.Markets, _, err = f.choices(ctx, shop, "", page.Form.Market...); err != nil {
		return err
	}
	page.Tags, page.Zone, page.Languages = f.offered(c, topics), shop.TimeZone, kept([]string{f.Language(c), "zh", "en", "es"})
	return c.Render(status, "editor/incidents", page)
}

// announce makes a statement stand before the answers, at once or from its time on. A preview shows it and stores nothing.
func (f *Face) announce(c echo.Context) error {
	var in incidentForm
	if err := c.Bind(&in); err != nil {
		return echo.ErrBadRequest
	}
	in.Market = markets(in.Market)
	if c.FormValue("action") == "preview" {
		return f.showIncidents(c, http.StatusOK, incidentsPage{Form: in, Preview: in.said()})
	}
	if missing := in.unwritten(); len(missing) > 0 && len(missing) < 3 && !in.Anyway {
		return f.showIncidents(c, http.StatusUnprocessableEntity, incidentsPage{Form: in, Missing: missing, Preview: in.said()})
	}
	incident, err := in.incident(f.Shop(c))
	if err == nil {
		incident.Author = f.author(c)
		if old, wrong := uuid.Parse(in.Change); wrong == nil {
			incident, err = f.Base.Reannounce(c.Request().Context(), f.Shop(c).ID, old, incident)
		} else {
			incident, err = f.Base.Announce(c.Request().Context(), f.Shop(c).ID, incident)
		}
	}
	if errors.Is(err, knowledge.ErrInvalid) {
		return f.showIncidents(c, http.StatusUnprocessableEntity, incidentsPage{Form: in, Refused: true, Preview: in.said()})
	}
	if err != nil {
		return err
	}
	f.note(c, "incident.announce", incident.ID.String(), map[string]any{"markets": in.Market, "tags": in.Tags, "from": incident.From, "until": incident.Until})
	if incident.From.After(time.Now()) {
		f.Flash(c, "editor.flash.planned")
	} else {
		f.Flash(c, "editor.flash.announced")
	}
	return c.Redirect(http.StatusSeeOther, "/knowledge/incidents")
}

// incident reads the form; its times are those of the shop's clock. ErrInvalid when they are none.
func (f incidentForm) incident(shop knowledge.Shop) (knowledge.Incident, error) {
	i := knowledge.Incident{Statements: map[string]string{}, Tags: slices.Compact(slices.Sorted(slices.Values(f.Tags))), Market: f.Market}
	for _, s := range f.said() {
		i.Statements[s.Language] = s.Text
	}
	var err error
	if i.Until, err = time.ParseInLocation(localTime, f.Until, shop.Location()); err == nil && f.From != "" {
		i.From, err = time.ParseInLocation(localTime, f.From, shop.Location())
	}
	if err != nil {
		return i, knowledge.ErrInvalid
	}
	return i, nil
}

// previewIncident is the fragment beside the form, as shoppers would see the statements.
func (f *Face) previewIncident(c echo.Context) error {
	var in incidentForm
	if err := c.Bind(&in); err != nil {
		return echo.ErrBadRequest
	}
	return c.Render(http.StatusOK, "editor/announcement", in.said())
}

// endIncident takes a statement down, at once.
func (f *Face) endIncident(c echo.Context) error {
	id, err := uuid.Parse(c.FormValue("incident"))
	if err != nil {
		return echo.ErrBadRequest
	}
	if err := f.Base.EndIncident(c.Request().Context(), f.Shop(c).ID, id); err != nil && !errors.Is(err, knowledge.ErrNotFound) {
		return err
	}
	f.note(c, "incident.end", id.String(), nil)
	f.Flash(c, "editor.flash.incident_ended")
	return c.Redirect(http.StatusSeeOther, "/knowledge/incidents")
}
