package pages

import (
	"encoding/json"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestEveryTextStandsInEveryLanguage(t *testing.T) {
	want := keysOf(t, "en")
	for _, locale := range Locales {
		if got := keysOf(t, locale); !slices.Equal(got, want) {
			t.Errorf("%s has other texts than en: %v and %v", locale, got, want)
		}
	}
}

func TestStylesNameNoColourOutsideTheTokens(t *testing.T) {
	colour := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|rgba?\(`)
	for _, name := range []string{"app.css", "parts.css"} {
		raw, err := fs.ReadFile(sources, "assets/"+name)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(raw), "\n") {
			if colour.MatchString(line) && !strings.Contains(line, "::backdrop") {
				t.Errorf("%s:%d: %s", name, i+1, line)
			}
		}
	}
}

func TestAssetsAreBundledAndNamedByTheirContent(t *testing.T) {
	a, err := BuildAssets(".more{color:var(--ink)}")
	if err != nil {
		t.Fatal(err)
	}
	css, err := a.Path("app.css")
	if err != nil || !regexp.MustCompile(`^/assets/app\.[0-9a-f]{10}\.css$`).MatchString(css) {
		t.Errorf("%s, %v", css, err)
	}
	body := string(a.files[strings.TrimPrefix(css, "/assets/")])
	if !strings.Contains(body, ".more") || !strings.Contains(body, "--accent") || strings.Contains(body, "@import") {
		t.Error("the style is not whole")
	}
}

func TestMarkdownOfAnybodyIsHarmlessAndStaysReadable(t *testing.T) {
	for source, want := range map[string]string{
		"<script>alert(1)</script>":               "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
		"<img src=x onerror=alert(1)>":            "<p>&lt;img src=x onerror=alert(1)&gt;</p>",
		"a <a href='data:text/html,x'>b</a>":      "<p>a &lt;a href=&#39;data:text/html,x&#39;&gt;b&lt;/a&gt;</p>",
		"[x](javascript:alert(1))":                `<p>x</p>`,
		"![chart](https://elsewhere.example/a.b)": `<p><a href="https://elsewhere.example/a.b" rel="nofollow noreferrer noopener" target="_blank">chart</a></p>`,
		"# Sizes\n**S** fits\nup to 36":           "<p><strong>Sizes</strong></p>\n<p><strong>S</strong> fits<br>\nup to 36</p>",
	} {
		if got := strings.TrimSpace(string(markdown(source))); got != want {
			t.Errorf("%s became\n%s, want\n%s", source, got, want)
		}
	}
}

func TestNumbersHaveTheFormOfTheirLanguage(t *testing.T) {
	for _, c := range []struct {
		locale string
		n      any
		want   string
	}{{"en", 1234567, "1,234,567"}, {"es", 1234.5, "1.234,50"}, {"zh", -1000, "-1,000"}, {"en", 12, "12"}} {
		if got := Number(c.locale, c.n); got != c.want {
			t.Errorf("%v in %s: %s, want %s", c.n, c.locale, got, c.want)
		}
	}
}

func TestSharesAndListsHaveTheFormOfTheirLanguage(t *testing.T) {
	for locale, want := range map[string][2]string{"zh": {"97%", "中文、西班牙文"}, "en": {"97%", "中文, 西班牙文"}, "es": {"97\u202f%", "中文, 西班牙文"}} {
		if got := Percent(locale, 0.969); got != want[0] {
			t.Errorf("%s: %q, want %q", locale, got, want[0])
		}
		if got := Join(locale, []string{"中文", "西班牙文"}); got != want[1] {
			t.Errorf("%s: %q, want %q", locale, got, want[1])
		}
	}
}

func TestAnAddressBreaksWhereOneWouldBreakItByHand(t *testing.T) {
	for address, want := range map[string]string{
		"https://shop.example/frontdesk/events": "https://shop.example/<wbr>frontdesk/<wbr>events",
		"agent@demo.example":                    "agent@<wbr>demo.example",
		"<b>/":                                  "&lt;b&gt;/<wbr>",
	} {
		if got := string(parts(address)); got != want {
			t.Errorf("%s became %s", address, got)
		}
	}
}

func keysOf(t *testing.T, locale string) []string {
	t.Helper()
	raw, err := fs.ReadFile(locales, "locales/"+locale+".json")
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(m))
}
