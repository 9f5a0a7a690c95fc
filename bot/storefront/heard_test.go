package storefront

import (
	"strings"
	"testing"
)

// hearing notes what a screen reader is given to say: what is put into a live region, without what its parts keep quiet.
const hearing = `window.heard = []; new MutationObserver((all) => all.forEach((m) => m.addedNodes.forEach((n) => {
	const e = n.nodeType === 1 ? n : n.parentElement;
	const live = e?.closest("[role=alert], [role=status], [role=log], [aria-live]");
	if (live && live.getAttribute("aria-live") !== "off" && !e.closest("[hidden], [aria-hidden=true]") && n.textContent.trim()) heard.push(e.innerText.split("\n").join(" "));
}))).observe(w, {subtree: true, childList: true})`

// What is said is heard once: a question, its answer however it came in, and what went wrong; not when it was, nor that it is on its way.
func TestAScreenReaderHearsEachThingOnce(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p, conv := opened(t, f)
	p.run(hearing)
	p.write("¿cuánto tarda?")
	p.until(`[...w.querySelectorAll(".row.shopper .meta")].length === 2 && [...w.querySelectorAll(".row.shopper .meta")].every((m) => /^s\d/.test(m.dataset.state))`)
	for _, draft := range []string{"Tarda tres días.", "Tarda tres días. A las islas, cinco."} {
		f.feed.Draft(f.shop.ID, conv, draft)
		p.until(`w.querySelector(".now").innerText.includes("` + draft + `")`)
	}
	f.say(conv, "Tarda tres días. A las islas, cinco.")
	p.until(`w.querySelector(".now").hidden`)
	p.mute.Store(true)
	p.write("gracias")
	p.until(`w.querySelector('[data-state="failed"]')`)
	p.mute.Store(false)
	p.run(`w.querySelector('[data-state="failed"] button').click()`)
	p.until(`w.querySelectorAll(".row.shopper").length === 3 && [...w.querySelectorAll(".row.shopper .meta")].every((m) => /^s\d/.test(m.dataset.state))`)
	heard := ask[[]string](p, `heard`)
	once := map[string]int{"¿cuánto tarda?": 0, "islas": 0, "No se ha enviado.": 0, "gracias": 0}
	for _, said := range heard {
		known := false
		for part := range once {
			if strings.Contains(said, part) {
				once[part]++
				known = true
			}
		}
		if !known {
			t.Errorf("a screen reader says %q", said)
		}
	}
	for part, times := range once {
		if times != 1 {
			t.Errorf("%q is heard %d times: %q", part, times, heard)
		}
	}
}
