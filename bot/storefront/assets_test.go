package storefront

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func TestTheWidgetIsSmallAndAsksNobodyElse(t *testing.T) {
	t.Parallel()
	a, err := buildAssets(tokens(t))
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

// The widget has the colours of the staff's pages: it names none of its own, and takes none that it does not use.
func TestTheWidgetHasTheColoursOfThePages(t *testing.T) {
	t.Parallel()
	a, err := buildAssets(tokens(t))
	if err != nil {
		t.Fatal(err)
	}
	own := read(t, "widget/style.css")
	if found := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(`).FindString(own); found != "" {
		t.Errorf("the widget's style names %s", found)
	}
	built := string(a.style.body)
	for _, scheme := range []string{".root{color-scheme:light dark;", "@media(prefers-color-scheme:dark){.root{--ground:"} {
		if !strings.Contains(strings.ReplaceAll(built, ": ", ":"), scheme) {
			t.Errorf("the style has no %s", scheme)
		}
	}
	panels := map[string]bool{"--top": true, "--tall": true} // which the panel sets
	for _, m := range regexp.MustCompile(`var\((--[a-z0-9-]+)`).FindAllStringSubmatch(own, -1) {
		if !strings.Contains(built, m[1]+":") && !panels[m[1]] {
			t.Errorf("%s is nowhere", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`(--[a-z0-9-]+):`).FindAllStringSubmatch(built, -1) {
		if !strings.Contains(own, "var("+m[1]) {
			t.Errorf("%s is carried in vain", m[1])
		}
	}
}

// tokens are those of the staff's pages.
func tokens(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("../../cmd/internal/pages/assets/tokens.css")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func read(t testing.TB, name string) string {
	t.Helper()
	raw, err := sources.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
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
