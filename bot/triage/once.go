package triage

import (
	"slices"
	"unicode"
)

const (
	repeatsFrom = 8  // so often a message must say the same to say no more by it
	longestSaid = 40 // letters of what is repeated at most
)

// Once shortens a text that is nothing but the same few words over and over to two times these words: neither insistence nor
// length says more. Any other text it returns as it is.
func Once(text string) string {
	var letters []rune
	var ends []int // in bytes of text
	for i, r := range text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters, ends = append(letters, unicode.ToLower(r)), append(ends, i+len(string(r)))
		}
	}
	for n := 1; n <= longestSaid && n*repeatsFrom <= len(letters); n++ {
		if slices.Equal(letters[n:], letters[:len(letters)-n]) {
			return text[:ends[2*n-1]]
		}
	}
	return text
}
