package storefront

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// filming notes in every frame what of the newest answer stands where: how many bubbles of the bot there are, how much the last one
// says, and where it begins within the thread.
const filming = `window.film = []; (function frame() {
	const r = document.querySelector("frontdesk-widget").shadowRoot, s = r.querySelector(".scroll").getBoundingClientRect();
	const all = [...r.querySelectorAll(".list .row.bot .bubble, .now:not([hidden]) .bubble")], b = all[all.length - 1];
	film.push([all.length, b.querySelector(".dots") ? 0 : b.innerText.length, Math.round(b.getBoundingClientRect().top - s.top)]);
	requestAnimationFrame(frame);
})()`

const longAnswer = "Tienes 14 días para devolverlo. Empiezan a contar el día que lo recibes. La devolución es gratis desde la península. " +
	"Imprime la etiqueta y lleva el paquete a un punto de recogida. Te devolvemos el dinero en cuanto llega al almacén. Suele tardar de tres a cinco días."

var near = []string{"¿Cuánto cuesta el envío a la Península, y cuándo es gratis?", "¿Y si no estoy en casa?"}

// An answer that comes in piece by piece is read from its beginning, stays where it is while it grows, and does not move when it is done.
func TestAnAnswerStreamsWithoutAFlickerOrAJump(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	for name, earlier := range map[string]int{"in a short thread": 0, "in a long one": 12} {
		t.Run(name, func(t *testing.T) {
			p, conv := opened(t, f)
			defer f.count(`with gone as (delete from conversations returning 1) select count(*) from gone`)
			p.do(chromedp.EmulateViewport(390, 740))
			for n := range earlier {
				f.say(conv, fmt.Sprintf("Una respuesta de antes, número %d.", n))
			}
			p.until(fmt.Sprintf(`w.querySelectorAll(".list .row.bot .bubble").length === %d`, earlier))
			p.write("¿Y si lo quiero devolver?")
			p.until(`!w.querySelector(".now").hidden && w.querySelectorAll(".list .row.shopper").length === 2 && [...w.querySelectorAll(".row.shopper .meta")].every((m) => /^s\d/.test(m.dataset.state))`)
			p.run(filming)
			sentences := strings.SplitAfter(longAnswer, ". ")
			for n := range sentences {
				f.feed.Draft(f.shop.ID, conv, strings.TrimSpace(strings.Join(sentences[:n+1], "")))
				time.Sleep(120 * time.Millisecond)
			}
			p.until(`w.querySelector(".now").innerText.includes("cinco días")`)
			f.say(conv, longAnswer, near...)
			p.until(`w.querySelector(".now").hidden && w.querySelectorAll(".follow .chip").length === 2`)
			time.Sleep(200 * time.Millisecond)
			judgeFilm(t, ask[[][3]int](p, `film`))
		})
	}
}

func judgeFilm(t *testing.T, film [][3]int) {
	t.Helper()
	if len(film) < 20 {
		t.Fatalf("only %d frames", len(film))
	}
	for i := 1; i < len(film); i++ {
		before, now := film[i-1], film[i]
		switch {
		case now[0] != before[0]:
			t.Errorf("frame %d: %d bubbles after %d", i, now[0], before[0])
		case now[1] < before[1]:
			t.Errorf("frame %d: what was said goes away: %d letters after %d", i, now[1], before[1])
		case now[2] > before[2]:
			t.Errorf("frame %d: the answer jumps down by %d", i, now[2]-before[2])
		case now[2] < before[2] && now[1] == before[1]:
			t.Errorf("frame %d: the answer moves up by %d although it did not grow", i, before[2]-now[2])
		case now[2] < 0:
			t.Errorf("frame %d: its beginning is out of sight by %d", i, -now[2])
		}
	}
	t.Logf("%d frames, the answer began at %d and ended at %d", len(film), film[0][2], film[len(film)-1][2])
}

