package editor

import (
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"
	"frontdesk/knowledge/importer"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"
)

// desk is the editors' pages of one shop, served for a test. Its pages name their texts instead of showing them.
type desk struct {
	t      *testing.T
	pool   *pgxpool.Pool
	base   *knowledge.Base
	shop   knowledge.Shop
	server *httptest.Server
	face   *Face
	flash  string
}

// view is what the program's renderer hands to a template.
type view struct {
	Locale, Path, Title, Flash string
	Who, Data                  any
}

type renderer struct{ set *template.Template }

func (r renderer) Render(w io.Writer, name string, data any, c echo.Context) error {
	return r.set.ExecuteTemplate(w, name, view{Locale: "en", Path: c.Request().URL.Path, Data: data})
}

func newRenderer(t *testing.T) renderer {
	t.Helper()
	set := template.New("").Funcs(template.FuncMap{
		"t": func(id string, pairs ...any) string {
			return "[" + strings.TrimSpace(id+" "+fmt.Sprintln(pairs...)) + "]"
		},
		"markdown": func(s string) string { return s },
		"date":     func(at time.Time) string { return at.Format(time.DateOnly) },
		"datetime": func(at time.Time) string { return at.Format(time.DateTime) },
		"ago":      func(time.Time) string { return "ago" },
		"number":   func(n any) string { return fmt.Sprint(n) },
		"percent":  func(f float64) string { return fmt.Sprintf("%.0f %%", f*100) },
		"join":     func(list []string) string { return strings.Join(list, ", ") },
		"contains": slices.Contains[[]string, string],
		"under":    func(path, prefix string) bool { return strings.HasPrefix(path, prefix) },
		"dict": func(pairs ...any) map[string]any {
			m := map[string]any{}
			for i := 0; i+1 < len(pairs); i += 2 {
				m[fmt.Sprint(pairs[i])] = pairs[i+1]
			}
			return m
		},
		"regions": func(codes []string) string { return strings.Join(codes, ", ") },
		"region":  func(code string) string { return code },
		"add":     func(a, b int) int { return a + b },
	})
	template.Must(set.Parse(`{{define "top"}}<!doctype html>{{end}}{{define "header"}}{{end}}{{define "bottom"}}{{end}}{{define "pages/kept"}}{{end}}{{define "pages/file"}}<input type="file" id="{{.ID}}" name="{{.ID}}">{{end}}`))
	set, err := set.ParseFS(Pages, "pages/*.html")
	if err != nil {
		t.Fatal(err)
	}
	return renderer{set}
}

// newDesk serves a shop with knowledgetest's articles.
func newDesk(t *testing.T, change ...func(*Config)) *desk {
	t.Helper()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	d := &desk{t: t, pool: pool, base: base, shop: knowledgetest.Shop(t, base, "shop", knowledgetest.Articles()...)}
	config := Config{Base: base, Uploads: importer.NewUploads(pool, base), Exams: exam.NewStore(pool),
		Who: func(c echo.Context) (Editor, bool) {
			return Editor{Name: "Eve"}, c.Request().Header.Get("Authorization") != "nobody"
		},
		Shop:  func(echo.Context) knowledge.Shop { return d.shop },
		Log:   slog.New(slog.DiscardHandler),
		Flash: func(_ echo.Context, id string, _ ...any) { d.flash = id }}
	for _, c := range change {
		c(&config)
	}
	d.face = New(config)
	t.Cleanup(d.face.Close)
	e := echo.New()
	e.Renderer = newRenderer(t)
	e.HTTPErrorHandler = func(err error, c echo.Context) {
		status := http.StatusInternalServerError
		var he *echo.HTTPError
		switch {
		case errors.As(err, &he):
			status = he.Code
		case errors.Is(err, knowledge.ErrNotFound):
			status = http.StatusNotFound
		case errors.Is(err, knowledge.ErrInvalid):
			status = http.StatusUnprocessableEntity
		case errors.Is(err, knowledge.ErrExists):
			status = http.StatusConflict
		default:
			t.Errorf("%s %s: %v", c.Request().Method, c.Request().URL, err)
		}
		c.Response().Header().Set("Content-Type", "application/problem+json")
		c.Response().WriteHeader(status)
		fmt.Fprintf(c.Response(), `{"title":%q,"status":%d}`, http.StatusText(status), status)
	}
	d.face.Routes(e.Group("/knowledge"), e.Group("/api/knowledge"))
	d.server = httptest.NewServer(e)
	t.Cleanup(d.server.Close)
	return d
}

