package triage

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Of a long turn its beginning and its end are judged: people say at the start what is
// the matter and at the end what they want.
const (
	headJudged = 1200 // code points
	tailJudged = 400
	maxJudged  = headJudged + tailJudged + 1
)

// ends returns a text without its middle, where it is too long to be read whole.
func ends(text string) string {
	if len(text) <= headJudged+tailJudged {
		return text
	}
	head := 0
	for n := 0; n < headJudged && head < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[head:])
		head += size
	}
	tail := len(text)
	for n := 0; n < tailJudged && tail > head; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:tail])
		tail -= size
	}
	if tail == head {
		return text
	}
	return text[:head] + "\n" + text[tail:]
}

// clean bounds a text and brings it to one form: NFKC, no control, format or
// invalid characters.
func clean(text string, limit int) string {
	n, end := 0, len(text)
	for i := range text {
		if n == limit {
			end = i
			break
		}
		n++
	}
	text = norm.NFKC.String(strings.ToValidUTF8(text[:end], " "))
	n = 0
	return strings.Map(func(r rune) rune {
		if n++; n > 2*limit { // a few characters grow long in NFKC
			return -1
		}
		switch {
		case r == '\n' || r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == utf8.RuneError || unicode.IsControl(r):
			return ' '
		case r < 0x80 || r >= 0x4E00 && r <= 0x9FFF: // the common ones, spared the tables
		case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r), r >= 0x1F3FB && r <= 0x1F3FF:
			return -1
		}
		return r
	}, text)
}
