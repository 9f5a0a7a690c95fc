package storefront

import (
	"html/template"
	"io"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

// plain renders the shop's template as the program's renderer does, without the staff's shell.
type plain struct{ set *template.Template }

func (p plain) Render(w io.Writer, name string, data any, _ echo.Context) error {
	return p.set.ExecuteTemplate(w, name, map[string]any{"Data": data})
}

func TestTheDemoShopSpeaksThreeLanguagesUnderAStrictPolicy(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	e := echo.New()
	e.Renderer = plain{template.Must(template.ParseFS(Pages, "pages/*.html"))}
	face, err := New(Config{Base: f.base, Store: f.store, Desk: f.desk, Feed: f.feed})
	if err != nil {
		t.Fatal(err)
	}
	defer face.Close()
	face.Routes(e)
	get := func(path, accept string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("Accept-Language", accept)
		w := httptest.NewRecorder()
		e.ServeHTTP(w, r)
		return w
	}
	for _, c := range []struct{ path, accept, lang, word string }{
		{"/shop/demo?lang=zh", "", "zh", "价格适用于中国大陆"},
		{"/shop/demo?lang=es", "zh", "es", "Abrigo de lana"},
		{"/shop/demo", "fr, es-MX;q=0.8", "es", "Zapatillas"},
		{"/shop/demo?lang=xx", "", "en", "prices for the United States"},
	} {
		w := get(c.path, c.accept)
		body := w.Body.String()
		if w.Code != 200 || !strings.Contains(body, `<html lang="`+c.lang+`"`) || !strings.Contains(body, c.word) || !strings.Contains(body, `data-shop="`+f.shop.PublicKey+`"`) {
			t.Errorf("%s: %d %.300s", c.path, w.Code, body)
		}
		if strings.Contains(body, "storefront.shop.") || strings.Contains(body, "storefront.product.") {
			t.Errorf("%s shows the id of a text", c.path)
		}
		if regexp.MustCompile(`\son[a-z]+=|\sstyle=|<style|<script>|//[a-z]+\.`).MatchString(body) {
			t.Errorf("%s has something that the policy forbids", c.path)
		}
		for _, m := range regexp.MustCompile(`(?:src|href)="(/storefront/assets/[^"]+)"`).FindAllStringSubmatch(body, -1) {
			if a := get(m[1], ""); a.Code != 200 || a.Body.Len() == 0 || !strings.Contains(a.Header().Get("Cache-Control"), "immutable") {
				t.Errorf("%s: %d", m[1], a.Code)
			}
		}
	}
}

func TestTheWidgetsScriptIsServedOnceAndThenKnown(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	first := f.do("GET", "/widget.js", nil)
	if first.status != 200 || first.header.Get("Cross-Origin-Resource-Policy") != "cross-origin" || len(first.raw) < 10_000 {
		t.Fatalf("%d %v", first.status, first.header)
	}
	if again := f.do("GET", "/widget.js", nil, "If-None-Match", first.header.Get("ETag")); again.status != 304 || len(again.raw) != 0 {
		t.Errorf("again: %d, %d bytes", again.status, len(again.raw))
	}
}
