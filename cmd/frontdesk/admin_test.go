package main

import (
	"context"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"

	"github.com/google/uuid"
)

// visitor is a browser without a script: it keeps cookies, follows redirects and sends forms.
type visitor struct {
	t      testing.TB
	p      *program
	client *http.Client
}

func (p *program) visitor(t testing.TB) *visitor {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &visitor{t: t, p: p, client: &http.Client{Jar: jar}}
}

// visits is a visitor who came through a one-time link.
func (p *program) visits(t testing.TB, who staff.Person) *visitor {
	t.Helper()
	link, err := p.signInLink(context.Background(), who, "")
	if err != nil {
		t.Fatal(err)
	}
	v := p.visitor(t)
	v.follow(link)
	return v
}

// follow uses a sign-in link, whatever host it names.
func (v *visitor) follow(link string) string {
	v.t.Helper()
	u, err := url.Parse(link)
	if err != nil {
		v.t.Fatal(err)
	}
	_, body := v.post(u.Path, url.Values{"next": {u.Query().Get("next")}})
	return body
}

func (v *visitor) do(req *http.Request) (status int, body string) {
	v.t.Helper()
	req.Header.Set("Accept", "text/html")
	resp, err := v.client.Do(req)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return resp.StatusCode, string(raw)
}

func (v *visitor) get(path string) (status int, body string) {
	v.t.Helper()
	req, err := http.NewRequest(http.MethodGet, v.p.url+path, nil)
	if err != nil {
		v.t.Fatal(err)
	}
	return v.do(req)
}