// answer is a response, read.
type answer struct {
	status   int
	body     string
	location string
	header   http.Header
}

func (d *desk) send(method, path, kind, body string, headers ...string) answer {
	d.t.Helper()
	r, err := http.NewRequest(method, d.server.URL+path, strings.NewReader(body))
	if err != nil {
		d.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(r)
	if err != nil {
		d.t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		d.t.Fatal(err)
	}
	return answer{response.StatusCode, string(raw), response.Header.Get("Location"), response.Header}
}

func (d *desk) get(path string) answer { d.t.Helper(); return d.send("GET", path, "", "") }

func (d *desk) post(path string, fields url.Values) answer {
	d.t.Helper()
	return d.send("POST", path, "application/x-www-form-urlencoded", fields.Encode())
}

// want fails the test unless the answer has this status and its body these words.
func (d *desk) want(a answer, status int, words ...string) answer {
	d.t.Helper()
	if a.status != status {
		d.t.Fatalf("status %d, want %d: %s", a.status, status, a.body)
	}
	for _, w := range words {
		if !strings.Contains(a.body, w) {
			d.t.Errorf("%q is not on the page: %s", w, a.body)
		}
	}
	return a
}

// variant is the article of knowledgetest with this ref and locale.
func (d *desk) variant(ref, locale string) knowledge.Article {
	d.t.Helper()
	variants, err := d.base.Variants(d.t.Context(), d.shop.ID, ref)
	at := slices.IndexFunc(variants, func(a knowledge.Article) bool { return a.Locale == locale })
	if err != nil || at < 0 {
		d.t.Fatalf("no %s in %s: %v", ref, locale, err)
	}
	return variants[at]
}

func (d *desk) top(question string) string {
	d.t.Helper()
	result, err := d.base.Search(d.t.Context(), d.shop, knowledge.Query{Text: question, Locale: "en"})
	if err != nil || len(result.Hits) == 0 {
		d.t.Fatalf("nothing answers %q: %v", question, err)
	}
	return result.Hits[0].Answer
}

func TestACorrectionIsSavedCheckedPublishedAndTakenBack(t *testing.T) {
	d := newDesk(t)
	a := d.variant("returns", "en")
	page := "/knowledge/articles/" + a.ID.String()
	d.want(d.get(page), 200, `name="version" value="1"`, a.Answer, "收到商品后7天内", "/knowledge/articles/"+d.variant("returns", "es").ID.String())

	fields := url.Values{"id": {a.ID.String()}, "version": {"1"}, "ref": {"returns"}, "locale": {"en"}, "question": {a.Question}, "answer": {"You have **30 days**.\r\nEnjoy."},
		"phrasings": {"can I send it back\r\nis returning free"}, "valid_to": {"2099-12-31"}, "market": {"us，gb"}, "note": {"longer"}, "action": {"review"}}
	saved := d.want(d.post("/knowledge/save", fields), 303)
	if saved.location != page+"/publish" {
		t.Fatalf("location %s", saved.location)
	}
	if got := d.top("How do I return something?"); got != a.Answer {
		t.Errorf("a draft answers: %s", got)
	}
	d.want(d.get(page+"/publish"), 200, "**30 </ins>", "<del>", "GB, US", "2099-12-31", `name="version" value="2"`)
	d.want(d.post(page+"/publish", url.Values{"version": {"2"}}), 303)
	if got := d.top("How do I return something?"); got != "You have **30 days**.\nEnjoy." || d.flash != "editor.flash.published" {
		t.Errorf("after publishing: %q, flash %s", got, d.flash)
	}
	d.want(d.get(page+"/history"), 200, "Eve", "longer", "<ins>")
	d.want(d.get(page), 200, `name="locale" value="en"`, "editor.edit.ref_fixed")
	d.want(d.get(page+"/history?from=2&to=1"), 200, "**30 </del>")
	d.want(d.get(page+"/history?to=9"), 404)
	back := d.want(d.post(page+"/rollback", url.Values{"version": {"1"}}), 303)
	if got := d.top("How do I return something?"); got == a.Answer || back.location != page+"/publish" {
		t.Errorf("an old version answers before anybody has looked at it: %s", got)
	}
	d.want(d.get(back.location), 200, "**30 </del>", "editor.review.staying", `name="version" value="3"`)
	d.want(d.post(page+"/publish", url.Values{"version": {"3"}}), 303)
	if got := d.top("How do I return something?"); got != a.Answer {
		t.Errorf("after the rollback: %s", got)
	}
	d.want(d.get(page+"/history"), 200, "[editor.history.from_version Version 1]")
	d.want(d.post(page+"/archive", nil), 303)
	if got := d.variant("returns", "en"); got.Status != knowledge.Archived || got.Version != 3 {
		t.Errorf("after taking down: %+v", got)
	}
}

func TestAFormThatCannotBeSavedKeepsWhatWasWritten(t *testing.T) {
	d := newDesk(t)
	a := d.variant("returns", "en")
	fields := url.Values{"locale": {"en"}, "question": {"Kept <question>"}, "answer": {""}, "valid_from": {"2026-02-02"}, "valid_to": {"soon"}}
	d.want(d.post("/knowledge/save", fields), 422, "Kept &lt;question&gt;", `aria-describedby="fault-valid_to"`, `id="fault-valid_to"`, `id="fault-answer"`, "editor.fault.empty Field [editor.field.answer]", "editor.fault.date Field [editor.field.valid_to] Value soon")
	fields = url.Values{"ref": {"returns"}, "locale": {"en"}, "question": {"q"}, "answer": {"a"}}
	d.want(d.post("/knowledge/save", fields), 422, "editor.fault.taken")
	fields = url.Values{"id": {a.ID.String()}, "version": {"1"}, "ref": {"shipping"}, "locale": {"en"}, "question": {"q"}, "answer": {"a"}}
	d.want(d.post("/knowledge/save", fields), 422, "editor.fault.published Field [editor.field.id]", `aria-describedby="fault-id"`)
	fields.Set("ref", "returns")
	fields.Set("locale", "es")
	d.want(d.post("/knowledge/save", fields), 422, "editor.fault.published Field [editor.field.locale]", `aria-describedby="fault-locale"`, `id="fault-locale"`)
	if err := d.base.Archive(t.Context(), d.shop.ID, a.ID); err != nil {
		t.Fatal(err)
	}
	fields.Set("ref", "shipping")
	fields.Set("locale", "en")
	d.want(d.post("/knowledge/save", fields), 422, "editor.fault.taken")
	fields.Set("ref", "returns")
	fields.Set("question", strings.Repeat("q", 2_001))
	d.want(d.post("/knowledge/save", fields), 422, "editor.fault.refused")
	fields.Set("id", uuid.NewString())
	d.want(d.post("/knowledge/save", fields), 404)
	if got := d.variant("returns", "en"); got.Version != 1 {
		t.Errorf("something was saved: %+v", got)
	}
}

func TestTwoEditorsDoNotOverwriteEachOtherUnknowingly(t *testing.T) {
	d := newDesk(t)
	a := d.variant("returns", "en")
	fields := url.Values{"id": {a.ID.String()}, "version": {"1"}, "ref": {"returns"}, "locale": {"en"}, "question": {a.Question}, "answer": {"first"}}
	d.want(d.post("/knowledge/save", fields), 303)
	fields.Set("answer", "second")
	d.want(d.post("/knowledge/save", fields), 409, "second", "editor.edit.moved Author Eve Version 2", `name="version" value="2"`)
	fields.Set("version", "2")
	d.want(d.post("/knowledge/save", fields), 303)
}

func TestAPreviewStoresNothingAndEscapes(t *testing.T) {
	d := newDesk(t)
	fields := url.Values{"question": {"<script>q</script>"}, "answer": {"text"}, "locale": {"es"}, "action": {"preview"}}
	d.want(d.post("/knowledge/preview", fields), 200, `lang="es"`, "&lt;script&gt;", "text")
	d.want(d.post("/knowledge/save", fields), 200, "&lt;script&gt;", `name="action" value="save"`)
	if _, total, err := d.base.List(t.Context(), d.shop.ID, knowledge.Filter{}); err != nil || total != len(knowledgetest.Articles()) {
		t.Errorf("%d articles, %v", total, err)
	}
}

func TestANewVariantBeginsWithWhatItsOriginHas(t *testing.T) {
	d := newDesk(t)
	d.want(d.get("/knowledge/new?ref=returns&locale=en"), 303)
	a := d.variant("returns", "en")
	a.Market, a.Tags = []string{"US"}, []string{"x"}
	a.ID, a.Ref, a.Status = uuid.Nil, "fresh", knowledge.Published
	knowledgetest.Import(t, d.base, d.shop, a)
	d.want(d.get("/knowledge/new?ref=fresh&locale=es"), 200, `value="US"`, `value="x"`, a.Answer, `<option value="es" selected>`)
	d.want(d.get("/knowledge/new?question=Hola&answer=Adi%C3%B3s&locale=es"), 200, `value="Hola"`, ">Adiós</textarea>")
	if got := d.get("/knowledge/ref/returns?locale=es&phrasing=devolver"); got.location != "/knowledge/articles/"+d.variant("returns", "es").ID.String()+"?phrasing=devolver" {
		t.Errorf("location %s", got.location)
	}
	d.want(d.get("/knowledge/ref/none"), 404)
	d.want(d.get("/knowledge/articles/"+d.variant("returns", "es").ID.String()+"?phrasing=devolver+ya"), 200, "devolver ya</textarea>")
}

func TestTheListFindsByWordsByMeaningAndByWhatNeedsAttention(t *testing.T) {
	d := newDesk(t)
	d.want(d.get("/knowledge"), 200, "editor.list.count Count 4")
	d.want(d.get("/knowledge?q=coupon&locale=en"), 200, "Why does my coupon not work?")
	if got := d.get("/knowledge?q=when+will+my+parcel+get+here"); !strings.Contains(got.body, "editor.list.near") || !strings.Contains(got.body, "How long does delivery take?") {
		t.Errorf("not found by meaning: %s", got.body)
	}
	soon := time.Now().Add(48 * time.Hour)
	knowledgetest.Import(t, d.base, d.shop, knowledge.Article{Ref: "sale", Locale: "en", Question: "Is there a sale?", Answer: "Until the day after tomorrow.", ValidTo: &soon})
	gone, later, latest := time.Now().Add(-48*time.Hour), time.Now().Add(72*time.Hour), time.Now().Add(96*time.Hour)
	knowledgetest.Import(t, d.base, d.shop, knowledge.Article{Ref: "last-sale", Locale: "en", Question: "Was there a sale?", Answer: "Until the day before yesterday.", ValidTo: &gone},
		knowledge.Article{Ref: "next-sale", Locale: "en", Question: "Will there be a sale?", Answer: "In three days.", ValidFrom: &later, ValidTo: &latest})
	d.want(d.get("/knowledge?show=ending"), 200, "Is there a sale?", "editor.window.ending", "Count 1]")
	d.want(d.get("/knowledge?show=ended"), 200, "Was there a sale?", "editor.window.expired", "Count 1]")
	d.want(d.get("/knowledge?show=early"), 200, "Will there be a sale?", "editor.window.early", "Count 1]")
	d.want(d.get("/knowledge?show=missed"), 200, "editor.list.none_missed")
	if err := d.base.Missed(t.Context(), d.shop.ID, knowledge.Missed{Text: "is it on sale", Locale: "en", Outcome: "ask", Best: "sale"}); err != nil {
		t.Fatal(err)
	}
	d.want(d.get("/knowledge?show=missed"), 200, "Is there a sale?", "editor.list.missed Count 1")
	if err := d.base.CountAsked(t.Context(), d.shop.ID, d.variant("sale", "en").ID); err != nil {
		t.Fatal(err)
	}
	d.want(d.get("/knowledge?show=unasked"), 200, "editor.list.count Count 6")
	d.want(d.get("/knowledge?q=%25&page=9&status=draft"), 200, "editor.list.none]")
}

func TestAnEmptyShopIsToldHowToBegin(t *testing.T) {
	d := newDesk(t)
	d.shop = knowledgetest.Shop(t, d.base, "empty")
	d.want(d.get("/knowledge"), 200, "editor.list.empty]")
	d.want(d.get("/knowledge/missed"), 200, "editor.missed.empty_open")
	d.want(d.get("/knowledge/import"), 200, "editor.import.none")
	d.want(d.get("/knowledge/try?question=anything"), 200, "editor.try.nothing")
}

func TestAnotherShopsArticleIsNotThere(t *testing.T) {
	d := newDesk(t)
	a := d.variant("returns", "en")
	d.shop = knowledgetest.Shop(t, d.base, "other")
	page := "/knowledge/articles/" + a.ID.String()
	for _, path := range []string{page, page + "/publish", page + "/history", "/knowledge/import/" + uuid.NewString()} {
		d.want(d.get(path), 404)
	}
	for _, path := range []string{page + "/publish", page + "/archive", page + "/rollback"} {
		d.want(d.post(path, url.Values{"version": {"1"}}), 404)
	}
	d.want(d.get("/knowledge/articles/none"), 404)
}

func TestNobodyIsTurnedAway(t *testing.T) {
	d := newDesk(t)
	for _, path := range []string{"/knowledge", "/knowledge/import", "/api/knowledge/articles"} {
		d.want(d.send("GET", path, "", "", "Authorization", "nobody"), 401)
	}
}

func TestPublishingShowsWhatElseWouldChange(t *testing.T) {
	d := newDesk(t, func(c *Config) {
		c.Changes = func(ctx context.Context, _ knowledge.Shop, a knowledge.Article, _ func(asked, of int)) (Rehearsal, error) {
			switch a.Ref {
			case "size":
				return Rehearsal{}, os.ErrDeadlineExceeded
			case "shipping":
				<-ctx.Done()
				return Rehearsal{}, ctx.Err()
			}
			return Rehearsal{Asked: 2, Of: 2, Changes: []Change{{Question: "an exam's question", Source: "exam", Worse: true, Before: Top{Ref: "shipping", Question: "How long?", Decision: knowledge.DecideAnswer},
				After: Top{Decision: knowledge.DecideNone}}}}, nil
		}
	})
	if live := d.want(d.get("/knowledge/articles/"+d.variant("returns", "en").ID.String()+"/publish"), 200, "editor.review.is_live"); strings.Contains(live.body, "editor.check") || strings.Contains(live.body, "editor.review.changes") {
		t.Error("what answers already is compared with itself")
	}
	returns := d.rewrite("returns", "en", "Within 9 days.")
	d.want(d.get(returns), 200, "an exam&#39;s question", "editor.decision.none", "editor.decision.answer", "editor.review.worse", "/knowledge/ref/shipping", `data-key="p">[editor.review.publish]`)
	d.want(d.get(d.rewrite("size", "en", "It fits.")), 200, "editor.check.trouble_failed", "[editor.review.publish]")
	// A long one does not keep the page, nor the publication, and the page says that it is not known yet.
	page := d.rewrite("shipping", "en", "It takes a week.")
	got := d.want(d.get(page), 200, "editor.check.running", "<progress", "editor.review.unknown_yet", "editor.review.publish_unseen")
	if got.header.Get("Refresh") == "" {
		t.Error("the page does not look again by itself")
	}
	if strings.Contains(got.body, "[editor.review.publish]") {
		t.Error("it is published as if all were known")
	}
	d.want(d.post(page, url.Values{"version": {"2"}}), 303)
	d.waitFor(returns, "editor.review.worse")
}

func TestAnEditorIsToldWhichLanguagesStillSayTheOldThing(t *testing.T) {
	d := newDesk(t)
	a := d.variant("returns", "en")
	saved := d.want(d.post("/knowledge/save", url.Values{"id": {a.ID.String()}, "ref": {a.Ref}, "version": {"1"}, "locale": {"en"}, "question": {a.Question},
		"answer": {"Within 99 days."}, "action": {"review"}}), 303)
	d.want(d.get(saved.location), 200, "editor.review.behind", "/knowledge/articles/"+d.variant("returns", "zh").ID.String(), "[editor.review.lacks Numbers 99]")
}

func TestATwinIsShownBeforePublishing(t *testing.T) {
	d := newDesk(t)
	saved := d.want(d.post("/knowledge/save", url.Values{"locale": {"en"}, "question": {"How do I return something?"}, "answer": {"You cannot."}, "action": {"review"}}), 303)
	d.want(d.get(saved.location), 200, "editor.review.first", "How do I return something?", "You can return an item within 7 days", "editor.review.wins")
}

func TestATrialAsksTheBotAndSaysWhy(t *testing.T) {
	var asked Trial
	d := newDesk(t, func(c *Config) {
		c.Detect = func(string) string { return "en" }
		c.Ask = func(_ context.Context, _ knowledge.Shop, trial Trial) (Tried, error) {
			asked = trial
			return Tried{Action: "handoff", Text: "A colleague will look.", Language: "en", Level: 2, Reasons: []Reason{{Kind: "mood", Score: .8}}}, nil
		}
	})
	d.want(d.get("/knowledge/try"), 200, "editor.try.lead")
	d.want(d.get("/knowledge/try?question=where+is+my+parcel&at=2026-05-01T10:00&market=US"), 200,
		"A colleague will look.", "editor.action.handoff", "editor.level.2", "editor.reason.mood", "How long does delivery take?")
	if asked.Market != "US" || asked.Locale != "en" || !asked.At.Equal(time.Date(2026, 5, 1, 10, 0, 0, 0, d.shop.Location())) {
		t.Errorf("asked: %+v", asked)
	}
	d.want(d.get("/knowledge/try?question=x&at=yesterday"), 422, "editor.try.bad_time")
}

func TestAMissedQuestionBecomesAnArticle(t *testing.T) {
	d := newDesk(t)
	ctx := t.Context()
	for _, text := range []string{"Do you ship to Iceland?", "do you ship to iceland", "Is there a shop in Rome?"} {
		if err := d.base.Missed(ctx, d.shop.ID, knowledge.Missed{Text: text, Locale: "en", Outcome: "none", Best: "shipping", Confidence: .2}); err != nil {
			t.Fatal(err)
		}
	}
	d.want(d.get("/knowledge/missed"), 200, "editor.missed.count Count 3", "Is there a shop in Rome?", "/knowledge/ref/shipping?")
	groups, err := d.base.MissedQuestions(ctx, d.shop.ID, knowledge.MissedOpen)
	if err != nil {
		t.Fatal(err)
	}
	var iceland, rome missedGroup
	for _, group := range groups {
		if g := describe(group); strings.Contains(g.First.Text, "Rome") {
			rome = g
		} else {
			iceland = g
		}
	}
	d.want(d.get(iceland.WriteHref), 200, "celand", iceland.IDs[0].String())
	d.want(d.get(iceland.TryHref), 200, "/knowledge/new?locale=en&amp;missed="+iceland.IDs[0].String()+"&amp;missed="+iceland.IDs[1].String())
	fields := url.Values{"locale": {"en"}, "question": {"Do you ship to Iceland?"}, "answer": {"Not yet."}, "missed": {iceland.IDs[0].String()}, "action": {"save"}}
	d.want(d.post("/knowledge/save", fields), 303)
	d.want(d.get("/knowledge/missed?state=done"), 200, "celand")
	d.want(d.post("/knowledge/missed", url.Values{"id": {rome.IDs[0].String()}, "state": {"ignored"}}), 303)
	d.want(d.get("/knowledge/missed?state=ignored"), 200, "Rome")
	d.want(d.post("/knowledge/missed", url.Values{"id": {rome.IDs[0].String()}, "state": {"done"}}), 400)
	d.want(d.post("/knowledge/missed", url.Values{"state": {"open"}}), 400)
	d.want(d.get("/knowledge/missed?state=other"), 404)
}
