package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// story is what the three people say in one language.
type story struct {
	shopper, desk              look
	question, chip, angry      string
	added, comment             string // what the agent adds to the draft, what the shopper says at the end
	corrected, again, followUp string // the editor's sentence, the shopper's question about it, and the one after the bot got back
}

func stories() map[string]story {
	return map[string]story{
		"zh": {
			look{"phone", "zh", "light"}, look{"desk", "zh", "light"},
			"优惠券能叠加用吗？", "优惠券能叠加用吗？", "都第三次问了，还是没人管！气死我了，给我转人工！",
			"我会在今天下班前给您回复结果。", "回复很快，谢谢。",
			"每单最多可以用2个优惠码，第二个优惠码打九折。", "两张优惠券能一起用吗？", "礼品卡可以和优惠码一起用吗？",
		},
		"en": {
			look{"desk", "en", "dark"}, look{"desk", "en", "light"},
			"Can I combine two discount codes?", "Can I combine codes and discounts?", "This is the third time I ask!! Useless bot, I am furious, get me a human!",
			"I will write to you again before the end of the day.", "Quick and kind.",
			"You can use 2 codes per order now; the second one takes 10% off.", "Can I use two discount codes together?", "Can I combine two codes in one order?",
		},
		"es": {
			look{"phone", "es", "dark"}, look{"desk", "es", "light"},
			"¿Puedo usar dos códigos de descuento a la vez?", "¿Se pueden acumular códigos y descuentos?", "¡Es la tercera vez que pregunto! Vaya basura de bot, estoy harto, quiero hablar con una persona",
			"Te escribo de nuevo antes de que acabe el día.", "Rápido y amable.",
			"Ahora puedes usar 2 códigos por pedido; el segundo descuenta un 10 %.", "¿Se pueden usar dos códigos juntos?", "¿Puedo juntar dos códigos?",
		},
	}
}

// The whole story in a real browser: a shopper asks, gets angry and gets a person; the agent works with the keyboard alone; the
// editor corrects the article, and the next question gets the new answer.
func TestWalkOfShopperAgentAndEditor(t *testing.T) {
	p := boot(t)
	for lang, s := range stories() {
		t.Run(lang, func(t *testing.T) {
			shopper, agent := p.tab(t, s.shopper), p.tab(t, s.desk)
			agent.signIn("agent@demo.frontdesk.example", "/inbox")
			agent.shot("inbox-before")

			asks(shopper, lang, s)
			getsAPerson(shopper, s)
			agentAnswers(shopper, agent, s)
			agentPromises(agent)
			if lang == "en" {
				botGetsBack(shopper, agent, s)
			}
			agentResolves(shopper, agent, s)
			editorCorrects(p, shopper, s)
		})
	}
}

func asks(shopper *tab, lang string, s story) {
	shopper.t.Helper()
	shopper.open("/shop/demo?lang=" + lang)
	shopper.until(`w?.querySelector(".launcher")`)
	shopper.shot("widget-closed")
	shopper.visit(lang)
	shopper.shot("widget-open")
	shopper.say(s.question)
	shopper.answered("bot", 1)
	shopper.until(`w.querySelector(".list .chip")`)
	if got := in[string](shopper, `w.querySelector(".list .chip").innerText`); !strings.Contains(got, s.chip) {
		shopper.t.Errorf("the answer leans on %q, want %q", got, s.chip)
	}
	shopper.shot("widget-answer")
	shopper.click(`w.querySelector(".list .chip")`)
	shopper.until(`w.querySelector(".article h2")?.innerText`)
	shopper.shot("widget-article")
	shopper.press(kb.Escape)
	shopper.until(`!w.querySelector(".article")`)
}

func getsAPerson(shopper *tab, s story) {
	shopper.t.Helper()
	shopper.say(s.angry)
	shopper.answered("bot", 2)
	shopper.until(`!w.querySelector(".card").hidden && /\d/.test(w.querySelector(".card .place").innerText)`)
	shopper.click(`w.querySelector(".to-share")`)
	shopper.until(`w.querySelector(".article dd")`)
	shopper.shot("widget-handover")
	shopper.press(kb.Escape)
}

