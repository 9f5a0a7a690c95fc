package embed

import (
	"math"
	"sync"
	"unicode"
)

// Word is a word of a text as the table sees it: what stands between two spaces, in Chinese each piece.
type Word struct {
	Vector []float32 // of length one
	Weight float64   // how much it counts in the vector of a text: its length there
}

// What a Reader remembers at most, some 40 MB; then it begins anew.
const (
	mostTexts = 10_000
	mostWords = 30_000
)

// Reader reads texts word by word. It remembers what it has read, for the same passages are read again with each question. Safe for
// concurrent use.
type Reader struct {
	embedder *Builtin
	mu       sync.Mutex
	texts    map[string][]*Word
	words    map[string]*Word
}

// NewReader returns a reader that has read nothing.
func NewReader(b *Builtin) *Reader {
	return &Reader{embedder: b, texts: map[string][]*Word{}, words: map[string]*Word{}}
}

// Words are the distinct words of a text that have a letter or a digit in them and that the table knows, in their order. Nobody may
// write to them.
func (r *Reader) Words(text string) []*Word {
	r.mu.Lock()
	defer r.mu.Unlock()
	words, read := r.texts[text]
	if read {
		return words
	}
	if len(r.texts) >= mostTexts || len(r.words) >= mostWords {
		clear(r.texts)
		clear(r.words)
	}
	words = r.read(text)
	r.texts[text] = words
	return words
}

func (r *Reader) read(text string) (words []*Word) {
	s := r.embedder.scratch.Get().(*scratch)
	defer r.embedder.scratch.Put(s)
	s.normalise(text)
	r.embedder.table.segment(s)
	seen := make(map[*Word]bool, len(s.found))
	for first := 0; first < len(s.found); {
		end := s.wordFrom(first)
		if w := r.word(s, first, end); w != nil && !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
		first = end
	}
	return words
}

// wordFrom returns where the word ends that begins with this piece.
func (s *scratch) wordFrom(first int) int {
	end := first + 1
	if s.kind(first) != wordy {
		return end
	}
	for end < len(s.found) && s.kind(end) == wordy && s.runes[s.found[end].start] != wordStart {
		end++
	}
	return end
}

// What a piece is made of.
const (
	signs = iota
	wordy
	han
)

func (s *scratch) kind(piece int) int {
	kind := signs
	for _, r := range s.runes[s.found[piece].start:s.found[piece].end] {
		switch {
		case unicode.Is(unicode.Han, r):
			return han
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			kind = wordy
		}
	}
	return kind
}

// word sums up some pieces, or returns the word that they were before; nil where they are mere signs.
func (r *Reader) word(s *scratch, first, end int) *Word {
	letters := string(s.runes[s.found[first].start:s.found[end-1].end])
	w, read := r.words[letters]
	if read || s.kind(first) == signs {
		return w
	}
	w = &Word{}
	r.embedder.table.sum(s.found[first:end], s.sum)
	for _, x := range s.sum {
		w.Weight += x * x
	}
	w.Weight, w.Vector = math.Sqrt(w.Weight), unit(s.sum)
	r.words[letters] = w
	return w
}
