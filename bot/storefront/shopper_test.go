package storefront

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"frontdesk/bot/conversation"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/jackc/pgx/v5"
)

// An address that was typed into the chat unasked is offered while a person is awaited, used after one press, and stands, to be
// corrected, in what is passed on.
func TestAnAddressTypedIntoTheChatIsOffered(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, _ := opened(t, f)
	p.write("mi correo es ana@example.es, por si acaso")
	p.until(`[...w.querySelectorAll(".row.shopper .meta")].length === 2 && [...w.querySelectorAll(".row.shopper .meta")].every((m) => /^s\d/.test(m.dataset.state))`)
	if ask[bool](p, `!!w.querySelector(".card .soft")`) {
		t.Error("the bot asks where to be reached")
	}
	p.run(`w.querySelector(".bar .person").click()`)
	p.until(`w.querySelector(".card .soft")?.innerText === "Localizadme en ana@example.es"`)
	p.run(`w.querySelector(".card .soft").click()`)
	p.until(`!w.querySelector(".card .soft") && !w.querySelector(".card").hidden`)
	if f.desk.reached() != "ana@example.es" {
		t.Errorf("kept is %q", f.desk.reached())
	}
	p.write("o mejor al trabajo: ana@oficina.example")
	p.until(`w.querySelector(".card .soft")?.innerText === "Localizadme en ana@oficina.example"`)
	p.write("mi correo es ana@example.es")
	p.until(`!w.querySelector(".card .soft")`)
	p.run(`w.querySelector(".to-share").click()`)
	p.until(`w.querySelector('.article input[type="email"]')?.value === "ana@example.es"`)
	if !ask[bool](p, `[...w.querySelectorAll(".article dd")].some((d) => d.innerText === "reiniciar\nesperar")`) {
		t.Error("what was tried does not stand line by line")
	}
	p.run(`const e = w.querySelector('.article input[type="email"]'); e.value = "ana@"; e.form.requestSubmit()`)
	p.until(`w.querySelector(".article [role=status]").innerText.includes("correo") && w.activeElement.type === "email"`)
	p.run(`const e = w.querySelector('.article input[type="email"]'); e.value = "ana@example.com"; e.form.requestSubmit()`)
	p.until(`w.querySelector(".article [role=status]").innerText.includes("Guardado")`)
	if f.desk.reached() != "ana@example.com" {
		t.Errorf("corrected to %q", f.desk.reached())
	}
}

// Who was not helped is told how to go on, and has a person one key away; what did not reach the shop is not shown as said.
func TestAThumbDownLeadsOn(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	seq := f.say(conv, "Los envíos tardan tres días.")
	p.until(`w.querySelectorAll(".thumb").length === 2`)
	p.cut.Store(true)
	p.run(`w.querySelectorAll(".thumb")[0].click()`)
	p.until(`w.querySelectorAll(".thumb")[0].getAttribute("aria-pressed") === "false"`)
	p.cut.Store(false)
	p.run(`w.querySelectorAll(".thumb")[0].focus()`)
	p.keys(kb.Enter)
	p.until(`w.querySelectorAll(".thumb")[0].getAttribute("aria-pressed") === "true"`)
	if ask[bool](p, `!!w.querySelector(".sorry").firstChild`) {
		t.Error("who was helped is asked to go on")
	}
	p.keys(kb.Tab + " ")
	p.until(`w.querySelector(".sorry [role=status]")?.innerText.includes("otras palabras")`)
	p.until(`w.querySelector(".sorry").getBoundingClientRect().bottom <= w.querySelector(".scroll").getBoundingClientRect().bottom`)
	if got := ask[string](p, `[...w.querySelectorAll(".thumb")].map((b) => b.title + " " + b.getAttribute("aria-pressed")).join() + " " + w.activeElement.title`); got != "Me ha servido false,No me ha servido true No me ha servido" {
		t.Errorf("the thumbs say %s", got)
	}
	f.until(`select count(*) from messages where seq = $1 and feedback = -1`, seq)
	p.keys(kb.Tab + " ")
	p.until(`w.activeElement.innerText === "Incorrecta" && w.activeElement.getAttribute("aria-pressed") === "true"`)
	f.until(`select count(*) from questions_missed where text = 'hola' and outcome = 'mistaken' and best = 'shipping'`)
	if got := ask[string](p, `((g) => g.getAttribute("aria-label") + " " + g.innerText.split("\n").join())(w.activeElement.parentElement)`); got != "No me ha servido Incorrecta,No responde,Desfasada" {
		t.Errorf("the reasons are %s", got)
	}
	p.keys(kb.Tab + kb.Tab + kb.Tab)
	if got := ask[string](p, `w.activeElement.innerText`); got != "Hablar con una persona" {
		t.Errorf("after the reasons comes %q", got)
	}
	p.keys(kb.Enter)
	p.until(`!w.querySelector(".card").hidden && w.querySelector(".bar .person").hidden`)
	if n := f.count(`select count(*) from conversations where holder = 'queue'`); n != 1 {
		t.Error("nobody was asked for")
	}
}

