package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// A shop's own page on its own origin: it allows itself and us, and its style undoes whatever it reaches.
const (
	hostPage = `<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Tienda</title><link rel="stylesheet" href="/hostile.css">
<script src="/shifts.js"></script><script src="%[1]s/widget.js" data-shop="%[2]s" async></script></head><body><h1>Tienda</h1><p>Texto de la tienda.</p></body></html>`
	hostStyle = `* { all: unset !important; } body *, frontdesk-widget { display: none !important; color: lime !important; font-size: 40px !important; transform: rotate(3deg) !important; }
h1, p { display: block !important; } html { font-size: 8px; }`
	hostScript = `window.shifts = []; window.messages = []; window.told = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => e.value))).observe({ type: "layout-shift", buffered: true });
addEventListener("message", (e) => { if (!e.isTrusted) return; window.messages.push(e.origin); window.told.push(JSON.stringify(e.data)); });
if (parent !== window) addEventListener("message", (e) => {
	if (e.data === "open") postMessage({ frontdesk: "open" }, location.origin);
	if (e.data === "look") parent.postMessage({ look: !document.querySelector("frontdesk-widget")?.shadowRoot?.querySelector(".panel:not([hidden])") ? "closed" : "open" }, "*");
});`
)

func hostSite(t testing.TB, p *program) *httptest.Server {
	t.Helper()
	site := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Security-Policy", "default-src 'self' "+p.url)
		switch r.URL.Path {
		case "/":
			rw.Header().Set("Content-Type", "text/html")
			fmt.Fprintf(rw, hostPage, p.url, p.shop.PublicKey)
		case "/hostile.css":
			rw.Header().Set("Content-Type", "text/css")
			io.WriteString(rw, hostStyle)
		case "/shifts.js":
			rw.Header().Set("Content-Type", "text/javascript")
			io.WriteString(rw, hostScript)
		default:
			rw.WriteHeader(http.StatusNoContent)
		}
	}))
	t.Cleanup(func() { site.CloseClientConnections(); site.Close() })
	return site
}

// unseenShift is a layout shift that nobody sees: a letter that moves by a pixel as a font settles. 0.1 is what a good page may have.
const unseenShift = 0.001

const shadow = `document.querySelector("frontdesk-widget")?.shadowRoot`

// The one line works on another origin that the shop has registered, under a strict policy, beside a hostile style, moves nothing
// of the page, and asks nobody but us.
func TestTheWidgetWorksOnARegisteredSite(t *testing.T) {
	t.Parallel()
	p := boot(t)
	site := hostSite(t, p)
	p.shop.Settings.Origins = []string{site.URL}
	if err := p.base.UpdateShop(t.Context(), p.shop); err != nil {
		t.Fatal(err)
	}
	w := openWindow(t)
	w.slowly(p.url+"/widget.js", 500) // a page that has been painted can be moved
	w.visit(site.URL)
	w.until(shadow + `?.querySelector(".launcher")`)
	if painted := answer[float64](w, `performance.getEntriesByType("paint")[0]?.startTime ?? 1e9`); painted > answer[float64](w, `performance.getEntriesByType("resource").find((e) => e.name.endsWith("widget.js")).responseEnd`) {
		t.Errorf("the page was painted after %.0f ms only: nothing could have moved", painted)
	}
	w.until(`(() => { const r = ` + shadow + `.querySelector(".launcher").getBoundingClientRect(); return r.width > 40 && r.right <= innerWidth && r.bottom <= innerHeight && r.top > innerHeight / 2; })()`)
	answer[bool](w, `(`+shadow+`.querySelector(".launcher").click(), true)`)
	w.until(shadow + `.querySelectorAll(".choice").length > 0`)
	if size := answer[string](w, `getComputedStyle(`+shadow+`.querySelector("textarea")).fontSize`); size != "16px" {
		t.Errorf("the page's style reached the field: %s", size)
	}
	answer[bool](w, `(() => { const t = `+shadow+`.querySelector(".composer textarea"); t.value = "¿Cuánto tarda el envío?"; t.form.requestSubmit(); return true; })()`)
	w.until(shadow + `.querySelectorAll(".row.bot .bubble").length > 1`)
	talksToItsPage(t, p, w)
	if shift := answer[float64](w, `window.shifts.reduce((a, b) => a + b, 0)`); shift > unseenShift {
		t.Errorf("the page moved by %g", shift)
	}
	if n := answer[int](w, `window.messages.filter((o) => o !== location.origin).length`); n != 0 {
		t.Errorf("%d messages were posted to the page", n)
	}
	if n := answer[int](w, `document.body.children.length`); n != 3 {
		t.Errorf("the page has %d elements, want its own two and ours", n)
	}
	w.faultless("the host page", site.URL, p.url)
}

// slowly makes one address answer late.
func (w *window) slowly(address string, milliseconds float64) {
	w.t.Helper()
	w.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		late := &network.Conditions{URLPattern: address, Latency: milliseconds, DownloadThroughput: -1, UploadThroughput: -1}
		_, err := cdp.Call(ctx, target, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{late}})
		return err
	}))
}

