package editor

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/labstack/echo/v4"
)

func TestAnIncidentIsSaidAtOnceAndEndedAtOnce(t *testing.T) {
	d := newDesk(t)
	until := time.Now().Add(3 * time.Hour).In(d.shop.Location()).Format(localTime)
	d.want(d.post("/knowledge/incidents", url.Values{"en": {"<b>Strike</b>"}, "anyway": {"true"}, "tag": {"shipping"}, "market": {"gb，es"}, "until": {until}}), 303)
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
		bad.Set("anyway", "true")
		d.want(d.post("/knowledge/incidents", bad), 422, "editor.incident.refused")
	}
	if _, err := d.base.Concerning(t.Context(), d.shop.ID, time.Time{}, "", []knowledge.Hit{{ArticleID: all[0].ID}}); err != nil {
		t.Error(err)
	}
}

func TestAnIncidentMayBeginLaterAndIsPreviewedBefore(t *testing.T) {
	d := newDesk(t)
	at := func(in time.Duration) string { return time.Now().Add(in).In(d.shop.Location()).Format(localTime) }
	in := url.Values{"en": {"Stock count on **Monday**"}, "anyway": {"true"}, "from": {at(24 * time.Hour)}, "until": {at(48 * time.Hour)}}
	d.want(d.post("/knowledge/incidents/preview", in), 200, "Stock count on **Monday**", "editor.incident.usual")
	in.Set("action", "preview")
	if page := d.want(d.post("/knowledge/incidents", in), 200, "editor-bubble", in.Get("from")); strings.Contains(page.body, "editor.incident.planned") {
		t.Error("a preview is stored")
	}
	in.Del("action")
	d.want(d.post("/knowledge/incidents", in), 303)
	if d.flash != "editor.flash.planned" {
		t.Errorf("the editor is told %s", d.flash)
	}
	if page := d.want(d.get("/knowledge/incidents"), 200, "editor.incident.planned", "editor.incident.cancel"); strings.Contains(page.body, "editor.incident.standing") {
		t.Error("it stands before its time")
	}
	if stands, err := d.base.AnyIncident(t.Context(), d.shop.ID); err != nil || stands {
		t.Errorf("it stands before its time: %v, %v", stands, err)
	}
	all, err := d.base.Incidents(t.Context(), d.shop.ID)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	d.want(d.post("/knowledge/incidents/end", url.Values{"incident": {all[0].ID.String()}}), 303)
	d.want(d.get("/knowledge/incidents"), 200, "editor.incident.past")
	in.Set("from", at(72*time.Hour))
	d.want(d.post("/knowledge/incidents", in), 422, "editor.incident.refused")
}

func TestAnIncidentIsShownInTheLanguageOfThePage(t *testing.T) {
	d := newDesk(t, func(c *Config) { c.Language = func(echo.Context) string { return "es" } })
	until := time.Now().Add(3 * time.Hour).In(d.shop.Location()).Format(localTime)
	d.want(d.post("/knowledge/incidents", url.Values{"en": {"Strike"}, "es": {"Huelga"}, "anyway": {"true"}, "until": {until}}), 303)
	page := d.want(d.get("/knowledge/incidents"), 200, "Huelga", "Strike", "editor.incident.untold")
	if strings.Index(page.body, "Huelga") > strings.Index(page.body, "Strike") {
		t.Error("what is said in the language of the page does not stand first")
	}
}

func TestAnEditorIsWarnedOfShoppersWhoWouldNotBeTold(t *testing.T) {
	d := newDesk(t)
	until := time.Now().Add(3 * time.Hour).In(d.shop.Location()).Format(localTime)
	in := url.Values{"en": {"Strike"}, "zh": {"罢工"}, "until": {until}}
	page := d.want(d.post("/knowledge/incidents", in), 422, "editor.incident.missing", `name="anyway"`, ">Strike</textarea>")
	if strings.Contains(page.body, "editor.incident.standing") {
		t.Error("it is said before the editor has decided")
	}
	in.Set("es", "Huelga")
	d.want(d.post("/knowledge/incidents", in), 303)
	if page := d.want(d.get("/knowledge/incidents"), 200, "Strike", "罢工", "Huelga"); strings.Contains(page.body, "editor.incident.untold") {
		t.Error("everybody is told")
	}
}

func TestTopicsAreNamedInTheLanguageOfThePageAndInItsOrder(t *testing.T) {
	d := newDesk(t, func(c *Config) {
		c.Language = func(echo.Context) string { return "es" }
		c.Text = func(_ echo.Context, id string, _ ...any) string {
			return map[string]string{"editor.tag.shipping": "Envíos", "editor.tag.account": "Cuenta", "editor.tag.sizes": "Tallas"}[id]
		}
	})
	for _, tag := range []string{"shipping", "sizes", "account", "dogs"} {
		knowledgetest.Import(t, d.base, d.shop, knowledge.Article{Ref: "tagged-" + tag, Locale: "en", Question: "What of " + tag + "?", Answer: "Yes.", Tags: []string{tag}, Status: knowledge.Published})
	}
	body, at := d.want(d.get("/knowledge/incidents"), 200).body, -1
	for _, name := range []string{"<span>Cuenta <", "<span>dogs <", "<span>Envíos <", "<span>Tallas <"} {
		if next := strings.Index(body, name); next <= at {
			t.Errorf("%s is missing, or out of order", name)
		} else {
			at = next
		}
	}
}

func TestAnIncidentThatStandsIsChangedInItsPlace(t *testing.T) {
	d := newDesk(t)
	at := func(in time.Duration) string { return time.Now().Add(in).In(d.shop.Location()).Format(localTime) }
	d.want(d.post("/knowledge/incidents", url.Values{"en": {"Strike until noon"}, "anyway": {"true"}, "until": {at(3 * time.Hour)}}), 303)
	all, err := d.base.Incidents(t.Context(), d.shop.ID)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	id := all[0].ID.String()
	d.want(d.get("/knowledge/incidents?change="+id), 200, "Strike until noon</textarea>", `name="change" value="`+id+`"`, at(3*time.Hour), "editor.incident.save")
	stopped := d.want(d.post("/knowledge/incidents", url.Values{"change": {id}, "en": {"Strike until evening"}, "until": {at(9 * time.Hour)}}), 422, "editor.incident.missing")
	d.want(stopped, 422, `<div class="editor-bubble bot markdown break">Strike until evening`, `name="change" value="`+id+`"`)
	d.want(d.post("/knowledge/incidents", url.Values{"change": {id}, "en": {"Strike until evening"}, "anyway": {"true"}, "until": {at(9 * time.Hour)}}), 303)
	if all, err = d.base.Incidents(t.Context(), d.shop.ID); err != nil || len(all) != 2 || all[0].In("en") != "Strike until evening" || all[1].Until.After(time.Now()) {
		t.Errorf("%+v %v", all, err)
	}
	d.want(d.get("/knowledge/incidents?change="+id), 404)
	d.want(d.post("/knowledge/incidents", url.Values{"change": {id}, "en": {"Again"}, "anyway": {"true"}, "until": {at(9 * time.Hour)}}), 404)
}

func TestWhatIsWrongNowIsHeldToBeOverTonight(t *testing.T) {
	noon := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	for now, want := range map[time.Time]time.Time{noon: noon.Add(11*time.Hour + 59*time.Minute), noon.Add(10 * time.Hour): noon.Add(35*time.Hour + 59*time.Minute)} {
		if got := endOfDay(now); !got.Equal(want) {
			t.Errorf("at %s: %s, want %s", now, got, want)
		}
	}
}
