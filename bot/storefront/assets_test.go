package storefront

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestTheWidgetIsSmallAndAsksNobodyElse(t *testing.T) {
	t.Parallel()
	a, err := buildAssets()
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("widget: %d bytes, %d gzipped", len(a.widget.body), len(a.widget.gzipped))
	if len(a.widget.gzipped) > 15_000 {
		t.Errorf("%d bytes gzipped, more than 15,000", len(a.widget.gzipped))
	}
	for _, never := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "document.cookie", `setAttribute("style"`} {
		if strings.Contains(string(a.widget.body), never) {
			t.Errorf("the widget has %s", never)
		}
	}
	for _, address := range regexp.MustCompile(`https?://[a-z][^\s"'`+"`"+`]*`).FindAllString(string(a.widget.body), -1) {
		if !strings.HasPrefix(address, "http://www.w3.org/2000/svg") {
			t.Errorf("the widget names %s", address)
		}
	}
}

func TestTheBundleLeavesTheServersNamesAlone(t *testing.T) {
	t.Parallel()
	names := regexp.MustCompile(`(?m)^  (\w+)\??: `).FindAllStringSubmatch(read(t, "widget/types.ts"), -1)
	if len(names) < 30 {
		t.Fatalf("only %d names", len(names))
	}
	for _, m := range names {
		if regexp.MustCompile(ownNames).MatchString(m[1]) {
			t.Errorf("%q comes from the server", m[1])
		}
	}
}

func TestTheWidgetHasTheColoursOfThePages(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../cmd/internal/pages/assets/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	pages, own := palettes(t, string(raw)), palettes(t, read(t, "widget/style.css"))
	for i, scheme := range []string{"light", "dark"} {
		if len(own[i]) < 15 {
			t.Errorf("%s: only %d tokens", scheme, len(own[i]))
		}
		for name, value := range own[i] {
			if pages[i][name] != value {
				t.Errorf("%s %s is %q in the widget and %q in the pages", scheme, name, value, pages[i][name])
			}
		}
	}
}

func read(t testing.TB, name string) string {
	t.Helper()
	raw, err := sources.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// palettes returns the custom properties of a style sheet, those of the light scheme and those of the dark one.
func palettes(t testing.TB, style string) [2]map[string]string {
	t.Helper()
	light, dark, ok := strings.Cut(style, "@media (prefers-color-scheme: dark)")
	if !ok {
		t.Fatal("no dark scheme")
	}
	dark, _, _ = strings.Cut(dark, "\n}")
	var out [2]map[string]string
	for i, part := range []string{light, dark} {
		out[i] = map[string]string{}
		for _, m := range regexp.MustCompile(`(--[a-z-]+):\s*([^;]+);`).FindAllStringSubmatch(part, -1) {
			if _, seen := out[i][m[1]]; !seen {
				out[i][m[1]] = m[2]
			}
		}
	}
	return out
}

func TestEveryTextExistsInEveryLanguage(t *testing.T) {
	t.Parallel()
	texts, err := readTexts()
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range languages() {
		for id := range texts["en"] {
			if texts[one][id] == "" {
				t.Errorf("%s has no %s", one, id)
			}
		}
		if len(texts[one]) != len(texts["en"]) {
			t.Errorf("%s has %d texts, en %d", one, len(texts[one]), len(texts["en"]))
		}
	}
}

// Everything that the widget says is either in it, in every language, or comes from the server; and nothing comes in vain.
func TestTheWidgetHasWordsForAllThatItSays(t *testing.T) {
	t.Parallel()
	texts, err := readTexts()
	if err != nil {
		t.Fatal(err)
	}
	scripts, err := sources.ReadDir("widget")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range scripts {
		if strings.HasSuffix(file.Name(), ".ts") {
			all.WriteString(read(t, "widget/"+file.Name()))
		}
	}
	known := texts.part("en", "storefront.widget.")
	for _, locale := range languages() {
		_, own, ok := strings.Cut(read(t, "widget/texts.ts"), "\n  "+locale+": {")
		if !ok {
			t.Fatalf("the widget has no words in %s", locale)
		}
		own, _, _ = strings.Cut(own, "\n")
		for _, m := range regexp.MustCompile(`(\w+): "`).FindAllStringSubmatch(own, -1) {
			known[m[1]] = m[1]
			if regexp.MustCompile(ownNames).MatchString(m[1]) {
				t.Errorf("the bundle shortens the name of the text %q", m[1])
			}
		}
	}
	for _, m := range regexp.MustCompile(`\bt\("(\w+)"`).FindAllStringSubmatch(all.String(), -1) {
		if known[m[1]] == "" {
			t.Errorf("the widget says %q, which is nowhere", m[1])
		}
	}
	for id := range known {
		if !strings.Contains(all.String(), `"`+id+`"`) {
			t.Errorf("nothing says %q", id)
		}
	}
}
