package triage

import (
	"unicode"
	"unicode/utf8"
)

// token is one word, one Han character or one emoji of a text.
type token struct {
	text     string // normalised: lower case, accents folded, what the tables are written in
	id       int32  // number of the word in the tables, 0 for none
	from, to int    // bytes of document.text
	sentence int    // index into document.sentences
	comma    bool   // punctuation stands between this token and the one before
	word     bool   // letters of an alphabet, not Han, digits or emoji
	emoji    bool
}

// sentence is a run of tokens that ends at a full stop or a new line.
type sentence struct {
	from, to         int // tokens
	coreFrom, coreTo int // the same without greetings and "please" around it
	start, end       int // bytes of document.text
	question         bool
	exclaims         int
}

// document is a text made ready for the tables.
type document struct {
	text      string // NFKC, invisible characters removed, bounded
	tokens    []token
	sentences []sentence
	upper     int // letters in capitals, of words of two letters or more
	letters   int // letters that could be in capitals
	exclaims  int
	questions int
	alike     []group // of which a look-alike was found
	public    bool    // speaks to @somebody
	stretched bool    // letters repeated for emphasis, "soooo"
}

// surface returns the words of tokens from..to as they were written.
func (d *document) surface(from, to int) string {
	return d.text[d.tokens[from].from:d.tokens[to-1].to]
}

// read splits a text into tokens and sentences; known tells the words of the
// tables, which decides how stretched letters are read.
func read(text string, limit int, known func(string) bool) *document {
	d := &document{text: clean(text, limit)}
	d.tokens = make([]token, 0, len(d.text)/4+1)
	s := sentence{}
	comma := false
	closeSentence := func(end int) {
		s.to, s.end = len(d.tokens), end
		if s.to > s.from {
			s.coreFrom, s.coreTo = s.from, s.to
			d.sentences = append(d.sentences, s)
			s = sentence{from: len(d.tokens), start: end}
		} else if n := len(d.sentences); n > 0 { // "!?" after the stop still belongs to the sentence before
			d.sentences[n-1].exclaims += s.exclaims
			d.sentences[n-1].question = d.sentences[n-1].question || s.question
			d.sentences[n-1].end = end
			s = sentence{from: len(d.tokens), start: end}
		}
		comma = false
	}
	for i := 0; i < len(d.text); {
		r, size := utf8.DecodeRuneInString(d.text[i:])
		end := i + size
		switch {
		case isHan(r):
			d.add(token{text: d.text[i:end], from: i, to: end, sentence: len(d.sentences), comma: comma})
			comma = false
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			end = i + wordEnd(d.text[i:])
			d.addWord(i, end, comma, known)
			comma = false
		case isEmoji(r):
			d.add(token{text: d.text[i:end], from: i, to: end, sentence: len(d.sentences), comma: comma, emoji: true})
			comma = false
		case r == '\n' || r == '。' || r == '!' || r == '?' || r == ';' || r == '.' && endsSentence(d.text[end:]):
			if r == '!' {
				s.exclaims++
				d.exclaims++
			}
			if r == '?' {
				s.question = true
				d.questions++
			}
			closeSentence(end)
		case r == '@' && (i == 0 || d.text[i-1] == ' ') && end < len(d.text) && d.text[end] != ' ':
			d.public = true
		case unicode.IsPunct(r):
			comma = r != '-' && r != '\'' && r != '/'
		}
		i = end
	}
	closeSentence(len(d.text))
	return d
}

func (d *document) add(t token) { d.tokens = append(d.tokens, t) }

func (d *document) addWord(from, to int, comma bool, known func(string) bool) {
	raw := d.text[from:to]
	upper, letters := 0, 0
	for _, r := range raw {
		if unicode.IsUpper(r) {
			upper++
		}
		if unicode.IsUpper(r) || unicode.IsLower(r) {
			letters++
		}
	}
	if letters > 1 {
		d.upper += upper
		d.letters += letters
	}
	text, stretched := unstretch(fold(raw), known)
	d.stretched = d.stretched || stretched
	d.add(token{text: text, from: from, to: to, sentence: len(d.sentences), comma: comma, word: letters > 0})
}

// wordEnd returns the bytes of the word that s begins with. Apostrophes and the
// stars of a masked swear word stay inside.
func wordEnd(s string) int {
	for i, r := range s {
		switch {
		case isHan(r):
			return i
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
		case (r == '\'' || r == '’' || r == '*') && i+utf8.RuneLen(r) < len(s):
			next, _ := utf8.DecodeRuneInString(s[i+utf8.RuneLen(r):])
			if next != '*' && (!unicode.IsLetter(next) || isHan(next)) {
				return i
			}
		default:
			return i
		}
	}
	return len(s)
}

// endsSentence tells a full stop from the points of 12.50, shop.com and "wait...".
func endsSentence(rest string) bool {
	if rest == "" {
		return true
	}
	r, _ := utf8.DecodeRuneInString(rest)
	return unicode.IsSpace(r) || isHan(r)
}

func isHan(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x2E80 && unicode.Is(unicode.Han, r)
}

func isEmoji(r rune) bool {
	return r >= 0x1F000 && r <= 0x1FAFF || r >= 0x2600 && r <= 0x27BF || r == 0x2B50 || r == 0x2B55
}