func (v *visitor) post(path string, form url.Values) (status int, body string) {
	v.t.Helper()
	req, err := http.NewRequest(http.MethodPost, v.p.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		v.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(req)
}

// page is a page that must be there.
func (v *visitor) page(path string) string {
	v.t.Helper()
	status, body := v.get(path)
	if status != http.StatusOK {
		v.t.Fatalf("GET %s: %d", path, status)
	}
	return body
}

// sent sends a form that must be taken, and returns the page after it.
func (v *visitor) sent(path string, form url.Values) string {
	v.t.Helper()
	status, body := v.post(path, form)
	if status != http.StatusOK {
		v.t.Fatalf("POST %s: %d\n%s", path, status, problemsIn(body))
	}
	return body
}

// refusedForm sends a form that must come back with a problem of a field.
func (v *visitor) refusedForm(path string, form url.Values, field string) {
	v.t.Helper()
	if status, body := v.post(path, form); status != http.StatusUnprocessableEntity || !strings.Contains(body, `id="`+field+`-problem"`) {
		v.t.Errorf("POST %s with a bad %s: %d %v", path, field, status, problemsIn(body))
	}
}

var problemPattern = regexp.MustCompile(`<p class="error"[^>]*>[^<]*`)

func problemsIn(body string) []string { return problemPattern.FindAllString(body, -1) }

var secretPattern = regexp.MustCompile(`<p class="copy[^>]* aria-label="Select it and copy it">([^<]*)</p>`)

// secretIn is the secret that a page shows once.
func secretIn(t testing.TB, body string) string {
	t.Helper()
	m := secretPattern.FindStringSubmatch(body)
	if m == nil {
		t.Fatal("the page shows no secret")
	}
	return html.UnescapeString(m[1])
}

func (p *program) admin(t testing.TB) *visitor {
	t.Helper()
	return p.visits(t, p.person(t, "admin@demo.frontdesk.example"))
}

func (p *program) hire(t testing.TB, email string, roles ...string) staff.Person {
	t.Helper()
	person, err := p.staff.Add(context.Background(), staff.Person{ShopID: p.shop.ID, Email: email, Name: "Someone", Roles: roles})
	if err != nil {
		t.Fatal(err)
	}
	return person
}

// audited says whether the shop's log has an action on a subject.
func (p *program) audited(t testing.TB, action, subject string) handoff.Entry {
	t.Helper()
	list, err := p.desk.Audit(context.Background(), p.shop.ID, handoff.AuditFilter{Action: action, Subject: subject})
	if err != nil {
		t.Fatal(err)
	}
	if len(list) == 0 {
		t.Errorf("the audit log has no %s on %q", action, subject)
		return handoff.Entry{}
	}
	return list[0]
}

var settingsPages = []string{"", "/shop", "/channels", "/model", "/people", "/tokens", "/hours", "/shops", "/audit"}

func TestSettingsAreForAdminsAlone(t *testing.T) {
	t.Parallel()
	p := boot(t)
	agent := p.visits(t, p.hire(t, "agent2@demo.example", staff.Agent))
	editor := p.visits(t, p.person(t, "editor@demo.frontdesk.example"))
	supervisor := p.visits(t, p.hire(t, "lead@demo.example", staff.Supervisor))
	admin := p.admin(t)
	stranger := p.visitor(t)
	stranger.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	some := uuid.Must(uuid.NewV7()).String()
	for _, path := range settingsPages {
		for name, v := range map[string]*visitor{"agent": agent, "editor": editor, "supervisor": supervisor} {
			if status, _ := v.get("/admin" + path); status != http.StatusForbidden {
				t.Errorf("%s gets /admin%s: %d", name, path, status)
			}
		}
		if status, _ := stranger.get("/admin" + path); status != http.StatusSeeOther {
			t.Errorf("a stranger gets /admin%s: %d", path, status)
		}
		admin.page("/admin" + path)
	}
	for _, path := range []string{"/shop", "/channels", "/channels/" + some, "/channels/" + some + "/rotate", "/channels/" + some + "/test", "/deliveries/" + some + "/again",
		"/model/check", "/model/budget", "/people", "/people/" + some, "/people/" + some + "/link", "/people/" + some + "/unlock", "/tokens", "/tokens/x/revoke", "/hours", "/clocks", "/shops"} {
		for name, v := range map[string]*visitor{"agent": agent, "editor": editor, "supervisor": supervisor} {
			if status, _ := v.post("/admin"+path, url.Values{}); status != http.StatusForbidden {
				t.Errorf("%s posts /admin%s: %d", name, path, status)
			}
		}
		if status, _ := stranger.post("/admin"+path, url.Values{}); status != http.StatusUnauthorized {
			t.Errorf("a stranger posts /admin%s: %d", path, status)
		}
	}
	for name, v := range map[string]*visitor{"agent": agent, "editor": editor} {
		if status, _ := v.get("/admin/figures"); status != http.StatusForbidden {
			t.Errorf("%s gets the figures: %d", name, status)
		}
	}
	supervisor.page("/admin/figures")
	supervisor.page("/admin/figures/missed.csv")
	admin.page("/admin/figures?days=90")
}

func TestSettingsOfAnotherShopAreNotThere(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	other, err := p.addShop(ctx, knowledge.Shop{Slug: "other"})
	if err != nil {
		t.Fatal(err)
	}
	ch, err := p.channels.Add(ctx, channel.Channel{ShopID: other.ID, Name: "theirs", Kind: channel.KindWebhook, ReplyURL: "http://127.0.0.1:9/"})
	if err != nil {
		t.Fatal(err)
	}
	person, err := p.staff.Add(ctx, staff.Person{ShopID: other.ID, Email: "x@other.example", Roles: []string{staff.Admin}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.staff.AddToken(ctx, other.ID, staff.Agent, "their-token"); err != nil {
		t.Fatal(err)
	}
	v := p.admin(t)
	for _, path := range []string{"/channels/" + ch.ID.String(), "/people/" + person.ID.String(), "/channels/nonsense", "/people/nonsense"} {
		if status, _ := v.get("/admin" + path); status != http.StatusNotFound {
			t.Errorf("GET %s: %d", path, status)
		}
	}
	for _, path := range []string{"/channels/" + ch.ID.String(), "/channels/" + ch.ID.String() + "/rotate", "/channels/" + ch.ID.String() + "/test", "/people/" + person.ID.String(),
		"/people/" + person.ID.String() + "/link", "/people/" + person.ID.String() + "/unlock", "/tokens/their-token/revoke", "/deliveries/" + uuid.Must(uuid.NewV7()).String() + "/again"} {
		if status, _ := v.post("/admin"+path, url.Values{"mode": {"off"}, "name": {"x"}, "email": {"x@x.example"}, "roles": {"admin"}}); status != http.StatusNotFound {
			t.Errorf("POST %s: %d", path, status)
		}
	}
	for _, path := range append(settingsPages, "/figures") {
		if body := v.page("/admin" + path); strings.Contains(body, "theirs") || strings.Contains(body, "other.example") || strings.Contains(body, "their-token") || strings.Contains(body, other.PublicKey) {
			t.Errorf("/admin%s shows another shop", path)
		}
	}
	if after, err := p.channels.ByID(ctx, other.ID, ch.ID); err != nil || after.Mode != channel.ModeAuto || len(after.Secrets) != 1 {
		t.Errorf("the other shop's channel is %+v (%v)", after, err)
	}
}

func TestAdminSetsUpTheShop(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	v := p.admin(t)
	form := url.Values{"name_en": {"Tangweave"}, "name_zh": {"棠织"}, "name_es": {""}, "locale": {"zh"}, "time_zone": {"Europe/Madrid"}, "market": {"es"},
		"origins": {"https://Shop.example/\n\nhttp://localhost:3000"}, "answer_above": {"75"}, "ask_above": {"40"}, "exam_bar": {"90"}}
	if body := v.sent("/admin/shop", form); !strings.Contains(body, "https://shop.example") || !strings.Contains(body, "/widget.js") {
		t.Error("the page does not show what was saved")
	}
	shop, err := p.base.Shop(ctx, p.shop.ID)
	if err != nil {
		t.Fatal(err)
	}
	if shop.Name != "棠织" || shop.DisplayName("en") != "Tangweave" || shop.TimeZone != "Europe/Madrid" || shop.Market != "ES" || len(shop.Settings.Origins) != 2 ||
		shop.Settings.AnswerAbove != 0.75 || shop.Settings.AskAbove != 0.4 || shop.Settings.ExamBar != 0.9 {
		t.Errorf("saved %+v", shop)
	}
	if hours, err := p.desk.Hours(ctx, shop.ID); err != nil || hours.Zone.String() != "Europe/Madrid" {
		t.Errorf("the desk's clock is %v (%v)", hours.Zone, err)
	}
	p.audited(t, "shop.save", shop.Slug)
	for field, bad := range map[string]string{"time_zone": "Mars/Olympus", "origins": "shop.example", "answer_above": "170", "ask_above": "80", "locale": "xx", "name_en": strings.Repeat("x", 81)} {
		wrong := url.Values{}
		for k, list := range form {
			wrong[k] = list
		}
		wrong.Set(field, bad)
		v.refusedForm("/admin/shop", wrong, field)
	}
	if status, _ := v.post("/admin/shop", url.Values{"name_en": {"a\x00b"}}); status != http.StatusUnprocessableEntity {
		t.Errorf("a NUL: %d", status)
	}
}

func TestChannelsAreMadeTriedAndRotated(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	v := p.admin(t)
	s := p.shopSystem(t, "site") // its receiver checks every signature
	site, err := p.channels.ByName(ctx, p.shop.ID, "site")
	if err != nil {
		t.Fatal(err)
	}
	page := v.sent("/admin/channels", url.Values{"name": {"crm"}, "kind": {"webhook"}, "reply_url": {"https://crm.example/in?token=geheim"}})
	secret := secretIn(t, page)
	ch, err := p.channels.ByName(ctx, p.shop.ID, "crm")
	if err != nil || len(ch.Secrets) != 1 || ch.Secrets[0] != secret {
		t.Fatalf("shown %q, kept %v (%v)", secret, ch.Secrets, err)
	}
	here := "/admin/channels/" + ch.ID.String()
	if body := v.page(here); strings.Contains(body, secret) || strings.Contains(body, "whsec_") {
		t.Error("the secret is shown again")
	}
	v.sent(here, url.Values{"mode": {"assist"}, "reply_url": {""}})
	rotated := secretIn(t, v.sent(here+"/rotate", nil))
	if ch, err = p.channels.ByID(ctx, p.shop.ID, ch.ID); err != nil || ch.Mode != channel.ModeAssist || ch.ReplyURL != "" || len(ch.Secrets) != 2 || ch.Secrets[0] != rotated {
		t.Errorf("the channel is %s %s with %d secrets (%v)", ch.Mode, ch.ReplyURL, len(ch.Secrets), err)
	}
	v.sent("/admin/channels", url.Values{"name": {"chat2"}, "kind": {"widget"}})
	v.refusedForm("/admin/channels", url.Values{"name": {"crm"}, "kind": {"webhook"}}, "name")
	v.refusedForm("/admin/channels", url.Values{"name": {"No Slug"}, "kind": {"webhook"}}, "name")
	v.refusedForm("/admin/channels", url.Values{"name": {"x"}, "kind": {"pigeon"}}, "kind")
	v.refusedForm("/admin/channels", url.Values{"name": {"x"}, "kind": {"webhook"}, "reply_url": {"javascript:alert(1)"}}, "reply_url")
	v.refusedForm(here, url.Values{"mode": {"loud"}}, "mode")
	for _, action := range []string{"channel.add", "channel.save", "channel.rotate"} {
		if e := p.audited(t, action, "crm"); strings.Contains(fmt.Sprint(e.Detail), "geheim") || strings.Contains(fmt.Sprint(e.Detail), "whsec_") {
			t.Errorf("the audit log tells a secret: %v", e.Detail)
		}
	}

	if body := v.sent("/admin/channels/"+site.ID.String()+"/test", nil); !strings.Contains(body, "took the test event") {
		t.Error("the test's result is not shown")
	}
	if got := s.got("", "test.ping"); len(got) != 1 {
		t.Errorf("the receiver got %d test events", len(got))
	}
	p.audited(t, "channel.test", "site")
}

func TestTheTestOfAChannelSaysInWordsWhatWentWrong(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	v := p.admin(t)
	var status int
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }))
	t.Cleanup(receiver.Close)
	ch, err := p.channels.Add(ctx, channel.Channel{ShopID: p.shop.ID, Name: "hook", Kind: channel.KindWebhook})
	if err != nil {
		t.Fatal(err)
	}
	here := "/admin/channels/" + ch.ID.String()
	if code, _ := v.post(here+"/test", nil); code != http.StatusNotFound {
		t.Errorf("a test without an address: %d", code)
	}
	for _, c := range []struct {
		url    string
		status int
		want   string
	}{
		{receiver.URL, 500, "answered 500"}, {receiver.URL, 401, "does not accept the signature"}, {receiver.URL, 410, "wants no more events"},
		{"http://10.1.2.3/", 0, "private network"}, {"http://127.0.0.1:1/", 0, "cannot be reached"},
	} {
		status = c.status
		v.sent(here, url.Values{"mode": {"auto"}, "reply_url": {c.url}})
		if body := v.sent(here+"/test", nil); !strings.Contains(html.UnescapeString(body), c.want) {
			t.Errorf("%s %d: no %q in the page", c.url, c.status, c.want)
		}
	}
}

