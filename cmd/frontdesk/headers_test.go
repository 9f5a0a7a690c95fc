package main

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

// A form of another site, sent by a signed-in person's browser, does nothing: every post of the staff's pages is refused.
func TestStaffPostsOfOtherSitesAreRefused(t *testing.T) {
	t.Parallel()
	p := boot(t)
	admin := p.signedIn(t, p.person(t, "admin@demo.frontdesk.example"))
	handler, closeAll, err := p.handler()
	if err != nil {
		t.Fatal(err)
	}
	defer closeAll()
	posts := 0
	for _, r := range handler.Routes() {
		if r.Method != http.MethodPost || strings.HasPrefix(r.Path, "/api/") || strings.HasPrefix(r.Path, "/webhooks/") {
			continue
		}
		posts++
		for name, headers := range map[string]map[string]string{
			"cross-site": {"Sec-Fetch-Site": "cross-site"},
			"same-site":  {"Sec-Fetch-Site": "same-site"},
			"old":        {"Origin": "https://elsewhere.example"},
		} {
			req, err := http.NewRequest(http.MethodPost, p.url+r.Path, strings.NewReader(url.Values{"name": {"x"}}.Encode()))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for key, value := range headers {
				req.Header.Set(key, value)
			}
			resp, err := admin.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if resp.StatusCode != http.StatusForbidden {
				t.Errorf("POST %s, %s: %d", r.Path, name, resp.StatusCode)
			}
		}
	}
	if posts < 40 {
		t.Errorf("only %d posts were tried", posts)
	}
}

// staffPages are the pages that a signed-in admin can open without an id.
var staffPages = []string{"/inbox", "/inbox?view=resolved", "/inbox/team", "/knowledge", "/knowledge/new", "/knowledge/try", "/knowledge/missed", "/knowledge/import", "/knowledge/exam", "/knowledge/incidents",
	"/admin", "/admin/shop", "/admin/channels", "/admin/model", "/admin/people", "/admin/tokens", "/admin/hours", "/admin/shops", "/admin/audit", "/admin/figures"}

func TestEveryPageForbidsWhatItDoesNotNeed(t *testing.T) {
	t.Parallel()
	p := boot(t)
	admin := p.signedIn(t, p.person(t, "admin@demo.frontdesk.example"))
	for _, path := range append([]string{"/sign-in", "/shop/demo", "/nowhere", "/inbox/nothing"}, staffPages...) {
		req, err := http.NewRequest(http.MethodGet, p.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept", "text/html")
		resp, err := admin.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		policy := resp.Header.Get("Content-Security-Policy")
		if strings.Contains(policy, "unsafe") || !strings.Contains(policy, "default-src 'self'") || !strings.Contains(policy, "frame-ancestors 'none'") || !strings.Contains(policy, "base-uri 'none'") {
			t.Errorf("%s: policy %q", path, policy)
		}
		if got := resp.Header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options %q", path, got)
		}
		if got := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusSeeOther && got != "text/html; charset=UTF-8" {
			t.Errorf("%s: %d %s", path, resp.StatusCode, got)
		}
	}
}

// No script reads a cookie of ours, no other site sends it with a form, and where the site is served over TLS it never travels in the clear.
func TestCookiesStayWithUs(t *testing.T) {
	t.Parallel()
	for public, secure := range map[string]bool{"": false, "https://desk.example": true} {
		p := boot(t, func(c *Config) { c.PublicURL = public })
		person := p.person(t, "admin@demo.frontdesk.example")
		token, err := p.staff.MakeLink(t.Context(), person.ShopID, person.ID, linkFor)
		if err != nil {
			t.Fatal(err)
		}
		client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		seen := map[string]*http.Cookie{}
		for path, form := range map[string]url.Values{"/sign-in/link/" + token: {}, "/locale": {"locale": {"es"}}} {
			resp, err := client.PostForm(p.url+path, form)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			for _, c := range resp.Cookies() {
				seen[c.Name] = c
			}
		}
		req, err := http.NewRequest(http.MethodPost, p.url+"/inbox/team/macros", strings.NewReader(url.Values{"name": {"hi"}, "body": {"Hello"}}.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.AddCookie(&http.Cookie{Name: "frontdesk_session", Value: seen["frontdesk_session"].Value})
		resp, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		for _, c := range resp.Cookies() {
			seen[c.Name] = c
		}
		for _, name := range []string{"frontdesk_session", "frontdesk_locale", "frontdesk_flash"} {
			c := seen[name]
			if c == nil {
				t.Errorf("no cookie %s was set", name)
			} else if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode && c.SameSite != http.SameSiteStrictMode || c.Secure != secure {
				t.Errorf("served at %q the cookie is %s", public, c.Raw)
			}
		}
	}
}

func TestFiguresOfTheProcessAreNotShownThroughAProxy(t *testing.T) {
	t.Parallel()
	for _, config := range []Config{{}, {TrustedProxies: []string{"127.0.0.0/8"}}} {
		e := echo.New()
		e.IPExtractor = config.ipExtractor()
		e.GET("/metrics", func(c echo.Context) error { return c.NoContent(http.StatusOK) }, loopbackOnly)
		for forwarded, want := range map[string]int{"": 200, "10.0.0.9": 200, "203.0.113.9": 404, "127.0.0.1, 203.0.113.9": 404, "nonsense": 404} {
			r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
			r.RemoteAddr = "127.0.0.1:40000"
			if forwarded != "" {
				r.Header.Set(echo.HeaderXForwardedFor, forwarded)
			}
			w := httptest.NewRecorder()
			if e.ServeHTTP(w, r); w.Code != want {
				t.Errorf("proxies %v, forwarded for %q: %d", config.TrustedProxies, forwarded, w.Code)
			}
		}
	}
}
