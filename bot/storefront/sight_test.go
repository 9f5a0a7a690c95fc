package storefront

import (
	"strings"
	"testing"

	"frontdesk/bot/conversation"

	"github.com/chromedp/chromedp"
	"github.com/jackc/pgx/v5"
)

// within says whether something stands whole in the frame of something else.
const within = `const within = (e, frame) => { const a = e.getBoundingClientRect(), b = frame.getBoundingClientRect(); return a.height > 0 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1; };`

// On a phone, too, the button that saves stands in sight with what came of it, and the field that is wrong is gone to.
func TestWhatCameOfSavingIsSeen(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, _ := opened(t, f)
	p.do(chromedp.EmulateViewport(390, 844))
	p.run(`w.querySelector(".bar .person").click()`)
	p.until(`!w.querySelector(".to-share").hidden`)
	f.desk.mu.Lock()
	f.desk.shared.Tried = strings.Repeat("una respuesta del bot que ocupa más de una línea de esta página\n", 14)
	f.desk.shared.Wanted = "saber si la camisa de lino se transparenta, y nada más que eso"
	f.desk.mu.Unlock()
	p.run(`w.querySelector(".to-share").click()`)
	p.until(`w.querySelector(".article textarea")?.value.includes("lino")`)
	sees := func(what string) bool {
		return ask[bool](p, `{ `+within+` return [...w.querySelectorAll("`+what+`")].every((e) => within(e, w.querySelector(".panel"))); }`)
	}
	if !sees(".article .primary") {
		t.Error("the page opens with its button out of sight")
	}
	if ask[bool](p, `((e) => e.scrollHeight > e.clientHeight)(w.querySelector(".article textarea"))`) {
		t.Error("what is wanted does not fit its field")
	}
	p.run(`const e = w.querySelector('.article input[type="email"]'); e.value = "ana@"; w.querySelector(".article .text").scrollTop = 0; e.form.requestSubmit()`)
	p.until(`w.querySelector(".article .bad[role=status]")?.innerText.includes("correo")`)
	if !sees(".article .bad, .article input[type=email], .article .primary") || ask[string](p, `w.activeElement.type`) != "email" {
		t.Error("what is wrong is out of sight")
	}
	p.do(chromedp.EmulateViewport(390, 470)) // with a keyboard
	p.run(`const e = w.querySelector('.article input[type="email"]'); w.querySelector(".article .text").scrollTop = 0; w.querySelector(".article .plain").focus(); e.form.requestSubmit()`)
	p.until(`w.activeElement.type === "email"`)
	if got := ask[string](p, `((e) => { const r = e.getBoundingClientRect(); return w.elementFromPoint(r.left + 9, r.top + 3) === e && w.elementFromPoint(r.left + 9, r.bottom - 3) === e; })(w.activeElement) + " " + ((b) => b.parentElement.getBoundingClientRect().bottom >= w.querySelector(".article .text").getBoundingClientRect().bottom - 1)(w.querySelector(".article .primary"))`); got != "true true" {
		t.Errorf("the wrong field is seen, and nothing below the button: %s", got)
	}
	p.run(`const e = w.querySelector('.article input[type="email"]'); e.value = "ana@example.es"; w.querySelector(".article .text").scrollTop = 0; e.form.requestSubmit()`)
	p.until(`w.querySelector(".article [role=status]:not(.bad)")?.innerText.includes("Guardado")`)
	if !sees(".article [role=status]") {
		t.Error("that it was saved is said out of sight")
	}
}

