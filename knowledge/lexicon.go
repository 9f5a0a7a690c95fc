package knowledge

import (
	_ "embed" // what shoppers talk about, and where they live
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed lexicon/concepts.txt
var conceptsText string

//go:embed lexicon/gazetteer.txt
var gazetteerText string

//go:embed lexicon/simplified.txt
var simplifiedText string

// The longest entries of the lexicon that are looked for: in Chinese characters, and in words of other languages.
const (
	longestHan   = 6
	longestWords = 4
)

// place is a place that a text names: a market, or a part of one.
type place struct {
	name   string // ES, ES/canarias, or, where a part has no name of its own, the name found
	market string
	whole  bool   // the whole market
	union  string // what the market belongs to: EU
}

// lexicon knows many words for one thing. The table of meanings has a sense of this, too, but a weak one where words are
// rare, of another region or of another language.
type lexicon struct {
	han      map[string][]string // Chinese words to what they mean
	stems    map[string][]string // stems, joined by spaces, to what they mean
	places   map[string]place    // names in small letters without accents, and Chinese ones
	sameCase map[string]place    // names that are common words, too: Bath, Reading
}

// parseCharacters reads once which simplified character stands for a traditional one, or for what Cantonese writes.
var parseCharacters = sync.OnceValue(func() map[rune]rune {
	characters := make(map[rune]rune)
	for pair := range slices.Chunk([]rune(strings.TrimSpace(simplifiedText)), 2) {
		characters[pair[0]] = pair[len(pair)-1]
	}
	return characters
})

// parseLexicon reads the lists once.
var parseLexicon = sync.OnceValue(func() *lexicon {
	l := &lexicon{map[string][]string{}, map[string][]string{}, map[string]place{}, map[string]place{}}
	eachEntry(conceptsText, func(name, word string) {
		word = simplified(word)
		if isHan(word) {
			l.han[word] = append(l.han[word], name)
			return
		}
		key := strings.Join(words(word), " ")
		l.stems[key] = append(l.stems[key], name)
	})
	eachEntry(gazetteerText, func(name, word string) {
		name, union, _ := strings.Cut(name, " < ")
		market, part, _ := strings.Cut(name, "/")
		if part == "*" {
			name = market + "/" + word
		}
		p := place{name: name, market: market, whole: part == "", union: union}
		if lower := strings.ToLower(word); lower != word {
			l.sameCase[word] = p
		} else {
			l.places[plain(simplified(lower))] = p
		}
	})
	return l
})

// eachEntry reads lines of "name: word|word".
func eachEntry(list string, each func(name, word string)) {
	for line := range strings.Lines(list) {
		name, entries, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		for word := range strings.SplitSeq(entries, "|") {
			each(name, word)
		}
	}
}

func isHan(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// simplified is a text in small letters, with simplified characters.
func simplified(text string) string {
	text = strings.ToLower(norm.NFKC.String(text))
	if !isHan(text) {
		return text
	}
	characters := parseCharacters()
	return strings.Map(func(r rune) rune {
		if s, known := characters[r]; known {
			return s
		}
		return r
	}, text)
}

// concepts returns what a text with these words talks about, each thing once: what the lexicon has words for, and the
// places it names, with what they belong to. None of them looks like a word.
func concepts(text string, stems []string) []string {
	l := parseLexicon()
	var found []string
	longest(len(stems), longestWords, func(from, to int) bool {
		names, known := l.stems[strings.Join(stems[from:to], " ")]
		found = append(found, names...)
		return known
	})
	eachHan(text, func(word string) bool {
		names, known := l.han[word]
		found = append(found, names...)
		return known
	})
	for _, p := range placesNamed(text) {
		found = append(found, p.market)
		if !p.whole {
			found = append(found, p.name)
		}
		if p.union != "" {
			found = append(found, p.union)
		}
	}
	slices.Sort(found)
	found = slices.Compact(found)
	for i := range found {
		found[i] = "§" + found[i]
	}
	return found
}

// longest goes over n things from left to right and takes the longest run that is known, at most so many things long.
func longest(n, most int, known func(from, to int) bool) {
	for i := 0; i < n; {
		taken := 1
		for size := min(most, n-i); size > 0; size-- {
			if known(i, i+size) {
				taken = size
				break
			}
		}
		i += taken
	}
}

// eachHan looks for Chinese entries in a text.
func eachHan(text string, known func(word string) bool) {
	if !isHan(text) {
		return
	}
	runes := []rune(simplified(text))
	longest(len(runes), longestHan, func(from, to int) bool {
		// An entry may begin with a digit (1米8) and holds a Chinese character.
		return known(string(runes[from:to]))
	})
}

// placesNamed returns the places that a text names, each once.
func placesNamed(text string) []place {
	var named []place
	eachPlace(text, func(_ string, p place) {
		if !slices.Contains(named, p) {
			named = append(named, p)
		}
	})
	return named
}

// eachPlace finds the places that a text names, with the words that name them.
func eachPlace(text string, found func(word string, p place)) {
	l := parseLexicon()
	add := func(word string, p place, known bool) bool {
		if known {
			found(word, p)
		}
		return known
	}
	apart := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '.' || unicode.Is(unicode.Han, r)
	}
	written := strings.FieldsFunc(text, apart)
	fields := make([]string, len(written))
	for i, f := range written {
		fields[i] = plain(strings.ToLower(f))
		p, known := l.sameCase[strings.TrimRight(f, ".")]
		add(f, p, known)
	}
	longest(len(fields), longestWords, func(from, to int) bool {
		name := strings.Join(fields[from:to], " ")
		p, known := l.places[name]
		if !known {
			p, known = l.places[strings.TrimRight(name, ".")]
		}
		return add(name, p, known)
	})
	eachHan(text, func(word string) bool {
		p, known := l.places[word]
		return add(word, p, known)
	})
}