// Pictures are pasted into the field or dropped anywhere on the panel; text is pasted as ever.
func TestAPictureIsPastedAndDropped(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	p.run(`const c = document.createElement("canvas"); c.width = 64; c.height = 48; c.getContext("2d").fillRect(0, 0, 30, 30); c.toBlob((b) => {
		const d = new DataTransfer(); d.items.add(new File([b], "image.png", {type: "image/png"}));
		w.querySelector(".composer textarea").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true}));
	}, "image/png")`)
	p.until(`w.querySelector(".row.shopper canvas")?.width === 64`)
	p.run(`const b = w.querySelector(".row.shopper button"); b.focus(); b.click()`)
	p.until(`w.querySelector(".article canvas")?.width === 64 && w.querySelector(".article canvas").getContext("2d").getImageData(5, 5, 1, 1).data[3] === 255`)
	p.keys(kb.Escape)
	p.until(`!w.querySelector(".article") && w.activeElement.querySelector("canvas")`)
	p.run(`const d = new DataTransfer(); d.setData("text/plain", "x"); d.items.add(new File([new Blob(["x"])], "x.png", {type: "image/png"}));
		window.untouched = w.querySelector(".composer textarea").dispatchEvent(new ClipboardEvent("paste", {clipboardData: d, bubbles: true, cancelable: true}))`)
	if !ask[bool](p, `untouched`) {
		t.Error("pasted text was taken for a picture")
	}
	file := filepath.Join(t.TempDir(), "torn seam.jpg")
	if err := os.WriteFile(file, photo(t, 60, 90), 0o600); err != nil {
		t.Fatal(err)
	}
	// a phone held upright: the camera lies, and says so
	at := ask[[]float64](p, `{ const r = w.querySelector(".scroll").getBoundingClientRect(); return [r.left + 60, r.top + 60]; }`)
	p.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		drag := input.DispatchDragEventParams{X: at[0], Y: at[1], Data: &input.DragData{Items: []*input.DragDataItem{}, Files: []string{file}, DragOperationsMask: 1}}
		for _, kind := range []input.DispatchDragEventType{"dragEnter", "dragOver", "drop"} {
			drag.Type = kind
			if _, err := cdp.Call(ctx, target, input.DispatchDragEvent, drag); err != nil {
				return err
			}
		}
		return nil
	}))
	p.until(`[...w.querySelectorAll(".row.shopper canvas")].some((c) => c.width === 90 && c.height === 60)`)
	p.until(`[...w.querySelectorAll(".row.shopper .meta")].every((m) => /^s\d/.test(m.dataset.state))`)
	if n := f.count(`select count(*) from images where conversation_id = $1`, conv); n != 2 {
		t.Errorf("%d pictures are kept", n)
	}
}

// A colleague has a face and a name, on top and beside what they write, and is seen typing.
func TestAColleagueHasAFaceAndAName(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	if _, err := f.pool.Exec(t.Context(), `update conversations set holder = 'agent', agent_id = gen_random_uuid() where conversation_id = $1`, conv); err != nil {
		t.Fatal(err)
	}
	f.desk.set(conversation.Place{State: "claimed", AgentName: "mia", Late: true})
	f.store.Wake(f.shop.ID, conv)
	p.until(`w.querySelector("header").dataset.face === "M" && w.querySelector(".status").innerText === "Estás hablando con mia"`)
	p.until(`w.querySelector(".place").innerText.startsWith("mia tiene tu chat. Sentimos que tarde")`) // what is owed stands there until it is given
	f.feed.Typing(f.shop.ID, conv, "mia")
	p.until(`w.querySelector(".now:not([hidden]) .name")?.innerText === "mia" && w.querySelector(".now .name").dataset.face === "M"`)
	f.picture(conv)
	p.until(`w.querySelector(".row.agent .name").dataset.face === "M" && w.querySelector(".now").hidden`)
	f.desk.set(conversation.Place{State: "claimed", AgentName: "mia"})
	f.store.Wake(f.shop.ID, conv)
	p.until(`w.querySelector(".card").hidden`)
}

