package main

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"frontdesk/cmd/internal/pages"
)

// pairs are the colours that stand on one another, as the pages and the widget use them. Text needs 4.5 : 1; what only has to be
// seen, as a field's edge or the ring around what has the focus, needs 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11).
var pairs = []struct {
	front string
	backs string
	least float64
}{
	{"ink", "ground surface raised accent-soft", 4.5},
	{"ink-soft", "ground surface raised accent-soft", 4.5},
	{"accent-ink", "accent accent-deep", 4.5},
	{"accent-deep", "ground surface raised accent-soft", 4.5},
	{"good", "surface raised good-soft ground", 4.5},
	{"warn", "surface raised warn-soft ground", 4.5},
	{"bad", "surface raised bad-soft ground", 4.5},
	{"note", "note-soft surface", 4.5},
	{"shopper-ink", "shopper", 4.5},
	{"accent", "surface ground raised", 3},
	{"line-strong", "surface ground raised", 3},
	{"focus", "surface ground raised accent-soft shopper", 3},
}

func TestEveryPairOfColoursCanBeRead(t *testing.T) {
	t.Parallel()
	light, dark, found := strings.Cut(pages.Tokens, "prefers-color-scheme: dark")
	if !found {
		t.Fatal("there are no dark colours")
	}
	dark, _, _ = strings.Cut(dark, "\n}\n")
	for scheme, css := range map[string]string{"light": light, "dark": dark} {
		checkPairs(t, scheme, tokensOf(css))
	}
}

func checkPairs(t *testing.T, where string, tokens map[string]string) {
	t.Helper()
	for _, pair := range pairs {
		for _, back := range strings.Fields(pair.backs) {
			if tokens[pair.front] == "" || tokens[back] == "" {
				t.Fatalf("%s: there is no --%s or no --%s", where, pair.front, back)
			}
			if got := contrast(tokens[pair.front], tokens[back]); got < pair.least {
				t.Errorf("%s: --%s on --%s is %.2f : 1, less than %.1f", where, pair.front, back, got, pair.least)
			}
		}
	}
}

var tokenPattern = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)

func tokensOf(css string) map[string]string {
	tokens := map[string]string{}
	for _, m := range tokenPattern.FindAllStringSubmatch(css, -1) {
		tokens[m[1]] = m[2]
	}
	return tokens
}

// contrast is the ratio of the relative luminances of two colours, as WCAG 2.2 defines it.
func contrast(a, b string) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(hex string) float64 {
	channel := func(at int) float64 {
		n, _ := strconv.ParseUint(hex[at:at+2], 16, 8) // the pattern lets nothing else through
		v := float64(n) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(1) + 0.7152*channel(3) + 0.0722*channel(5)
}

// Colours stay in the tokens: what names one elsewhere would not be seen by this test.
func TestColoursAreNamedInTheTokensAlone(t *testing.T) {
	t.Parallel()
	named := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(`)
	for _, pattern := range []string{"cmd/internal/pages/assets/app.css", "cmd/internal/pages/assets/parts.css", "cmd/internal/admin/*.css", "bot/storefront/widget/*.css", "handoff/inbox/*.css", "knowledge/editor/*.css"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, file := range files {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range strings.Split(string(raw), "\n") {
				if named.MatchString(line) && !strings.Contains(line, "::backdrop") {
					t.Errorf("%s: %s", file, strings.TrimSpace(line))
				}
			}
		}
	}
}
