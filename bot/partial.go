package bot

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// textSoFar reads the member "text" of a JSON object that is still being written: what of it has come, and whether it is
// complete. It is lenient where the end is missing and nowhere else: what is no object with such a member has no text.
func textSoFar(raw string) (text string, complete bool) {
	s := scanner{raw, 0}
	if !s.take('{') {
		return "", false
	}
	for {
		name, ok := s.stringSoFar()
		if !ok || !s.take(':') {
			return "", false
		}
		if name == "text" {
			return s.stringSoFar()
		}
		if !s.skipValue() || !s.take(',') {
			return "", false
		}
	}
}

// scanner walks JSON that may end anywhere.
type scanner struct {
	raw string
	i   int
}

func (s *scanner) space() {
	for s.i < len(s.raw) && strings.IndexByte(" \t\r\n", s.raw[s.i]) >= 0 {
		s.i++
	}
}

func (s *scanner) take(c byte) bool {
	s.space()
	if s.i >= len(s.raw) || s.raw[s.i] != c {
		return false
	}
	s.i++
	return true
}

// stringSoFar reads a string; complete says that its closing quote has come. An escape that has not all come is left out.
func (s *scanner) stringSoFar() (text string, complete bool) {
	if !s.take('"') {
		return "", false
	}
	var b strings.Builder
	for s.i < len(s.raw) {
		switch c := s.raw[s.i]; {
		case c == '"':
			s.i++
			return b.String(), true
		case c == '\\':
			r, n := escape(s.raw[s.i:])
			if n == 0 {
				return b.String(), false
			}
			b.WriteRune(r)
			s.i += n
		default:
			r, n := utf8.DecodeRuneInString(s.raw[s.i:])
			if r == utf8.RuneError && n == 1 && !utf8.FullRuneInString(s.raw[s.i:]) {
				return b.String(), false
			}
			b.WriteRune(r)
			s.i += n
		}
	}
	return b.String(), false
}

// escape reads one escape at the start of raw and its length; 0 while it has not all come.
func escape(raw string) (rune, int) {
	if len(raw) < 2 {
		return 0, 0
	}
	if raw[1] != 'u' {
		if i := strings.IndexByte(`nrtbf`, raw[1]); i >= 0 {
			return rune("\n\r\t\b\f"[i]), 2
		}
		return rune(raw[1]), 2
	}
	hi, ok := hex4(raw[2:])
	if !ok {
		return 0, 0
	}
	if !utf16.IsSurrogate(hi) {
		return hi, 6
	}
	if len(raw) >= 8 && raw[6:8] != `\u` {
		return utf8.RuneError, 6
	}
	if len(raw) < 12 {
		return 0, 0
	}
	lo, _ := hex4(raw[8:])
	return utf16.DecodeRune(hi, lo), 12
}

func hex4(raw string) (r rune, ok bool) {
	if len(raw) < 4 {
		return 0, false
	}
	for i := range 4 {
		d := strings.IndexByte("0123456789abcdef", raw[i]|0x20)
		r = r<<4 | rune(max(0, d))
	}
	return r, true
}

// skipValue moves past a value; false while it has not all come.
func (s *scanner) skipValue() bool {
	s.space()
	depth := 0
	for s.i < len(s.raw) {
		switch s.raw[s.i] {
		case '"':
			if _, complete := s.stringSoFar(); !complete {
				return false
			}
			if depth == 0 {
				return true
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth == 0 {
				return true
			}
			depth--
			if depth == 0 {
				s.i++
				return true
			}
		case ',':
			if depth == 0 {
				return true
			}
		}
		s.i++
	}
	return false
}
