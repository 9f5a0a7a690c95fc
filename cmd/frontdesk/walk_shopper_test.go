package main

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/knowledge/editor"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/uuid"
)

// waits is what a shopper says who lands in the queue and thinks better of it.
type waits struct {
	look
	zone, person, question, answer string
}

// In the queue a shopper sees the place move, leaves an address, says what is really wanted, and goes back to the bot, which answers
// what was asked meanwhile.
func TestWalkOfAShopperWhoWaitsAndGoesBack(t *testing.T) {
	t.Parallel()
	p := boot(t)
	for _, s := range []waits{
		{look{"phone", "zh", "dark"}, "Asia/Shanghai", "转人工", "优惠券能叠加用吗？", "优惠码"},
		{look{"desk", "en", "light"}, "America/New_York", "I want to talk to a person", "Can I combine two discount codes?", "code"},
		{look{"phone", "es", "light"}, "Europe/Madrid", "Quiero hablar con una persona", "¿Puedo usar dos códigos de descuento a la vez?", "código"},
	} {
		t.Run(s.lang, func(t *testing.T) {
			first, b := p.tab(t, look{"desk", s.lang, "light"}), p.tab(t, s.look)
			first.visit(s.lang)
			first.say(s.person)
			first.until(`!w.querySelector(".card").hidden`)
			b.dwell(s.zone)
			b.visit(s.lang)
			b.say(s.person)
			b.until(`w.querySelector(".card .place")?.innerText.includes("2")`)
			b.sameTime()
			b.shot("widget-waiting")
			p.claimOldest(t)
			b.until(`/(第|number |número )1\D|马上|enseguida|You are next/.test(w.querySelector(".card .place").innerText)`) // by itself

			b.click(`w.querySelector(".to-contact")`)
			b.click(`w.querySelector('.article input[type="email"]')`)
			b.shot("widget-contact")
			b.write("ana@example.com")
			b.press(kb.Enter)
			b.until(`!w.querySelector(".article") && w.querySelector(".list .row.system .bubble").innerText.includes("ana@example.com")`)
			b.click(`w.querySelector(".to-share")`)
			b.click(`w.querySelector(".article textarea")`)
			b.shot("widget-share")
			b.write(" 蓝色的 azul blue")
			b.click(`w.querySelector(".article .primary")`)
			b.until(`w.querySelector(".article [role=status]").innerText`)
			b.click(`w.querySelector(".article .plain")`)

			b.say(s.question)
			b.until(`w.querySelectorAll(".list .row.shopper .bubble").length === 2`)
			answers := in[int](b, `w.querySelectorAll(".list .row.bot .bubble").length`)
			b.click(`w.querySelector(".to-return")`)
			b.shot("widget-return")
			b.click(`w.querySelector(".article .primary")`)
			if got := b.answered("bot", answers+1); !strings.Contains(got, s.answer) {
				t.Errorf("back at the bot the shopper reads %q", got)
			}
			b.until(`w.querySelector(".card").hidden && !w.querySelector(".bar .person").hidden`)
			b.shot("widget-returned")
		})
	}
	var packets int
	err := p.pool.QueryRow(t.Context(), `select count(*) from packets k join cases c using (shop_id, case_id)
		where c.outcome = 'withdrawn' and k.packet #>> '{shopper,email}' = 'ana@example.com' and k.packet ->> 'wanted' like '%azul blue'`).Scan(&packets)
	if err != nil || packets != 3 {
		t.Errorf("%d of 3 withdrawn cases keep what the shopper gave (%v)", packets, err)
	}
}

// dwell puts the window's clock where the shopper lives.
func (b *tab) dwell(zone string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: zone})
		return err
	}))
}

// sameTime checks that the thread and the card name one time.
func (b *tab) sameTime() {
	b.t.Helper()
	const clock = `.match(/\d\d:\d\d/)?.[0]`
	card, said := in[string](b, `w.querySelector(".card .place").innerText`+clock), in[string](b, `[...w.querySelectorAll(".list .row.bot .bubble")].at(-1).innerText`+clock)
	due := in[[]string](b, `[-1, 0, 1].map((m) => new Date(Date.now() + (10 + m) * 60000).toLocaleTimeString("en-GB", {hour: "2-digit", minute: "2-digit"}))`)
	if card != said || !slices.Contains(due, card) {
		b.t.Errorf("the card says %q, the thread %q, and on the shopper's own clock it is due at about %q", card, said, due)
	}
}

// claimOldest lets an agent take the case that has waited longest.
func (p *program) claimOldest(t testing.TB) {
	t.Helper()
	ctx := t.Context()
	var id uuid.UUID
	err := p.pool.QueryRow(ctx, `select case_id from cases where shop_id = $1 and state = 'waiting' order by created_at limit 1`, p.shop.ID).Scan(&id)
	if err == nil {
		err = p.desk.Claim(ctx, p.shop.ID, id, p.person(t, "agent@demo.frontdesk.example"))
	}
	if err != nil {
		t.Fatal(err)
	}
}

// What the widget suggests, the bot answers: nobody who presses a button that we put there is handed over.
func TestEverySuggestedQuestionIsAnswered(t *testing.T) {
	t.Parallel()
	p := boot(t)
	shopper := p.tab(t, look{"desk", "en", "light"})
	for _, lang := range []string{"zh", "en", "es"} {
		shopper.open("/shop/demo?lang=" + lang)
		in[bool](shopper, `(localStorage.clear(), true)`)
		shopper.visit(lang)
		for _, question := range in[[]string](shopper, `[...w.querySelectorAll(".choice")].map((c) => c.innerText)`) {
			tried, err := p.tryOut(t.Context(), p.shop, editor.Trial{Question: question, Locale: lang, At: time.Now()})
			if err != nil {
				t.Fatal(err)
			}
			if tried.Action != bot.ActionAnswer {
				t.Errorf("%s: %q gets %s with %.2f: %s", lang, question, tried.Action, tried.Confidence, tried.Text)
			}
		}
	}
}
