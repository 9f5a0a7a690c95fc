package triage

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// fold brings a word to the form of the tables: lower case, no accents, no apostrophes.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] >= 'a' && s[i] <= 'z' || s[i] >= '0' && s[i] <= '9'
	}
	if plain {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' {
			return -1
		}
		return r
	}, norm.NFD.String(strings.ToLower(s)))
}

// unstretch reads "soooo" as "so" and "coool" as "cool", whichever the tables know.
func unstretch(s string, known func(string) bool) (string, bool) {
	if !threeAlike(s) || known != nil && known(s) {
		return s, false
	}
	twice, once := squeeze(s, 2), squeeze(s, 1)
	if known == nil || known(twice) || !known(once) {
		return twice, true
	}
	return once, true
}

func threeAlike(s string) bool {
	for i := 2; i < len(s); i++ {
		if s[i] == s[i-1] && s[i] == s[i-2] && s[i] >= 'a' && s[i] <= 'z' {
			return true
		}
	}
	return false
}

func squeeze(s string, most int) string {
	var b strings.Builder
	run, last := 0, rune(-1)
	for _, r := range s {
		if r == last {
			run++
		} else {
			run, last = 1, r
		}
		if run <= most {
			b.WriteRune(r)
		}
	}
	return b.String()
}
