package main

import (
	"strings"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/bottest"
	"frontdesk/handoff"
	"frontdesk/knowledge/editor"

	"github.com/google/uuid"
)

// filming lists what a reader of the newest answer would call a flicker or a jump, frame by frame: words that go away, a beginning that
// moves although nothing was added, or that leaves the window.
const filming = `(() => {
	let before; window.faults = []; window.lengths = new Set();
	const frame = () => {
		const s = w.querySelector(".scroll").getBoundingClientRect();
		const all = [...w.querySelectorAll(".list .row.bot .bubble, .now:not([hidden]) .bubble")], b = all[all.length - 1];
		const now = { many: all.length, long: b.querySelector(".dots") ? 0 : b.innerText.length, top: Math.round(b.getBoundingClientRect().top - s.top) };
		lengths.add(now.long);
		if (before && (now.many !== before.many || now.long < before.long || now.top > before.top || now.top < 0 || now.top < before.top && now.long === before.long)) faults.push(JSON.stringify([before, now]));
		before = now;
		requestAnimationFrame(frame);
	};
	frame();
	return true;
})()`

// What a model writes comes in sentence by sentence, and where the finished answer takes its place nothing moves.
func TestBrowserReadsAModelsAnswerAsItIsWritten(t *testing.T) {
	t.Parallel()
	model := bottest.Serve(bottest.Quote)
	t.Cleanup(model.Close)
	p := boot(t, func(c *Config) { c.OpenAIBaseURL, c.OpenAIKey, c.Model = model.URL, "sk", "slow" })
	question := p.leftToTheModel(t, model, realQuestions[:10])
	model.Follow(func(r bottest.Request) bottest.Answer {
		a := bottest.Quote(r)
		a.Pause = 60 * time.Millisecond // so that a busy machine paints between two sentences
		return a
	})
	b := p.tab(t, look{"phone", "en", "light"})
	b.visit("en")
	b.say(question)
	b.until(`!w.querySelector(".now").hidden && /^s\d/.test(w.querySelector(".list .row.shopper .meta")?.dataset.state)`)
	in[bool](b, filming)
	b.until(`w.querySelector(".now.drafting")`)
	b.shot("widget-streaming")
	b.answered("bot", 1)
	time.Sleep(200 * time.Millisecond)
	for _, fault := range in[[]string](b, `faults`) {
		t.Errorf("from one frame to the next: %s", fault)
	}
	if n := in[int](b, `lengths.size`); n < 4 {
		t.Errorf("the answer came in %d steps", n)
	}
}

