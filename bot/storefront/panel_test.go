package storefront

import (
	"context"
	"fmt"
	"testing"
	"time"

	"frontdesk/bot/conversation"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/uuid"
)

// opened is a visitor with the panel open and one message sent.
func opened(t testing.TB, f *front) (*page, uuid.UUID) {
	t.Helper()
	p := openPage(t, f)
	p.do(chromedp.Navigate(p.url))
	p.openPanel()
	p.write("hola")
	p.until(`w.querySelector(".row.shopper .meta")?.innerText.includes("Enviado")`)
	return p, f.only()
}

func (p *page) openPanel() {
	p.t.Helper()
	p.until(`w?.querySelector(".launcher")`)
	p.run(`w.querySelector(".launcher").click()`)
	p.until(`w.querySelector(".person")?.innerText`)
}

// run does something in the page.
func (p *page) run(statement string) {
	p.t.Helper()
	ask[bool](p, `{ `+statement+`; return true; }`)
}

// tab is a second window of the same visitor.
func (p *page) tab() *page {
	p.t.Helper()
	other := &page{t: p.t, url: p.url, noise: p.noise}
	other.ctx, _ = chromedp.NewContext(p.ctx)
	other.do(chromedp.Navigate(p.url))
	return other
}

func TestThePanelStaysInItsFrame(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	for n := range 30 {
		f.say(conv, fmt.Sprintf("Una respuesta larga, número %d.", n))
	}
	p.until(`w.querySelectorAll(".row.bot.bot .bubble").length >= 30`)
	for _, size := range [][2]int64{{390, 844}, {360, 740}, {1440, 900}} {
		p.do(chromedp.EmulateViewport(size[0], size[1]))
		p.run(`w.querySelectorAll(".panel *").forEach((e) => e.scrollIntoView())`)
		if got := ask[string](p, `{ const h = w.querySelector("header").getBoundingClientRect(), x = w.querySelector("header button").getBoundingClientRect(); return [...w.querySelectorAll(".panel, .main, .log")].map((e) => e.scrollTop).join() + " " + (h.top >= 0 && x.right <= innerWidth) + " " + scrollY; }`); got != "0,0,0 true 0" {
			t.Errorf("%v: scrolled by, with header, page by: %s", size, got)
		}
	}
}

func TestAPhonesKeyboardLeavesTheFieldInSight(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, _ := opened(t, f)
	p.do(chromedp.EmulateViewport(390, 844))
	p.until(`Math.round(w.querySelector(".panel").getBoundingClientRect().height) === 844`)
	// The keyboard of a phone makes the visual viewport smaller and leaves the page's size alone.
	p.run(`Object.defineProperty(visualViewport, "height", {value: 500, configurable: true}); visualViewport.dispatchEvent(new Event("resize"))`)
	p.until(`((b) => b.bottom <= 500 && b.top > 300 && w.querySelector("header").getBoundingClientRect().top === 0)(w.querySelector(".composer").getBoundingClientRect())`)
	p.run(`delete visualViewport.height; visualViewport.dispatchEvent(new Event("resize"))`)
	p.until(`w.querySelector(".panel").getBoundingClientRect().height === 844`)
}

func TestASecondTabShowsTheSameThreadAndWhatIsUnread(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	other := p.tab() // on a wide screen it comes open where it was left open
	other.until(`w?.querySelectorAll(".list .bubble").length === 1 && !w.querySelector(".panel").hidden`)
	other.write("desde la otra pestaña")
	p.until(`w.querySelectorAll(".list .bubble").length === 2`)
	f.say(conv, "una respuesta")
	for _, tab := range []*page{p, other} {
		tab.until(`w.querySelector(".list .row.bot .bubble")`)
		if got := tab.said(); got != "hola|desde la otra pestaña|una respuesta" {
			t.Errorf("one tab reads %s", got)
		}
	}
	for _, tab := range []*page{p, other} {
		tab.run(`w.querySelector("header button").click()`)
	}
	f.say(conv, "y otra")
	for _, tab := range []*page{p, other} {
		tab.until(`!w.querySelector(".badge").hidden && w.querySelector(".badge").innerText === "1"`)
	}
	p.run(`w.querySelector(".launcher").click()`)
	other.until(`w.querySelector(".badge").hidden`)
	p.run(`w.querySelector("header button").click()`)
	p.do(chromedp.Navigate(p.url))
	p.until(`w?.querySelectorAll(".list .bubble").length === 4`)
	if ask[bool](p, `!w.querySelector(".badge").hidden`) {
		t.Error("what was read is unread again after a reload")
	}
	if n := f.count(`select count(*) from conversations`); n != 1 {
		t.Errorf("two tabs began %d conversations", n)
	}
}