// A browser of before 2023, as it is on phones that get no newer one, shows and does the same.
func TestAnOldBrowserShowsTheSame(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p := openPage(t, f)
	p.calm.Store(true) // what lies above everything came later than 2023, too: such a browser cannot help a page that is turned round
	p.do(chromedp.EmulateViewport(375, 667), chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		old := `window.CSSStyleSheet = class { constructor() { throw new TypeError("Illegal constructor") } };
			delete Array.prototype.at; delete HTMLElement.prototype.showPopover; delete HTMLElement.prototype.popover; delete HTMLElement.prototype.inert;
			delete Object.hasOwn; delete window.structuredClone; Object.defineProperty(navigator, "locks", {value: undefined})`
		_, err := cdp.Call(ctx, target, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: old})
		return err
	}))
	p.do(chromedp.Navigate(p.url))
	p.openPanel()
	p.write("hola")
	p.until(`w.querySelector(".row.shopper .meta")?.innerText.includes("Enviado")`)
	f.say(f.only(), "Buenas, **aquí** estoy.")
	p.until(`w.querySelector(".row.bot b")`)
	p.run(`w.querySelector(".chip").click()`)
	p.until(`w.querySelector(".article h2")`)
	p.run(`w.querySelector(".article .plain").click()`)
	if got := ask[string](p, `{ const r = w.querySelector(".panel").getBoundingClientRect(), c = getComputedStyle(w.querySelector(".row.shopper .bubble")); return [r.top, r.left, r.width, Math.round(r.height), c.backgroundColor].join(); }`); got != "0,0,375,667,rgb(231, 238, 247)" {
		t.Errorf("the panel stands at %s", got)
	}
	if shift := ask[float64](p, `performance.getEntriesByType("layout-shift").reduce((sum, e) => sum + e.value, 0)`); shift != 0 {
		t.Errorf("the page moved by %g", shift)
	}
	if len(p.noise) > 0 {
		t.Errorf("the browser complains: %s", <-p.noise)
	}
}

// What two windows could not send is sent by whichever comes back, once.
func TestWhatTwoTabsCouldNotSendIsNotLost(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	other := p.tab()
	other.until(`w?.querySelectorAll(".list .bubble").length === 1`)
	p.mute.Store(true)
	for text, tab := range map[string]*page{"uno": p, "dos": other} {
		tab.write(text)
		tab.until(`w.querySelector('[data-state="failed"]')`)
	}
	p.do(chromedp.Navigate(p.url))
	p.until(`w?.querySelectorAll('[data-state="failed"]').length > 0 && w.querySelectorAll(".list .bubble").length === 3`)
	p.mute.Store(false)
	p.until(`(w.querySelector(".meta .plain")?.click(), !w.querySelector('[data-state="failed"]'))`)
	for _, tab := range []*page{p, other} {
		tab.until(`w.querySelectorAll(".list .bubble").length === 3 && [...w.querySelectorAll(".list .meta")].every((m) => /^s\d/.test(m.dataset.state))`)
	}
	if a, b := p.said(), other.said(); a != b {
		t.Errorf("one tab reads %s, the other %s", a, b)
	}
	if n := f.count(`select count(*) from messages where conversation_id = $1`, conv); n != 3 {
		t.Errorf("%d messages are stored", n)
	}
	if left := ask[string](p, `localStorage.getItem("frontdesk:`+f.shop.PublicKey+`:outbox") ?? ""`); left != "" {
		t.Errorf("still waiting to be sent: %s", left)
	}
}

// Under the newest answer stands what comes near it, one press away, and goes with the next message.
func TestTheNextQuestionIsOnePressAway(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	err := f.store.InTx(t.Context(), f.shop.ID, conv, func(tx pgx.Tx) error {
		_, err := f.store.Speak(t.Context(), tx, conversation.Utterance{ShopID: f.shop.ID, ConversationID: conv, Author: conversation.ByBot, Body: "Tres días.",
			Evidence: []conversation.Evidence{{Kind: "passage", ID: "shipping", Title: "¿Cuánto tarda?"}},
			Verdict:  []byte(`{"candidates":[{"ref":"cost","title":"¿Cuánto cuesta el envío?","score":0.9}]}`)})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	p.until(`w.querySelector(".follow .chip")?.innerText === "¿Cuánto cuesta el envío?"`)
	p.run(`w.querySelector(".thumb").focus()`)
	p.keys(kb.Tab + kb.Tab + kb.Enter)
	p.until(`[...w.querySelectorAll(".row.shopper .bubble")].at(-1).innerText === "¿Cuánto cuesta el envío?" && !w.querySelector(".follow").offsetHeight`)
}
