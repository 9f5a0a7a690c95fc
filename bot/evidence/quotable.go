package evidence

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// quotable is a sentence of a source as it can be said by itself: a point of a list with what opens the list, a numbered list as a whole.
type quotable struct {
	text  string
	leans bool   // it goes on from the one before: "It is then …"
	open  string // the line that opens its list
	point bool
}

// quotables cuts a source's text; questions and what only opens a list are not said by themselves.
func quotables(text string) []quotable {
	var out []quotable
	open, steps := "", -1
	for _, s := range Sentences(text) {
		number, point := listed(s)
		switch {
		case number && steps >= 0:
			out[steps].text += "\n" + s
		case number:
			steps = len(out)
			out = append(out, quotable{text: strings.TrimPrefix(open+"\n"+s, "\n"), point: true})
		case point:
			out = append(out, quotable{text: s, open: open, point: true})
		case strings.HasSuffix(s, ":") || strings.HasSuffix(s, "："):
			open, steps = s, -1
		case strings.HasSuffix(s, "?") || strings.HasSuffix(s, "？"):
			open, steps = "", -1
		default:
			out = append(out, quotable{text: s, leans: len(out) > 0 && leaning(s)})
			open, steps = "", -1
		}
	}
	return out
}

// listed tells a step of a numbered list from a point of another.
func listed(s string) (number, point bool) {
	digits := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if digits > 0 && digits <= 2 {
		rest := s[digits:]
		number = strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") ") || strings.HasPrefix(rest, "、") || strings.HasPrefix(rest, "．")
	}
	return number, strings.HasPrefix(s, "- ") || strings.HasPrefix(s, "• ") || strings.HasPrefix(s, "* ") || strings.HasPrefix(s, "-") && len(s) > 1 && !isDigit(s[1])
}

// leaning tells a sentence that begins with a word for something said before.
func leaning(s string) bool {
	word := strings.ToLower(s[:max(0, strings.IndexFunc(s+" ", func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' }))])
	if r, _ := utf8.DecodeRuneInString(s); unicode.Is(unicode.Han, r) {
		return strings.ContainsRune("它其这那此该", r)
	}
	return leans[word]
}

var leans = set("it its it's they their them these those this that then both neither este esta estos estas ese esa eso esto ambos ambas entonces luego ahi ahí")