func TestPeopleComeGoAndAreLetInAgain(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	v := p.admin(t)
	link := secretIn(t, v.sent("/admin/people", url.Values{"name": {"李娜"}, "email": {"Lina@Demo.example"}, "locale": {"zh"}, "roles": {"agent", "editor"}}))
	lina := p.person(t, "lina@demo.example")
	if body := v.page("/admin/people"); strings.Contains(body, link) || strings.Contains(body, "/sign-in/link/") || !strings.Contains(body, "李娜") {
		t.Error("the link is shown again, or the person is not")
	}
	her := p.visitor(t)
	her.follow(link)
	her.page("/inbox")
	her.page("/knowledge")
	here := "/admin/people/" + lina.ID.String()
	v.sent(here, url.Values{"name": {"Li Na"}, "email": {"lina@demo.example"}, "locale": {""}, "roles": {"editor"}})
	if status, _ := her.get("/inbox"); status != http.StatusForbidden {
		t.Errorf("after her role was taken: %d", status)
	}
	if _, err := p.pool.Exec(ctx, `update staff set locked_until = now() + interval '10 minutes' where shop_id = $1 and staff_id = $2`, p.shop.ID, lina.ID); err != nil {
		t.Fatal(err)
	}
	if body := v.page(here); !strings.Contains(body, here+"/unlock") {
		t.Error("the lock is not shown")
	}
	if body := v.sent(here+"/unlock", nil); strings.Contains(body, here+"/unlock") {
		t.Error("the lock is still there")
	}
	again := p.visitor(t)
	again.follow(secretIn(t, v.sent(here+"/link", nil)))
	again.page("/knowledge")
	v.sent(here, url.Values{"name": {"Li Na"}, "email": {"lina@demo.example"}, "roles": {"editor"}, "disabled": {"yes"}})
	if status, body := again.get("/knowledge"); status == http.StatusOK && !strings.Contains(body, `action="/sign-in"`) {
		t.Error("who is disabled still works")
	}
	for _, action := range []string{"person.add", "person.save", "person.link", "person.unlock"} {
		p.audited(t, action, "lina@demo.example")
	}

	me := "/admin/people/" + p.person(t, "admin@demo.frontdesk.example").ID.String()
	v.refusedForm(me, url.Values{"name": {"Ana"}, "email": {"admin@demo.frontdesk.example"}, "roles": {"agent"}}, "roles")
	v.refusedForm(me, url.Values{"name": {"Ana"}, "email": {"admin@demo.frontdesk.example"}, "roles": {"admin"}, "disabled": {"yes"}}, "roles")
	v.refusedForm("/admin/people", url.Values{"name": {"X"}, "email": {"lina@demo.example"}, "roles": {"agent"}}, "email")
	v.refusedForm("/admin/people", url.Values{"name": {"X"}, "email": {"nobody"}, "roles": {"agent"}}, "email")
	v.refusedForm("/admin/people", url.Values{"name": {"X"}, "email": {"x@demo.example"}, "roles": {"owner"}}, "roles")
}

