package triage

const (
	hanGram   = 4  // the longest run of Han characters that is one feature
	shortGram = 3  // letters of the shortest
	longGram  = 5  // and of the longest piece of a word that is one feature
	wordRead  = 20 // letters read of a word
	keySeed   = 2166136261
	keyPrime  = 16777619
)

// feature is a hashed piece of text and the tokens it was made of.
type feature struct {
	key      uint32
	from, to int32
}

// key hashes (FNV-1a) what kind of feature it is, then its text.
func key(kind byte, parts ...string) uint32 {
	h := uint32(keySeed)
	h = (h ^ uint32(kind)) * keyPrime
	for i, p := range parts {
		if i > 0 {
			h = (h ^ ' ') * keyPrime
		}
		h = hashOn(h, p)
	}
	return h
}

func hashOn(h uint32, s string) uint32 {
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * keyPrime
	}
	return h
}

// features returns the n-grams of a document in order: words, pairs of words, words behind a negation, pieces of
// words, runs of Han characters, faces, and what the punctuation says. A key may come twice.
func (d *document) features(negated []bool) []feature {
	out := make([]feature, 0, 16*len(d.tokens)+8)
	add := func(k uint32, from, to int) { out = append(out, feature{k, int32(from), int32(to)}) }
	for i := range d.tokens {
		tok := &d.tokens[i]
		pair := i+1 < len(d.tokens) && d.tokens[i+1].sentence == tok.sentence && !d.tokens[i+1].comma
		switch {
		case tok.emoji:
			add(key('e', tok.text), i, i+1)
		case tok.word:
			add(key('w', tok.text), i, i+1)
			if pair {
				add(key('p', tok.text, d.tokens[i+1].text), i, i+2)
			}
			if negated[i] {
				add(key('x', tok.text), i, i+1)
			}
			d.letterGrams(i, add)
		case tok.text[0] >= 0x80:
			d.hanGrams(i, add)
		default:
			add(key('n'), i, i+1)
		}
	}
	for i, s := range d.sentences {
		mark := s.mark()
		add(key('s', mark), s.to-1, s.to)
		add(key('f', mark, d.tokens[s.from].text), s.from, s.from+1)
		add(key('l', mark, d.tokens[s.to-1].text), s.to-1, s.to)
		if i == len(d.sentences)-1 {
			add(key('z', mark), s.to-1, s.to)
		}
	}
	return out
}

// mark is how a sentence ends.
func (s *sentence) mark() string {
	switch {
	case s.question:
		return "?"
	case s.exclaims > 1:
		return "!!"
	case s.exclaims > 0:
		return "!"
	}
	return "."
}

// letterGrams adds the pieces of word i, its beginning and end marked.
func (d *document) letterGrams(i int, add func(uint32, int, int)) {
	w := d.tokens[i].text
	if len(w) > wordRead {
		w = w[:wordRead]
	}
	if len(w) < shortGram {
		return
	}
	var padded [wordRead + 2]byte
	padded[0] = '<'
	n := copy(padded[1:], w) + 1
	padded[n] = '>'
	n++
	for from := 0; from < n; from++ {
		h := uint32(keySeed)
		h = (h ^ 'c') * keyPrime
		for to := from; to < n && to < from+longGram; to++ {
			h = (h ^ uint32(padded[to])) * keyPrime
			if to-from+1 >= shortGram {
				add(h, i, i+1)
			}
		}
	}
}

// hanGrams adds the runs of Han characters that begin at token i.
func (d *document) hanGrams(i int, add func(uint32, int, int)) {
	h := uint32(keySeed)
	h = (h ^ 'h') * keyPrime
	for j := i; j < len(d.tokens) && j < i+hanGram; j++ {
		tok := &d.tokens[j]
		if tok.word || tok.emoji || tok.text[0] < 0x80 || j > i && (tok.comma || tok.sentence != d.tokens[i].sentence) {
			return
		}
		h = hashOn(h, tok.text)
		add(h, i, j+1)
	}
}
