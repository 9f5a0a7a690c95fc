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
}

type incidentsPage struct {
	Form     incidentForm
	Refused  bool
	Standing []incidentRow
	Past     []incidentRow
	Tags     []string
	Markets  []string
	Zone     string
}

// incidentRow is an incident in the list, its times as the shop's clock has them.
type incidentRow struct {
	knowledge.Incident
	Text string // in the language of the page, where it is said in it
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
		row := incidentRow{i, i.In(f.Language(c), shop)}
		if i.Until.After(now) {
			page.Standing = append(page.Standing, row)
		} else {
			page.Past = append(page.Past, row)
		}
	}
	if page.Tags, err = f.Base.Tags(ctx, shop.ID); err != nil {
		return err
	}
	if page.Markets, _, err = f.choices(ctx, shop, "", page.Form.Market...); err != nil {
		return err
	}
	page.Tags, page.Zone = page.Tags[:min(tagsOffered, len(page.Tags))], shop.TimeZone
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
