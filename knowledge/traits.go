package knowledge

import (
	"math"
	"slices"
	"strings"
)

// traits is how what a shop has learned sees a text: its meaning, its words and what they mean, and the pieces of its
// words, which survive inflections and typing mistakes. Words and pieces have places by hash; each of the three parts is of
// length one. It depends on the text alone, so that a question and a passage can be compared whenever each was read.
type traits struct {
	meaning []float32
	places  []int32 // of words and pieces that are there, 0 … 2 × traitPlaces − 1, in order
	values  []float32
}

const (
	traitPlaces  = 512 // of words, and as many of pieces
	pieceFrom    = 3   // letters of a piece
	pieceTo      = 5
	traitsExtent = 2*traitPlaces + 1 // beside the meaning, with the constant that comes last
)

// traitsVersion says how traits are read, and with words and concepts in them, of which words.
const traitsVersion = 2_000 + wordsVersion

func traitsOf(text string, meaning []float32) traits {
	t := traits{meaning: meaning}
	var hashes []uint64
	all := words(text)
	for _, w := range append(all, concepts(text, all)...) {
		hashes = append(hashes, traitHash(w))
	}
	t.add(0, hashes)
	t.add(traitPlaces, pieces(text, hashes[:0]))
	return t
}

// add puts what is there into the places from the first on. The sign that a hash also gives keeps those that meet in a place
// from adding up.
func (t *traits) add(first int32, hashes []uint64) {
	slices.Sort(hashes)
	var at [traitPlaces]float32
	for _, h := range slices.Compact(hashes) {
		if place := h % traitPlaces; h>>40&1 == 1 {
			at[place]++
		} else {
			at[place]--
		}
	}
	var length float64
	for _, x := range at {
		length += float64(x * x)
	}
	for place, x := range at {
		if x != 0 {
			t.places = append(t.places, first+int32(place))
			t.values = append(t.values, x/float32(math.Sqrt(length)))
		}
	}
}

// traitHash is FNV-1a, written out because a question has some hundred pieces; its low bits alone are poor for texts so short.
func traitHash(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h ^ h>>32
}

// pieces adds the hashes of the runs of letters of each word, with its begin and end as one letter each.
func pieces(text string, hashes []uint64) []uint64 {
	var starts []int
	for word := range strings.FieldsSeq(simplified(text)) {
		word, starts = " "+word+" ", starts[:0]
		for i := range word {
			starts = append(starts, i)
		}
		starts = append(starts, len(word))
		for n := pieceFrom; n <= pieceTo; n++ {
			for i := 0; i+n < len(starts); i++ {
				hashes = append(hashes, traitHash(word[starts[i]:starts[i+n]]))
			}
		}
	}
	return hashes
}

// whole is the vector of the traits, meaning first and the constant last.
func (t traits) whole() []float32 {
	all := make([]float32, len(t.meaning)+traitsExtent)
	copy(all, t.meaning)
	for i, place := range t.places {
		all[len(t.meaning)+int(place)] = t.values[i]
	}
	all[len(all)-1] = 1
	return all
}
