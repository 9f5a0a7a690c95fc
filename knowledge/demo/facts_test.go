package demo_test

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	link   = regexp.MustCompile(`https?://[A-Za-z0-9./_-]*[A-Za-z0-9/_-]`)
	mail   = regexp.MustCompile(`[\w.+-]+@[\w.-]*\w`)
	code   = regexp.MustCompile(`\b[A-Z]{4,}[0-9]{2}\b`)
	month  = regexp.MustCompile(`\d+月(\d+日)`) // numbered in Chinese, named elsewhere
	number = regexp.MustCompile(`\d{4}-\d{2}-\d{2}|\d+(?:[.,:]\d+)*`)
)

// known lists every link, address and code that the shop's answers may name.
var known = []string{
	"https://demo.frontdesk.example/account",
	"https://demo.frontdesk.example/coupons",
	"https://demo.frontdesk.example/gift-cards",
	"https://demo.frontdesk.example/price-protection",
	"https://demo.frontdesk.example/privacy",
	"https://demo.frontdesk.example/returns",
	"https://demo.frontdesk.example/sizes",
	"https://demo.frontdesk.example/stores",
	"https://demo.frontdesk.example/track",
	"https://demo.frontdesk.example/wholesale",
	"help@demo.frontdesk.example",
	"AUTUMN15",
	"WELCOME10",
}

// own holds the numbers that stand in one locale alone, by "id/locale", because
// that language says the same fact with another figure or with a word.
var own = map[string][]string{
	"coupon-autumn/zh":     {"85"}, // 85折 is 15% off
	"coupon-welcome/zh":    {"9"},  // 9折 is 10% off
	"membership-levels/zh": {"95"}, // 95折 is 5% off
	"student-discount/zh":  {"9"},
}

// figures gives the numbers of an answer, as every locale would write them:
// a decimal comma is a point, and no zero trails behind it.
func figures(answer string) map[string]bool {
	found := map[string]bool{}
	for _, n := range number.FindAllString(month.ReplaceAllString(link.ReplaceAllString(answer, ""), "$1"), -1) {
		n = strings.ReplaceAll(n, ",", ".")
		if strings.Count(n, ".") == 1 {
			n = strings.TrimSuffix(strings.TrimRight(n, "0"), ".")
		}
		found[n] = true
	}
	return found
}

// named gives the links, addresses and codes of an answer in order of the alphabet.
func named(answer string) []string {
	found := link.FindAllString(answer, -1)
	found = append(found, mail.FindAllString(answer, -1)...)
	found = append(found, code.FindAllString(answer, -1)...)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestEveryNumberStandsInEveryLocale(t *testing.T) {
	for id, variants := range byID(t, rows(t, noon, shanghai(t))) {
		everywhere := map[string]string{} // number → a locale that says it
		for locale, r := range variants {
			for n := range figures(r.Answer) {
				if !slices.Contains(own[id+"/"+locale], n) {
					everywhere[n] = locale
				}
			}
		}
		for locale, r := range variants {
			said := figures(r.Answer)
			for n, other := range everywhere {
				if !said[n] {
					t.Errorf("%s: %s says %s, %s does not", id, other, n, locale)
				}
			}
		}
	}
}

func TestEveryExceptionIsStillNeeded(t *testing.T) {
	articles := byID(t, rows(t, noon, shanghai(t)))
	for _, at := range slices.Sorted(maps.Keys(own)) {
		id, locale, _ := strings.Cut(at, "/")
		for _, n := range own[at] {
			if !figures(articles[id][locale].Answer)[n] {
				t.Errorf("%s no longer says %s: drop the exception", at, n)
			}
		}
	}
}

func TestLinksAddressesAndCodesAreTheShopsOwn(t *testing.T) {
	used := map[string]bool{}
	for id, variants := range byID(t, rows(t, noon, shanghai(t))) {
		want := named(variants["en"].Answer)
		for locale, r := range variants {
			got := named(r.Answer)
			if !slices.Equal(got, want) {
				t.Errorf("%s: %s names %v, en names %v", id, locale, got, want)
			}
			for _, n := range got {
				used[n] = true
				if !slices.Contains(known, n) {
					t.Errorf("%s/%s names %s, which the shop does not have", id, locale, n)
				}
			}
		}
	}
	for _, n := range known {
		if !used[n] {
			t.Errorf("no answer names %s", n)
		}
	}
}

func TestChineseAnswersUseChinesePunctuation(t *testing.T) {
	half := regexp.MustCompile(`\p{Han}[,?!;]|[,?!;]\p{Han}|\(\p{Han}|\p{Han}\)`)
	full := regexp.MustCompile(`[，。？！：；（）]|\p{Han}`)
	for _, r := range rows(t, noon, shanghai(t)) {
		if r.Locale == "zh" && half.MatchString(r.Answer) {
			t.Errorf("%s: half-width %q", r.ID, half.FindString(r.Answer))
		}
		if r.Locale != "zh" && full.MatchString(r.Answer) {
			t.Errorf("%s/%s: Chinese %q", r.ID, r.Locale, full.FindString(r.Answer))
		}
	}
}
