package knowledge

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// How much the home language of a market speaks for an article of it and against one of others, which only leans where
// articles answer about equally well; and how much a place does that the question and the article both name.
const (
	byHome  = 0.05
	byPlace = 0.10
)

// homeLanguages are what people of a market mostly write.
var homeLanguages = map[string]string{
	"CN": "zh", "HK": "zh", "TW": "zh", "MO": "zh", "SG": "en", "US": "en", "GB": "en", "IE": "en", "CA": "en", "AU": "en", "NZ": "en",
	"ES": "es", "MX": "es", "AR": "es", "CO": "es", "CL": "es", "PE": "es",
}

// leansHome says how much the question's language speaks for an article of these markets, where no place decides.
func leansHome(markets []string, language string) float64 {
	switch {
	case len(markets) == 0:
		return 0
	case slices.ContainsFunc(markets, func(m string) bool { return homeLanguages[m] == language }):
		return byHome
	}
	return -byHome
}

// languageOf is the shopper's language as the caller knows it, or what the script says.
func languageOf(q Query) string {
	if q.Locale != "" {
		return primary(q.Locale)
	}
	for _, r := range q.Text {
		if unicode.Is(unicode.Han, r) {
			return "zh"
		}
	}
	return ""
}

// codePattern is a coupon's or a product's code: letters, then digits.
var codePattern = regexp.MustCompile(`[A-Z]{3,}-?[0-9]{2,}[A-Z0-9]*`)

func codes(text string) []string { return codePattern.FindAllString(strings.ToUpper(text), -1) }
