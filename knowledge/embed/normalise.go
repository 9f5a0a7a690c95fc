package embed

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	wordStart = '\u2581' // stands for the space before a word, as in the model's own pieces
	wideTilde = '\uff5e' // kept as it is: Chinese shoppers end sentences with it
)

// maxBytes bounds what is normalised at all: room for maxRunes code points even when
// half of the text is space that collapses, and a bound for the work on the rest.
const maxBytes = 32 << 10

// normalise puts the text, as the table's pieces are spelt, into s.runes: NFKC, lower
// case, one wordStart in front of every word, no control characters; at most maxRunes
// code points.
func (s *scratch) normalise(text string) {
	s.runes = append(s.runes[:0], wordStart)
	// Broken UTF-8 goes first: what norm makes of it depends on what follows.
	text = strings.ToValidUTF8(head(text, maxBytes), " ")
	for open := false; ; text = text[utf8.RuneLen(wideTilde):] {
		part := text
		if at := strings.Index(text, string(wideTilde)); at >= 0 {
			part = text[:at]
		}
		s.bytes = norm.NFKC.AppendString(s.bytes[:0], part)
		open = s.spell(open)
		text = text[len(part):]
		if text == "" || len(s.runes) == maxRunes {
			return
		}
		s.runes, open = s.put(wideTilde, open), false
	}
}

// spell appends s.bytes to s.runes. open says that a space came last; so does its result.
func (s *scratch) spell(open bool) bool {
	for at := 0; at < len(s.bytes) && len(s.runes) < maxRunes; {
		r, size := rune(s.bytes[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(s.bytes[at:])
		}
		at += size
		r = lower(r)
		switch {
		case blank(r):
			open = true
		case unicode.IsControl(r):
		default:
			s.runes, open = s.put(r, open), false
		}
	}
	return open
}

// put appends r, behind a wordStart if a space came before it and words before that.
func (s *scratch) put(r rune, open bool) []rune {
	if open && len(s.runes) > 1 {
		s.runes = append(s.runes, wordStart)
	}
	if len(s.runes) == maxRunes {
		return s.runes
	}
	return append(s.runes, r)
}

// head cuts text to at most size bytes without cutting a code point in two.
func head(text string, size int) string {
	if len(text) <= size {
		return text
	}
	for n := 0; n < utf8.UTFMax && size > 0 && !utf8.RuneStart(text[size]); n++ {
		size--
	}
	return text[:size]
}

// lower is unicode.ToLower with a way past its search for scripts that have no case.
func lower(r rune) rune {
	if r >= 0x2e80 && r < 0xa640 {
		return r
	}
	return unicode.ToLower(r)
}

// blank says whether r parts words: white space, the four separators of ASCII that
// count as such in the table's making, Spanish opening marks, characters without
// width, and what is left of broken UTF-8.
func blank(r rune) bool {
	switch {
	case r < 0x80:
		return r == ' ' || r >= '\t' && r <= '\r' || r >= 0x1c && r <= 0x1f
	case r >= 0x3001 && r < 0xfeff:
		return false
	}
	switch r {
	case '¿', '¡', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\ufeff', utf8.RuneError, wordStart:
		return true
	}
	return unicode.IsSpace(r)
}
