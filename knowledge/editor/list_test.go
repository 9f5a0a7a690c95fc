package editor

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/labstack/echo/v4"
)

func TestTheLanguagesOfAnArticleStandInOneRowThatSpeaksThePagesLanguage(t *testing.T) {
	d := newDesk(t, func(c *Config) { c.Language = func(echo.Context) string { return "es" } })
	body := d.want(d.get("/knowledge"), 200).body
	rows := strings.Split(body, `<li class="editor-row">`)[1:]
	if len(rows) != 4 {
		t.Fatalf("%d rows for four articles in three languages", len(rows))
	}
	for _, ref := range []string{"returns"} {
		at := slices.IndexFunc(rows, func(row string) bool {
			return strings.Contains(row, `data-row href="/knowledge/articles/`+d.variant(ref, "es").ID.String())
		})
		if at < 0 {
			t.Fatalf("%s does not lead in Spanish: %s", ref, body)
		}
		for _, locale := range []string{"zh", "en", "es"} {
			if !strings.Contains(rows[at], d.variant(ref, locale).ID.String()) {
				t.Errorf("the row of %s does not lead to %s", ref, locale)
			}
		}
	}
	d.rewrite("returns", "en", "Within nine days.") // changed alone, it comes first in the list, and does not leave the others behind
	if rows := strings.Split(d.get("/knowledge").body, `<li class="editor-row">`)[1:]; len(rows) != 4 || !strings.Contains(rows[0], d.variant("returns", "zh").ID.String()) {
		t.Errorf("%d rows, the first %s", len(rows), rows[0])
	}
	if rows := strings.Count(d.get("/knowledge?locale=zh").body, `<li class="editor-row">`); rows != 4 {
		t.Errorf("%d rows in Chinese", rows)
	}
}

func TestMarketsAndKindsAreChosenByNameAndOthersAreTyped(t *testing.T) {
	d := newDesk(t)
	a := d.variant("returns", "en")
	page := "/knowledge/articles/" + a.ID.String()
	fields := url.Values{"id": {a.ID.String()}, "version": {"1"}, "ref": {"returns"}, "locale": {"en"}, "question": {a.Question}, "answer": {a.Answer},
		"kind": {"howto"}, "market": {"US", "西班牙，JP"}, "action": {"save"}}
	d.want(d.post("/knowledge/save", fields), 303)
	if got := d.variant("returns", "en"); got.Kind != "howto" || !slices.Equal(got.Market, []string{"ES", "JP", "US"}) {
		t.Errorf("saved: %s %v", got.Kind, got.Market)
	}
	body := d.want(d.get(page), 200, `value="howto" selected`, "editor.kind.howto").body
	for _, code := range []string{"US", "ES", "JP"} {
		if !regexp.MustCompile(`type="checkbox" name="market" value="` + code + `" checked`).MatchString(body) {
			t.Errorf("%s is not ticked", code)
		}
	}
	if strings.Contains(body, `value="CN" checked`) {
		t.Error("a market that was not chosen is ticked")
	}
	d.want(d.get("/knowledge?market=JP&kind=howto"), 200, `value="JP" selected`, `value="howto" selected`, a.Question)
	fields.Set("version", "2")
	fields["market"] = []string{"US", "no such place at all"}
	d.want(d.post("/knowledge/save", fields), 422, "editor.fault.market", "no such place at all")
}

func TestWhatNobodyHasTouchedForHalfAYearIsListed(t *testing.T) {
	d := newDesk(t)
	d.want(d.get("/knowledge?show=stale"), 200, "editor.list.none_stale")
	if _, err := d.pool.Exec(t.Context(), `update article_versions v set created_at = now() - interval '7 months' from articles a where a.article_id = v.article_id and a.ref = 'returns' and a.locale = 'en'`); err != nil {
		t.Fatal(err)
	}
	body := d.want(d.get("/knowledge?show=stale"), 200, "How do I return something?").body
	if rows := strings.Count(body, `<li class="editor-row">`); rows != 1 {
		t.Errorf("%d rows", rows)
	}
}

func TestATrialThatFindsNothingSureSaysWhatToDo(t *testing.T) {
	d := newDesk(t)
	d.want(d.get("/knowledge/try?question=xylophone+lessons&locale=en"), 200, "editor.try.mend", "/knowledge/new?locale=en&amp;question=xylophone")
	a := d.variant("returns", "en")
	if got := d.get("/knowledge/try?question=" + url.QueryEscape(a.Question) + "&locale=en"); strings.Contains(got.body, "editor.try.mend") {
		t.Error("a sure answer needs no advice")
	}
	if (&Tried{Action: "handoff", Reasons: []Reason{{Kind: "wish"}}}).lacks() || !(&Tried{Action: "handoff", Reasons: []Reason{{Kind: "unsure"}}}).lacks() {
		t.Error("advice follows the reason")
	}
}

func TestANewArticleIsInTheLanguageOfThePage(t *testing.T) {
	d := newDesk(t, func(c *Config) { c.Language = func(echo.Context) string { return "es" } })
	d.want(d.get("/knowledge/new"), 200, `value="es" selected`)
	d.want(d.get("/knowledge/new?locale=en"), 200, `value="en" selected`)
	d.shop.Locale = "es-MX"
	d.want(d.get("/knowledge/new"), 200, `value="es-MX" selected`)
}

func TestASearchPutsTheShopsOwnMarketFirstAndSaysNothingOfNoEntries(t *testing.T) {
	d := newDesk(t)
	d.shop.Market = "ES"
	for ref, market := range map[string]string{"stairs-gb": "GB", "stairs-es": "ES"} {
		knowledgetest.Import(t, d.base, d.shop,
			knowledge.Article{Ref: ref, Locale: "en", Question: "Is furniture carried up the stairs in " + market + "?", Answer: "Yes, up to the third floor.", Market: []string{market}},
			knowledge.Article{Ref: ref, Locale: "es", Question: "¿Suben los muebles por la escalera en " + market + "?", Answer: "Sí.", Market: []string{market}})
	}
	page := d.want(d.get("/knowledge?q=up+stairs+furniture+carried"), 200, "editor.list.near", "in GB?", "in ES?")
	if strings.Index(page.body, "in ES?") > strings.Index(page.body, "in GB?") {
		t.Error("another market's article stands before that of the shop's own")
	}
	if strings.Contains(page.body, "editor.list.none]") || strings.Contains(page.body, "Count 0") {
		t.Error("below what was found, the page says that nothing was")
	}
	if d.want(page, 200, "/knowledge/articles/"+d.variant("stairs-es", "es").ID.String()+`">[editor.lang.es]`); t.Failed() {
		t.Log("the other language of what was found is not shown")
	}
}

func TestADislikedAnswerLeadsToTheArticleThatGaveIt(t *testing.T) {
	d := newDesk(t)
	for n, outcome := range []string{"ask", "outdated", "outdated"} {
		m := knowledge.Missed{Text: "how long do I have to return", Locale: "en", Outcome: outcome, Best: "returns", Confidence: .9, State: knowledge.MissedOpen, AskedAt: time.Now().Add(-time.Duration(n) * time.Minute)}
		if err := d.base.Missed(t.Context(), d.shop.ID, m); err != nil {
			t.Fatal(err)
		}
	}
	d.want(d.get("/knowledge/missed"), 200, "👎", "[editor.missed.outcome_outdated] · 2", "[editor.missed.outcome_ask]<", "/knowledge/ref/returns?locale=en&amp;missed=", "editor.missed.mend")
}
