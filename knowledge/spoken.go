package knowledge

import (
	_ "embed" // how people of a region, or in a hurry, write
	"strings"
	"sync"
	"unicode"
)

//go:embed lexicon/spoken.txt
var spokenText string

// spoken has the standard words for those of a region or of haste: Chinese ones, and words of other languages in small letters.
type spoken struct {
	han   map[string]string
	words map[string]string
}

var parseSpoken = sync.OnceValue(func() *spoken {
	s := &spoken{map[string]string{}, map[string]string{}}
	eachEntry(spokenText, func(standard, word string) {
		if isHan(word) {
			s.han[word] = standard
		} else {
			s.words[plain(word)] = standard
		}
	})
	return s
})

// Standard is a text in the words that most people write: 点解仲未寄 is 为什么还没寄, and "when will u send it" asks you. The longest
// entry wins. Places and codes stay.
func Standard(text string) string {
	s := parseSpoken()
	runes := []rune(text)
	low := []rune(simplified(text))
	if len(low) != len(runes) { // a sign that is several in another form: rare, and not worth a map of places
		return text
	}
	var out strings.Builder
	for i := 0; i < len(runes); {
		switch {
		case unicode.Is(unicode.Han, low[i]):
			n := 0
			for size := min(longestHan, len(low)-i); size > 0 && n == 0; size-- {
				word, known := s.han[string(runes[i:i+size])]
				if !known { // in traditional characters
					word, known = s.han[string(low[i:i+size])]
				}
				if known {
					out.WriteString(word)
					n = size
				}
			}
			if n == 0 {
				out.WriteRune(low[i]) // traditional characters are another way of writing, too
				n = 1
			}
			i += n
		case unicode.IsLetter(low[i]):
			n := s.wordAt(low, i, &out)
			if n == 0 {
				n = wordEnd(low, i) - i
				out.WriteString(string(runes[i : i+n]))
			}
			i += n
		default:
			out.WriteRune(runes[i])
			i++
		}
	}
	return out.String()
}

// wordAt writes the standard words for the longest run of words at i that the list has, and returns its length.
func (s *spoken) wordAt(low []rune, i int, out *strings.Builder) int {
	var ends []int
	for end := wordEnd(low, i); len(ends) < longestWords; end = wordEnd(low, end+1) {
		ends = append(ends, end)
		if end+1 >= len(low) || low[end] != ' ' || !unicode.IsLetter(low[end+1]) {
			break
		}
	}
	for j := len(ends) - 1; j >= 0; j-- {
		if word, known := s.words[plain(string(low[i:ends[j]]))]; known {
			out.WriteString(word)
			return ends[j] - i
		}
	}
	return 0
}

func wordEnd(runes []rune, i int) int {
	for i < len(runes) && (unicode.IsLetter(runes[i]) && !unicode.Is(unicode.Han, runes[i]) || unicode.IsDigit(runes[i]) || runes[i] == '\'' || runes[i] == '’') {
		i++
	}
	return i
}