func TestAPictureIsSentAndSeenAndOtherFilesAreNot(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	pick := func(content, name, kind string) {
		p.run(`const give = (blob) => { const d = new DataTransfer(); d.items.add(new File([blob], "` + name + `", {type: "` + kind + `"})); const i = w.querySelector(".file"); i.files = d.files; i.dispatchEvent(new Event("change")); }; ` + content)
	}
	pick(`const c = document.createElement("canvas"); c.width = 2600; c.height = 1300; c.getContext("2d").fillRect(0, 0, 900, 900); c.toBlob(give, "image/png")`, "photo.png", "image/png")
	seen := `((c) => c && c.width === 2000 && c.height === 1000 && c.getAttribute("aria-label"))(w?.querySelector(".row.shopper canvas"))`
	p.until(seen)
	p.until(`[...w.querySelectorAll(".row.shopper .meta")].every((m) => /^s\d/.test(m.dataset.state))`)
	pick(`give(new Blob(["<script>alert(1)</script>"]))`, "photo.png", "image/png")
	p.until(`w.querySelector(".note.bad")?.innerText.includes("JPEG")`)
	if n := f.count(`select count(*) from images where conversation_id = $1`, conv); n != 1 {
		t.Errorf("%d pictures are kept", n)
	}
	id := f.picture(conv)
	p.until(`w.querySelector(".row.agent canvas")?.width === 40 && w.querySelector(".row.agent .name").innerText === "Mia"`)
	p.do(chromedp.Navigate(p.url))
	p.until(seen)
	p.until(`w.querySelector(".row.agent canvas")?.width === 40`)
	if len(p.noise) > 0 {
		t.Errorf("the browser complains of %s or of another: %s", id, <-p.noise)
	}
}

// picture lets an agent have sent one.
func (f *front) picture(conv uuid.UUID) uuid.UUID {
	f.t.Helper()
	ctx := context.Background()
	kept, err := conversation.Reencode(photo(f.t, 30, 40))
	if err != nil {
		f.t.Fatal(err)
	}
	kept.ShopID, kept.ConversationID = f.shop.ID, conv
	id, err := f.store.AddImage(ctx, kept, conversation.ImageLimits{Conversation: 10, Day: 10, DayBytes: 1 << 20})
	if err != nil {
		f.t.Fatal(err)
	}
	_, err = f.pool.Exec(ctx, `
		with c as (update conversations set last_seq = last_seq + 1 where shop_id = $1 and conversation_id = $2 returning last_seq, episode)
		insert into messages (shop_id, conversation_id, seq, author, staff_name, body, language, kind, episode)
		select $1, $2, last_seq, 'agent', 'Mia', $3, '', 'image', episode from c`, f.shop.ID, conv, id.String())
	if err != nil {
		f.t.Fatal(err)
	}
	f.store.Wake(f.shop.ID, conv)
	return id
}

// keys presses keys as a keyboard does.
func (p *page) keys(keys string, modifiers ...chromedp.Modifier) {
	p.t.Helper()
	var options []chromedp.KeyOption
	for _, m := range modifiers {
		options = append(options, chromedp.KeyModifiers(m))
	}
	p.do(chromedp.KeyEvent(keys, options...))
}

func TestTheCardsAreNamedAndWorkWithTheKeyboard(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	f.desk.set(conversation.Place{State: "waiting"})
	f.desk.close()
	f.do("POST", "/api/storefront/"+f.shop.PublicKey+"/person", nil, "Authorization", "Bearer "+ask[string](p, `localStorage.getItem("frontdesk:`+f.shop.PublicKey+`:token")`))
	p.until(`w.querySelector(".contact input")`)
	nameless := `[...w.querySelectorAll(".card input, .card textarea, .card button, .article input, .article textarea, .article button, .bar button")].filter((e) => !(e.getAttribute("aria-label") || e.innerText || e.labels?.[0]?.innerText)).length`
	if n := ask[int](p, nameless); n != 0 {
		t.Errorf("%d fields of the contact form have no name", n)
	}
	p.run(`w.querySelector(".contact input").focus()`)
	p.keys("ana@" + kb.Enter)
	p.until(`w.querySelector(".contact .bad[role=status]")?.innerText && w.activeElement.type === "email"`)
	p.keys("example.es" + kb.Tab + kb.Tab)
	if got := ask[string](p, `w.activeElement.className`); got != "primary" {
		t.Errorf("after e-mail and phone comes %q", got)
	}
	p.keys(kb.Enter)
	p.until(`!w.querySelector(".contact")`)
	if f.desk.reached() != "ana@example.es" {
		t.Errorf("kept is %q", f.desk.reached())
	}

	f.end(conv)
	p.until(`w.querySelector(".rating")`)
	if got := ask[string](p, `[w.querySelector(".rating fieldset legend").innerText, `+nameless+`, ...[...w.querySelectorAll(".rating input")].map((e) => e.getAttribute("aria-label"))].join("|")`); got != "¿Qué tal ha ido?|0|1 de 5, Mal|2 de 5|3 de 5|4 de 5|5 de 5, Muy bien" {
		t.Errorf("the rating is read as %s", got)
	}
	p.run(`w.querySelector(".rating > .plain").focus()`)
	p.keys(kb.Tab, chromedp.ModifierShift)
	if got := ask[string](p, `w.activeElement.value`); got != "1" {
		t.Errorf("going back the first star is %q", got)
	}
	p.keys(kb.ArrowRight + kb.ArrowRight + kb.Tab)
	if got := ask[string](p, `w.querySelectorAll(".stars .on").length + w.activeElement.localName`); got != "3textarea" {
		t.Errorf("three stars and then: %s", got)
	}
	p.keys("bien" + kb.Tab + kb.Enter)
	p.until(`w.querySelector(".card").hidden && w.querySelector(".note:last-child").innerText.includes("Gracias") && w.activeElement.matches(".scroll")`)
	time.Sleep(5 * time.Second)
	if !ask[bool](p, `w.querySelector(".note:last-child").innerText.includes("Gracias")`) {
		t.Error("the thanks are gone")
	}
}

