package evidence

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Sentences splits a Chinese, English or Spanish text into its sentences, each trimmed, in order. It does not split
// inside numbers, links, e-mail addresses, initials or the usual abbreviations, nor after the number of a list item.
// A line break always ends a sentence. Joined by line breaks, the result splits into itself.
func Sentences(text string) []string {
	var out []string
	for _, s := range cuts(text) {
		out = append(out, text[s.from:s.to])
	}
	return out
}

type span struct{ from, to int }

// cuts finds the sentences of a text as trimmed, non-empty spans.
func cuts(text string) []span {
	var out []span
	start := 0
	cut := func(end int) {
		if s := trim(text, start, end); s.from < s.to {
			out = append(out, s)
		}
		start = end
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		switch r {
		case '\n', '\r', '\u2028', '\u2029':
			cut(i)
		case '。', '！', '？', '…', '｡':
			if r == '。' && insideHost(text, i-n, i) {
				continue
			}
			i = closers(text, i)
			cut(i)
		case '!', '?':
			if next, _ := utf8.DecodeRuneInString(text[i:]); i < len(text) && (isURLRune(next)) && next < utf8.RuneSelf {
				continue
			}
			i = closers(text, i)
			cut(i)
		case '.':
			if end := closers(text, i); endsAt(text, start, i, end) {
				i = end
				cut(i)
			}
		}
	}
	cut(len(text))
	return out
}

// closers moves past further marks, closing quotes and brackets that belong to the sentence just ended.
func closers(text string, i int) int {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsRune("。！？!?….\"'”’」』）)】》", r) {
			break
		}
		i += n
	}
	return i
}

// endsAt tells whether the full stop before i ends the sentence that began at start. end is after closing marks.
func endsAt(text string, start, i, end int) bool {
	if end < len(text) {
		r, _ := utf8.DecodeRuneInString(text[end:])
		if !unicode.IsSpace(r) && !unicode.Is(unicode.Han, r) && !strings.ContainsRune("¿¡“「『*_", r) {
			return false
		}
		if end == i && lowerFollows(text, end) {
			return false
		}
	}
	word := lastWord(text[start : i-1])
	if abbreviation[strings.ToLower(word)] && end < len(text) {
		return false
	}
	// the number of a list item: "2. Pack it."
	return !(word != "" && allDigits(word) && len(word) <= 2 && strings.TrimSpace(text[start:i-1]) == word)
}

// lowerFollows tells whether the next word begins small, as no sentence does.
func lowerFollows(text string, i int) bool {
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '\n' || r == '\r' {
			return false
		}
		if !unicode.IsSpace(r) {
			return unicode.IsLower(r)
		}
		i += n
	}
	return false
}

func lastWord(s string) string {
	i := len(s)
	for i > 0 && i > len(s)-40 {
		r, n := utf8.DecodeLastRuneInString(s[:i])
		if unicode.IsSpace(r) || strings.ContainsRune("(（，,;:¿¡\"", r) {
			break
		}
		i -= n
	}
	return s[i:]
}

func insideHost(text string, from, to int) bool {
	return from > 0 && to < len(text) && isAlpha(text[from-1]) && isAlpha(text[to]) && hostEnd(strings.ToLower(text[max(0, from-30):min(len(text), to+30)]), min(from, 30)-1) > 0
}

func isURLRune(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '=' || r == '&' || r == '/'
}

func trim(text string, from, to int) span {
	for from < to {
		r, n := utf8.DecodeRuneInString(text[from:to])
		if !unicode.IsSpace(r) {
			break
		}
		from += n
	}
	for from < to {
		r, n := utf8.DecodeLastRuneInString(text[from:to])
		if !unicode.IsSpace(r) {
			break
		}
		to -= n
	}
	return span{from, to}
}

// abbreviation has words that end with a full stop in the middle of a sentence, without that last stop.
var abbreviation = set("e.g i.e eg ie etc vs no nos mr mrs ms dr st approx incl excl min max tel ext ref est inc ltd co " +
	"p.ej p ej p.e aprox núm num sr sra srta d dña dª ud uds vd art pág máx mín dto dcha izq avda c.p teléf a.m p.m a p m " +
	"jan feb mar apr jun jul aug sep sept oct nov dec ene abr ago dic ee.uu ee uu u.s u.k")