// leftToTheModel is the first of some questions that the model gets to write a longer answer to.
func (p *program) leftToTheModel(t *testing.T, model *bottest.Server, questions []string) string {
	t.Helper()
	for _, q := range questions {
		before := len(model.Requests())
		tried, err := p.tryOut(t.Context(), p.shop, editor.Trial{Question: q, Locale: "en", At: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		if tried.Action == bot.ActionAnswer && len(model.Requests()) == before+1 && strings.Count(tried.Text, ". ") > 1 {
			return q
		}
	}
	t.Fatal("no question reaches the model")
	return ""
}

// States of the chat in which a shopper is at work, with those at the other end: nobody there, no help, a picture, an address, a colleague.
func TestScreenshotsOfTheChatAtWork(t *testing.T) {
	t.Parallel()
	p := boot(t)
	all := []look{{"phone", "en", "dark"}, {"desk", "zh", "light"}, {"desk", "es", "dark"}, {"phone", "zh", "light"}}
	question := map[string]string{"zh": "优惠券能叠加用吗？", "en": "Can I combine two discount codes?", "es": "¿Puedo usar dos códigos de descuento a la vez?"}
	reach := map[string]string{"zh": "没人的话打我手机 138 1234 5678", "en": "If nobody is there: harriet@example.com", "es": "Si no, mi correo es lucia@example.es"}
	for _, l := range all {
		t.Run(l.String(), func(t *testing.T) {
			b := p.tab(t, l)
			b.findsNobody()
			b.visit(l.lang)
			b.say(question[l.lang])
			b.answered("bot", 1)
			b.shot("widget-next")
			for _, next := range in[[]string](b, `[...w.querySelectorAll(".follow .chip")].map((c) => c.innerText)`) {
				if tried, err := p.tryOut(t.Context(), p.shop, editor.Trial{Question: next, Locale: l.lang, At: time.Now()}); err != nil || tried.Action != bot.ActionAnswer {
					t.Errorf("%q is offered, and gets %s (%v)", next, tried.Action, err)
				}
			}
			b.click(`w.querySelectorAll(".thumb")[1]`)
			b.click(`w.querySelectorAll(".sorry .chip")[1]`)
			b.until(`w.querySelector(".sorry p") && w.querySelector('.sorry .chip[aria-pressed="true"]')`)
			b.shot("widget-not-helped")
			b.click(`w.querySelector(".sorry .choice")`)
			b.until(`!w.querySelector(".card").hidden`)
			b.sendsPictures()
			b.say(reach[l.lang])
			b.until(`w.querySelector(".card .soft")`)
			b.shot("widget-offer")
			b.click(`w.querySelector(".card .soft")`)
			b.until(`!w.querySelector(".card .soft") && w.querySelector(".list .row.system")`)
			p.helps(t, b)
		})
	}
}

func (b *tab) findsNobody() {
	b.t.Helper()
	b.open("/shop/demo?lang=" + b.lang)
	b.until(`w?.querySelector(".launcher")`)
	b.cut(true)
	b.click(`w.querySelector(".launcher")`)
	b.until(`w.querySelector(".trouble button")`)
	b.settle()
	b.shot("widget-trouble")
	b.cut(false)
	b.click(`w.querySelector("header button")`)
}

// sendsPictures gives the chat one that fits and one that is none.
func (b *tab) sendsPictures() {
	b.t.Helper()
	in[bool](b, `(() => {
		const give = (blob, name) => { const d = new DataTransfer(); d.items.add(new File([blob], name, {type: "image/png"})); const i = w.querySelector(".file"); i.files = d.files; i.dispatchEvent(new Event("change")); };
		const c = document.createElement("canvas"); c.width = 900; c.height = 1200; const g = c.getContext("2d");
		g.fillStyle = "#b99a70"; g.fillRect(0, 0, 900, 1200); g.fillStyle = "#8d2f23"; g.fillRect(180, 140, 540, 980); g.strokeStyle = "#f3e3c8"; g.lineWidth = 14; g.setLineDash([40, 24]);
		g.beginPath(); g.moveTo(260, 180); g.lineTo(620, 1060); g.stroke();
		c.toBlob((blob) => { give(blob, "seam.png"); give(new Blob(["no picture"]), "seam.pdf"); }, "image/png");
		return true;
	})()`)
	b.until(`w.querySelector(".list .row.shopper canvas")?.height === 1200 && w.querySelector(".note.bad")`)
	b.until(`[...w.querySelectorAll(".list .row.shopper .meta")].every((m) => /^s\d/.test(m.dataset.state))`)
	b.shot("widget-picture")
}

// helps lets an agent take the newest case, type, answer and close it, as the shopper sees it.
func (p *program) helps(t *testing.T, b *tab) {
	t.Helper()
	ctx, mia := t.Context(), p.person(t, "agent@demo.frontdesk.example")
	var caseID, conversationID uuid.UUID
	if err := p.pool.QueryRow(ctx, `select case_id, conversation_id from cases where shop_id = $1 and state = 'waiting' order by created_at desc limit 1`, p.shop.ID).Scan(&caseID, &conversationID); err != nil {
		t.Fatal(err)
	}
	if err := p.desk.Claim(ctx, p.shop.ID, caseID, mia); err != nil {
		t.Fatal(err)
	}
	b.until(`w.querySelector("header").dataset.face === "M"`)
	p.feed.Typing(p.shop.ID, conversationID, "Mia")
	b.until(`w.querySelector(".now.agent:not([hidden])")`)
	b.shot("widget-typing")
	say := map[string]string{"zh": "您好，我是 Mia。照片里的接缝我看到了，这件给您免费换一件，今天就寄出。", "en": "Hi, this is Mia. I can see the seam in your picture. We will send you a new one today, free of charge.", "es": "Hola, soy Mia. Ya veo la costura en la foto. Hoy mismo te enviamos otro, sin coste."}
	if _, err := p.desk.Reply(ctx, p.shop.ID, conversationID, mia, say[b.lang], 0); err != nil {
		t.Fatal(err)
	}
	b.answered("agent", 1)
	if err := p.desk.Resolve(ctx, p.shop.ID, caseID, mia, handoff.Outcomes()[0], 0); err != nil {
		t.Fatal(err)
	}
	b.until(`w.querySelector(".rating")`)
	b.shot("widget-rate")
	b.click(`w.querySelector('.rating input[value="3"]')`)
	b.shot("widget-rate-three")
}

// settle waits until what comes in with a movement has come.
func (b *tab) settle() {
	b.t.Helper()
	b.until(`!w.querySelector(".panel").getAnimations().length`)
}
