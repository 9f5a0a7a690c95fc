package main

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/handoff"
	"frontdesk/knowledge"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// The settings and the figures in a real browser, on a phone and on a desk, in three languages, light and dark: no page is wider than its
// window, breaks the pages' policy, has a field without a name or a text without words.
func TestBrowserShowsTheSettingsWhole(t *testing.T) {
	t.Parallel()
	p := boot(t)
	p.livedIn(t)
	tab := chromiumTab(t)
	p.bring(t, tab, "admin@demo.frontdesk.example")
	all := looks()
	if len(all) < 4 {
		all = append(all, look{"phone", "es", "dark"}, look{"desk", "zh", "light"})
	}
	for _, l := range all {
		name := l.String()
		dress(t, tab, p.url, l)
		site, err := p.channels.ByName(t.Context(), p.shop.ID, "site")
		if err != nil {
			t.Fatal(err)
		}
		for page, path := range map[string]string{"overview": "", "shop": "/shop", "channels": "/channels", "channel": "/channels/" + site.ID.String(), "model": "/model", "people": "/people",
			"person": "/people/" + p.person(t, "agent@demo.frontdesk.example").ID.String(), "tokens": "/tokens", "hours": "/hours", "shops": "/shops", "audit": "/audit", "figures": "/figures"} {
			p.look(t, tab, "/admin"+path, "admin-"+page+"-"+name)
		}
		p.fill(t, tab, "/admin/tokens", map[string]string{"#name": name}, "#once")
		inspect(t, tab, "admin-once-"+name)
		p.fill(t, tab, "/admin/shop", map[string]string{"#time_zone": "Mars/Olympus", "#origins": "nowhere", "#answer_above": "170"}, "#origins-problem")
		inspect(t, tab, "admin-wrong-"+name)
		if at, err := chromedp.Run(tab, chromedp.Evaluate[string](`document.activeElement.getAttribute("aria-describedby") + ""`)); err != nil || at != "time_zone-problem" {
			t.Errorf("%s: the focus is not in the first field that is wrong, but in one described by %s: %v", name, at, err)
		}
	}
}

// fill types into a form, sends it and waits for what comes of it.
func (p *program) fill(t *testing.T, tab context.Context, path string, fields map[string]string, then string) {
	t.Helper()
	steps := []chromedp.Action[chromedp.Void]{chromedp.Navigate(p.url + path)}
	for field, typed := range fields {
		steps = append(steps, chromedp.SetValue(chromedp.CSS(field), typed))
	}
	ctx, cancel := context.WithTimeout(tab, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, append(steps, chromedp.Click(chromedp.CSS("form[action='"+path+"'] button.primary")), chromedp.WaitReady(chromedp.CSS(then)))...); err != nil {
		t.Fatal(path, err)
	}
}

// faults lists what is wrong with the page as it stands.
const faults = `(() => {
	const slips = ` + slips + `;
	const out = [...window.trouble];
	const wide = document.documentElement.scrollWidth - window.innerWidth;
	if (wide > 1) out.push("wider than the window by " + wide + ": " + [...document.querySelectorAll("main *")].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest(".table, .admin-nav, .tabs")).slice(0, 3).map(e => e.tagName + "." + e.className));
	for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a, summary"))
		if (!(e.labels && e.labels.length) && !e.getAttribute("aria-label") && !e.textContent.trim()) out.push("no name: " + e.outerHTML.slice(0, 120));
	const words = document.body.innerText + document.title;
	for (const m of words.match(/\b(admin|inbox|pages)\.[a-z_]+(\.[a-z_0-9]+)*/g) || []) out.push("a text without words: " + m);
	for (const e of document.querySelectorAll(".plot > svg")) for (const text of e.querySelectorAll("text"))
		if (text.getBoundingClientRect().right > e.getBoundingClientRect().right + 1) out.push("a name runs past its plot: " + text.textContent);
	out.push(...slips());
	if (document.querySelectorAll("h1").length !== 1) out.push("not one h1");
	if (document.querySelector("[style]")) out.push("a style attribute");
	const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
	for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) out.push("two of #" + id);
	return out.join("\n");
})()`

// look opens a page and inspects it.
func (p *program) look(t *testing.T, tab context.Context, path, name string) {
	t.Helper()
	if err := chromedp.Do(tab, chromedp.Navigate(p.url+path), chromedp.WaitReady(chromedp.CSS("main"))); err != nil {
		t.Fatal(path, err)
	}
	inspect(t, tab, name)
}

// inspect keeps the page's picture where FRONTDESK_SCREENSHOTS says, and reports its faults.
func inspect(t *testing.T, tab context.Context, name string) {
	t.Helper()
	wrong, err := chromedp.Run(tab, chromedp.Evaluate[string](faults))
	if err != nil {
		t.Fatal(name, err)
	}
	if wrong != "" {
		t.Errorf("%s: %s", name, wrong)
	}
	dir := os.Getenv("FRONTDESK_SCREENSHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o600); err != nil {
		t.Fatal(err)
	}
}

// chromiumTab is a tab of a browser of its own, whose pages note what their policy blocks and which scripts fail.
func chromiumTab(t *testing.T) context.Context {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	tab, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	watch := page.AddScriptToEvaluateOnNewDocumentParams{Source: `window.trouble = [];
		addEventListener("securitypolicyviolation", e => trouble.push("blocked by the policy: " + e.violatedDirective + " " + e.blockedURI));
		addEventListener("error", e => trouble.push("script: " + e.message));`}
	err := chromedp.Do(tab, chromedp.Navigate("about:blank"), chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, watch)
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func dress(t *testing.T, tab context.Context, site string, l look) {
	t.Helper()
	width, height := int64(1440), int64(900)
	if l.size == "phone" {
		width, height = 390, 844
	}
	err := chromedp.Do(tab, chromedp.EmulateViewport(width, height), chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		feature := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: l.scheme}
		if _, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{feature}}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, network.SetCookie, network.SetCookieParams{Name: "frontdesk_locale", Value: l.lang, URL: site})
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
}