// agentAnswers never touches the mouse.
func agentAnswers(shopper, agent *tab, s story) {
	t := agent.t
	t.Helper()
	agent.until(`$("[data-row]")`) // it comes in by itself
	agent.shot("inbox-queue")
	agent.press("j")
	agent.until(`document.activeElement.matches("[data-row]")`)
	agent.press(kb.Enter)
	agent.until(`$("#claim") && $("#packet-top .big")`)
	agent.shot("inbox-thread")
	for _, part := range []string{".wanted .big", ".feeling .chip", ".tried li", ".owed time"} {
		if got := in[string](agent, fmt.Sprintf(`$("#packet-top %s")?.innerText ?? ""`, part)); strings.TrimSpace(got) == "" {
			t.Errorf("the packet leaves %s open", part)
		}
	}
	agent.press("c")
	agent.until(`document.activeElement.id === "reply"`)
	agent.press(kb.Escape)
	if in[string](agent, `$("#reply").value`) != "" {
		t.Error("a reply is written that nobody has asked for")
	}
	if in[bool](agent, `!!$("#proposal")`) { // there is one where something fits
		agent.press("d")
		agent.until(`document.activeElement.id === "reply" && $("#reply").value && !$("#proposal")`)
		agent.press(kb.Escape)
	}
	agentLooksUp(agent, s)
	agent.press("r")
	agent.until(`document.activeElement.id === "reply"`)
	if in[bool](agent, `/\[|【/.test($("#reply").value)`) { // a start with parts to fill in: she writes her own
		in[bool](agent, `($("#reply").select(), true)`)
	} else {
		agent.press(kb.End, chromedp.ModifierCtrl)
	}
	agent.write("\n" + s.added)
	agent.shot("inbox-claimed")
	agent.press(kb.Enter, chromedp.ModifierCtrl)
	agent.until(`[...document.querySelectorAll(".entry.agent")].length === 1`)
	if got := shopper.answered("agent", 1); !strings.Contains(got, s.added) {
		t.Errorf("the shopper reads %q", got)
	}
	if name := in[string](shopper, `w.querySelector(".list .row.agent .name").innerText`); name != "Mia" {
		t.Errorf("the shopper is answered by %q", name)
	}
	shopper.shot("widget-agent")
}

// agentLooksUp finds the article of the answer beside the reply, and takes it over.
func agentLooksUp(agent *tab, s story) {
	agent.t.Helper()
	agent.press("f")
	agent.until(`document.activeElement.id === "find-text"`)
	agent.write(s.question)
	agent.until(`$("#found li")`)
	agent.shot("inbox-find")
	agent.press(kb.Tab) // past the button that needs no script, to the first article, to its button
	agent.press(kb.Tab)
	agent.press(kb.Tab)
	agent.until(`document.activeElement.matches("#found button")`)
	found := in[string](agent, `document.activeElement.dataset.insertText`)
	agent.press(kb.Enter)
	agent.until(`document.activeElement.id === "reply" && $("#reply").value.trim().endsWith(` + fmt.Sprintf("%q", strings.TrimSpace(found)) + `)`)
	agent.press(kb.Escape)
}

// agentPromises notes what she has just promised, because the page noticed it; with one key, and not before.
func agentPromises(agent *tab) {
	agent.t.Helper()
	agent.until(`$("#pledge-said") && $("#pledge-at").value`)
	if n := in[int](agent, `document.querySelectorAll("#packet-top .promise q").length`); n != 0 {
		agent.t.Errorf("%d promises were noted by themselves", n)
	}
	agent.press(kb.Escape)
	agent.shot("inbox-pledge")
	agent.press("p")
	agent.until(`!$("#pledge-said") && $("#packet-top .promise q")`)
}

