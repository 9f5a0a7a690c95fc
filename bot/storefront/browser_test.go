package storefront

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// hostile is a host page that undoes every style it can reach and allows nothing but its own origin.
const hostile = `<!doctype html><html lang="es"><head><title>host</title><link rel="stylesheet" href="/hostile.css">
<script src="/widget.js" data-shop="%s" async></script></head><body><h1>Tienda</h1><p>Texto</p></body></html>`

const hostileStyle = `* { all: unset; } * { --accent: red; --ink: red; font-size: 40px; color: lime; position: static; transform: rotate(3deg); }
frontdesk-widget { display: none; } html { font-size: 8px; }`

// page is a browser tab with the widget in a hostile page, behind a network that can be cut.
type page struct {
	t     testing.TB
	ctx   context.Context
	cut   atomic.Bool
	calm  atomic.Bool  // the host page has no style
	mute  atomic.Bool  // nothing that is said gets through
	slow  atomic.Int64 // how long each answer takes
	hang  func()       // ends the connections that there are
	url   string
	noise chan string // what the browser complains of
}

func openPage(t testing.TB, f *front) *page {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		t.Fatal("Chromium is missing: `make test` installs it")
	}
	p := &page{t: t, noise: make(chan string, 1000)}
	to, _ := url.Parse(f.url)
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.FlushInterval = -1
	direct := proxy.Director
	proxy.Director = func(r *http.Request) { host := r.Host; direct(r); r.Host = host }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		switch {
		case p.cut.Load(), p.mute.Load() && r.Method == http.MethodPost:
			panic(http.ErrAbortHandler)
		case p.slow.Load() > 0 && !strings.HasSuffix(r.URL.Path, "/events"):
			time.Sleep(time.Duration(p.slow.Load()))
			proxy.ServeHTTP(w, r)
		case r.URL.Path == "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprintf(w, hostile, f.shop.PublicKey)
		case r.URL.Path == "/hostile.css":
			w.Header().Set("Content-Type", "text/css")
			if !p.calm.Load() {
				fmt.Fprint(w, hostileStyle)
			}
		case r.URL.Path == "/favicon.ico":
			w.WriteHeader(http.StatusNoContent)
		default:
			proxy.ServeHTTP(w, r)
		}
	}))
	p.url, p.hang = server.URL+"/", server.CloseClientConnections
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU)
	for _, flag := range []string{"disable-quic", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync"} {
		flags = append(flags, chromedp.Flag(flag, true))
	}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	p.ctx, _ = chromedp.NewContext(alloc)
	t.Cleanup(func() { stop(); server.CloseClientConnections(); server.Close() })
	p.do(chromedp.EmulateViewport(1280, 800))
	if err := chromedp.Listen(p.ctx, func(ev any) {
		switch e := ev.(type) {
		case *runtime.EventExceptionThrown:
			p.noise <- e.ExceptionDetails.Text
		case *log.EventEntryAdded:
			if e.Entry.Source == "security" {
				p.noise <- e.Entry.Text
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// ask evaluates an expression in which w is the widget's shadow root.
func ask[T any](p *page, expression string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](`((w) => `+expression+`)(document.querySelector("frontdesk-widget")?.shadowRoot)`))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to hold.
func (p *page) until(expression string) {
	p.t.Helper()
	for limit := time.Now().Add(30 * time.Second); time.Now().Before(limit); time.Sleep(30 * time.Millisecond) {
		if ask[bool](p, "!!("+expression+")") {
			return
		}
	}
	p.t.Fatalf("never: %s\n%s", expression, ask[string](p, `w?.querySelector(".list")?.innerText ?? ""`))
}

func (p *page) write(text string) {
	p.t.Helper()
	ask[bool](p, fmt.Sprintf(`{ const t = w.querySelector(".composer textarea"); t.value = %q; t.form.requestSubmit(); return true; }`, text))
}

// said is the thread as it is read, one line a message, without times.
func (p *page) said() string {
	return ask[string](p, `[...w.querySelectorAll(".list .bubble")].map((b) => b.innerText).join("|")`)
}

func TestTheWidgetHoldsItsOwnInAHostilePage(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p := openPage(t, f)
	p.do(chromedp.Navigate(p.url))
	p.until(`w?.querySelector(".launcher")`)
	if got := ask[string](p, `{ const l = w.querySelector(".launcher"), r = l.getBoundingClientRect(), c = getComputedStyle(l); return [c.position, c.color, c.fontSize, r.width > 60, r.height > 40, innerWidth - r.right === 16 && innerHeight - r.bottom === 16].join(" "); }`); got != "fixed rgb(255, 255, 255) 16px true true true" {
		t.Errorf("the launcher is %s", got)
	}
	ask[bool](p, `{ w.querySelector(".launcher").click(); return true; }`)
	p.until(`w.querySelectorAll(".choice").length === 3 && w.activeElement?.localName === "textarea"`)
	if got := ask[string](p, `w.querySelector(".panel").getAttribute("role") + w.querySelector(".list").getAttribute("aria-live") + w.querySelector(".root").lang`); got != "dialogpolitees" {
		t.Errorf("roles and language: %s", got)
	}
	attack := `<img src=x onerror=alert(1)><script>alert(2)</script> [x](javascript:alert(3)) **b** https://example.com/a`
	p.write(attack)
	p.until(`w.querySelector(".row.shopper .meta")?.innerText.includes("Enviado")`)
	conv := f.only()
	f.say(conv, attack)
	p.until(`w.querySelector(".row.bot b")?.innerText === "b"`)
	if got := ask[string](p, `[w.querySelectorAll("img, script, [onerror]").length, [...w.querySelectorAll("a")].map((a) => a.href + " " + a.rel).join()].join(" ")`); got != "0 https://example.com/a noopener noreferrer nofollow" {
		t.Errorf("markup of others became ours: %s", got)
	}
	if got := p.said(); !strings.HasPrefix(got, attack+"|") {
		t.Errorf("the thread reads %s", got)
	}
	ask[bool](p, `{ w.querySelector(".panel").dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true})); return true; }`)
	p.until(`w.querySelector(".panel").hidden && w.activeElement?.className === "launcher"`)
	f.say(conv, "Anything else?")
	p.until(`w.querySelector(".badge").innerText === "1"`)
	if shift := ask[float64](p, `performance.getEntriesByType("layout-shift").reduce((sum, e) => sum + e.value, 0)`); shift != 0 {
		t.Errorf("the page moved by %g", shift)
	}
	if requests := ask[string](p, `performance.getEntriesByType("resource").map((e) => new URL(e.name).origin).filter((o) => o !== location.origin).join()`); requests != "" {
		t.Errorf("asked others: %s", requests)
	}
	if len(p.noise) > 0 {
		t.Errorf("the browser complains: %s", <-p.noise)
	}
}

func TestANumberAtTheStartOfALineStaysWhatItIs(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p := openPage(t, f)
	p.do(chromedp.Navigate(p.url))
	p.until(`w?.querySelector(".launcher")`)
	ask[bool](p, `{ w.querySelector(".launcher").click(); return true; }`)
	p.until(`w.activeElement?.localName === "textarea"`)
	p.write("¿cuánto pesa?")
	p.until(`w.querySelector(".row.shopper .meta")?.innerText.includes("Enviado")`)
	f.say(f.only(), "1.2 kg for the 130 × 170 cm size\n2. Januar\n\n1. width\n2) height\n\n- rail")
	p.until(`w.querySelector(".row.bot ul")`)
	got := ask[string](p, `[...w.querySelector(".row.bot ul").parentNode.children].map((e) => e.localName + (e.start ?? "") + " " + [...e.childNodes].map((c) => c.textContent).join("/")).join("|")`)
	if want := "p 1.2 kg for the 130 × 170 cm size|ol2 Januar|ol1 width/height|ul rail"; got != want {
		t.Errorf("the answer reads %s, want %s", got, want)
	}
}

func TestTheThreadSurvivesReloadAndALostNetwork(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	p := openPage(t, f)
	p.do(chromedp.Navigate(p.url))
	p.until(`w?.querySelector(".launcher")`)
	ask[bool](p, `{ w.querySelector(".launcher").click(); return true; }`)
	p.write("uno")
	p.until(`w.querySelector(".row.shopper .meta")?.innerText.includes("Enviado")`)
	if !ask[bool](p, `!w.querySelector(".now").hidden`) {
		t.Error("the bot does not seem to be writing")
	}
	conv := f.only()
	p.cut.Store(true)
	f.say(conv, "respuesta mientras no había red")
	p.write("dos")
	p.until(`w.querySelector('[data-state="failed"]') || w.querySelector('[data-state="sending"]')`)
	p.until(`[...w.querySelectorAll(".meta")].some((m) => m.dataset.state === "failed")`)
	p.cut.Store(false)
	p.until(`[...w.querySelectorAll(".list .bubble")].length >= 2 && (w.querySelector(".meta button")?.click(), !w.querySelector('[data-state="failed"]'))`)
	stored := `w?.querySelectorAll(".list .bubble").length === 3 && [...w.querySelectorAll(".list .meta")].every((m) => /^s\d/.test(m.dataset.state))`
	p.until(stored)
	want := "uno|respuesta mientras no había red|dos"
	if got := p.said(); got != want {
		t.Errorf("after the network came back: %s", got)
	}
	p.do(chromedp.Navigate(p.url))
	p.until(stored)
	if got := p.said(); got != want {
		t.Errorf("after a reload: %s", got)
	}
	if n := f.count(`select count(*) from messages where conversation_id = $1`, conv); n != 3 {
		t.Errorf("%d messages are stored", n)
	}
	if f.count(`select count(*) from conversations`) != 1 {
		t.Error("there is more than one conversation")
	}
}
