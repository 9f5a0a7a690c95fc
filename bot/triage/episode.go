package triage

import "strings"

const (
	pastTurns = 8   // so many earlier shopper turns are remembered
	pastText  = 600 // code points read of each
	alikeFrom = 0.6 // likeness from which a question counts as asked again
)

// past is what the judged turn is compared with.
type past struct {
	moods     []float64
	feelings  []feeling
	contents  []map[string]float64 // weighted words of each turn
	plain     []string             // each turn's words, joined
	unhelpful int                  // turns that said an answer did not help
	answers   int
	text      string
}

// remember reads the shopper's earlier turns, each with what came before its answer.
func remember(m *model, t *table, earlier []Turn) past {
	var p past
	for i := len(earlier) - 1; i >= 0 && earlier[i].Role != "agent"; i-- {
		if earlier[i].Role == "bot" && (i == 0 || earlier[i-1].Role != "bot") {
			p.answers++
		}
	}
	var said []string
	for i := len(earlier) - 1; i >= 0 && len(said) < pastTurns; i-- {
		if spoken(earlier[i]) {
			said = append(said, clean(earlier[i].Text, pastText))
		}
	}
	for i := len(said) - 1; i >= 0; i-- {
		d := t.prepare(said[i], pastText)
		found := t.find(d)
		mood := feel(d, found)
		r := m.read(d, found)
		f := m.feel(&r, mood)
		p.feelings = append(p.feelings, f)
		p.moods = append(p.moods, f.mood(m.probability(&r, hRemark)))
		if len(found[gUnhelpful]) > 0 {
			p.unhelpful++
		}
		if courtesyOf(d, found, mood.value) == NoCourtesy {
			p.contents = append(p.contents, t.content(d, 0, len(d.tokens)))
			p.plain = append(p.plain, joined(d))
		}
	}
	p.text = strings.Join(said, "\n")
	return p
}

// findHistory finds what only the episode shows: the same asked again, and
// answers that did not help.
func (e *evidence) findHistory(p past) {
	if again, words := e.again(p); again > 0 && e.courtesy == NoCourtesy {
		h := e.hits[Repetition]
		h.add(min(1, 0.6+0.25*float64(again-1)), words)
		e.hits[Repetition] = h
	}
	for _, m := range e.found[gUnhelpful] {
		score := 0.0 // nothing was tried yet
		switch {
		case e.answers >= 2:
			score = 0.85
		case e.answers == 1:
			score = 0.45
		}
		if p.unhelpful > 0 {
			score = min(1, score+0.2*float64(p.unhelpful))
		}
		if score == 0 {
			continue
		}
		h := e.hits[FailedAttempts]
		h.add(score, e.doc.surface(m.from, m.to))
		e.hits[FailedAttempts] = h
	}
}

// again counts the earlier turns that asked what one judged sentence, or the whole, asks now.
func (e *evidence) again(p past) (times int, words string) {
	count := func(from, to int) {
		now := tables().content(e.doc, from, to)
		n := 0
		for _, c := range p.contents {
			if alike(now, c) >= alikeFrom {
				n++
			}
		}
		if n > times {
			times, words = n, e.doc.surface(from, to)
		}
	}
	if len(e.doc.tokens) == 0 || len(p.contents) == 0 {
		return 0, ""
	}
	if len(e.doc.tokens) <= 400 {
		count(0, len(e.doc.tokens))
	}
	for _, s := range e.doc.sentences[:min(12, len(e.doc.sentences))] {
		count(s.from, s.to)
	}
	now, same := joined(e.doc), 0
	for _, s := range p.plain {
		if s == now {
			same++
		}
	}
	if same > times && len(e.doc.tokens) > 1 {
		return same, e.doc.surface(0, len(e.doc.tokens))
	}
	return times, words
}

func joined(d *document) string {
	var b strings.Builder
	for _, t := range d.tokens {
		b.WriteString(t.text)
		b.WriteByte(' ')
	}
	return b.String()
}

// content returns the words of tokens from..to with their weights: Han characters
// in pairs, words without matter of their own at a fifth.
func (t *table) content(d *document, from, to int) map[string]float64 {
	c := map[string]float64{}
	for i := from; i < to; i++ {
		tok := d.tokens[i]
		switch {
		case tok.emoji:
		case tok.word || tok.text[0] < 0x80:
			c[tok.text] = 1
			if t.plain[tok.id] {
				c[tok.text] = 0.2
			}
		case i+1 < to && !d.tokens[i+1].word:
			pair := tok.text + d.tokens[i+1].text
			c[pair] = 1
			if t.plain[tok.id] || t.plain[d.tokens[i+1].id] {
				c[pair] = 0.2
			}
		}
	}
	return c
}

// alike is the weighted Dice coefficient of two contents; texts that hold little matter are like nothing.
func alike(a, b map[string]float64) float64 {
	sumA, sumB, both := 0.0, 0.0, 0.0
	for w, x := range a {
		sumA += x
		both += min(x, b[w])
	}
	for _, x := range b {
		sumB += x
	}
	if min(sumA, sumB) < 2 {
		return 0
	}
	return 2 * both / (sumA + sumB)
}

// slope is the least-squares change of mood per turn.
func slope(moods []float64) float64 {
	n := float64(len(moods))
	if n < 2 {
		return 0
	}
	var sx, sy, sxx, sxy float64
	for i, y := range moods {
		x := float64(i)
		sx, sy, sxx, sxy = sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}
