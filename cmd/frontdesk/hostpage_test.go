package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A shop's own page on its own origin: it allows itself and us, and its style undoes whatever it reaches.
const (
	hostPage = `<!doctype html><html lang="es"><head><meta charset="utf-8"><title>Tienda</title><link rel="stylesheet" href="/hostile.css">
<script src="/shifts.js"></script><script src="%[1]s/widget.js" data-shop="%[2]s" async></script></head><body><h1>Tienda</h1><p>Texto de la tienda.</p></body></html>`
	hostStyle = `* { all: unset !important; } body *, frontdesk-widget { display: none !important; color: lime !important; font-size: 40px !important; transform: rotate(3deg) !important; }
h1, p { display: block !important; } html { font-size: 8px; }`
	hostScript = `window.shifts = []; window.messages = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => e.value))).observe({ type: "layout-shift", buffered: true });
addEventListener("message", (e) => window.messages.push(e.origin));`
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
	w.visit(site.URL)
	w.until(shadow + `?.querySelector(".launcher")`)
	w.until(`(() => { const r = ` + shadow + `.querySelector(".launcher").getBoundingClientRect(); return r.width > 40 && r.right <= innerWidth && r.bottom <= innerHeight && r.top > innerHeight / 2; })()`)
	answer[bool](w, `(`+shadow+`.querySelector(".launcher").click(), true)`)
	w.until(shadow + `.querySelectorAll(".choice").length > 0`)
	if size := answer[string](w, `getComputedStyle(`+shadow+`.querySelector("textarea")).fontSize`); size != "16px" {
		t.Errorf("the page's style reached the field: %s", size)
	}
	answer[bool](w, `(() => { const t = `+shadow+`.querySelector(".composer textarea"); t.value = "¿Cuánto tarda el envío?"; t.form.requestSubmit(); return true; })()`)
	w.until(shadow + `.querySelectorAll(".row.bot .bubble").length > 1`)
	answer[bool](w, `(window.postMessage({ type: "frontdesk", open: false }, "*"), true)`)
	if shift := answer[float64](w, `window.shifts.reduce((a, b) => a + b, 0)`); shift != 0 {
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
