package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// window is a tab with a profile of its own, and a record of what its pages did that nobody wants.
type window struct {
	t   testing.TB
	ctx context.Context

	mu      sync.Mutex
	noise   []string        // dialogs, broken policies, exceptions, console messages
	origins map[string]bool // asked over the network
}

// openWindow opens one in the Chromium of all tests; it closes with the test.
func openWindow(t testing.TB) *window {
	t.Helper()
	all, err := browsers()
	if err != nil {
		t.Fatal(err)
	}
	w := &window{t: t, origins: map[string]bool{}}
	ctx, done := chromedp.NewContext(all, chromedp.WithNewBrowserContext())
	t.Cleanup(done)
	w.ctx = ctx
	if err := chromedp.Do(w.ctx, chromedp.EmulateViewport(1440, 900)); err != nil {
		t.Fatal(err) // not through do: the first context that is used is the tab's life
	}
	if err := chromedp.Listen(w.ctx, w.heard); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *window) heard(event any) {
	switch e := event.(type) {
	case *page.EventJavascriptDialogOpening:
		w.note("dialog: " + e.Message)
		go func() {
			_ = chromedp.Do(w.ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
				_, err := cdp.Call(ctx, target, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{})
				return err
			}))
		}()
	case *runtime.EventExceptionThrown:
		w.note("exception: " + e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		w.note(fmt.Sprintf("console: %s %s", e.Type, arguments(e.Args)))
	case *log.EventEntryAdded:
		if e.Entry.Source == "security" || e.Entry.Source == "violation" {
			w.note("policy: " + e.Entry.Text)
		}
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err == nil && u.Scheme != "data" && u.Scheme != "blob" {
			w.mu.Lock()
			w.origins[u.Scheme+"://"+u.Host] = true
			w.mu.Unlock()
		}
	}
}

func arguments(args []*runtime.RemoteObject) string {
	var said strings.Builder
	for _, a := range args {
		said.Write(a.Value)
		said.WriteString(a.Description)
		said.WriteByte(' ')
	}
	return said.String()
}

func (w *window) note(what string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.noise = append(w.noise, what)
}

// faultless fails the test for everything that was noted, and for every request to an origin that is not among these.
// What was noted is forgotten then.
func (w *window) faultless(where string, origins ...string) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, n := range w.noise {
		w.t.Errorf("%s: %.400s", where, n)
	}
	for origin := range w.origins {
		if !slices.Contains(origins, origin) {
			w.t.Errorf("%s asked %s", where, origin)
		}
	}
	w.noise, w.origins = nil, map[string]bool{}
}

func (w *window) do(steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.t.Fatal(err)
	}
}

func (w *window) visit(address string) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		w.t.Fatalf("%s: %v", address, err)
	}
}

// answer evaluates an expression in the page; a promise is waited for.
func answer[T any](w *window, expression string) T {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, time.Minute)
	defer cancel()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		w.t.Fatalf("%.200s: %v", expression, err)
	}
	return got
}

// until waits for an expression to hold.
func (w *window) until(expression string) {
	w.t.Helper()
	for limit := time.Now().Add(time.Minute); time.Now().Before(limit); time.Sleep(30 * time.Millisecond) {
		if answer[bool](w, "!!("+expression+")") {
			return
		}
	}
	w.t.Fatalf("never: %s\n%s", expression, answer[string](w, `document.body.innerText.slice(0, 2000)`))
}

// signIn brings somebody of the demo shop in by a link, as an invitation does, and opens a page.
func (w *window) signIn(p *program, email, path string) {
	w.t.Helper()
	link, err := p.signInLink(w.t.Context(), p.person(w.t, email), path)
	if err != nil {
		w.t.Fatal(err)
	}
	u, err := url.Parse(link)
	if err != nil {
		w.t.Fatal(err)
	}
	w.visit(p.url + u.RequestURI())
	w.do(chromedp.Click(chromedp.CSS("main button")))
	w.until(fmt.Sprintf(`location.pathname === %q && document.readyState === "complete"`, path))
}

// What the other tests lean on: a window that stayed silent about a broken page would make them all pass.
func TestAWindowNoticesWhatAPageDoes(t *testing.T) {
	t.Parallel()
	foreign := httptest.NewServer(http.NotFoundHandler())
	defer foreign.Close()
	site := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Content-Type", "text/html")
		if r.URL.Path == "/strict" {
			rw.Header().Set("Content-Security-Policy", policy)
		}
		fmt.Fprintf(rw, `<p>page</p><img src=%q onerror="console.log('marker')"><script>setTimeout(() => alert('box'))</script>`, foreign.URL+"/x.png")
	}))
	defer site.Close()
	w := openWindow(t)
	for path, want := range map[string][]string{"/strict": {"policy: "}, "/": {"dialog: box", "marker"}} {
		w.visit(site.URL + path)
		limit := time.Now().Add(5 * time.Second)
		for _, part := range want {
			for !w.noted(part) {
				if time.Now().After(limit) {
					t.Fatalf("%s: %q went unnoticed: %q", path, part, w.noise)
				}
				time.Sleep(20 * time.Millisecond)
			}
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.origins[foreign.URL] {
		t.Errorf("a request to a foreign origin went unnoticed: %v", w.origins)
	}
}

func (w *window) noted(part string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.ContainsFunc(w.noise, func(n string) bool { return strings.Contains(n, part) })
}
