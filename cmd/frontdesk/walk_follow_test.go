package main

import (
	"context"
	"testing"

	"frontdesk/handoff/staff"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// opensCaseOf brings the shopper to a person, and the agent's tab to that case.
func (b *tab) opensCaseOf(shopper *tab) {
	shopper.say("I want to talk to a person")
	shopper.until(`!w.querySelector(".card").hidden`)
	b.signIn("agent@demo.frontdesk.example", "/inbox")
	b.click(`$("[data-row]")`)
	b.until(`$("#claim")`)
}

// Two tabs of one agent: what the first does to the case, the second can go on with, and words being written there stay.
func TestBrowserASecondTabFollowsTheCase(t *testing.T) {
	t.Parallel()
	p := boot(t)
	shopper, agent := p.tab(t, look{"phone", "en", "light"}), p.tab(t, look{"desk", "en", "light"})
	shopper.visit("en")
	agent.opensCaseOf(shopper)
	second := p.tab(t, look{"desk", "en", "light"})
	second.signIn("agent@demo.frontdesk.example", "/inbox")
	second.click(`$("[data-row]")`)
	second.until(`$("#claim") && !$("#reply")`)

	agent.press("c")
	agent.until(`$("#reply")`)
	second.until(`$("#reply") && $("#act-resolve")`)
	second.press("r")
	second.write("Let me see")
	agent.click(`$("#act-resolve summary")`)
	agent.click(`$("#act-resolve [name=outcome]:enabled")`)
	in[bool](agent, `($("#act-resolve [name=settled]")?.click(), true)`)
	agent.click(`$("#act-resolve form button.primary")`)
	agent.until(`$("#claim") && !$("#reply")`)
	second.until(`$("#standing #claim") && $("#reply").value === "Let me see"`)
	second.press(kb.Escape)
	in[bool](second, `($("#reply").value = "", $("#reply").blur(), document.dispatchEvent(new Event("frontdesk:refresh")))`)
	second.until(`!$("#reply") && !$("#act-resolve")`)
	agent.press("c")
	agent.until(`$("#reply")`)
	second.until(`$("#reply") && $("#act-resolve")`)
}

// A reply that is sent while the network is gone stays on the page, which says so and takes it once the network is back.
func TestBrowserAReplyWithoutNetworkStaysOnThePage(t *testing.T) {
	t.Parallel()
	p := boot(t)
	shopper, agent := p.tab(t, look{"phone", "en", "light"}), p.tab(t, look{"desk", "en", "light"})
	shopper.visit("en")
	agent.opensCaseOf(shopper)
	agent.press("c")
	agent.until(`document.activeElement.id === "reply"`)
	in[bool](agent, `($("#reply").select(), true)`)
	agent.write("I am looking for it.")
	agent.cut(true)
	agent.press(kb.Enter, chromedp.ModifierCtrl)
	agent.until(`!$("#unsent").hidden && $("#unsent").innerText.startsWith("Not sent") && $("#reply").value === "I am looking for it."`)
	agent.cut(false)
	agent.until(`$("#unsent").innerText.includes("back") && !document.querySelector(".entry.agent")`)
	agent.press(kb.Enter, chromedp.ModifierCtrl)
	agent.until(`$("#log").innerText.includes("I am looking for it.") && $("#reply").value === ""`)
	if got := shopper.answered("agent", 1); got != "I am looking for it." {
		t.Errorf("the shopper reads %q", got)
	}
	if n := in[int](agent, `document.querySelectorAll(".entry.agent").length`); n != 1 {
		t.Errorf("it was sent %d times", n)
	}
}

// Whoever claims can write at once: the caret is in the reply, where "/" offers the suggested one. A note to a colleague found by
// "@" that the network loses stays on the page, which says so; the list beside it stays the one that was searched.
func TestBrowserWhoClaimsWritesAtOnceAndLosesNoNote(t *testing.T) {
	t.Parallel()
	p := boot(t)
	if _, err := p.staff.Add(t.Context(), staff.Person{ShopID: p.shop.ID, Email: "noor@demo.frontdesk.example", Name: "Noor", Roles: []string{staff.Agent}}); err != nil {
		t.Fatal(err)
	}
	shopper, agent := p.tab(t, look{"phone", "en", "light"}), p.tab(t, look{"desk", "en", "light"})
	shopper.visit("en")
	shopper.say("My parcel is late, I want to talk to a person")
	shopper.until(`!w.querySelector(".card").hidden`)
	agent.signIn("agent@demo.frontdesk.example", "/inbox")
	agent.open("/inbox?q=parcel")
	agent.click(`$("[data-row]")`)
	agent.until(`$("#claim")`)
	agent.press("c")
	agent.until(`$("#reply")`)
	agent.until(`document.activeElement.id === "reply" && $("#proposal")`)
	agent.press("/")
	agent.until(`$("#reply").getAttribute("aria-activedescendant") && document.querySelectorAll("#reply-offers [role=option]").length === 1`)
	agent.press(kb.Enter)
	agent.until(`$("#reply").value.startsWith("Hello") && !$("#proposal")`)
	agent.press(kb.Escape)
	agent.press("n")
	agent.until(`document.activeElement.id === "note"`)
	agent.press("Ask @no")
	agent.until(`document.querySelectorAll("#note-offers [role=option]").length === 1`)
	agent.press(kb.Enter)
	agent.write("please")
	agent.until(`$("#note").value === "Ask @Noor please" && $("#note-offers").hidden`)
	agent.cut(true)
	agent.press(kb.Enter, chromedp.ModifierCtrl)
	agent.until(`$("#act-note [role=alert]")?.innerText.startsWith("Not sent") && $("#note").value === "Ask @Noor please"`)
	agent.cut(false)
	agent.until(`$("#act-note [role=alert]").innerText.includes("back")`)
	agent.press(kb.Enter, chromedp.ModifierCtrl)
	agent.until(`document.querySelectorAll(".entry.note").length === 1 && $("#q").value === "parcel" && $("#reply").value.startsWith("Hello")`)
}

// On a phone nothing of what an agent presses is cut off: neither an action above nor the button that sends, with all that stands
// over it.
func TestBrowserAPhoneCutsNoButtonOff(t *testing.T) {
	t.Parallel()
	p := boot(t)
	shopper := p.tab(t, look{"phone", "es", "light"})
	shopper.visit("es")
	shopper.say("Mi pedido ha llegado roto, es la tercera vez que pregunto, estoy harta, quiero hablar con una persona")
	shopper.until(`!w.querySelector(".card").hidden`)
	agent := p.tab(t, look{"phone", "es", "light"})
	agent.signIn("agent@demo.frontdesk.example", "/inbox")
	agent.click(`$("[data-row]")`)
	agent.click(`$("#claim")`)
	agent.until(`$("#reply") && $("#proposal")`)
	for _, lang := range []string{"es", "en", "zh"} {
		agent.wear(look{"phone", lang, "light"})
		agent.do(chromedp.Reload())
		agent.until(`$("#reply") && document.documentElement.lang.startsWith("` + lang + `")`)
		cut := in[string](agent, `[...document.querySelectorAll(".acts .button, #composer .row > .button, #composer button.primary, #proposal button")].filter((e) => {
			if (!e.closest(".acts")) e.scrollIntoView({block: "nearest", inline: "nearest", behavior: "instant"}); // what writes is a row that scrolls
			const r = e.getBoundingClientRect();
			const hit = document.elementFromPoint(r.left + r.width / 2, r.bottom - 3);
			return r.left < -1 || r.right > innerWidth + 1 || r.bottom > innerHeight + 1 || e.scrollWidth > e.clientWidth || !e.contains(hit);
		}).map((e) => e.innerText).join(", ")`)
		if cut != "" {
			t.Errorf("in %s these are cut off: %s", lang, cut)
		}
	}
	agent.click(`$("#reply")`)
	agent.write("Ya lo miro.")
	agent.click(`$("#composer button.primary")`)
	agent.until(`$(".toast")`)
	covered := in[string](agent, `(() => {
		const said = $(".toast").getBoundingClientRect();
		return [...document.querySelectorAll("button, a, summary, textarea")].filter((e) => {
			const r = e.getBoundingClientRect();
			return !e.closest("#log") && r.width && r.top < said.bottom && r.bottom > said.top && r.left < said.right && r.right > said.left;
		}).map((e) => e.innerText || e.id).join(", ");
	})()`)
	if covered != "" {
		t.Errorf("what says that it was sent covers %s", covered)
	}
	agent.shot("inbox-sent")
}

// A stream takes a while to open. What happens to the case between the page and its stream is not missed.
func TestBrowserMissesNothingWhileItsStreamOpens(t *testing.T) {
	t.Parallel()
	p := boot(t)
	shopper, agent, second := p.tab(t, look{"phone", "en", "light"}), p.tab(t, look{"desk", "en", "light"}), p.tab(t, look{"desk", "en", "light"})
	shopper.visit("en")
	agent.opensCaseOf(shopper)
	second.signIn("agent@demo.frontdesk.example", "/inbox")
	second.opensItsStreamLate()
	second.click(`$("[data-row]")`)
	second.until(`$("#claim") && window.openStream`)

	agent.press("c")
	agent.until(`$("#reply")`)
	in[bool](second, `(window.openStream(), true)`)
	second.until(`$("#reply") && !$("#claim")`)
}

// opensItsStreamLate lets the next page's stream wait for a call of openStream.
func (b *tab) opensItsStreamLate() {
	b.t.Helper()
	late := page.AddScriptToEvaluateOnNewDocumentParams{Source: `{
		const Stream = window.EventSource;
		window.EventSource = class extends EventTarget {
			constructor(url) {
				super();
				window.openStream = () => {
					this.stream = new Stream(url);
					for (const kind of ["open", "error", "changed", "typing"]) this.stream.addEventListener(kind, (e) => this.dispatchEvent(new MessageEvent(kind, { data: e.data })));
				};
			}
			close() { this.stream?.close(); }
		};
	}`}
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, late)
		return err
	}))
}
