package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"

	"github.com/chromedp/chromedp"
	"github.com/google/uuid"
)

// scene is the demo shop in the middle of a day.
type scene struct {
	p                         *program
	waiting, mine, risk, done uuid.UUID // conversations
	article                   knowledge.Article
	planned                   string // page of an import that was looked at and not started
}

// talk is a shopper on the signed webhook.
type talk struct {
	name, locale, order string
	says                []string
}

func talks() map[string]talk {
	return map[string]talk{
		"waiting": {"林晓燕", "zh", "TW20261108-3317", []string{"我的订单什么时候发货？", "都等了一个星期了，问了三次没人管，太气人了，给我转人工！"}},
		"mine":    {"Harriet Cole", "en", "TW-88214", []string{"How long do I have to return something?", "The coat I got has a torn seam and the zip is broken. This is the second time! I want to talk to a person."}},
		"risk":    {"Lucía Ferrer", "es", "TW-90127", []string{"Me ha salido una erupción en el brazo con el jersey de lana, creo que es alergia. ¿Qué hago?"}},
		"done":    {"Tom Abara", "en", "TW-77120", []string{"Can I get an invoice with my company name? Please let me talk to a human."}},
		"bot":     {"周敏", "zh", "", []string{"礼品卡可以退吗？"}},
		"queue":   {"Marta Gil", "es", "TW-90313", []string{"Quiero hablar con una persona, por favor"}},
		"queue-2": {"王小波", "zh", "TW20261119-0042", []string{"转人工"}},
	}
}

func makeScene(t *testing.T, p *program) *scene {
	t.Helper()
	ctx := t.Context()
	s := p.shopSystem(t, "site")
	ch, err := p.channels.ByName(ctx, p.shop.ID, "site")
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]uuid.UUID{}
	for key, k := range talks() {
		for n, text := range k.says {
			body, err := json.Marshal(map[string]any{"type": "message.created", "data": map[string]any{"conversation": key, "message": fmt.Sprint(n), "text": text,
				"shopper": map[string]string{"name": k.name, "locale": k.locale}, "context": map[string]string{"order": k.order, "page": "https://shop.example/orders"}}})
			if err != nil {
				t.Fatal(err)
			}
			s.post(body)
			s.wait(key, "message.created", n+1)
		}
		c, err := p.store.ByAddress(ctx, p.shop.ID, ch.ID, key)
		if err != nil {
			t.Fatal(err)
		}
		ids[key] = c.ID
	}
	out := &scene{p: p, waiting: ids["waiting"], mine: ids["mine"], risk: ids["risk"], done: ids["done"]}
	out.work(t)
	out.write(t)
	return out
}

// work is what the agent has done so far: one case is hers, one is resolved and rated.
func (s *scene) work(t *testing.T) {
	t.Helper()
	ctx, p := t.Context(), s.p
	mia := p.person(t, "agent@demo.frontdesk.example")
	for _, id := range []uuid.UUID{s.mine, s.done} {
		k, err := p.desk.CaseOf(ctx, p.shop.ID, id)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.desk.Claim(ctx, p.shop.ID, k.ID, mia); err != nil {
			t.Fatal(err)
		}
		if id != s.done {
			continue
		}
		if _, err := p.desk.Reply(ctx, p.shop.ID, id, mia, "I have put your company on the invoice and sent it again.", 0); err != nil {
			t.Fatal(err)
		}
		if err := p.desk.Resolve(ctx, p.shop.ID, k.ID, mia, handoff.Outcomes()[0], 0); err != nil {
			t.Fatal(err)
		}
		if err := p.desk.Rate(ctx, p.shop.ID, id, 5, "Fast, thank you"); err != nil {
			t.Fatal(err)
		}
	}
}

