package editor

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

func TestAnIncidentIsSaidAtOnceAndEndedAtOnce(t *testing.T) {
	d := newDesk(t)
	until := time.Now().Add(3 * time.Hour).In(d.shop.Location()).Format(localTime)
	d.want(d.post("/knowledge/incidents", url.Values{"en": {"<b>Strike</b>"}, "tag": {"shipping"}, "market": {"gb，es"}, "until": {until}}), 303)
	page := d.want(d.get("/knowledge/incidents"), 200, "editor.incident.standing", "Strike", "GB", "ES", "Eve")
	if strings.Contains(page.body, "<b>Strike") {
		t.Error("markup of a statement reaches the page")
	}
	all, err := d.base.Incidents(t.Context(), d.shop.ID)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	d.want(d.post("/knowledge/incidents/end", url.Values{"incident": {all[0].ID.String()}}), 303)
	d.want(d.post("/knowledge/incidents/end", url.Values{"incident": {all[0].ID.String()}}), 303)
	if page := d.want(d.get("/knowledge/incidents"), 200, "editor.incident.past"); strings.Contains(page.body, "editor.incident.standing") {
		t.Error("it is still being said")
	}
	for _, bad := range []url.Values{{"en": {" "}, "until": {until}}, {"en": {"x"}, "until": {"soon"}}, {"en": {"x"}, "until": {"2000-01-01T00:00"}}} {
		d.want(d.post("/knowledge/incidents", bad), 422, "editor.incident.refused")
	}
	if _, err := d.base.Concerning(t.Context(), d.shop.ID, time.Time{}, "", []knowledge.Hit{{ArticleID: all[0].ID}}); err != nil {
		t.Error(err)
	}
}

func TestAnIncidentIsShownInTheLanguageOfThePage(t *testing.T) {
	d := newDesk(t, func(c *Config) { c.Language = func(echo.Context) string { return "es" } })
	until := time.Now().Add(3 * time.Hour).In(d.shop.Location()).Format(localTime)
	d.want(d.post("/knowledge/incidents", url.Values{"en": {"Strike"}, "es": {"Huelga"}, "until": {until}}), 303)
	if page := d.want(d.get("/knowledge/incidents"), 200, "Huelga"); strings.Contains(page.body, "Strike") {
		t.Error("the page speaks two languages")
	}
}
