package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/bottest"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"

	"github.com/google/uuid"
)

func TestHoursAndClocksAreSetOnTheShopsClock(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	v := p.admin(t)
	v.sent("/admin/hours", url.Values{"day-1": {"9:00 – 13:00，14:00-24:00"}, "day-6": {"22:00-02:00"}})
	terms, err := p.desk.Terms(ctx, p.shop.ID)
	if err != nil || len(terms.Hours.Shifts) != 3 || terms.Hours.Shifts[0] != (handoff.Shift{Weekday: time.Monday, Opens: 540, Closes: 780}) {
		t.Errorf("shifts are %v (%v)", terms.Hours.Shifts, err)
	}
	if body := v.page("/admin/hours"); !strings.Contains(body, `value="09:00-13:00, 14:00-24:00"`) || !strings.Contains(body, p.shop.TimeZone) {
		t.Error("the page does not show the hours")
	}
	for _, typed := range []string{"09:00", "9 o'clock-10:00", "09:00-13:00, 12:00-15:00"} {
		v.refusedForm("/admin/hours", url.Values{"day-1": {typed}}, "hours")
	}
	v.sent("/admin/clocks", url.Values{"first_reply": {"5"}, "plan": {"20"}, "solution": {"60"}})
	if terms, err = p.desk.Terms(ctx, p.shop.ID); err != nil || terms.FirstReply != 5*time.Minute || terms.Solution != time.Hour {
		t.Errorf("clocks are %+v (%v)", terms, err)
	}
	v.refusedForm("/admin/clocks", url.Values{"first_reply": {"30"}, "plan": {"20"}, "solution": {"60"}}, "clocks")
	v.refusedForm("/admin/clocks", url.Values{"first_reply": {"x"}, "plan": {"20"}, "solution": {"60"}}, "clocks")
	p.audited(t, "desk.hours", "")
	p.audited(t, "desk.clocks", "")
}

func TestAnAdminAddsAnotherShopAndWorksThere(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	v := p.admin(t)
	link := secretIn(t, v.sent("/admin/shops", url.Values{"slug": {"second"}, "name": {"Second shop"}, "locale": {"es"}, "time_zone": {"Europe/Madrid"}}))
	shop, err := p.base.ShopBySlug(ctx, "second")
	if err != nil {
		t.Fatal(err)
	}
	if list, err := p.channels.List(ctx, shop.ID); err != nil || len(list) != 1 {
		t.Errorf("its channels are %v (%v)", list, err)
	}
	there := p.visitor(t)
	if body := there.follow(link); !strings.Contains(body, "Second shop") {
		t.Error("the link does not lead into the new shop's settings")
	}
	if body := there.page("/admin/shops"); !strings.Contains(body, "second") || !strings.Contains(body, "demo") {
		t.Error("the admin does not see both shops")
	}
	v.refusedForm("/admin/shops", url.Values{"slug": {"second"}, "name": {"X"}, "locale": {"es"}, "time_zone": {"UTC"}}, "slug")
	v.refusedForm("/admin/shops", url.Values{"slug": {"a b"}, "name": {"X"}, "locale": {"es"}, "time_zone": {"UTC"}}, "slug")
	v.refusedForm("/admin/shops", url.Values{"slug": {"third"}, "name": {""}, "locale": {"es"}, "time_zone": {"UTC"}}, "name")
	v.refusedForm("/admin/shops", url.Values{"slug": {"third"}, "name": {"X"}, "locale": {"es"}, "time_zone": {"Local"}}, "time_zone")
	p.audited(t, "shop.add", "second")
}

