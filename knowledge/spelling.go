package knowledge

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// A word that is written otherwise than the shop writes it, by one letter, is taken for the shop's. The best candidates
// are the dictionary: they are about the same thing, and a word that stands in none of them hardly stands in the shop. What
// is found so counts only where it is surer than what was found as written.

// respelledFrom is the length of words, in letters, from which one letter more or less does not make another word.
const respelledFrom = 5

var wordPattern = regexp.MustCompile(`[\p{L}\p{M}\p{N}]+`)

// searchRespelled searches for the question in the shop's spelling, where that differs, unless the bot is sure already.
func (b *Base) searchRespelled(ctx context.Context, shop Shop, q Query, written Result, candidates []candidate) (Result, error) {
	if written.Decision == DecideAnswer {
		return written, nil
	}
	text := respell(q.Text, candidates)
	if text == q.Text {
		return written, nil
	}
	q.Text = text
	candidates, wordsOnly, err := b.find(ctx, shop, q)
	if err != nil {
		return Result{}, fmt.Errorf("search in shop %s: %w", shop.Slug, err)
	}
	if respelled := judge(shop, q, candidates, wordsOnly); respelled.Confidence > written.Confidence {
		return respelled, nil
	}
	return written, nil
}

// respell puts words of the candidates in the place of those that are one letter from them.
func respell(text string, candidates []candidate) string {
	if !strings.ContainsFunc(text, unicode.IsLetter) || len(candidates) == 0 {
		return text
	}
	var having map[string]int // how many candidates have a word; read when it is needed
	return wordPattern.ReplaceAllStringFunc(text, func(written string) string {
		word := strings.ToLower(written)
		letters := []rune(word)
		if len(letters) < respelledFrom || isHan(word) || strings.ContainsFunc(word, unicode.IsDigit) || inLexicon(word) {
			return written
		}
		if having == nil {
			having = wordsOf(candidates)
		}
		if having[word] > 0 {
			return written
		}
		best := written
		for other, n := range having {
			if m := having[best]; (n > m || n == m && other < best) && oneApart(letters, []rune(other)) {
				best = other
			}
		}
		return best
	})
}

// wordsOf counts the candidates that have a word, of the words that are long enough.
func wordsOf(candidates []candidate) map[string]int {
	having := make(map[string]int)
	for _, c := range candidates {
		if c.kind == kindNegative {
			continue
		}
		all := wordPattern.FindAllString(strings.ToLower(c.text), -1)
		slices.Sort(all)
		for _, word := range slices.Compact(all) {
			if len(word) >= respelledFrom && !isHan(word) {
				having[word]++
			}
		}
	}
	return having
}

// inLexicon says that a word is known, whatever the shop writes: a place, or what shoppers talk about.
func inLexicon(word string) bool {
	_, known := parseLexicon().stems[stem(word)]
	return known || len(placesNamed(word)) > 0
}

// oneApart says that two words differ by one letter that is left out, put in or replaced, or by two that have changed places.
// They begin alike: who mistypes the first letter notices.
func oneApart(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || len(b) < respelledFrom || a[0] != b[0] {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if i == len(a) {
		return len(b) > len(a)
	}
	if len(a) < len(b) {
		return slices.Equal(a[i:], b[i+1:])
	}
	return slices.Equal(a[i+1:], b[i+1:]) ||
		i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && slices.Equal(a[i+2:], b[i+2:])
}
