package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browsers is one Chromium for all tests; every person has cookies and storage of their own in it. TestMain closes it, and with
// it what it keeps on disk.
var (
	browsers    = sync.OnceValues(startBrowser)
	quitBrowser = func() {}
)

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	code := m.Run()
	quitBrowser()
	os.Exit(code)
}

func startBrowser() (context.Context, error) {
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		return nil, errors.New("Chromium is missing: `make test` installs it on Debian and Ubuntu")
	}
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU)
	for _, flag := range []string{"disable-quic", "disable-component-update", "disable-default-apps", "no-pings"} {
		flags = append(flags, chromedp.Flag(flag, true))
	}
	allocator, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	ctx, _ := chromedp.NewContext(allocator)
	if _, err := chromedp.CallBrowser(ctx, browser.GetVersion, cdp.Empty{}); err != nil {
		stop()
		return nil, fmt.Errorf("Chromium does not start: %w", err)
	}
	quitBrowser = func() {
		patient, enough := context.WithTimeout(ctx, 10*time.Second)
		defer enough()
		_ = chromedp.Cancel(patient)
		stop()
	}
	return ctx, nil
}

// tab is the window of somebody in front of a browser.
type tab struct {
	t   testing.TB
	ctx context.Context
	p   *program
	look
	label string // names the pictures: phone-zh-light
	mu    sync.Mutex
	noise []string
}

// look is how a window stands there.
type look struct{ size, lang, scheme string }

func (l look) String() string { return l.size + "-" + l.lang + "-" + l.scheme }

// tab opens a window of somebody new. A script that fails or a broken policy in it fails the test.
func (p *program) tab(t testing.TB, l look) *tab {
	t.Helper()
	all, err := browsers()
	if err != nil {
		t.Fatal(err)
	}
	ctx, done := chromedp.NewContext(all, chromedp.WithNewBrowserContext())
	patience := 8 * time.Minute                   // tests run side by side
	if os.Getenv("FRONTDESK_SCREENSHOTS") != "" { // every page in every look takes its time
		patience = 15 * time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	b := &tab{t: t, ctx: ctx, p: p}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Listen(ctx, b.heard); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cancel()
		done()
		b.mu.Lock()
		defer b.mu.Unlock()
		if len(b.noise) > 0 {
			t.Errorf("the browser of %s complains: %q", b.label, b.noise)
		}
	})
	b.wear(l)
	return b
}

func (b *tab) heard(ev any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := ev.(type) {
	case *runtime.EventExceptionThrown:
		said := e.ExceptionDetails.Text
		if e.ExceptionDetails.Exception != nil {
			said += " " + e.ExceptionDetails.Exception.Description
		}
		b.noise = append(b.noise, said)
	case *log.EventEntryAdded:
		if e.Entry.Source == "security" {
			b.noise = append(b.noise, e.Entry.Text)
		}
	}
}

// wear changes the window's size, language and colours.
func (b *tab) wear(l look) {
	b.t.Helper()
	b.look, b.label = l, l.String()
	width, height := int64(1440), int64(900)
	if l.size == "phone" {
		width, height = 390, 844
	}
	b.do(chromedp.EmulateViewport(width, height), chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		colours := &emulation.MediaFeature{Name: "prefers-color-scheme", Value: l.scheme}
		if _, err := cdp.Call(ctx, target, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{colours}}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, network.SetCookie, network.SetCookieParams{Name: "frontdesk_locale", Value: l.lang, URL: b.p.url})
		return err
	}))
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.t.Fatal(b.label, err)
	}
}

func (b *tab) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.p.url + path))
}

// signIn uses a one-time link as somebody does who has only a keyboard.
func (b *tab) signIn(email, next string) {
	b.t.Helper()
	link, err := b.p.signInLink(b.ctx, b.p.person(b.t, email), next)
	if err != nil {
		b.t.Fatal(err)
	}
	u, err := url.Parse(link)
	if err != nil {
		b.t.Fatal(err)
	}
	b.open(u.RequestURI())
	b.until(`document.activeElement.matches("main button")`)
	b.press(kb.Enter)
	b.until(fmt.Sprintf(`location.pathname === %q && document.querySelector("main h1")`, next))
}

// in evaluates an expression in a window; w is the widget's shadow root, $ finds one element.
func in[T any](b *tab, expression string) T {
	b.t.Helper()
	v, err := try[T](b, expression)
	if err != nil {
		b.t.Fatalf("%s: %s: %v", b.label, expression, err)
	}
	return v
}

func try[T any](b *tab, expression string) (T, error) {
	return chromedp.Run(b.ctx, chromedp.Evaluate[T](`((w, $) => (`+expression+`))(document.querySelector("frontdesk-widget")?.shadowRoot, (s) => document.querySelector(s))`))
}