func TestTheModelIsCheckedAndItsBudgetSet(t *testing.T) {
	t.Parallel()
	model := bottest.Serve(bottest.Always(bottest.Answer{Text: `{"ok": true}`}))
	t.Cleanup(model.Close)
	p := boot(t, func(c *Config) { c.OpenAIBaseURL, c.OpenAIKey, c.Model = model.URL, "sk-very-secret", "small-model" })
	v := p.admin(t)
	if body := v.page("/admin/model"); !strings.Contains(body, "small-model") || strings.Contains(body, "sk-very-secret") {
		t.Error("the page does not name the model, or tells its key")
	}
	if body := v.sent("/admin/model/check", nil); !strings.Contains(body, "The model answered in") {
		t.Error("the check's result is not shown")
	}
	model.Follow(bottest.Always(bottest.Answer{Status: 401}))
	if body := v.sent("/admin/model/check", nil); !strings.Contains(body, "did not answer properly") || strings.Contains(body, "sk-very-secret") {
		t.Error("a failed check is not told, or tells the key")
	}
	v.sent("/admin/model/budget", url.Values{"daily_tokens": {"5000"}, "daily_calls": {""}})
	shop, err := p.base.Shop(context.Background(), p.shop.ID)
	if err != nil || shop.Settings.DailyTokens != 5000 || shop.Settings.DailyCalls != 0 {
		t.Errorf("budget %+v (%v)", shop.Settings, err)
	}
	v.refusedForm("/admin/model/budget", url.Values{"daily_tokens": {"-1"}}, "daily_tokens")
	v.refusedForm("/admin/model/budget", url.Values{"daily_calls": {"many"}}, "daily_calls")
	p.audited(t, "model.budget", shop.Slug)
	if status, _ := boot(t).admin(t).post("/admin/model/check", nil); status != http.StatusNotFound {
		t.Errorf("a check without a model: %d", status)
	}
}

