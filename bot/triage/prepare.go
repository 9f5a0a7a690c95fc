package triage

// prepare reads a text and finds its core: typing errors in the words that
// matter most are mended, greetings and "please" around a sentence set aside.
func (t *table) prepare(text string, limit int) *document {
	d := read(text, limit, t.known)
	for i := range d.tokens {
		if tok := &d.tokens[i]; tok.word && len(tok.text) >= 5 && !t.known(tok.text) {
			tok.text = t.mend(tok.text)
		}
	}
	for i := range d.tokens {
		d.tokens[i].id = t.vocab[d.tokens[i].text]
	}
	fillers := t.fillers.find(d)[gFiller]
	begins, ends := map[int]int{}, map[int]int{}
	for _, m := range fillers {
		begins[m.from], ends[m.to] = m.to, m.from
	}
	for i := range d.sentences {
		s := &d.sentences[i]
		for to, ok := begins[s.coreFrom]; ok && to < s.to; to, ok = begins[s.coreFrom] {
			s.coreFrom = to
		}
		for from, ok := ends[s.coreTo]; ok && from > s.coreFrom; from, ok = ends[s.coreTo] {
			s.coreTo = from
		}
	}
	return d
}

// mend returns the key word that is one slip away from word, or word itself.
func (t *table) mend(word string) string {
	for _, k := range t.keys {
		if k[0] == word[0] && oneSlip(word, k) {
			return k
		}
	}
	return word
}

// oneSlip tells whether one letter added, left out, changed or swapped with its
// neighbour turns a into b.
func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	if i == len(a) {
		return true
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
