package main

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/handoff/staff"
	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"
	"frontdesk/knowledge/importer"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// barriers lists what keeps somebody from reading or using a page: it looks at the document as it stands.
const barriers = `(() => {
	const out = [], say = (what, e) => out.push(what + ": " + e.outerHTML.replace(/\s+/g, " ").slice(0, 160));
	if (!document.documentElement.lang) out.push("the page has no language");
	if (!document.title.trim()) out.push("the page has no title");
	if (document.querySelectorAll("h1").length !== 1) out.push(document.querySelectorAll("h1").length + " h1");
	if (document.querySelectorAll("main").length !== 1) out.push("not one main");
	const ids = new Set();
	for (const e of document.querySelectorAll("[id]")) { if (ids.has(e.id)) say("a second #" + e.id, e); ids.add(e.id); }
	for (const e of document.querySelectorAll("[tabindex]")) if (e.tabIndex > 0) say("a tabindex above 0", e);
	for (const e of document.querySelectorAll("img")) if (!e.hasAttribute("alt")) say("a picture without alt", e);
	for (const e of document.querySelectorAll("svg")) if (!e.closest("[aria-hidden=true]") && !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby") && !e.querySelector("title")) say("a drawing without a name", e);
	for (const e of document.querySelectorAll("input:not([type=hidden]):not([type=submit]), select, textarea"))
		if (!e.labels?.length && !e.getAttribute("aria-label") && !e.getAttribute("aria-labelledby")) say("a field without a label", e);
	for (const e of document.querySelectorAll("table")) {
		if (!e.querySelector("th")) say("a table without headers", e);
		for (const h of e.querySelectorAll("th")) if (!h.scope) say("a header without scope", h);
	}
	for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "for"])
		for (const e of document.querySelectorAll("[" + attribute + "]")) for (const id of e.getAttribute(attribute).split(/\s+/)) if (id && !document.getElementById(id)) say(attribute + " leads to no #" + id, e);
	let level = 0;
	for (const e of document.querySelectorAll("h1, h2, h3, h4")) { const n = +e.localName[1]; if (level && n > level + 1) say("a heading after a level was left out", e); level = n; }
	if (!document.querySelector("[aria-live], [role=status], [role=log], [role=alert]")) out.push("no live region");
	return out.join("\n");
})()`

// overflow tells by how much a page is wider than its window, and through what.
const overflow = `(() => {
	const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
	if (wide < 1) return "";
	return wide + " px: " + [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && getComputedStyle(e).position !== "fixed").slice(-4).map((e) => e.localName + "." + e.className + "#" + e.id).join(" ");
})()`

// named are the roles that a screen reader says by their name.
const named = " button link textbox searchbox combobox checkbox radio slider spinbutton tab menuitem option listbox dialog img image switch DisclosureTriangle "

// nameless asks Chromium's accessibility tree for what can be used and says nothing.
func (w *window) nameless() []string {
	w.t.Helper()
	var out []string
	w.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		tree, err := cdp.Call(ctx, target, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
		if err != nil {
			return err
		}
		for _, n := range tree.Nodes {
			if n.Ignored || n.Role == nil {
				continue
			}
			role := strings.Trim(string(n.Role.Value), `"`)
			if strings.Contains(named, " "+role+" ") && (n.Name == nil || strings.Trim(string(n.Name.Value), `" `) == "") {
				out = append(out, fmt.Sprintf("%s #%d", role, n.BackendDOMNodeID))
			}
		}
		return nil
	}))
	return out
}