// write is what the editor has in hand: a draft that would change an answer, questions that were missed, a file with bad rows.
func (s *scene) write(t *testing.T) {
	t.Helper()
	ctx, p := t.Context(), s.p
	found, _, err := p.base.List(ctx, p.shop.ID, knowledge.Filter{Text: "Can I combine codes and discounts?", Locale: "en", Limit: 1})
	if err != nil || len(found) == 0 {
		t.Fatal(err)
	}
	a := found[0]
	a.Answer = "You can use **2 codes** per order. Codes combine with promotions, member prices and points:\n\n1. promotions and member price\n2. the codes\n3. points\n\nGift cards are a payment, so they always work on top."
	a.Author, a.Note = "Leo", "two codes since the autumn sale"
	if s.article, err = p.base.Save(ctx, p.shop.ID, a); err != nil {
		t.Fatal(err)
	}
	for n, m := range []knowledge.Missed{
		{Text: "Do you sell gift boxes?", Locale: "en", Outcome: "none"}, {Text: "is there gift wrapping in a box", Locale: "en", Outcome: "ask", Best: "gift-wrapping", Confidence: 0.4},
		{Text: "羊毛大衣可以机洗吗？机洗会缩水吗？", Locale: "zh", Outcome: "ask", Best: "care-wool", Confidence: 0.52}, {Text: "¿Enviáis a las Azores?", Locale: "es", Outcome: "none"},
		{Text: "大衣起球怎么办", Locale: "zh", Outcome: "disliked", Best: "care-wool", Confidence: 0.9},
	} {
		m.State, m.AskedAt = knowledge.MissedOpen, time.Now().Add(-time.Duration(n)*time.Hour)
		if err := p.base.Missed(ctx, p.shop.ID, m); err != nil {
			t.Fatal(err)
		}
	}
	s.examine(t)
	for _, i := range []knowledge.Incident{
		{Statements: map[string]string{"en": "The carrier is on strike: parcels to Spain arrive **two days later**.", "zh": "承运商罢工，寄往西班牙的包裹会**晚两天**到。", "es": "El transportista está de huelga: los paquetes a España llegan **dos días más tarde**."},
			Market: []string{"ES"}, Until: time.Now().Add(36 * time.Hour), Author: "Leo"},
		{Statements: map[string]string{"en": "Payment was down this morning; it works again.", "zh": "今天上午支付曾中断，现已恢复。"}, Until: time.Now().Add(time.Hour), Author: "Leo"},
	} {
		at, err := p.base.Announce(ctx, p.shop.ID, i)
		if err == nil && len(i.Market) == 0 {
			err = p.base.EndIncident(ctx, p.shop.ID, at.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// examine sits an exam twice; one question of it fails.
func (s *scene) examine(t *testing.T) {
	t.Helper()
	ctx, p, store := t.Context(), s.p, exam.NewStore(s.p.pool)
	asked := func(text, locale, topic string, expect exam.Expectation) exam.Question {
		return exam.Question{ID: text, Turns: []exam.Turn{{Role: "shopper", Text: text}}, Locale: locale, Topic: topic, Expect: expect}
	}
	questions := []exam.Question{
		asked("两张券能一起用吗", "zh", "coupons", exam.Expectation{Action: []string{"answer"}, Articles: []string{"coupon-stacking"}}),
		asked("can I use two codes", "en", "coupons", exam.Expectation{Action: []string{"answer"}, Articles: []string{"coupon-stacking"}}),
		asked("quiero hablar con una persona", "es", "people", exam.Expectation{Action: []string{"handoff"}}),
		asked("Do you sell gift boxes?", "en", "gifts", exam.Expectation{Action: []string{"answer"}, Articles: []string{"gift-cards"}}),
	}
	if err := store.Replace(ctx, p.shop.ID, exam.Golden, questions); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		done, err := store.Begin(ctx, p.shop.ID, exam.Golden)
		if err != nil {
			t.Fatal(err)
		}
		_, err = store.Sit(ctx, p.base, p.shop, exam.Golden, p.examine, nil)
		done()
		if err != nil {
			t.Fatal(err)
		}
	}
}

const badFile = `id,question,answer,locale,kind,market,valid_to
gift-boxes,Do you sell gift boxes?,"Yes, in two sizes: 3 and 5 dollars.",en,faq,US,
azores,¿Enviáis a las Azores?,"Sí, en 6 a 9 días laborables.",es,faq,España,
empty-answer,这行没有答案,,火星文,faq,,
bad-day,Is there a winter sale?,"Yes, until the end of February.",en,promotion,,2027-02-31
`

// upload lets the editor drop a file with two bad rows.
func (s *scene) upload(t *testing.T, editor *tab) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "autumn.csv")
	if err := os.WriteFile(file, []byte(badFile), 0o600); err != nil {
		t.Fatal(err)
	}
	editor.open("/knowledge/import")
	editor.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	editor.click(`$('form[action="/knowledge/import"] button')`)
	editor.until(`location.pathname.startsWith("/knowledge/import/")`)
	s.planned = in[string](editor, `location.pathname`)
	editor.until(`!$("progress")`)
}

// slips finds, on a page in Chinese, half-width punctuation beside Han in the words of the page itself, and on any page a tab of
// the page that is open which its strip does not show.
const slips = `(() => {
	const out = [], own = (e) => !e.closest("[lang]:not(html), [dir=auto], textarea, code, pre, .mono, script, style");
	if (document.documentElement.lang === "zh") {
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let n = texts.nextNode(); n; n = texts.nextNode()) {
			const slip = /[\u4e00-\u9fff”》）] ?[,:;]|[,:;] ?[\u4e00-\u9fff“《（]/.exec(n.data);
			if (slip && own(n.parentElement)) out.push("half-width punctuation: " + n.data.trim().slice(0, 80));
		}
	}
	for (const e of document.querySelectorAll("nav [aria-current]")) {
		const r = e.getBoundingClientRect();
		if (r.width && (r.left < -1 || r.right > innerWidth + 1)) out.push("the open tab is out of sight: " + e.textContent.trim());
	}
	return out;
})`

// wrong lists what is wrong with the page as it stands.
const wrong = `(() => {
	const out = ` + slips + `();
	const wide = document.documentElement.scrollWidth - window.innerWidth;
	if (wide > 1) out.push("wider than the window by " + wide + ": " + [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1).slice(0, 3).map(e => e.tagName + "." + e.className));
	for (const e of document.querySelectorAll("input:not([type=hidden]), select, textarea, button, a, summary"))
		if (!(e.labels && e.labels.length) && !e.getAttribute("aria-label") && !e.textContent.trim()) out.push("no name: " + e.outerHTML.slice(0, 120));
	for (const m of (document.body.innerText + document.title).match(/\b(inbox|editor|admin|signin|pages|shop|product)\.[a-z_]+(\.[a-z_0-9]+)*/g) || []) if (!m.endsWith(".example")) out.push("a text without words: " + m);
	if (document.querySelectorAll("h1").length !== 1) out.push("not one h1");
	if (document.querySelector("[style]:not(svg *)")) out.push("a style attribute");
	const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
	for (const id of ids) if (ids.indexOf(id) !== ids.lastIndexOf(id)) out.push("two of #" + id);
	return out.join("\n");
})()`

// screen opens a page, looks for faults and keeps its picture.
func (b *tab) screen(name, path string) {
	b.t.Helper()
	b.open(path)
	b.until(`$("main")`)
	if got := in[string](b, wrong); got != "" {
		b.t.Errorf("%s on %s: %s", path, b.label, got)
	}
	if name == "shop" || len(name) > 5 && name[:5] == "inbox" {
		b.shot(name)
	} else {
		b.wholeShot(name)
	}
}

// looks are all ways in which a window stands there; without a folder for pictures, two that differ in everything.
func looks() []look {
	if os.Getenv("FRONTDESK_SCREENSHOTS") == "" {
		return []look{{"phone", "zh", "light"}, {"desk", "es", "dark"}}
	}
	var all []look
	for _, size := range []string{"phone", "desk"} {
		for _, lang := range []string{"zh", "en", "es"} {
			for _, scheme := range []string{"light", "dark"} {
				all = append(all, look{size, lang, scheme})
			}
		}
	}
	return all
}

// Every page in every size, language and light: none is wider than its window, has a field without a name or a text without words.
func TestScreenshotsOfEveryPage(t *testing.T) {
	t.Parallel()
	p := boot(t)
	first := look{"desk", "en", "light"}
	nobody, agent, editor := p.tab(t, first), p.tab(t, first), p.tab(t, first)
	agent.signIn("agent@demo.frontdesk.example", "/inbox")
	editor.signIn("editor@demo.frontdesk.example", "/knowledge")
	for _, l := range []look{first, {"phone", "zh", "dark"}} {
		agent.wear(l)
		agent.screen("inbox-empty", "/inbox")
		editor.wear(l)
		editor.screen("knowledge-missed-empty", "/knowledge/missed")
	}
	s := makeScene(t, p)
	s.upload(t, editor)
	mia := p.person(t, "agent@demo.frontdesk.example")
	link, err := p.staff.MakeLink(t.Context(), mia.ShopID, mia.ID, linkFor)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range looks() {
		nobody.wear(l)
		nobody.screen("shop", "/shop/demo?lang="+l.lang)
		nobody.screen("sign-in", "/sign-in")
		nobody.screen("sign-in-link", "/sign-in/link/"+link)
		nobody.screen("sign-in-link-used", "/sign-in/link/nothing")
		nobody.screen("error", "/nowhere")
		agent.wear(l)
		s.inbox(agent)
		editor.wear(l)
		s.knowledge(editor)
	}
}

func (s *scene) inbox(agent *tab) {
	agent.t.Helper()
	for name, path := range map[string]string{
		"inbox-queue": "/inbox", "inbox-bot": "/inbox?view=bot", "inbox-resolved": "/inbox?view=resolved", "inbox-nothing-found": "/inbox?q=zzzz",
		"inbox-waiting": "/inbox/" + s.waiting.String(), "inbox-mine": "/inbox/" + s.mine.String(), "inbox-risk": "/inbox/" + s.risk.String(), "inbox-done": "/inbox/" + s.done.String(),
		"team": "/inbox/team",
	} {
		agent.screen(name, path)
		if name == "inbox-waiting" && agent.size == "phone" { // where the packet is folded
			agent.click(`$("#packet > summary")`)
			agent.until(`$("#packet[open]")`)
			agent.shot("inbox-packet")
		}
	}
}

func (s *scene) knowledge(editor *tab) {
	editor.t.Helper()
	article := "/knowledge/articles/" + s.article.ID.String()
	for name, path := range map[string]string{
		"knowledge-list": "/knowledge", "knowledge-none": "/knowledge?status=archived", "knowledge-new": "/knowledge/new", "knowledge-article": article,
		"knowledge-publish": article + "/publish", "knowledge-history": article + "/history", "knowledge-missed": "/knowledge/missed",
		"knowledge-import": "/knowledge/import", "knowledge-planned": s.planned, "knowledge-exam": "/knowledge/exam", "knowledge-incidents": "/knowledge/incidents",
		"knowledge-search": "/knowledge?q=" + map[string]string{"zh": "优惠券", "en": "coupon", "es": "cup%C3%B3n"}[editor.lang], "knowledge-stale": "/knowledge?show=stale",
		"knowledge-unsure": "/knowledge/try?question=" + map[string]string{"zh": "你们卖礼品盒吗", "en": "do+you+sell+gift+boxes", "es": "vend%C3%A9is+cajas+de+regalo"}[editor.lang],
		"knowledge-try":    "/knowledge/try?question=" + map[string]string{"zh": "两张券能一起用吗", "en": "can+I+use+two+codes", "es": "puedo+usar+dos+cupones"}[editor.lang],
	} {
		editor.screen(name, path)
	}
}

// States of the chat that the walk does not come by: a question back, no network, nobody in.
func TestScreenshotsOfTheChatInTrouble(t *testing.T) {
	t.Parallel()
	p := boot(t)
	vague := map[string]string{"zh": "退货", "en": "how much does it cost me to send something back", "es": "¿Cuánto tiempo tengo para devolver?"}
	all := []look{{"phone", "zh", "dark"}, {"desk", "en", "light"}, {"phone", "es", "light"}}
	var tabs []*tab
	for _, l := range all {
		b := p.tab(t, l)
		tabs = append(tabs, b)
		b.visit(l.lang)
		b.say(vague[l.lang])
		b.answered("bot", 1)
		b.shot("widget-ask-back")
		b.cut(true)
		b.say("?")
		b.until(`w.querySelector('[data-state="failed"]') && !w.querySelector(".line").hidden`)
		b.shot("widget-offline")
		b.cut(false)
		b.until(`w.querySelector(".line").hidden && !w.querySelector('[data-state="failed"]')`)
	}
	day := (time.Now().In(p.shop.Location()).Weekday() + 2) % 7
	if err := p.desk.SetHours(t.Context(), p.shop.ID, []handoff.Shift{{Weekday: day, Opens: 9 * 60, Closes: 18 * 60}}); err != nil {
		t.Fatal(err)
	}
	for i, b := range tabs {
		if in[bool](b, `!w.querySelector(".person").hidden`) {
			b.click(`w.querySelector(".person")`)
		}
		b.until(`w.querySelector(".contact")`)
		b.shot("widget-away")
		b.click(`w.querySelector('.contact input[type="email"]')`)
		b.write("nobody at all")
		b.click(`w.querySelector(".contact button")`)
		b.until(`w.querySelector(".contact .bad").innerText`)
		b.click(`w.querySelector('.contact input[type="email"]')`)
		in[bool](b, `(w.querySelector('.contact input[type="email"]').select(), true)`)
		b.write(fmt.Sprintf("shopper%d@example.com", i))
		b.click(`w.querySelector(".contact button")`)
		b.until(`!w.querySelector(".contact")`)
		b.shot("widget-reached")
	}
	var reachable int
	if err := p.pool.QueryRow(t.Context(), `select count(*) from conversations where holder = $1`, conversation.HeldByQueue).Scan(&reachable); err != nil || reachable != len(all) {
		t.Errorf("%d shoppers wait, want %d: %v", reachable, len(all), err)
	}
}
