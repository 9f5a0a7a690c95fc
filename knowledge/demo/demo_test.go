package demo_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge/demo"
)

// row is one line of the import format.
type row struct {
	ID        string   `json:"id"`
	Question  string   `json:"question"`
	Answer    string   `json:"answer"`
	Phrasings []string `json:"phrasings"`
	Negatives []string `json:"negatives"`
	Locale    string   `json:"locale"`
	Kind      string   `json:"kind"`
	Market    []string `json:"market"`
	ValidFrom string   `json:"valid_from"`
	ValidTo   string   `json:"valid_to"`
	Tags      []string `json:"tags"`
	Status    string   `json:"status"`
}

// noon is a moment at which every zone used here has the same date.
var noon = time.Date(2026, 3, 2, 5, 0, 0, 0, time.UTC)

func rows(t *testing.T, now time.Time, zone *time.Location) []row {
	t.Helper()
	var all []row
	lines := bufio.NewScanner(bytes.NewReader(demo.Articles(now, zone)))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var r row
		dec := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&r); err != nil {
			t.Fatalf("line %d: %v", n, err)
		}
		all = append(all, r)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func shanghai(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(demo.TimeZone)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// byID groups the rows into articles, then locales; an (id, locale) that
// stands twice fails the test.
func byID(t *testing.T, all []row) map[string]map[string]row {
	t.Helper()
	articles := map[string]map[string]row{}
	for _, r := range all {
		if articles[r.ID] == nil {
			articles[r.ID] = map[string]row{}
		}
		if _, twice := articles[r.ID][r.Locale]; twice {
			t.Errorf("%s stands twice in %s", r.ID, r.Locale)
		}
		articles[r.ID][r.Locale] = r
	}
	return articles
}

func TestEveryArticleStandsInEveryLocale(t *testing.T) {
	articles := byID(t, rows(t, noon, shanghai(t)))
	if len(articles) < 64 {
		t.Errorf("%d articles, want at least 64", len(articles))
	}
	for id, variants := range articles {
		if len(variants) != len(demo.Locales()) {
			t.Errorf("%s has %d locales, want %v", id, len(variants), demo.Locales())
		}
		first := variants[demo.DefaultLocale]
		for _, locale := range demo.Locales() {
			r, ok := variants[locale]
			if !ok {
				t.Errorf("%s lacks %s", id, locale)
				continue
			}
			// Variants of one article answer in the same places at the same times.
			if r.Kind != first.Kind || r.ValidFrom != first.ValidFrom || r.ValidTo != first.ValidTo ||
				!slices.Equal(r.Market, first.Market) || !slices.Equal(r.Tags, first.Tags) {
				t.Errorf("%s: %s differs from %s in kind, market, validity or tags", id, locale, demo.DefaultLocale)
			}
		}
	}
}

func TestEveryRowIsWellFormed(t *testing.T) {
	kinds := []string{"faq", "policy", "notice", "promotion", "howto"}
	markets := []string{"cn", "us", "gb", "es"}
	for _, r := range rows(t, noon, shanghai(t)) {
		at := r.ID + "/" + r.Locale
		if r.ID == "" || strings.Trim(r.ID, "abcdefghijklmnopqrstuvwxyz-") != "" {
			t.Errorf("%s: the id is not a readable slug", at)
		}
		if strings.TrimSpace(r.Question) == "" || strings.TrimSpace(r.Answer) == "" {
			t.Errorf("%s: question or answer is empty", at)
		}
		if !slices.Contains(kinds, r.Kind) || r.Status != "published" || len(r.Tags) == 0 {
			t.Errorf("%s: kind %q, status %q, tags %v", at, r.Kind, r.Status, r.Tags)
		}
		for _, m := range r.Market {
			if !slices.Contains(markets, m) {
				t.Errorf("%s: market %q", at, m)
			}
		}
		if n := len(r.Phrasings); n < 4 || n > 50 {
			t.Errorf("%s: %d phrasings, want 4 to 50", at, n)
		}
		if len(r.Negatives) > 3 {
			t.Errorf("%s: %d negatives, want at most 3", at, len(r.Negatives))
		}
		if strings.Contains(r.Question+r.Answer, "{{") {
			t.Errorf("%s: an offset was not filled in", at)
		}
	}
}

// plain is a phrasing without what a shopper may leave out or put in.
func plain(s string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune(" ,.?!¿¡，。？！、'’", c) {
			return -1
		}
		return c
	}, strings.ToLower(s))
}

func TestNoPhrasingLeadsToTwoArticles(t *testing.T) {
	owner := map[string]string{}
	for _, r := range rows(t, noon, shanghai(t)) {
		own := map[string]bool{}
		for _, p := range append([]string{r.Question}, r.Phrasings...) {
			key := r.Locale + " " + plain(p)
			if other, taken := owner[key]; taken {
				t.Errorf("%s/%s: %q already belongs to %s", r.ID, r.Locale, p, other)
			}
			owner[key], own[plain(p)] = r.ID, true
		}
		for _, n := range r.Negatives {
			if own[plain(n)] {
				t.Errorf("%s/%s: %q is phrasing and negative at once", r.ID, r.Locale, n)
			}
		}
	}
}

func TestOffsetsFollowTheCalendarOfTheShop(t *testing.T) {
	// 23:30 UTC on the 1st is already the 2nd in Shanghai.
	late := time.Date(2026, 3, 1, 23, 30, 0, 0, time.UTC)
	articles := byID(t, rows(t, late, shanghai(t)))
	for id, want := range map[string][2]string{
		"coupon-autumn":          {"2026-01-31", "2026-03-01"}, // ended yesterday
		"notice-holiday-delay":   {"2026-03-03", "2026-03-14"}, // begins tomorrow
		"coupon-welcome":         {"2026-02-10", "2026-03-12"}, // ends in ten days
		"shipping-fee-cn-before": {"2024-10-18", "2025-12-02"}, // ended long ago …
		"shipping-fee-cn":        {"2025-12-03", ""},           // … and superseded the day after
		"returns-window-es":      {"", ""},
	} {
		for locale, r := range articles[id] {
			if got := [2]string{r.ValidFrom, r.ValidTo}; got != want {
				t.Errorf("%s/%s: valid %v, want %v", id, locale, got, want)
			}
		}
	}
	for locale, want := range map[string]string{"en": "until the end of 1 March.", "es": "el final del 1 de marzo.", "zh": "3月1日截止"} {
		if answer := articles["coupon-autumn"][locale].Answer; !strings.Contains(answer, want) {
			t.Errorf("the answer does not name the day its coupon ended as one writes it, %q: %q", want, answer)
		}
	}
	if text := string(demo.Articles(late, nil)); strings.Contains(text, "{{") {
		t.Error("a day is left open")
	}
	utc := byID(t, rows(t, late, nil))
	if got := utc["coupon-autumn"]["zh"].ValidTo; got != "2026-02-28" {
		t.Errorf("without a zone the coupon ends on %s, want the day before the UTC date", got)
	}
}

func TestTheShopHasANameInEveryLocale(t *testing.T) {
	for _, locale := range demo.Locales() {
		if demo.Names()[locale] == "" {
			t.Errorf("no name in %s", locale)
		}
	}
	if demo.Locales()[0] != demo.DefaultLocale {
		t.Errorf("the first locale is %s, want %s", demo.Locales()[0], demo.DefaultLocale)
	}
}
