package knowledge

import (
	"slices"
	"strings"
	"unicode"
)

// Elsewhere is a title without the places it names, for a text that asks the same of another place: "and for my aunt in
// Lisbon?". It is the title as it stands where the text names no place.
func Elsewhere(title, text string) string {
	asked := placesNamed(text)
	if len(asked) == 0 || !slices.ContainsFunc(placesNamed(title), func(p place) bool { return !slices.Contains(asked, p) }) {
		return title
	}
	l := parseLexicon()
	kept := make([]string, 0, 16)
	fields := strings.Fields(title)
	bare := make([]string, len(fields))
	for i, f := range fields {
		bare[i] = plain(strings.ToLower(strings.TrimFunc(f, unicode.IsPunct)))
	}
	for i := 0; i < len(fields); i++ {
		taken := 0
		for size := min(longestWords, len(fields)-i); size > 0 && taken == 0; size-- {
			if _, known := l.places[strings.Join(bare[i:i+size], " ")]; known {
				taken = size
			}
		}
		if taken == 0 {
			kept = append(kept, withoutHanPlaces(fields[i], l))
			continue
		}
		i += taken - 1
	}
	return strings.TrimSpace(strings.Join(kept, " "))
}

func withoutHanPlaces(text string, l *lexicon) string {
	if !isHan(text) {
		return text
	}
	runes, plainRunes := []rune(text), []rune(simplified(text))
	if len(runes) != len(plainRunes) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(runes); {
		taken := 0
		for size := min(longestHan, len(runes)-i); size > 1 && taken == 0; size-- {
			if _, known := l.places[string(plainRunes[i:i+size])]; known {
				taken = size
			}
		}
		if taken == 0 {
			b.WriteRune(runes[i])
			taken = 1
		}
		i += taken
	}
	return b.String()
}