// talksToItsPage lets the page close and open the chat, say which product it shows, and learn what is unread; nobody else can.
func talksToItsPage(t *testing.T, p *program, w *window) {
	t.Helper()
	closed := shadow + `.querySelector(".panel").hidden`
	answer[bool](w, `(window.dispatchEvent(new MessageEvent("message", { data: { frontdesk: "close" }, origin: "https://elsewhere.example", source: window })), true)`)
	answer[bool](w, `(window.dispatchEvent(new MessageEvent("message", { data: { frontdesk: "close" }, origin: location.origin, source: null })), true)`)
	if answer[bool](w, closed) {
		t.Error("a stranger closed the chat")
	}
	answer[bool](w, `(window.postMessage({ frontdesk: "context", product: "loafers", order: 7 }, location.origin), window.postMessage({ frontdesk: "close" }, location.origin), true)`)
	w.until(closed)
	answer[bool](w, `(window.postMessage({ frontdesk: "open" }, location.origin), true)`)
	w.until(`!` + closed)
	answer[bool](w, `(() => { const t = `+shadow+`.querySelector(".composer textarea"); t.value = "Gracias"; t.form.requestSubmit(); t.getRootNode().querySelector("header button").click(); return true; })()`)
	w.until(`window.told.includes('{"frontdesk":"opened"}') && window.told.includes('{"frontdesk":"closed"}') && window.told.some((m) => m.startsWith('{"frontdesk":"unread","count":1'))`)
	var product, order string
	err := p.pool.QueryRow(t.Context(), `select coalesce(context ->> 'product', ''), coalesce(context ->> 'order', '') from conversations`).Scan(&product, &order)
	if err != nil || product != "loafers" || order != "7" {
		t.Errorf("the conversation is about %q and order %q (%v)", product, order, err)
	}
}

// A page that puts the shop's own into a frame neither opens the chat there nor hears a word of it.
func TestTheWidgetSaysNothingToAPageAroundItsOwn(t *testing.T) {
	t.Parallel()
	p := boot(t)
	site := hostSite(t, p)
	p.shop.Settings.Origins = []string{site.URL}
	if err := p.base.UpdateShop(t.Context(), p.shop); err != nil {
		t.Fatal(err)
	}
	around := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/html")
		fmt.Fprintf(rw, `<!doctype html><title>around</title><script>window.heard = []; addEventListener("message", (e) => heard.push(JSON.stringify(e.data)))</script><iframe src=%q width="800" height="700"></iframe>`, site.URL)
	}))
	t.Cleanup(func() { around.CloseClientConnections(); around.Close() })
	w := openWindow(t)
	w.visit(around.URL)
	post := func(message string) { answer[bool](w, `(frames[0].postMessage(`+message+`, "*"), true)`) }
	look := func() string {
		post(`"look"`)
		w.until(`heard.some((m) => m.startsWith('{"look"'))`)
		return answer[string](w, `JSON.parse(heard.splice(heard.findIndex((m) => m.startsWith('{"look"')), 1)[0]).look`)
	}
	time.Sleep(time.Second) // for the widget to come
	post(`{ frontdesk: "open" }`)
	time.Sleep(200 * time.Millisecond)
	if got := look(); got != "closed" {
		t.Errorf("a page around the shop's made the chat %s", got)
	}
	for limit := time.Now().Add(10 * time.Second); look() != "open"; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(limit) {
			t.Fatal("the shop's own page cannot open the chat in a frame")
		}
		post(`"open"`)
	}
	if heard := answer[[]string](w, `heard`); len(heard) > 0 {
		t.Errorf("the page around it heard %q", heard)
	}
}

// A site that is not registered is refused by the server, not only by the browser, and the panel says that it does not work.
func TestTheWidgetIsRefusedToASiteThatIsNotRegistered(t *testing.T) {
	t.Parallel()
	p := boot(t)
	site := hostSite(t, p)
	for _, path := range []string{"/config", "/messages", "/events"} {
		req, err := http.NewRequest(http.MethodGet, p.url+"/api/storefront/"+p.shop.PublicKey+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Origin", site.URL)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusForbidden || resp.Header.Get("Access-Control-Allow-Origin") != "" {
			t.Errorf("%s for a stranger's site: %d, allowed to %q", path, resp.StatusCode, resp.Header.Get("Access-Control-Allow-Origin"))
		}
	}
	w := openWindow(t)
	w.visit(site.URL)
	w.until(shadow + `?.querySelector(".launcher")`)
	answer[bool](w, `(`+shadow+`.querySelector(".launcher").click(), true)`)
	w.until(shadow + `.querySelector(".trouble")`)
}

func TestTheWidgetIsSmall(t *testing.T) {
	t.Parallel()
	p := boot(t)
	req, err := http.NewRequest(http.MethodGet, p.url+"/widget.js", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	resp, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if resp.Header.Get("Content-Encoding") != "gzip" || len(body) > 15_000 {
		t.Errorf("the widget is %d bytes, encoded %q; at most 15,000 gzipped", len(body), resp.Header.Get("Content-Encoding"))
	}
	t.Logf("the widget is %d bytes, gzipped", len(body))
}
