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
	Until  string   `form:"until"`
	Anyway bool     `form:"anyway"` // some shoppers may stay untold
}

// unwritten are the languages of the product in which the form says nothing.
func (f incidentForm) unwritten() (missing []string) {
	for _, one := range []struct{ language, text string }{{"zh", f.ZH}, {"en", f.EN}, {"es", f.ES}} {
		if tidy(one.text) == "" {
			missing = append(missing, one.language)
		}
	}
	return missing
}

type incidentsPage struct {
	Form     incidentForm
	Refused  bool
	Missing  []string // languages that the form has no words in, where that keeps it from being said
	Standing []incidentRow
	Past     []incidentRow
	Tags     []tag
	Markets  []string
	Zone     string
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
	form := incidentForm{Until: time.Now().In(shop.Location()).Add(24 * time.Hour).Truncate(time.Hour).Format(localTime)}
	return f.showIncidents(c, http.StatusOK, incidentsPage{Form: form})
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
		if i.Until.After(now) {
			page.Standing = append(page.Standing, row)
		} else {
			page.Past = append(page.Past, row)
		}
	}
	tags, err := f.Base.Tags(ctx, shop.ID)
	if err != nil {
		return err
	}
	if page.Markets, _, err = f.choices(ctx, shop, "", page.Form.Market...); err != nil {
		return err
	}
	page.Tags, page.Zone = f.topics(c, tags[:min(tagsOffered, len(tags))]), shop.TimeZone
	return c.Render(status, "editor/incidents", page)
}

// announce makes a statement stand before the answers, at once.
func (f *Face) announce(c echo.Context) error {
	var in incidentForm
	if err := c.Bind(&in); err != nil {
		return echo.ErrBadRequest
	}
	in.Market = markets(in.Market)
	shop := f.Shop(c)
	missing := in.unwritten()
	if len(missing) > 0 && len(missing) < 3 && !in.Anyway {
		return f.showIncidents(c, http.StatusUnprocessableEntity, incidentsPage{Form: in, Missing: missing})
	}
	until, err := time.ParseInLocation(localTime, in.Until, shop.Location())
	if err == nil {
		_, err = f.Base.Announce(c.Request().Context(), shop.ID, knowledge.Incident{
			Statements: map[string]string{"zh": tidy(in.ZH), "en": tidy(in.EN), "es": tidy(in.ES)},
			Tags:       slices.Compact(slices.Sorted(slices.Values(in.Tags))), Market: in.Market, Until: until, Author: f.author(c)})
	} else {
		err = knowledge.ErrInvalid
	}
	if errors.Is(err, knowledge.ErrInvalid) {
		return f.showIncidents(c, http.StatusUnprocessableEntity, incidentsPage{Form: in, Refused: true})
	}
	if err != nil {
		return err
	}
	f.note(c, "incident.announce", in.Until, map[string]any{"markets": in.Market, "tags": in.Tags})
	f.Flash(c, "editor.flash.announced")
	return c.Redirect(http.StatusSeeOther, "/knowledge/incidents")
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