func TestTokensAreShownOnceAndRevoked(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	v := p.admin(t)
	secret := secretIn(t, v.sent("/admin/tokens", url.Values{"name": {"ci"}, "role": {"editor"}}))
	if token, err := p.staff.Token(ctx, secret); err != nil || token.Role != staff.Editor {
		t.Errorf("the token is %+v (%v)", token, err)
	}
	if body := v.page("/admin/tokens"); strings.Contains(body, secret) || strings.Contains(body, staff.TokenPrefix) || !strings.Contains(body, "ci") {
		t.Error("the token is shown again, or its name is not")
	}
	v.refusedForm("/admin/tokens", url.Values{"name": {"ci"}, "role": {"editor"}}, "name")
	v.refusedForm("/admin/tokens", url.Values{"name": {"With Space"}, "role": {"editor"}}, "name")
	v.refusedForm("/admin/tokens", url.Values{"name": {"x"}, "role": {"owner"}}, "role")
	v.sent("/admin/tokens/ci/revoke", nil)
	if _, err := p.staff.Token(ctx, secret); err == nil {
		t.Error("the token still works")
	}
	p.audited(t, "token.add", "ci")
	p.audited(t, "token.revoke", "ci")
}

func TestTheAuditLogSaysWhatEditorsDid(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	leo := p.person(t, "editor@demo.frontdesk.example")
	v := p.visits(t, leo)
	article, err := p.base.Save(ctx, p.shop.ID, knowledge.Article{Ref: "iceland", Locale: "en", Question: "Do you ship to Iceland?", Answer: "Not yet."})
	if err != nil {
		t.Fatal(err)
	}
	here := "/knowledge/articles/" + article.ID.String()
	v.sent(here+"/publish", url.Values{"version": {"1"}})
	v.sent(here+"/archive", nil)
	v.sent("/knowledge/incidents", url.Values{"en": {"Strike at the carrier."}, "anyway": {"true"}, "market": {"GB"}, "until": {time.Now().Add(24 * time.Hour).In(p.shop.Location()).Format("2006-01-02T15:04")}})
	v.sent("/knowledge/exam/questions", url.Values{"question": {"Do you ship to Iceland?"}, "wanted": {"handoff"}, "locale": {"en"}})
	entries, err := p.desk.Audit(ctx, p.shop.ID, handoff.AuditFilter{StaffID: leo.ID})
	if err != nil {
		t.Fatal(err)
	}
	var did []string
	for _, e := range entries {
		did = append(did, e.Action)
	}
	if want := []string{"exam.keep", "incident.announce", "article.archive", "article.publish"}; !slices.Equal(did, want) {
		t.Errorf("the log says %v, want %v", did, want)
	}
	if body := p.admin(t).page("/admin/audit?area=article"); !strings.Contains(body, "published an article") || !strings.Contains(body, `href="/knowledge/ref/iceland?locale=en">`) || strings.Contains(body, "<code>") {
		t.Errorf("the page does not tell it: %s", body)
	}
}
