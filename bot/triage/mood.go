package triage

import (
	"math"
	"slices"
)

// moodReading is how a text feels, and what in it said so.
type moodReading struct {
	value   float64  // -1..1
	words   []string // that said something bad, in the order of the text
	lifted  float64  // how much bad news was denied, 0..1
	sunk    float64  // and how much praise
	worst   float64  // of the words that said something bad, at most 0
	shouted float64  // what capitals and marks add
	insults []string
}

const (
	softLimit   = 0.85 // facts alone ("late", "broken") weigh no more than this
	curve       = 12.0 // value = x / sqrt(x² + curve): -3 ("terrible") reads as -0.65
	labelBound  = 0.3  // beyond it a turn is called negative or positive
	angerBound  = 0.7  // beyond it a turn is anger, level 2
	capsLetters = 12   // so many letters, nearly all capitals, are shouting
)

// modifiers tells, per token, what boosts or negates what follows.
type modifiers struct {
	boost  []float64
	negate []bool
	iffy   []bool // an "if" stands before in the same sentence
	after  []bool // a "but" stands before in the same sentence
	before []bool // a "but" comes later in the same sentence
}

func modify(d *document, found map[group][]match) modifiers {
	n := len(d.tokens)
	m := modifiers{make([]float64, n), make([]bool, n), make([]bool, n), make([]bool, n), make([]bool, n)}
	for _, b := range found[gBoost] {
		for i := b.from; i < b.to; i++ {
			m.boost[i] = b.score
		}
	}
	for _, b := range found[gNegate] {
		for i := b.from; i < b.to; i++ {
			m.negate[i] = true
		}
	}
	for _, b := range found[gIf] {
		for i := b.to; i < d.sentences[d.tokens[b.from].sentence].to; i++ {
			m.iffy[i] = true
		}
	}
	for _, b := range found[gBut] {
		s := d.sentences[d.tokens[b.from].sentence]
		for i := s.from; i < s.to; i++ {
			m.before[i] = m.before[i] || i < b.from
			m.after[i] = m.after[i] || i >= b.to
		}
	}
	return m
}

// feel reads the mood of a document.
func feel(d *document, found map[group][]match) moodReading {
	mods := modify(d, found)
	var r moodReading
	strong, soft, praise := 0.0, 0.0, 0.0
	note := func(m match, v float64) {
		switch {
		case math.Abs(m.score) <= 1:
			soft += v
			if v > -0.2 && v < 0.2 {
				return
			}
		case v > 0:
			praise += v
		default:
			strong += v
		}
		if v < 0 {
			r.worst = min(r.worst, v)
			r.words = append(r.words, d.surface(m.from, m.to))
		}
	}
	sour := soured(d, found)
	for _, m := range found[gMood] {
		v := weigh(d, m, mods)
		switch {
		case m.score < 0 && v > 0, v > 0 && slices.Contains(mods.negate[m.from:m.to], true): // "no regrets"
			r.lifted = min(1, r.lifted+v)
		case m.score > 0 && v < 0:
			r.sunk = min(1, r.sunk-v/2)
		}
		if v > 1 && sour[m.from] {
			v = -0.8 * v
		}
		note(m, v)
	}
	for _, m := range found[gInsult] {
		v := -3.6
		note(match{m.pattern.as(v), m.from, m.to}, v)
		r.insults = append(r.insults, d.surface(m.from, m.to))
	}
	soft = max(-softLimit, min(softLimit, soft))
	x := strong + soft + praise*praiseShare(strong)
	loud := shouting(d, x)
	r.shouted = max(0, -loud)
	x += loud
	r.value = x / math.Sqrt(x*x+curve)
	return r
}

// praiseShare keeps praise from paying for anger: "great shop, but you lied".
func praiseShare(strong float64) float64 {
	if strong < -2 {
		return 0.4
	}
	return 0.8
}

func (p *pattern) as(score float64) *pattern {
	q := *p
	q.score = score
	return &q
}

// weigh applies what stands around a mood word.
func weigh(d *document, m match, mods modifiers) float64 {
	v := m.score
	s := d.sentences[d.tokens[m.from].sentence]
	negated := false
	for i := m.from - 1; i >= max(s.from, m.from-4); i-- {
		near := m.from - i
		if near <= 2 && mods.boost[i] != 0 && !mods.negate[i] {
			v *= 1 + (mods.boost[i]-1)/float64(near)
		}
		if mods.negate[i] && (d.tokens[i].word || near <= 2) {
			negated = true
		}
		if d.tokens[i+1].comma {
			break
		}
	}
	if m.to < s.to && !d.tokens[m.to].word && mods.boost[m.to] > 1 && !d.tokens[m.to].comma {
		v *= mods.boost[m.to] // 慢死了, 好极了
	}
	if negated {
		v *= -0.65
		if v > 0 { // "not bad" is faint praise
			v *= 0.5
		}
	}
	small := math.Abs(v) <= 2.2
	switch {
	case s.question && small && v > 0:
		v *= 0.3
	case s.question && small:
		v *= 0.6
	case mods.iffy[m.from] && small:
		v *= 0.4
	}
	if mods.before[m.from] {
		v *= 0.75
	}
	if mods.after[m.from] {
		v *= 1.15
	}
	return v
}

// soured tells which tokens are praise turned sour: an opener such as "great" set
// off by a comma or stop, with bad news behind it.
func soured(d *document, found map[group][]match) []bool {
	sour := make([]bool, len(d.tokens))
	for _, o := range found[gOpener] {
		s := d.sentences[d.tokens[o.from].sentence]
		if o.from > s.coreFrom+1 || o.to < s.to && !d.tokens[o.to].comma {
			continue
		}
		bad := 0.0
		for _, m := range found[gMood] {
			at := d.tokens[m.from].sentence
			if m.from >= o.to && at <= d.tokens[o.from].sentence+1 {
				bad += m.score
			}
		}
		if bad <= -1 {
			for i := o.from; i < o.to; i++ {
				sour[i] = true
			}
		}
	}
	return sour
}

// shouting adds what capitals and marks say. They deepen anger; with no word of
// mood at all they read as impatience, never as more.
func shouting(d *document, x float64) float64 {
	add := 0.0
	if d.letters >= capsLetters && d.upper*10 >= d.letters*8 {
		add -= 0.7
	}
	if d.exclaims >= 2 {
		add -= 0.25 * float64(min(d.exclaims, 4))
	}
	if d.questions >= 2 && d.questions > 2*len(d.sentences) {
		add -= 0.2 * float64(min(d.questions, 4))
	}
	switch {
	case x > 0.5:
		return -add / 2 // "THANK YOU!!!"
	case x < -1:
		return add
	}
	if d.upper*10 < d.letters*8 {
		return max(add, -0.3)
	}
	return max(add, -1.3)
}
