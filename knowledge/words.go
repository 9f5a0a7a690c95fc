package knowledge

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"github.com/kljensen/snowball/english"
	"github.com/kljensen/snowball/spanish"
	"github.com/pgvector/pgvector-go"
	"golang.org/x/text/unicode/norm"
)

// The word leg is BM25 (Robertson and Zaragoza, 2009). A passage's weights stand in its sparsevec, the inverse document
// frequencies are on the question's side, and the inner product of the two is the score.
//
// The average length is a constant, not the shop's own: a stored weight then never goes stale when other articles come
// and go. Ten is what questions of shoppers measure in all three languages once Chinese is counted in bigrams.
const (
	bm25K1        = 1.2
	bm25B         = 0.75
	averageLength = 10
)

// wordSpace is the dimension of the sparse vectors, the most that pgvector takes: at this size two of a shop's some
// ten thousand words hardly ever meet.
const wordSpace = 1_000_000_000

// maxWords bounds the distinct words of a passage or question, because an index on sparsevec takes a thousand at most.
const maxWords = 500

// words splits a text into what the word leg compares: Chinese and Japanese in bigrams (a character alone stands for
// itself), other words as stems, codes and numbers as they are. Questions and passages go through the same steps,
// whatever their locale is thought to be.
func words(text string) []string {
	s := splitter{}
	for _, r := range simplified(text) {
		s.add(r)
	}
	s.endRun()
	s.endCode()
	return s.words
}

// splitter collects words rune by rune.
type splitter struct {
	words []string
	run   []rune // of one script
	han   bool   // the run is Chinese or Japanese
	code  []rune // runs joined by hyphens and the like: AB-1234
	parts int    // runs in code
}

func (s *splitter) add(r rune) {
	switch {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー':
		if !s.han {
			s.endRun()
			s.endCode()
		}
		s.han = true
		s.run = append(s.run, r)
	case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r):
		if s.han {
			s.endRun()
		}
		s.han = false
		s.run = append(s.run, r)
	case r == '\'' || r == '’':
		// don't and dont are one word
	case strings.ContainsRune("-_./", r) && len(s.run) > 0 && !s.han:
		s.endRun()
	default:
		s.endRun()
		s.endCode()
	}
}

// endRun makes words of the run.
func (s *splitter) endRun() {
	run := s.run
	s.run = s.run[:0]
	switch {
	case len(run) == 0:
		return
	case !s.han:
		s.words = append(s.words, stem(string(run)))
		s.code = append(s.code, run...)
		s.parts++
	case len(run) == 1:
		s.words = append(s.words, string(run))
	default:
		for i := 0; i+2 <= len(run); i++ {
			s.words = append(s.words, string(run[i:i+2]))
		}
	}
	s.han = false
}

// endCode adds a joined code as one more word: AB-1234, ab 1234 and AB1234 should meet.
func (s *splitter) endCode() {
	if s.parts > 1 && slices.ContainsFunc(s.code, unicode.IsDigit) {
		s.words = append(s.words, string(s.code))
	}
	s.code, s.parts = s.code[:0], 0
}

// stem takes a word to a form that its inflections share. The English and the Spanish stemmer run one after the
// other on every word: who guesses the language of a three-word question guesses wrong too often, and a stem need
// not be a word, only the same on both sides. Accents go first, because shoppers leave them out.
func stem(word string) string {
	if strings.ContainsFunc(word, unicode.IsDigit) {
		return word
	}
	word = plain(word)
	if len(word) < 3 {
		return word
	}
	word = english.Stem(word, false)
	if strings.HasSuffix(word, "acion") || strings.HasSuffix(word, "ucion") {
		word = strings.TrimSuffix(word, "on") + "ón"
	}
	return plain(spanish.Stem(word, false))
}

// plain takes the accents off a word.
func plain(word string) string {
	for _, r := range word {
		if r >= 0x80 {
			return norm.NFC.String(strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Mn, r) {
					return -1
				}
				return r
			}, norm.NFD.String(word)))
		}
	}
	return word
}

// hashWord gives a word its place in the sparse vector, 1 … wordSpace.
func hashWord(word string) int32 {
	h := fnv.New64a()
	h.Write([]byte(word))
	return int32(h.Sum64()%wordSpace) + 1
}

// passageWords returns the BM25 weights of a passage by word, and by what its words mean.
func passageWords(text string) map[int32]float32 {
	all := words(text)
	counts := make(map[int32]float64, len(all))
	for _, w := range all {
		h := hashWord(w)
		if _, known := counts[h]; known || len(counts) < maxWords {
			counts[h]++
		}
	}
	for _, c := range concepts(text, all) { // these stand for words that are counted already
		counts[hashWord(c)] = 1
	}
	norm := bm25K1 * (1 - bm25B + bm25B*float64(len(all))/averageLength)
	weights := make(map[int32]float32, len(counts))
	for h, n := range counts {
		weights[h] = float32(n * (bm25K1 + 1) / (n + norm))
	}
	return weights
}

// questionWords returns the distinct words of a question and what they mean, in no order that means anything.
func questionWords(text string) []int32 {
	var distinct []int32
	all := words(text)
	for _, w := range append(all, concepts(text, all)...) {
		h := hashWord(w)
		if len(distinct) < maxWords && !slices.Contains(distinct, h) {
			distinct = append(distinct, h)
		}
	}
	return distinct
}

// sparsevec is the stored form; in SQL the place of a word is its hash, in pgvector-go one less.
func sparsevec(weights map[int32]float32) pgvector.SparseVector {
	shifted := make(map[int32]float32, len(weights))
	for h, w := range weights {
		shifted[h-1] = w
	}
	return pgvector.NewSparseVectorFromMap(shifted, wordSpace)
}