func TestHostileWordsAreOnlyWordsInTheSettings(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	v := p.admin(t)
	const bad = `"><script>alert(1)</script><img src=x onerror=alert(2)>{{.Data}}`
	v.sent("/admin/people", url.Values{"name": {bad}, "email": {"bad@demo.example"}, "roles": {"agent"}})
	v.sent("/admin/shop", url.Values{"name_en": {bad}, "name_zh": {bad}, "locale": {"en"}, "time_zone": {"UTC"}})
	if status, page := v.post("/admin/shop", url.Values{"name_en": {bad}, "locale": {"en"}, "time_zone": {"UTC"}, "market": {bad}}); status != http.StatusUnprocessableEntity || strings.Contains(page, bad) {
		t.Errorf("a market that is none: %d, with its words on the page: %v", status, strings.Contains(page, bad))
	}
	v.post("/admin/channels", url.Values{"name": {bad}, "kind": {bad}, "reply_url": {bad}})
	if err := p.desk.Record(ctx, p.shop.ID, handoff.Entry{Who: bad, Action: bad, Subject: bad, Detail: map[string]any{bad: bad}}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.pool.Exec(ctx, `update spaces set error = $2 where shop_id = $1`, p.shop.ID, bad); err != nil {
		t.Fatal(err)
	}
	for _, path := range append(settingsPages, "/figures", "/figures?days="+url.QueryEscape(bad), "/audit?area="+url.QueryEscape(bad)+"&person="+url.QueryEscape(bad), "/people/"+p.person(t, "bad@demo.example").ID.String()) {
		if body := v.page("/admin" + path); strings.Contains(body, "<script>alert") || strings.Contains(body, "<img src=x") || strings.Contains(body, `"><b>`) || strings.Contains(body, " style=") {
			t.Errorf("/admin%s holds markup of a stranger, or a style that the policy blocks", path)
		}
	}
}

func TestTheAuditLogIsFilteredAndPaged(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	v := p.admin(t)
	ana := p.person(t, "admin@demo.frontdesk.example")
	for i := range 60 {
		e := handoff.Entry{Who: "Ana", StaffID: &ana.ID, Action: "token.add", Subject: "old-one"}
		if i >= 55 {
			e = handoff.Entry{Who: "bot", Action: "case.open", Subject: "a-case"}
		}
		if err := p.desk.Record(ctx, p.shop.ID, e); err != nil {
			t.Fatal(err)
		}
	}
	body := v.page("/admin/audit?area=token&person=" + ana.ID.String())
	if n := strings.Count(body, "old-one"); n != 50 || strings.Contains(body, "a-case") {
		t.Errorf("the first page has %d lines", n)
	}
	start := strings.Index(body, `href="/admin/audit?`)
	if start < 0 {
		t.Fatal("there is no way to the older lines")
	}
	next, _, _ := strings.Cut(body[start+6:], `"`)
	if n := strings.Count(v.page(strings.ReplaceAll(next, "&amp;", "&")), "old-one"); n != 5 {
		t.Errorf("the second page has %d lines", n)
	}
}

func TestFiguresShowWhatHappenedAsPlotTableAndCSV(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	if body := p.admin(t).page("/admin/figures"); strings.Contains(body, "<svg viewBox=\"0 0 480 220\"") {
		t.Error("there is a plot of nothing")
	}
	s := p.shopSystem(t, "site")
	s.say("fig-1", "m-1", "Can I combine two discount codes?")
	s.wait("fig-1", "message.created", 1)
	s.say("fig-2", "m-1", "Useless bot, I am furious, get me a human!")
	s.wait("fig-2", "handoff.started", 1)
	if err := p.base.Missed(ctx, p.shop.ID, knowledge.Missed{Text: "?", Outcome: "none", State: knowledge.MissedOpen}); err != nil {
		t.Fatal(err)
	}
	v := p.visits(t, p.hire(t, "lead@demo.example", staff.Supervisor))
	body := v.page("/admin/figures?days=7")
	for _, want := range []string{`<rect class="four"`, `<rect class="two"`, "Without a person so far: 1", "<title id=", "<desc id=", "Asks for a person"} {
		if !strings.Contains(body, want) {
			t.Errorf("the figures have no %s", want)
		}
	}
	day := time.Now().In(p.shop.Location()).Format(time.DateOnly)
	table := v.page("/admin/figures/conversations.csv?days=7")
	if lines := strings.Split(strings.TrimSpace(table), "\n"); len(lines) != 8 || lines[0] != "day,conversations,certain,without_person,without_person_so_far,with_person,handovers,thumbs_up,thumbs_down" || lines[7] != day+",2,0,0,1,1,1,0,0" {
		t.Errorf("the export is\n%s", table)
	}
	for _, name := range []string{"missed", "ratings", "reasons", "clocks", "waits", "waits-by-day"} {
		v.page("/admin/figures/" + name + ".csv")
	}
	if status, _ := v.get("/admin/figures/" + uuid.NewString()); status != http.StatusNotFound {
		t.Errorf("an unknown table: %d", status)
	}
}

func TestEveryPageCountsTheSameConversations(t *testing.T) {
	t.Parallel()
	p := boot(t)
	s := p.shopSystem(t, "site")
	s.say("fig-1", "m-1", "Can I combine two discount codes?")
	s.wait("fig-1", "message.created", 1)
	s.say("fig-2", "m-1", "Useless bot, I am furious, get me a human!")
	s.wait("fig-2", "handoff.started", 1)
	v := p.admin(t)
	for path, want := range map[string]string{"/admin": "<dt>Conversations</dt><dd>2</dd>", "/admin/figures?days=7": "<dt>Conversations</dt><dd>2</dd>",
		"/admin/figures?days=30": "<dt>Conversations</dt><dd>2</dd>", "/admin/channels": `data-label="Last 30 days">2</td>`} {
		if body := v.page(path); !strings.Contains(body, want) {
			t.Errorf("%s has no %s", path, want)
		}
	}
}

func TestTheOverviewSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	shop, err := p.addShop(ctx, knowledge.Shop{Slug: "fresh"})
	if err != nil {
		t.Fatal(err)
	}
	owner, err := p.staff.Add(ctx, staff.Person{ShopID: shop.ID, Email: "o@fresh.example", Roles: []string{staff.Admin}})
	if err != nil {
		t.Fatal(err)
	}
	body := p.visits(t, owner).page("/admin")
	for _, want := range []string{"To do: 3", "/knowledge/import", "/admin/shop#line", "/admin/people"} {
		if !strings.Contains(body, want) {
			t.Errorf("a fresh shop's overview has no %q", want)
		}
	}
	var refs int
	if err := p.pool.QueryRow(ctx, `select count(distinct ref) from articles where shop_id = $1 and status = 'published'`, p.shop.ID).Scan(&refs); err != nil {
		t.Fatal(err)
	}
	if body := p.admin(t).page("/admin"); refs == 0 || !strings.Contains(body, fmt.Sprintf("Published: %d.", refs)) { // not one for each language
		t.Errorf("the demo shop's overview does not count %d articles", refs)
	}
}