// inhabited is a shop with something on every page: a waiting case, one of the admin's own, an import, missed questions, a team.
func (p *program) inhabited(t *testing.T) (paths []string) {
	t.Helper()
	system := p.shopSystem(t, "access")
	for _, address := range []string{"a", "b"} {
		system.say(address, "m-"+address, "¡Es la tercera vez que pregunto! Quiero hablar con una persona.")
		system.wait(address, "message.created", 1)
	}
	ch, err := p.channels.ByName(t.Context(), p.shop.ID, "access")
	if err != nil {
		t.Fatal(err)
	}
	paths = append(paths, staffPages...)
	for i, address := range []string{"a", "b"} {
		conversation, err := p.store.ByAddress(t.Context(), p.shop.ID, ch.ID, address)
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			if _, err := p.desk.TakeOver(t.Context(), p.shop.ID, conversation.ID, p.person(t, "admin@demo.frontdesk.example")); err != nil {
				t.Fatal(err)
			}
		}
		paths = append(paths, "/inbox/"+conversation.ID.String())
	}
	articles, _, err := p.base.List(t.Context(), p.shop.ID, knowledge.Filter{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	at := "/knowledge/articles/" + articles[0].ID.String()
	if err := p.base.Missed(t.Context(), p.shop.ID, knowledge.Missed{Text: "¿Y en moto?", Locale: "es", Outcome: "none", State: knowledge.MissedOpen}); err != nil {
		t.Fatal(err)
	}
	if _, err := p.base.Announce(t.Context(), p.shop.ID, knowledge.Incident{Statements: map[string]string{"es": "Huelga."}, Tags: []string{"never"}, Until: time.Now().Add(time.Hour)}); err != nil {
		t.Fatal(err)
	}
	question := exam.Question{ID: "1", Turns: []exam.Turn{{Role: "shopper", Text: "¿Vendéis barcos?"}}, Expect: exam.Expectation{Action: []string{"answer"}}, Locale: "es"}
	if err := exam.NewStore(p.pool).Put(t.Context(), p.shop.ID, exam.Golden, question); err != nil {
		t.Fatal(err)
	}
	if _, err := exam.NewStore(p.pool).Sit(t.Context(), p.base, p.shop, exam.Golden, p.examine, nil); err != nil {
		t.Fatal(err)
	}
	plan, err := importer.NewUploads(p.pool, p.base).Add(t.Context(), "a.csv", []byte("question,answer,locale,valid_to\nWhen?,Now.,en,\nWhere?,,en,someday\n"), "Leo", importer.Options{Shop: p.shop})
	if err != nil {
		t.Fatal(err)
	}
	return append(paths, "/knowledge/import/"+plan.String(), at, at+"/history", at+"/publish", "/knowledge/try?question=devolver", "/knowledge?q=x&status=draft",
		"/admin/channels/"+ch.ID.String(), "/admin/people/"+p.hire(t, "new@demo.frontdesk.example", staff.Agent).ID.String(), "/shop/demo", "/sign-in", "/sign-in/password", "/nowhere")
}

// Every page says what it is to who does not see it, fits a window of 320 pixels, which is 200 % zoom and more of a small one, and moves for
// nobody who asked for calm.
func TestEveryPageIsOpenToEverybody(t *testing.T) {
	t.Parallel()
	p := boot(t)
	paths := p.inhabited(t)
	w := openWindow(t)
	w.signIn(p, "admin@demo.frontdesk.example", "/inbox")
	w.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		calm := &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"}
		_, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{calm}})
		return err
	}))
	for _, path := range paths {
		w.do(chromedp.EmulateViewport(1280, 800))
		w.visit(p.url + path)
		if found := answer[string](w, barriers); found != "" {
			t.Errorf("%s:\n%s", path, found)
		}
		if found := w.nameless(); len(found) > 0 {
			t.Errorf("%s: without a name: %q", path, found)
		}
		if moving := answer[int](w, `[...document.querySelectorAll("*")].filter((e) => getComputedStyle(e).transitionDuration.split(",").some((d) => parseFloat(d) > 0.001)).length + document.getAnimations().length`); moving > 0 {
			t.Errorf("%s: %d elements move although calm was asked for", path, moving)
		}
		w.do(chromedp.EmulateViewport(320, 640))
		if found := answer[string](w, overflow); found != "" {
			t.Errorf("%s at 320 px is wider than its window by %s", path, found)
		}
		w.faultless(path, p.url)
	}
}

