package evidence

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mended is a draft in which the sentences that could not be shown to say what the evidence says gave way to the evidence's own.
type Mended struct {
	Text     string
	Kept     int      // sentences as the draft had them, without those that need no evidence
	Replaced int      // by a sentence of the evidence, which may have been said before
	Dropped  int      // sentences that nothing in the evidence is near to
	Shown    []string // the sentences of Text that stand in the evidence or were shown to say what it says
}

// Mend puts a source's own sentence in the place of each sentence of a draft that no single sentence of a source is shown to
// bear out: with its words but for those that say nothing, its values, bounds, conditions and negations. Sentences for which
// aside is true need no evidence and stay. Similar says how near two texts are in meaning, −1 … 1; it may be nil. Only what
// sources have in Quote is said; Text is empty where that leaves less than half of the draft.
func (e *Evidence) Mend(draft string, aside func(sentence string) bool, similar func(a, b string) float64) Mended {
	m := mender{proofs: e.quotes(), said: map[*proof]bool{}, similar: similar}
	agreed := "" // an "of course" waits for what is agreed to
	for _, s := range Sentences(draft) {
		switch {
		case slices.ContainsFunc(m.proofs, func(p *proof) bool { return p.open == s }):
			// said with the first point of its list
		case !aside(s):
			m.sentence(s, agreed)
			agreed = ""
		case agrees(s):
			agreed = s
		default:
			m.say(s, false)
		}
	}
	if m.out.Kept+m.out.Replaced < max(1, m.out.Dropped) || m.lost {
		m.out.Text = ""
	}
	return m.out
}

// mender writes one draft anew.
type mender struct {
	proofs  []*proof
	said    map[*proof]bool
	opened  string // the line that opened the list that is being said
	point   bool   // the last thing said was a point of a list
	lost    bool   // something was said that a source in another language denies
	similar func(a, b string) float64
	out     Mended
}

// sentence says one of the draft's sentences, or what takes its place. An agreement before it stays with it alone.
func (m *mender) sentence(s, agreed string) {
	d := read(s, asDraft)
	for _, p := range m.proofs {
		if p.text == s || !p.foreign && p.proves(d) == "" {
			if agreed != "" {
				m.say(agreed, false)
			}
			m.out.Kept++
			if p.text == s {
				m.quote(p)
				return
			}
			m.out.Shown = append(m.out.Shown, s)
			m.say(s, false)
			return
		}
	}
	near := m.nearest(d, s)
	for _, p := range near {
		m.quote(p)
	}
	switch {
	case len(near) > 0:
		m.out.Replaced++
	case m.foreign() && !m.denied(d):
		m.out.Kept++
		m.say(s, false)
	case m.foreign():
		m.lost = true
	default:
		m.out.Dropped++
	}
}

// How near a sentence of the evidence must be to take the place of a draft's.
const (
	nearQuote   = 0.4 // share of the draft's words that it has; figures count twice
	nearMeaning = 0.6 // for one that has fewer
	moreQuote   = 0.5 // share of the words that are left, for a second and a third
	moreWords   = 3   // of these
	mostQuotes  = 4
)

// nearest are the quotables that say most of what a sentence speaks of, in their own order.
func (m *mender) nearest(d *reading, s string) []*proof {
	left := make([]bool, len(d.toks))
	for k := range left {
		left[k] = true
	}
	chosen := map[*proof]bool{}
	for len(chosen) < mostQuotes {
		best := m.closest(d, left, chosen)
		if best == nil && len(chosen) == 0 {
			best = m.alike(s)
		}
		if best == nil {
			break
		}
		chosen[best] = true
		best.mark(d, left)
	}
	var out []*proof
	for _, p := range m.proofs {
		if chosen[p] {
			out = append(out, p)
		}
	}
	return out
}

// closest is the quotable that has most of the words that are left of a sentence, and for more than one, a figure or a name of it.
func (m *mender) closest(d *reading, left []bool, chosen map[*proof]bool) (best *proof) {
	score := 0.0
	for _, p := range m.proofs {
		if p.foreign || chosen[p] {
			continue
		}
		known, strange, facts := p.shares(d, left)
		x := float64(known) / float64(known+strange+1)
		near := x > nearQuote && (known > 1 || strange == 0)
		if len(chosen) > 0 {
			near = facts > 0 || known >= moreWords && x > moreQuote
		}
		if near && x > score {
			best, score = p, x
		}
	}
	return best
}

// alike is the quotable that is closest in meaning.
func (m *mender) alike(s string) (best *proof) {
	score := nearMeaning
	for _, p := range m.proofs {
		if m.similar == nil || p.foreign {
			continue
		}
		if x := m.similar(s, p.text); x > score {
			best, score = p, x
		}
	}
	return best
}

// quote says a sentence of the evidence, once.
func (m *mender) quote(p *proof) {
	if m.said[p] {
		return
	}
	if p.before != nil {
		m.quote(p.before)
	}
	m.said[p] = true
	if p.open != "" && p.open != m.opened {
		m.say(p.open, true)
	}
	m.say(p.text, p.point)
	m.opened = p.open
	m.out.Shown = append(m.out.Shown, Sentences(p.open+"\n"+p.text)...)
}

func (m *mender) say(s string, point bool) {
	text := m.out.Text
	last, _ := utf8.DecodeLastRuneInString(text)
	switch {
	case text == "":
	case point || m.point:
		text += "\n"
	case unicode.Is(unicode.Han, last) || strings.ContainsRune("。！？～…”」）；，", last):
	default:
		text += " "
	}
	m.out.Text, m.point = text+s, point
}

// agrees tells a sentence that says yes to what was asked and nothing else, so that it must not stand before a no.
func agrees(s string) bool {
	d := read(s, asDraft)
	for k := range d.toks {
		if d.is(k, "course|sure|certainly|absolutely|yes|problem|news|definitely|claro|supuesto|problema|luego|si|noticias") || d.is(k, "当") && d.is(k+1, "然") || d.is(k, "可") && d.is(k+1, "以") ||
			d.is(k, "没") && d.is(k+1, "问") || d.is(k, "好") && d.is(k+1, "的") {
			return true
		}
	}
	return false
}
