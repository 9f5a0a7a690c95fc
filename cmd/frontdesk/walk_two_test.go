package main

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/handoff/staff"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Two agents at one conversation: each sees the other, one wins the claim and the other reads who, and a shopper who writes meanwhile
// is seen before the reply leaves, without a word of it being lost.
func TestWalkOfTwoAgentsAndOneShopper(t *testing.T) {
	t.Parallel()
	p := boot(t)
	if _, err := p.staff.Add(t.Context(), staff.Person{ShopID: p.shop.ID, Email: "noor@demo.frontdesk.example", Name: "Noor", Roles: []string{staff.Agent}}); err != nil {
		t.Fatal(err)
	}
	shopper, mia, noor := p.tab(t, look{"phone", "en", "light"}), p.tab(t, look{"desk", "en", "light"}), p.tab(t, look{"desk", "en", "dark"})
	shopper.visit("en")
	shopper.say("My parcel is late and nobody answers. I want to talk to a person!")
	shopper.until(`!w.querySelector(".card").hidden`)
	mia.signIn("agent@demo.frontdesk.example", "/inbox")
	noor.signIn("noor@demo.frontdesk.example", "/inbox")

	mia.click(`$("[data-row]")`)
	mia.until(`$("#claim")`)
	noor.until(`$("#rows").innerText.includes("Mia")`) // on the row
	noor.click(`$("[data-row]")`)
	noor.until(`$("#claim") && $("#who").innerText.includes("Mia")`) // on top of the thread
	mia.until(`$("#who").innerText.includes("Noor")`)

	winner, loser := raceForClaim(mia, noor)
	name := map[*tab]string{mia: "Mia", noor: "Noor"}[winner]
	if got := in[string](loser, `$("main").innerText + ($(".banner:not([hidden])")?.innerText ?? "")`); !strings.Contains(got, name) {
		t.Errorf("the loser does not read that %s has it: %s", name, got)
	}
	loser.shot("inbox-lost")

	winner.press(kb.Escape) // a click on the button leaves the caret in the reply as well
	winner.press("r")
	winner.until(`document.activeElement.id === "reply"`)
	winner.press(kb.End, chromedp.ModifierCtrl)
	winner.write(" I will look for your parcel now.")
	loser.until(`[...document.querySelectorAll("#who .chip")].some((c) => c.innerText === "` + name + ` is writing")`)
	shopper.until(`w.querySelector(".row.now:not([hidden])")?.innerText.includes("` + name + `")`)
	shopper.say("It is order TW-1234, by the way.")
	winner.until(`document.querySelector("#standing .notice.warn") && $("#log").innerText.includes("TW-1234")`)
	if got := in[string](winner, `$("#reply").value`); !strings.HasSuffix(got, "I will look for your parcel now.") {
		t.Errorf("under the new message the reply became %q", got)
	}
	winner.shot("inbox-moved")
	winner.press(kb.Enter, chromedp.ModifierCtrl)
	winner.until(`document.querySelector(".entry.agent") || $("#reply")?.value.includes("look for your parcel")`)
	if in[bool](winner, `!document.querySelector(".entry.agent")`) { // asked to look first: what stands there now was seen
		winner.until(`$("#reply")`)
		winner.press("r")
		winner.press(kb.Enter, chromedp.ModifierCtrl)
	}
	winner.until(`document.querySelector(".entry.agent")`)
	if got := shopper.answered("agent", 1); !strings.Contains(got, "I will look for your parcel now.") {
		t.Errorf("the shopper reads %q", got)
	}
	loser.until(`$("#log").innerText.includes("I will look for your parcel now.")`)
}

// raceForClaim lets both press the key at once.
func raceForClaim(a, b *tab) (winner, loser *tab) {
	a.t.Helper()
	var both sync.WaitGroup
	for _, x := range []*tab{a, b} {
		both.Go(func() { _ = chromedp.Do(x.ctx, chromedp.KeyEvent("c")) })
	}
	both.Wait()
	for _, x := range []*tab{a, b} {
		x.until(`$("#reply") || !$("#claim")?.matches(".primary")`)
	}
	time.Sleep(300 * time.Millisecond)
	has := func(x *tab) bool { return in[bool](x, `!!$("#reply")`) }
	if has(a) == has(b) {
		a.t.Fatalf("both or neither have it: %v", has(a))
	}
	if has(a) {
		return a, b
	}
	return b, a
}

// The network goes away on both sides in the middle of a conversation and comes back: both read the same thread, nothing twice, nothing missing.
func TestBrowserNetworkLostOnBothSides(t *testing.T) {
	t.Parallel()
	p := boot(t)
	shopper, agent := p.tab(t, look{"phone", "es", "light"}), p.tab(t, look{"desk", "es", "light"})
	shopper.visit("es")
	shopper.say("Quiero hablar con una persona")
	shopper.until(`!w.querySelector(".card").hidden`)
	agent.signIn("agent@demo.frontdesk.example", "/inbox")
	agent.click(`$("[data-row]")`)
	agent.until(`$("#claim")`)
	agent.press("c")
	agent.until(`$("#reply")`)
	reply := func(text string) {
		agent.click(`$("#reply")`)
		in[bool](agent, `($("#reply").select(), true)`)
		agent.write(text)
		agent.press(kb.Enter, chromedp.ModifierCtrl)
		agent.until(fmt.Sprintf(`$("#log").innerText.includes(%q) && $("#reply")`, text))
	}
	reply("uno del agente")
	shopper.answered("agent", 1)

	shopper.cut(true)
	shopper.until(`!w.querySelector(".line").hidden`)
	reply("dos del agente")
	shopper.say("uno de la clienta")
	shopper.say("dos de la clienta")
	shopper.until(`w.querySelectorAll('.list .row.shopper').length === 3`)
	agent.cut(true)
	agent.until(`!$("#offline").hidden`)
	agent.shot("inbox-offline")
	shopper.cut(false)
	shopper.until(`w.querySelector(".line").hidden && w.querySelectorAll(".list .row.agent").length === 2`)
	shopper.until(`[...w.querySelectorAll(".list .row.shopper .meta")].every((m) => /^s\d/.test(m.dataset.state))`)
	shopper.say("tres de la clienta")
	agent.cut(false)
	agent.until(`$("#offline").hidden && $("#log").innerText.includes("tres de la clienta")`)
	reply("tres del agente")
	shopper.answered("agent", 3)

	thread := func(b *tab, expression string) string {
		lines := in[[]string](b, expression)
		for i := range lines {
			lines[i] = strings.Join(strings.Fields(lines[i]), " ")
		}
		return strings.Join(lines, "|")
	}
	reads := thread(shopper, `[...w.querySelectorAll(".list .bubble")].map((b) => b.innerText)`)
	sees := thread(agent, `[...document.querySelectorAll("#log .entry .body")].map((b) => b.innerText)`)
	if reads != sees {
		t.Errorf("the shopper reads\n%s\nthe agent sees\n%s", reads, sees)
	}
	for _, who := range []string{"del agente", "de la clienta"} {
		for _, n := range []string{"uno ", "dos ", "tres "} {
			if strings.Count(reads, n+who) != 1 {
				t.Errorf("%q stands %d times in %s", n+who, strings.Count(reads, n+who), reads)
			}
		}
	}
}
