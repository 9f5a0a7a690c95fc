package evidence

import (
	"unicode"
	"unicode/utf8"
)

// kind of token.
type tk uint8

const (
	tWord  tk = iota // letters of an alphabet
	tHan             // one Chinese character
	tNum             // a number in digits
	tCode            // letters and digits mixed
	tLink            // a web address, or a path on the shop's site
	tEmail           // an e-mail address
	tPunct           // anything else that is no space
)

// tok is one token. from and to are offsets into the folded text.
type tok struct {
	kind     tk
	spaced   bool // white space stands before it
	line     bool // it begins a line
	s        string
	from, to int
	num      amount // of a tNum
	frac     bool   // the tNum was written with a fraction
	lang     lang
	known    *known // what the lexicon has that begins with this token; may be nil
}

// lexer walks once over a folded text.
type lexer struct {
	f    folded
	i    int
	toks []tok
}

func lex(f folded) []tok {
	l := &lexer{f: f, toks: make([]tok, 0, len(f.low)/3+8)}
	spaced, line := true, true
	for l.i < len(f.low) {
		c := f.low[l.i]
		if c == ' ' || c == '\t' || c == '\n' || c == '\r' {
			spaced = true
			line = line || c == '\n'
			l.i++
			continue
		}
		n := len(l.toks)
		l.next(c)
		if len(l.toks) > n {
			l.toks[n].spaced, l.toks[n].line = spaced, line
			spaced, line = false, false
		}
	}
	for i := range l.toks {
		l.toks[i].known = lexicon[l.toks[i].s]
	}
	return l.toks
}

func (l *lexer) emit(k tk, to int) {
	l.toks = append(l.toks, tok{kind: k, s: l.f.low[l.i:to], from: l.i, to: to})
	l.i = to
}

func (l *lexer) next(c byte) {
	s := l.f.low
	switch {
	case isAlpha(c) || isDigit(c):
		if to, k := address(s, l.i); to > 0 {
			l.emit(k, to)
			return
		}
		l.alnum()
	case c == '/' && l.i+1 < len(s) && isAlpha(s[l.i+1]) && (l.i == 0 || !wordish(s[l.i-1])):
		l.emit(tLink, trimLink(s, l.i, urlEnd(s, l.i)))
	case c < utf8.RuneSelf:
		if c < ' ' {
			l.i++
			return
		}
		l.emit(tPunct, l.i+1)
	default:
		r, n := utf8.DecodeRuneInString(s[l.i:])
		switch {
		case unicode.Is(unicode.Han, r) || r == '〇':
			l.emit(tHan, l.i+n)
		case unicode.IsLetter(r):
			to := l.i + n
			for to < len(s) {
				r, n := utf8.DecodeRuneInString(s[to:])
				if !unicode.IsLetter(r) || unicode.Is(unicode.Han, r) {
					break
				}
				to += n
			}
			l.emit(tWord, to)
		default:
			l.emit(tPunct, l.i+n)
		}
	}
}

// longestRun bounds a number, a word or a code; what is longer is read in parts.
const longestRun = 80

// alnum reads a run of ASCII letters and digits: a word, a number, a number with its unit ("7days", "180cm"),
// a unit with its number ("EU38", "RMB199"), or a code ("WELCOME10", "FD-2026-11").
func (l *lexer) alnum() {
	s, to := l.f.low, l.i
	letters, digits := 0, 0
	for to < len(s) && to < l.i+longestRun && (isAlpha(s[to]) || isDigit(s[to])) {
		if isAlpha(s[to]) {
			letters++
		} else {
			digits++
		}
		to++
	}
	switch {
	case digits == 0:
		if end := l.dashedCode(to); end > to {
			l.emit(tCode, end)
			return
		}
		for to+1 < len(s) && s[to] == '\'' && isAlpha(s[to+1]) {
			for to++; to < len(s) && isAlpha(s[to]); to++ {
			}
		}
		l.emit(tWord, to)
	case letters == 0:
		l.number()
	default:
		l.mixed(to)
	}
}

// dashedCode extends capitals that are joined by hyphens to something with digits: "FD-20261123", "SKU-A-12".
func (l *lexer) dashedCode(to int) int {
	s := l.f.low
	if to-l.i < 2 || !upper(l.f.cased[l.i:to]) || hasClass(s[l.i:to], cSystem) || hasClass(s[l.i:to], cCurrency) {
		return to
	}
	end, digits := to, 0
	for end+1 < len(s) && (s[end] == '-' || s[end] == '_') && (isDigit(s[end+1]) || isAlpha(s[end+1])) {
		for end++; end < len(s) && (isAlpha(s[end]) || isDigit(s[end])); end++ {
			if isDigit(s[end]) {
				digits++
			}
		}
	}
	if digits < 2 {
		return to
	}
	return end
}

func (l *lexer) mixed(to int) {
	s := l.f.low
	if isDigit(s[l.i]) {
		k := l.i
		for isDigit(s[k]) {
			k++
		}
		rest := s[k:to]
		if rest[0] == 'x' && len(rest) > 1 && isDigit(rest[1]) { // 50x60cm
			l.number()
			return
		}
		if allLetters(rest) && attachable(rest) && !(k < len(s) && s[k] == '-') {
			l.number()
			return
		}
	} else {
		k := l.i
		for isAlpha(s[k]) {
			k++
		}
		times := s[l.i:k] == "x" && l.i > 0 && isDigit(s[l.i-1])
		if times || allDigits(s[k:to]) && (hasClass(s[l.i:k], cSystem) || hasClass(s[l.i:k], cCurrency) || hasClass(s[l.i:k], cMonth)) {
			l.emit(tWord, k)
			return
		}
	}
	for to+1 < len(s) && (s[to] == '-' || s[to] == '_') && (isDigit(s[to+1]) || upper(l.f.cased[to+1:to+2])) {
		for to++; to < len(s) && (isAlpha(s[to]) || isDigit(s[to])); to++ {
		}
	}
	l.emit(tCode, to)
}

// attachable tells whether letters directly after digits are a unit rather than part of a code.
func attachable(w string) bool {
	for _, c := range [...]class{cUnit, cCurrency, cMeridiem, cOrdinal, cPercent, cMonth, cSystem} {
		if hasClass(w, c) {
			return true
		}
	}
	return w == "k" || w == "x" || w == "z"
}

// number reads digits with their separators.
func (l *lexer) number() {
	s, to := l.f.low, l.i
	for to < len(s) && isDigit(s[to]) {
		to++
	}
	for to+1 < len(s) && to < l.i+longestRun && (s[to] == '.' || s[to] == ',') && isDigit(s[to+1]) {
		for to++; to < len(s) && isDigit(s[to]); to++ {
		}
	}
	v, frac, end := decimal(s[l.i:to])
	to = l.i + end
	l.emit(tNum, to)
	t := &l.toks[len(l.toks)-1]
	t.num, t.frac = v, frac
}

func isAlpha(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' }
func isDigit(c byte) bool { return '0' <= c && c <= '9' }
func wordish(c byte) bool { return isAlpha(c) || isDigit(c) || c == '/' || c == '.' }

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func allLetters(s string) bool {
	for i := range len(s) {
		if !isAlpha(s[i]) {
			return false
		}
	}
	return s != ""
}

// upper tells whether a run of ASCII letters and digits has capitals and no small letters.
func upper(s string) bool {
	some := false
	for i := range len(s) {
		if 'a' <= s[i] && s[i] <= 'z' {
			return false
		}
		some = some || 'A' <= s[i] && s[i] <= 'Z'
	}
	return some
}