// end closes the conversation as an agent does who has it.
func (f *front) end(conv uuid.UUID) {
	f.t.Helper()
	if _, err := f.pool.Exec(context.Background(), `update conversations set holder = 'nobody' where conversation_id = $1`, conv); err != nil {
		f.t.Fatal(err)
	}
	f.desk.set(conversation.Place{State: "resolved", AgentName: "Mia"})
	f.store.Wake(f.shop.ID, conv)
}

func TestALidThatWasClosedMissesNothing(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	life := func(state cdppage.SetWebLifecycleStateState) {
		t.Helper()
		p.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
			_, err := cdp.Call(ctx, target, cdppage.SetWebLifecycleState, cdppage.SetWebLifecycleStateParams{State: state})
			return err
		}))
	}
	life("frozen")
	p.cut.Store(true)
	p.hang()
	for n := range 3 {
		f.say(conv, fmt.Sprintf("mientras dormía %d", n))
	}
	p.cut.Store(false)
	life("active")
	p.until(`w.querySelectorAll(".list .row.bot .bubble").length === 3 && w.querySelector(".line").hidden`)
	if got := p.said(); got != "hola|mientras dormía 0|mientras dormía 1|mientras dormía 2" {
		t.Errorf("after waking: %s", got)
	}
}

func TestADeadServerIsSaidAndASlowOneWaitedFor(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p := openPage(t, f)
	p.do(chromedp.Navigate(p.url))
	p.until(`w?.querySelector(".launcher")`)
	p.cut.Store(true)
	p.run(`w.querySelector(".launcher").click()`)
	p.until(`w.querySelector(".trouble button")?.innerText === "Reintentar" && w.querySelector(".composer textarea").placeholder`)
	p.cut.Store(false)
	p.run(`w.querySelector(".trouble button").click()`)
	p.until(`w.querySelectorAll(".choice").length === 3 && w.querySelector(".person").innerText`)
	p.slow.Store(int64(3 * time.Second))
	p.write("hola")
	p.until(`w.querySelector('[data-state="sending"]')?.innerText`)
	p.write("y otra cosa")
	p.until(`[...w.querySelectorAll(".row.shopper .meta")].length === 2 && [...w.querySelectorAll(".row.shopper .meta")].every((m) => /^s\d/.test(m.dataset.state))`)
	if got := p.said(); got != "hola|y otra cosa" {
		t.Errorf("a slow server made it %s", got)
	}
}

// That a colleague has come is told when they come, and stands there when the thread is loaded anew, once; their name stands once over
// what they write in a row.
func TestAColleagueJoinsOnce(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	f.count(`with taken as (update conversations set holder = 'agent', agent_id = shop_id returning 1) select count(*) from taken`)
	f.desk.set(conversation.Place{State: "claimed", AgentName: "Mia"})
	f.store.Wake(f.shop.ID, conv)
	p.until(`w.querySelector(".note:last-child")?.innerText === "Mia se ha unido al chat"`)
	f.picture(conv)
	f.picture(conv)
	p.until(`w.querySelectorAll(".row.agent").length === 2`)
	const order = `[...w.querySelectorAll(".list > *")].map((e) => e.matches(".note") ? e.innerText : e.querySelector(".name")?.offsetWidth > 1 ? "named" : "row").join("|")`
	want := "row|Mia se ha unido al chat|named|row"
	if got := ask[string](p, order); got != want {
		t.Errorf("live the thread is %s", got)
	}
	f.feed.Typing(f.shop.ID, conv, "Mia")
	p.until(`w.querySelector(".now.more:not([hidden])")`)
	p.do(chromedp.Navigate(p.url))
	p.until(`w?.querySelectorAll(".row.agent").length === 2 && w.querySelector(".status").innerText.includes("Mia")`)
	if got := ask[string](p, order); got != want {
		t.Errorf("loaded anew the thread is %s", got)
	}
}