// Who means none of the choices still sees them, the one taken among them, and what to do now.
func TestNoneOfTheseLeavesTheChoicesStanding(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	err := f.store.InTx(t.Context(), f.shop.ID, conv, func(tx pgx.Tx) error {
		_, err := f.store.Speak(t.Context(), tx, conversation.Utterance{ShopID: f.shop.ID, ConversationID: conv, Author: conversation.ByBot, Body: "¿A cuál te refieres?",
			Options: []conversation.Option{{Label: "¿Cuánto cuesta?"}, {Label: "¿Cuánto tarda?"}}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	p.until(`w.querySelectorAll(".inline .choice").length === 3`)
	p.run(`w.querySelectorAll(".inline .choice")[2].click()`)
	p.until(`w.querySelector(".inline [role=status]")?.innerText.includes("otras palabras")`)
	if got := ask[string](p, `[...w.querySelectorAll(".inline > *")].map((e) => (e.getAttribute("aria-pressed") ?? "") + e.innerText).join("|")`); got != "¿Cuánto cuesta?|¿Cuánto tarda?|trueNinguna de estas|Pregúntamelo con otras palabras o habla con una persona." {
		t.Errorf("under the question stand %s", got)
	}
	p.run(`w.querySelectorAll(".inline .choice")[0].click()`)
	p.until(`[...w.querySelectorAll(".row.shopper .bubble")].at(-1).innerText === "¿Cuánto cuesta?"`)
}

// A finger needs more room than a mouse.
func TestAFingerHitsWhatItMeans(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p := openPage(t, f)
	p.do(chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch))
	p.do(chromedp.Navigate(p.url))
	p.openPanel()
	if !ask[bool](p, `matchMedia("(pointer: coarse)").matches`) {
		t.Fatal("the browser has no finger")
	}
	const small = `[...w.querySelectorAll("button, select")].filter((e) => e.offsetHeight && (e.offsetHeight < 44 || e.offsetWidth < 44)).map((e) => e.className + " " + e.offsetWidth + " × " + e.offsetHeight).join()`
	p.write("hola")
	p.until(`w.querySelector(".row.shopper .meta")?.innerText.includes("Enviado")`)
	f.say(f.only(), longAnswer, near...)
	p.until(`w.querySelectorAll(".follow .chip").length === 2`)
	p.run(`w.querySelectorAll(".thumb")[1].click()`)
	p.until(`w.querySelector(".sorry .choice")`)
	if got := ask[string](p, small); got != "" {
		t.Errorf("under an answer: %s", got)
	}
	p.run(`w.querySelector(".bar .person").click()`)
	p.until(`!w.querySelector(".to-share").hidden`)
	f.end(f.only())
	p.until(`w.querySelector(".rating")`)
	if got := ask[string](p, small); got != "" {
		t.Errorf("the rating: %s", got)
	}
}

// What a keyboard leaves of a phone's screen is the form's that is being filled in, and otherwise the thread's.
func TestALowWindowShowsWhatMatters(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, _ := opened(t, f)
	p.run(`w.querySelector(".bar .person").click()`)
	p.until(`!w.querySelector(".to-share").hidden`)
	f.desk.set(conversation.Place{State: "waiting", Place: 12, Minutes: 25, MayReturn: true})
	f.store.Wake(f.shop.ID, f.only())
	p.until(`w.querySelector(".place").innerText.includes("12")`)
	for _, size := range [][2]int64{{390, 470}, {720, 450}} {
		p.do(chromedp.EmulateViewport(size[0], size[1]))
		p.until(`w.querySelector(".panel").offsetHeight <= 470`)
		if high := ask[int](p, `w.querySelector(".scroll").clientHeight`); high < 190 {
			t.Errorf("%v: the thread is left %d px", size, high)
		}
	}
	p.do(chromedp.EmulateViewport(390, 470))
	f.desk.close()
	f.store.Wake(f.shop.ID, f.only())
	p.until(`w.querySelector(".card .contact")`)
	p.run(`w.querySelector(".contact input").focus()`)
	if !ask[bool](p, `{ `+within+` return [...w.querySelectorAll(".contact input, .contact .primary, .composer")].every((e) => within(e, w.querySelector(".panel"))) && within(w.querySelector(".contact .primary"), w.querySelector(".card")); }`) {
		t.Error("a field or the button is out of sight")
	}
}

// A picture of one's own stands at the edge where one's own words stand.
func TestAPictureStandsAtItsSendersSide(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, _ := opened(t, f)
	p.do(chromedp.EmulateViewport(390, 844))
	p.run(`const c = document.createElement("canvas"); c.width = 1600; c.height = 1200; c.getContext("2d").fillRect(0, 0, 9, 9); c.toBlob((b) => { const d = new DataTransfer(); d.items.add(new File([b], "p.png", {type: "image/png"})); const i = w.querySelector(".file"); i.files = d.files; i.dispatchEvent(new Event("change")); }, "image/png")`)
	p.until(`w.querySelector(".row.shopper canvas")?.width === 1600`)
	if off := ask[float64](p, `w.querySelector(".row.shopper .bubble").getBoundingClientRect().right - w.querySelector(".row.shopper canvas").getBoundingClientRect().right`); off > 1 {
		t.Errorf("it stands %g px from it", off)
	}
}

// A tab that nobody looks at reads nothing: what comes there is unread in the others until it is looked at.
func TestATabBehindAnotherReadsNothing(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	p.run(`w.querySelector("header button").click()`)
	other := p.tab()
	other.openPanel()
	other.until(`w.querySelectorAll(".list .bubble").length === 1`)
	turn := func(hidden string) {
		other.run(`Object.defineProperty(document, "hidden", {value: ` + hidden + `, configurable: true}); document.dispatchEvent(new Event("visibilitychange"))`)
	}
	turn("true")
	f.say(conv, "una respuesta")
	p.until(`w.querySelector(".badge").innerText === "1" && !w.querySelector(".badge").hidden`)
	other.until(`w.querySelectorAll(".list .bubble").length === 2`)
	if ask[bool](p, `w.querySelector(".badge").hidden`) {
		t.Error("what nobody saw is read")
	}
	turn("false")
	p.until(`w.querySelector(".badge").hidden`)
}

// Who fills in what is passed on is told, where the way back is, what came meanwhile and that it ended; what they wrote is there
// when they come again.
func TestAPageOverTheThreadSaysWhatComesUnderIt(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	p.run(`w.querySelector(".bar .person").click()`)
	p.until(`!w.querySelector(".to-share").hidden && w.querySelectorAll(".list .row").length === 2`)
	back := func(want string) {
		t.Helper()
		p.until(`w.querySelector(".article .plain")?.innerText.trim() === "` + want + `"`)
	}
	p.run(`w.querySelector(".to-share").click()`)
	p.until(`w.querySelector(".article textarea")`)
	back("Volver")
	p.run(`window.told = []; new MutationObserver(() => told.push(w.querySelector(".article > [aria-live=polite]").innerText.trim())).observe(w.querySelector(".article > [aria-live=polite]"), {subtree: true, childList: true, characterData: true});
		w.querySelector(".article textarea").value = "una taza nueva"; w.querySelector('.article input[type="email"]').focus()`)
	f.picture(conv)
	back("Volver · 1 mensaje nuevo")
	f.picture(conv)
	back("Volver · 2 mensajes nuevos")
	f.end(conv)
	back("Volver · 2 mensajes nuevos · Cerrado · escribe para seguir")
	p.run(`document.dispatchEvent(new Event("visibilitychange"))`)
	if got := ask[string](p, `told.join("|") + "|" + w.activeElement.type + "|" + w.querySelector(".article textarea").value`); got != "Volver · 1 mensaje nuevo|Volver · 2 mensajes nuevos|Volver · 2 mensajes nuevos · Cerrado · escribe para seguir|email|una taza nueva" {
		t.Errorf("it was told and left: %s", got)
	}
	p.run(`w.querySelector(".article .plain").click()`)
	p.until(`!w.querySelector(".article") && w.querySelector(".badge").hidden && w.querySelector(".list .row:last-child").offsetHeight`)
	f.count(`with back as (update conversations set holder = 'queue' returning 1) select count(*) from back`)
	f.desk.set(conversation.Place{State: "waiting"})
	f.store.Wake(f.shop.ID, conv)
	for range 2 { // and again when they only looked at it
		p.until(`!w.querySelector(".to-share").hidden`)
		p.run(`w.querySelector(".to-share").click()`)
		p.until(`w.querySelector(".article textarea")?.value === "una taza nueva"`)
		back("Volver")
		p.run(`w.querySelector(".article .plain").click()`)
	}
}