// What is longer than the thread's window is shown from its first line, also where a phone's keyboard leaves little room; who has read on
// is not taken back.
func TestALongAnswerIsReadFromItsBeginning(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	p.do(chromedp.EmulateViewport(360, 400))
	f.say(conv, strings.Repeat(longAnswer+"\n\n", 3))
	p.until(`w.querySelector(".list .row.bot")`)
	const begins = `Math.round(w.querySelector(".list .row.bot .name").getBoundingClientRect().top - w.querySelector(".scroll").getBoundingClientRect().top)`
	if at := ask[int](p, begins); at < 0 || at > 40 {
		t.Errorf("the answer begins %d px below the thread's upper edge", at)
	}
	types := func() {
		t.Helper()
		f.feed.Typing(f.shop.ID, conv, "Mia")
		p.until(`!w.querySelector(".now").hidden && w.querySelector(".now .name").innerText === "Mia"`)
		time.Sleep(100 * time.Millisecond)
	}
	types()
	if at := ask[int](p, begins); at < 0 || at > 40 {
		t.Errorf("somebody who types took the reader on to %d", at)
	}
	p.run(`w.querySelector(".scroll").scrollTop = 1e6`)
	types()
	if at := ask[int](p, begins); at > -200 {
		t.Errorf("who had read to the end was taken back to %d", at)
	}
}

// What may be asked next stands under an answer whole, and within sight.
func TestWhatMayBeAskedNextIsSeenWhole(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	p.do(chromedp.EmulateViewport(390, 740))
	for range 6 {
		f.say(conv, "Una respuesta de antes.")
	}
	p.until(`w.querySelectorAll(".list .row.bot").length === 6`)
	f.say(conv, longAnswer, near...)
	p.until(`w.querySelectorAll(".last .follow .chip").length === 2`)
	const whole = `((s) => [...w.querySelectorAll(".last .follow .chip")].every((c) => c.getBoundingClientRect().bottom <= s.bottom && c.scrollWidth <= c.clientWidth))(w.querySelector(".scroll").getBoundingClientRect())`
	p.until(whole)
}

// What is suggested goes away with the first message, and does not come back while that is on its way.
func TestSuggestionsDoNotComeBackUnderTheFirstMessage(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p := openPage(t, f)
	p.do(chromedp.Navigate(p.url))
	p.openPanel()
	p.until(`w.querySelectorAll(".choice").length === 3`)
	p.slow.Store(int64(300 * time.Millisecond))
	p.run(`window.again = 0; (function frame() { if (w.querySelector(".list .row") && w.querySelector(".greeting .choices").offsetHeight) again++; requestAnimationFrame(frame); })()`)
	p.write("hola")
	p.until(`/^s\d/.test(w.querySelector(".row.shopper .meta")?.dataset.state)`)
	if again := ask[int](p, `again`); again != 0 {
		t.Errorf("the suggestions stood under the message for %d frames", again)
	}
}

// What was being written goes away when nobody writes any more, also where the word of it was lost; and does not come back under the answer.
func TestADraftEndsWithItsTurn(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	turn := func(column string) {
		t.Helper()
		f.count(`with ended as (update conversations set ` + column + ` returning 1) select count(*) from ended`)
		f.store.Wake(f.shop.ID, conv)
	}
	drafts := func() { // again and again, as a model does: one that is said while nobody listens yet is not kept
		t.Helper()
		const drafting = `w.querySelector(".now.drafting:not([hidden])")?.innerText.includes("Tarda")`
		for try := 0; try < 100 && !ask[bool](p, `!!`+drafting); try++ {
			f.feed.Draft(f.shop.ID, conv, "Tarda tres días.")
			time.Sleep(50 * time.Millisecond)
		}
		p.until(drafting)
	}
	drafts()
	turn(`turn_since = null, holder = 'queue'`)
	p.until(`w.querySelector(".now").hidden && w.querySelector(".panel").dataset.holder === "queue"`)
	turn(`turn_since = now(), holder = 'bot'`)
	p.until(`!w.querySelector(".now").hidden`)
	drafts()
	f.count(`with ended as (update conversations set turn_since = null returning 1) select count(*) from ended`)
	f.say(conv, "Tarda tres días, cinco a las islas.")
	p.until(`w.querySelector(".list .row.bot") && w.querySelector(".now").hidden`)
	f.feed.Draft(f.shop.ID, conv, "Tarda tres días, cinco")
	time.Sleep(500 * time.Millisecond)
	if ask[bool](p, `!w.querySelector(".now").hidden`) {
		t.Error("a draft stands under its answer")
	}
}