// until waits for an expression to hold in a page that has loaded with its scripts; one that is just going away counts as not yet.
func (b *tab) until(expression string) {
	b.t.Helper()
	for limit := time.Now().Add(time.Minute); time.Now().Before(limit); time.Sleep(25 * time.Millisecond) {
		if ok, err := try[bool](b, `document.readyState === "complete" && !!(`+expression+`)`); err == nil && ok {
			return
		}
		if b.ctx.Err() != nil {
			break
		}
	}
	b.shot("never")
	said, _ := try[string](b, `location.href + "\n" + (w ? w.querySelector(".panel").innerText : "") + "\n" + (document.querySelector("main")?.innerText ?? "").slice(0, 3000)`)
	b.t.Fatalf("%s: never: %s\n%s", b.label, expression, said)
}

// click presses the mouse on the middle of what an expression finds, once it is there; what covers it is hit instead.
func (b *tab) click(expression string) {
	b.t.Helper()
	b.until(expression)
	at := in[[]float64](b, `((e) => { e.scrollIntoView({block: "nearest"}); const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })(`+expression+`)`)
	b.do(chromedp.MouseClickXY(at[0], at[1]))
}

// press types keys one by one as a keyboard does: what a page takes for a shortcut writes nothing.
func (b *tab) press(keys string, modifiers ...chromedp.Modifier) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		for _, r := range keys {
			events := kb.Encode(r)
			down, up := *events[0], *events[len(events)-1]
			for _, m := range modifiers {
				down.Modifiers |= int64(m)
				up.Modifiers |= int64(m)
			}
			if len(events) == 3 && len(modifiers) == 0 {
				down.Text, down.UnmodifiedText = events[1].Text, events[1].UnmodifiedText
			}
			for _, event := range []input.DispatchKeyEventParams{down, up} {
				if _, err := cdp.Call(ctx, target, input.DispatchKeyEvent, event); err != nil {
					return err
				}
			}
		}
		return nil
	}))
}

// write puts text in at the caret, as an input method does.
func (b *tab) write(text string) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, input.InsertText, input.InsertTextParams{Text: text})
		return err
	}))
}

// cut takes the network away from the window, and gives it back.
func (b *tab) cut(offline bool) {
	b.t.Helper()
	b.do(chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		none := &network.Conditions{Offline: offline, DownloadThroughput: -1, UploadThroughput: -1}
		if _, err := cdp.Call(ctx, target, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{MatchedNetworkConditions: []*network.Conditions{none}}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: offline, DownloadThroughput: -1, UploadThroughput: -1})
		return err
	}))
}

// acceptDialogs says yes to whatever a page asks from now on.
func acceptDialogs(ctx context.Context, target *chromedp.Target) error {
	return chromedp.Listen(ctx, func(ev any) {
		if _, ok := ev.(*page.EventJavascriptDialogOpening); ok {
			go cdp.Call(ctx, target, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}
	})
}

// shot keeps a picture of what stands on the screen where FRONTDESK_SCREENSHOTS says.
func (b *tab) shot(name string) { b.picture(name, chromedp.CaptureScreenshot()) }

// wholeShot keeps a picture of the whole page, however long.
func (b *tab) wholeShot(name string) { b.picture(name, chromedp.FullScreenshot(100)) }

func (b *tab) picture(name string, take chromedp.Action[[]byte]) {
	b.t.Helper()
	dir := os.Getenv("FRONTDESK_SCREENSHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, take)
	if err != nil {
		b.t.Error(b.label, name, err)
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+"-"+b.label+".png"), picture, 0o600); err != nil {
		b.t.Error(err)
	}
}

// ---- the shopper

// visit opens the shop page and the chat on it.
func (b *tab) visit(lang string) {
	b.t.Helper()
	b.open("/shop/demo?lang=" + lang)
	b.click(`w?.querySelector(".launcher")`)
	b.until(`w.querySelectorAll(".choice").length === 3 && w.activeElement?.localName === "textarea"`)
	b.settle()
}

// say writes into the chat and sends with Enter.
func (b *tab) say(text string) {
	b.t.Helper()
	b.click(`w.querySelector(".composer textarea")`)
	b.write(text)
	b.press(kb.Enter)
}

// said is the thread as the shopper reads it, one line a message.
func (b *tab) said() string {
	b.t.Helper()
	return in[string](b, `[...w.querySelectorAll(".list .bubble")].map((b) => b.innerText).join("|")`)
}

// answered waits until the thread's n-th word of an author stands there, from 1, and returns it.
func (b *tab) answered(author string, n int) string {
	b.t.Helper()
	b.until(fmt.Sprintf(`w.querySelectorAll(".list .row.%s .bubble").length >= %d`, author, n))
	return strings.TrimSpace(in[string](b, fmt.Sprintf(`w.querySelectorAll(".list .row.%s .bubble")[%d].innerText`, author, n-1)))
}