// The widget's panel, open over the demo shop: all that can be used has a name, the thread is a live region, and Tab walks through it.
func TestTheWidgetIsOpenToEverybody(t *testing.T) {
	t.Parallel()
	p := boot(t)
	w := openWindow(t)
	w.visit(p.url + "/shop/demo?lang=en")
	w.until(shadow + `?.querySelector(".launcher")`)
	answer[bool](w, `(`+shadow+`.querySelector(".launcher").focus(), true)`)
	w.do(chromedp.KeyEvent(kb.Enter))
	w.until(shadow + `.querySelectorAll(".choice").length > 0 && ` + shadow + `.activeElement?.localName === "textarea"`)
	w.do(chromedp.KeyEvent("How long does shipping take?" + kb.Enter))
	w.until(shadow + `.querySelectorAll(".list .row.bot .bubble").length > 0`)
	if found := w.nameless(); len(found) > 0 {
		t.Errorf("without a name: %q", found)
	}
	if !answer[bool](w, shadow+`.querySelector("[role=log][aria-live=polite]") !== null`) {
		t.Error("what comes in is not announced")
	}
	w.do(chromedp.EmulateViewport(320, 640))
	if found := answer[string](w, overflow); found != "" {
		t.Errorf("at 320 px the page is wider than its window by %s", found)
	}
	answer[bool](w, `(`+shadow+`.querySelector("header select").focus(), true)`)
	w.walk("the widget")
	w.do(chromedp.KeyEvent(kb.Escape))
	w.faultless("the widget", p.url)
}

// walked is where the focus is: what it is, whether it can be seen, and that it has a ring.
const walked = `(() => {
	let e = document.activeElement;
	while (e?.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
	if (!e || e === document.body) return "";
	const s = getComputedStyle(e), r = e.getBoundingClientRect();
	const all = [...e.getRootNode().querySelectorAll("*")];
	const ring = s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2 || (e.closest("label") && getComputedStyle(e.closest("label")).outlineStyle !== "none");
	return JSON.stringify({ at: all.indexOf(e), what: e.outerHTML.replace(/\s+/g, " ").slice(0, 120), ring, seen: r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth });
})()`

// With the Tab key alone everything is reached, in the order of the page, and where one is can be seen.
func TestTheKeyboardReachesEverything(t *testing.T) {
	t.Parallel()
	p := boot(t)
	paths := p.inhabited(t)
	w := openWindow(t)
	w.signIn(p, "admin@demo.frontdesk.example", "/inbox")
	for _, path := range paths {
		if path == "/knowledge?q=x&status=draft" || path == "/shop/demo" || strings.HasSuffix(path, "/history") {
			continue
		}
		w.visit(p.url + path)
		answer[bool](w, `(document.activeElement?.blur(), scrollTo(0, 0), true)`)
		w.walk(path)
	}
}

// walk presses Tab through the first stops of a page and judges each.
func (w *window) walk(path string) {
	w.t.Helper()
	type stop struct {
		At         int
		What       string
		Ring, Seen bool
	}
	last, stops := -1, 0
	for range 30 {
		w.do(chromedp.KeyEvent(kb.Tab))
		got := answer[stop](w, "JSON.parse("+walked+` || '{"At":-1}')`)
		if got.What == "" || got.At < last && stops > 3 && got.At < 12 {
			break // through the page and round again
		}
		stops++
		if got.At < last {
			w.t.Errorf("%s: the focus goes back to %s", path, got.What)
		}
		if !got.Ring || !got.Seen {
			w.t.Errorf("%s: the focus is not to be seen (ring %v, in the window %v) on %s", path, got.Ring, got.Seen, got.What)
		}
		last = got.At
	}
	if stops < 2 { // a page may begin in its first field
		w.t.Errorf("%s: Tab reaches %d things", path, stops)
	}
}