// bring signs somebody in in the browser.
func (p *program) bring(t *testing.T, tab context.Context, email string) {
	t.Helper()
	link, err := p.signInLink(t.Context(), p.person(t, email), "/admin")
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(tab, chromedp.Navigate(p.url+u.RequestURI()), chromedp.Click(chromedp.CSS("main button")), chromedp.WaitReady(chromedp.CSS("main.admin"))); err != nil {
		t.Fatal(err)
	}
}

// livedIn gives the demo shop a month that its figures can show.
func (p *program) livedIn(t *testing.T) {
	t.Helper()
	ctx := t.Context()
	ch, err := p.channels.Add(ctx, channel.Channel{ShopID: p.shop.ID, Name: "site", Kind: channel.KindWebhook, ReplyURL: "https://shop.example/frontdesk/events"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.staff.AddToken(ctx, p.shop.ID, "editor", "nightly-import"); err != nil {
		t.Fatal(err)
	}
	kinds := []string{"wish", "mood", "no_knowledge", "order_change", "unsure", "risk_allergy"}
	batch := &pgx.Batch{}
	for day := range 30 {
		for n := range 3 + (day*7)%11 {
			at := time.Now().Add(-time.Duration(day)*24*time.Hour - time.Duration(n)*20*time.Minute)
			id := uuid.Must(uuid.NewV7())
			batch.Queue(`insert into conversations (shop_id, conversation_id, channel_id, address, last_seq, updated_at, holder) values ($1, $2, $3, $4, 2, $5, 'nobody')`, p.shop.ID, id, ch.ID, id.String(), at)
			kind := "text"
			if n%4 == 3 {
				kind = "handoff"
				due := at.Add(10 * time.Minute)
				batch.Queue(`insert into cases (shop_id, case_id, conversation_id, episode, state, level, reasons, first_reply_due, first_reply_at, created_at, closed_at)
					values ($1, $2, $3, 1, 'resolved', 1, $4, $5, $6, $7, $8)`, p.shop.ID, uuid.Must(uuid.NewV7()), id, []map[string]any{{"kind": kinds[(day+n)%len(kinds)], "score": 1}}, due, at.Add(time.Duration(day%14)*time.Minute), at, at.Add(time.Hour))
				batch.Queue(`insert into ratings (shop_id, conversation_id, episode, score, rated_at) values ($1, $2, 1, $3, $4)`, p.shop.ID, id, 2+(day+n)%4, at)
			}
			batch.Queue(`insert into messages (shop_id, conversation_id, seq, author, body, episode, created_at) values ($1, $2, 1, 'shopper', 'hi', 1, $3)`, p.shop.ID, id, at)
			batch.Queue(`insert into messages (shop_id, conversation_id, seq, author, body, kind, episode, created_at) values ($1, $2, 2, 'bot', 'hello', $3, 1, $4)`, p.shop.ID, id, kind, at.Add(1400*time.Millisecond))
			if n == 0 && day < 4 {
				batch.Queue(`insert into deliveries (shop_id, delivery_id, channel_id, conversation_id, type, payload, state, last_error) values ($1, $2, $3, $4, 'message.created', '{}', 'dead', 'the receiver answered 500')`, p.shop.ID, uuid.Must(uuid.NewV7()), ch.ID, id)
			}
		}
		missed := knowledge.Missed{Text: fmt.Sprint("question ", day), Outcome: []string{"none", "ask", "disliked"}[day%3], State: knowledge.MissedOpen, AskedAt: time.Now().AddDate(0, 0, -day)}
		if err := p.base.Missed(ctx, p.shop.ID, missed); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.pool.SendBatch(ctx, batch).Close(); err != nil {
		t.Fatal(err)
	}
	ana := p.person(t, "admin@demo.frontdesk.example")
	for _, e := range []handoff.Entry{
		{Action: "channel.add", Subject: "site", Detail: map[string]any{"kind": "webhook", "host": "shop.example"}}, {Action: "channel.rotate", Subject: "site"},
		{Action: "channel.save", Subject: "site", Detail: map[string]any{"mode_before": "assist", "mode": "auto", "host": "shop.example"}},
		{Action: "person.add", Subject: "agent@demo.frontdesk.example", Detail: map[string]any{"roles": []string{"agent", "supervisor"}}},
		{Action: "desk.hours", Detail: map[string]any{"shifts": 10}}, {Action: "desk.clocks", Detail: map[string]any{"first_reply": "10m0s", "plan": "30m0s", "solution": "2h0m0s"}},
		{Action: "shop.save", Subject: "demo", Detail: map[string]any{"locale": "zh", "time_zone": "Asia/Shanghai", "market": "CN", "answer_above": 0.85, "retention_days": 365}},
		{Action: "article.import", Subject: "autumn.xlsx", Detail: map[string]any{"new": 12, "changed": 3, "same": 1288, "errors": 2}},
		{Action: "article.publish", Subject: "coupon-stacking zh", Detail: map[string]any{"version": 3}},
	} {
		e.StaffID, e.Who = &ana.ID, ana.Name
		if err := p.desk.Record(ctx, p.shop.ID, e); err != nil {
			t.Fatal(err)
		}
	}
}
