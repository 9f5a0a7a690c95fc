package admin

import (
	"io/fs"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/cmd/internal/pages"
	"frontdesk/handoff"
	"frontdesk/handoff/inbox"
	"frontdesk/knowledge/editor"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// reading is a request of somebody who reads this language.
func reading(t *testing.T, lang string) echo.Context {
	t.Helper()
	assets, err := pages.BuildAssets()
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	if e.Renderer, err = pages.New(assets, func(echo.Context) *pages.Who { return nil }, pages.Part{Pages: Pages, Locales: Locales},
		pages.Part{Pages: inbox.Pages, Locales: inbox.Locales}, pages.Part{Pages: editor.Pages, Locales: editor.Locales}); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept-Language", lang)
	return e.NewContext(r, httptest.NewRecorder())
}

func TestTheLogSpeaksTheLanguageOfItsReader(t *testing.T) {
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	staff := uuid.New()
	for _, c := range []struct {
		lang   string
		action string
		detail map[string]any
		want   string
	}{
		{"zh", "token.add", map[string]any{"role": "agent"}, "角色 客服"},
		{"es", "channel.add", map[string]any{"kind": "webhook", "host": "shop.example"}, "sitio shop.example · tipo Webhook firmado"},
		{"en", "person.save", map[string]any{"roles": []any{"agent", "editor"}, "roles_before": []any{"agent"}, "disabled": false}, "roles before Agent · roles Agent, Editor · disabled no"},
		{"zh", "channel.save", map[string]any{"mode_before": "auto", "mode": "off"}, "原方式 机器人 · 由谁回答 仅人工"},
		{"es", "shop.save", map[string]any{"answer_above": 0.85, "ask_above": 0.0, "market": "ES", "locale": "es"}, "responde desde 85\u202f% · idioma Español · mercado España"},
		{"en", "desk.clocks", map[string]any{"solution": "2h0m0s", "first_reply": "10m0s"}, "first reply 10 min · solution 2 h"},
		{"zh", "clock.breach", map[string]any{"clock": "first_reply", "due": "2026-11-22T10:00:00Z"}, "时限 首次回复 · 期限 2026年11月22日 11:00"},
		{"en", "case.reply", map[string]any{"seq": 4.0}, ""},
		{"es", "article.import", map[string]any{"errors": 2.0, "new": 1200.0}, "nuevos 1.200 · errores 2"},
		{"zh", "incident.announce", map[string]any{"markets": []any{"CN", "ES"}, "tags": []any{"shipping", "dogs"}}, "市场 中国、西班牙 · 标签 物流、dogs"},
	} {
		var said []string
		for _, p := range lineOf(reading(t, c.lang), handoff.Entry{StaffID: &staff, Action: c.action, Subject: "site", Detail: c.detail}, madrid).Pairs {
			said = append(said, p.Name+" "+p.Text)
		}
		if got := strings.Join(said, " · "); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.action, c.lang, got, c.want)
		}
	}
	if by := lineOf(reading(t, "zh"), handoff.Entry{Who: "shopper"}, madrid).By; by != "顾客" {
		t.Errorf("a line is by %q", by)
	}
	for subject, want := range map[string][2]string{"coupon-stacking zh": {"coupon-stacking", "/knowledge/ref/coupon-stacking?locale=zh"}, "site": {"site", ""}} {
		if name, href := subjectOf(handoff.Entry{Action: "article.publish", Subject: subject}); name != want[0] || href != want[1] {
			t.Errorf("%s: %s, %s", subject, name, href)
		}
	}
}

// Whatever the program writes down as a detail has a name in the log.
func TestEveryDetailOfTheLogHasAName(t *testing.T) {
	texts := textsOf(t, "en")
	details, keys := regexp.MustCompile(`(?s)map\[string\]any\{("[a-z_]+":.*?)\}\)`), regexp.MustCompile(`"([a-z_]+)": `)
	found := 0
	for _, dir := range []string{".", "../../../handoff", "../../../handoff/inbox", "../../../knowledge/editor"} {
		names, err := fs.Glob(os.DirFS(dir), "*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			raw, err := os.ReadFile(dir + "/" + name)
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, detail := range details.FindAllStringSubmatch(string(raw), -1) {
				for _, key := range keys.FindAllStringSubmatch(detail[1], -1) {
					found++
					if texts["admin.detail."+key[1]] == "" && !slices.Contains(hidden(), key[1]) {
						t.Errorf("%s/%s writes down %q", dir, name, key[1])
					}
				}
			}
		}
	}
	if found < 30 {
		t.Errorf("only %d details were found", found)
	}
}