func botGetsBack(shopper, agent *tab, s story) {
	agent.t.Helper()
	agent.click(`$("#act-return summary")`)
	if in[bool](agent, `!!$("#owes-return input")`) { // a promise that is taken back
		agent.click(`$("#owes-return input")`)
	}
	agent.click(`$('form[action$="/return"] button')`)
	agent.until(`!$("#composer")`)
	before := in[int](shopper, `w.querySelectorAll(".list .row.bot .bubble").length`)
	shopper.say(s.followUp)
	shopper.answered("bot", before+1)
	shopper.say(s.angry)
	shopper.answered("bot", before+2)
	agent.open("/inbox")
	agent.click(`$("[data-row]")`)
	agent.until(`$("#claim")`)
	agent.press("c")
	agent.until(`document.activeElement.id === "reply"`)
}

func agentResolves(shopper, agent *tab, s story) {
	agent.t.Helper()
	agent.press(kb.Escape)
	agent.press("e")
	agent.until(`$("#act-resolve[open]") && document.activeElement.matches("#act-resolve input")`)
	agent.press(" ")                                                              // nothing is chosen beforehand
	for range in[int](agent, `document.querySelectorAll("#owes input").length`) { // each promise that was kept, and that nothing else is needed
		agent.press(kb.Tab)
		agent.press(" ")
	}
	agent.shot("inbox-resolve")
	agent.press(kb.Enter)
	agent.until(`!$("#act-resolve")`)
	agent.shot("inbox-resolved")
	shopper.click(`w.querySelector('.rating input[value="5"]')`)
	shopper.click(`w.querySelector(".rating textarea")`)
	shopper.write(s.comment)
	shopper.shot("widget-rating")
	shopper.click(`w.querySelector(".rating button.primary")`)
	shopper.until(`w.querySelector(".card").hidden && w.activeElement?.matches(".scroll")`)
	agent.until(`document.body.innerText.includes(` + fmt.Sprintf("%q", s.comment) + `)`)
}

func editorCorrects(p *program, shopper *tab, s story) {
	t := shopper.t
	t.Helper()
	editor := p.tab(t, s.desk)
	editor.signIn("editor@demo.frontdesk.example", "/knowledge")
	editor.press("/")
	editor.write(s.chip)
	editor.press(kb.Enter)
	editor.until(`location.search.includes("q=") && document.readyState === "complete"`)
	editor.click(`[...document.querySelectorAll(".editor-list a")].find((a) => a.innerText.includes(` + fmt.Sprintf("%q", s.chip) + `))`)
	editor.click(`$("#answer")`)
	editor.press("a", chromedp.ModifierCtrl)
	in[bool](editor, `($("#answer").select(), true)`)
	editor.write(s.corrected)
	editor.until(`$("#preview").innerText.includes(` + fmt.Sprintf("%q", s.corrected) + `)`)
	editor.shot("knowledge-edit")
	editor.click(`$('button[value="save"]')`)
	editor.until(`$(".banner:not([hidden])") && $("#answer").value === ` + fmt.Sprintf("%q", s.corrected))
	editor.click(`$('button[value="review"]')`)
	editor.until(`$('form[action$="/publish"]') && !$("progress")`) // what it changes is known
	editor.wholeShot("knowledge-review")
	before := in[int](shopper, `w.querySelectorAll(".list .row.bot .bubble").length`)
	began := time.Now()
	editor.click(`$('form[action$="/publish"] button')`)
	editor.until(`!$('form[action$="/publish"]') && $("#answer")`)
	published := time.Since(began)
	shopper.say(s.again)
	asked := time.Since(began)
	got := shopper.answered("bot", before+1)
	t.Logf("published after %v, asked after %v, answered after %v", published.Round(time.Millisecond), asked.Round(time.Millisecond), time.Since(began).Round(time.Millisecond))
	if !strings.Contains(got, s.corrected) {
		t.Errorf("asked %v after publishing, the shopper reads %q", asked, got)
	}
	if published > 2*time.Second {
		t.Errorf("publishing took %v", published)
	}
	shopper.shot("widget-corrected")
}
