package bot

import (
	"strings"
	"unicode"

	"frontdesk/bot/evidence"
)

// ground is what a draft's sentences may lean on: the passages, and beside them the shopper's words.
type ground struct {
	sentences []string // of the passages
	passages  map[string]bool
	shopper   map[string]bool
	abroad    bool                      // every passage is in another language than the draft
	similar   func(a, b string) float64 // of two texts' meaning across languages, −1 … 1; may be nil
}

// A sentence stands on the passages when its words and its meaning together are near enough to theirs. The bounds were
// measured on hand-written paraphrases in three languages against what a model writes that follows orders in its data.
const (
	wordShare    = 0.5  // how much a full share of common words counts beside a similarity of 1
	nearEnough   = 0.42 // with passages in the draft's language
	nearAbroad   = 0.33 // with passages in another language alone
	nearAnchored = 0.25 // for a sentence whose figures stand there
	wordsAlone   = 0.5  // the share of common words that must do without an embedder
	shopperShare = 0.5  // how much a word counts that only the shopper said
)

func newGround(sources []evidence.Source, abroad bool, similar func(a, b string) float64) *ground {
	g := &ground{passages: map[string]bool{}, shopper: map[string]bool{}, abroad: abroad, similar: similar}
	for _, s := range sources {
		if s.Kind == evidence.Shopper {
			addWords(g.shopper, s.Text)
			continue
		}
		addWords(g.passages, s.Text)
		g.sentences = append(g.sentences, evidence.Sentences(s.Text)...)
		g.sentences = append(g.sentences, s.Text)
	}
	return g
}

// holds says whether a sentence says what the passages say. It looks at words and meaning, not at truth: figures, dates
// and the like are for the evidence check. A word that only the shopper used counts half where the passages have others,
// so that nobody can put words into the shop's mouth. Anchored is a sentence whose figures are known to stand there.
func (g *ground) holds(sentence string, anchored bool) bool {
	words := map[string]bool{}
	addWords(words, sentence)
	if len(words) == 0 {
		return true // nothing is said
	}
	here, echoed := 0.0, 0.0
	for w := range words {
		switch {
		case g.passages[w]:
			here++
		case g.shopper[w]:
			echoed++
		}
	}
	share := (here + shopperShare*min(echoed, here)) / float64(len(words))
	if g.similar == nil {
		return share >= wordsAlone
	}
	bound := nearEnough
	switch {
	case anchored:
		bound = nearAnchored
	case g.abroad:
		bound = nearAbroad
	}
	return g.near(sentence)+wordShare*share >= bound
}

// near is how close in meaning the sentence is to the passage sentence that is closest.
func (g *ground) near(sentence string) float64 {
	best := -1.0
	for _, s := range g.sentences {
		best = max(best, g.similar(sentence, s))
	}
	return best
}

// addWords adds what a text says, apart from the words that every text has: pairs of Chinese characters, and the beginnings
// of other words without their accents.
func addWords(set map[string]bool, text string) {
	var word []rune
	flush := func() {
		if w := string(word[:min(len(word), 5)]); len(word) > 0 && !commonWords[string(word)] {
			set[w] = true
		}
		word = word[:0]
	}
	var han rune
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.Is(unicode.Han, r):
			flush()
			if han != 0 && !strings.ContainsRune(commonHan, r) && !strings.ContainsRune(commonHan, han) {
				set[string([]rune{han, r})] = true
			}
			han = r
			continue
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			word = append(word, unaccented(r))
		default:
			flush()
		}
		han = 0
	}
	flush()
}

func unaccented(r rune) rune {
	const from, to = "áàâäãéèêëíìîïóòôöõúùûüñç", "aaaaaeeeeiiiiooooouuuunc"
	if i := strings.IndexRune(from, r); i >= 0 {
		return rune(to[len([]rune(from[:i]))])
	}
	return r
}

// commonHan are the characters that join and soften: a pair with one of them says little.
const commonHan = "的了吗呢吧啊呀哦哈嘛您你我们他她它是在和与也都就会能可以要请把被对从到为这那亲一不有"

// commonWords are the words that English and Spanish sentences share whatever they are about.
var commonWords = wordSet(`a an the and or but if of in on at to for from by with as is are was were be been it its this that these those
	you your yours we our us i me my they their them he she his her do does did have has had will would can could may might must should
	not no yes so than then there here when where which who what how all any some more most other into over under up down out about just
	also very too please once el la los las un una unos unas y o pero si de del al en con por para a es son era ser sera esta estan este
	esto estos estas ese esa eso tu tus te ti su sus se me mi nos lo le les que como cuando donde cual quien no mas muy ya tambien puedes
	puede pueden hay ha has han he hemos haya sin sobre entre hasta desde porque todo toda todos todas otro otra`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
