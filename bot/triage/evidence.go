package triage

import (
	"slices"
	"strings"
)

// evidence is everything that the rules see in an episode, and what the learned model
// makes of the same words.
type evidence struct {
	model    *model
	reading  reading
	feeling  feeling   // of the judged turn
	before   []feeling // of the shopper's turns before it, in order
	text     string    // what is judged: the shopper's words since the last answer
	doc      *document
	found    map[group][]match
	mood     moodReading
	moods    []float64 // of the shopper's turns in order, the judged one last
	slope    float64
	hits     map[Kind]hit
	upset    hit // complaint
	insulted hit
	answers  int // bot answers since a person last spoke
	language string
	courtesy Courtesy
	intents  []string
	threat   bool      // of a court, an authority or the public
	danger   []float64 // what the probability of a risk is drawn from
	calling  []float64 // that of a wish for a person,
	ordering []float64 // that of an instruction about an order,
	gloom    []float64 // and that of harm to oneself
	script   bool      // a long attempt to command the bot
	sorry    float64   // share of the answers that were an apology
	stalled  float64   // and of those that bought time
}

// hit is how sure a finding is, and the words that say so.
type hit struct {
	score float64
	words []string
	bare  bool // rests on single words alone
}

func (h *hit) add(score float64, words string) {
	h.score = max(h.score, score)
	if words != "" && len(h.words) < 5 && !slices.ContainsFunc(h.words, func(w string) bool { return strings.Contains(w, words) }) {
		h.words = append(h.words, words)
	}
}

// gather reads an episode.
func gather(m *model, in Input) evidence {
	t := tables()
	judged, earlier := split(in.Turns)
	for i, text := range judged {
		judged[i] = Once(text)
	}
	e := evidence{model: m, text: ends(strings.Join(judged, "\n")), hits: map[Kind]hit{}}
	e.doc = t.prepare(e.text, maxJudged)
	e.found = t.find(e.doc)
	e.mood = feel(e.doc, e.found)
	e.courtesy = courtesyOf(e.doc, e.found, e.mood.value)
	e.reading = m.read(e.doc, e.found)
	e.feel()
	past := remember(m, t, earlier)
	e.sorry, e.stalled = desk(in.Turns)
	e.before = past.feelings
	e.answers = past.answers
	e.language = languageOf(e.doc, Language(past.text, in.Locale))
	if len(e.doc.tokens) == 1 && e.doc.tokens[0].text == "sale" && (e.language != "es" || !slices.ContainsFunc(in.Turns, func(t Turn) bool { return t.Role == "bot" })) {
		e.courtesy = NoCourtesy // a Mexican's yes; anywhere else, and before anything was said, what is reduced
	}
	e.intents = intents(e.doc, e.found)
	e.findWords()
	e.findHistory(past)
	e.secondOpinion()
	e.readAsScript()
	e.hearThreat(past.moods)
	e.moods = append(past.moods, e.mood.value)
	e.slope = slope(e.moods)
	return e
}

// scriptFrom is the length in words from which a text that commands the bot is a script, and no message.
const scriptFrom = 40

// readAsScript keeps the story inside a long attempt to command the bot from being taken for the shopper's own: its
// threats and curses are part of the play. A wish, and harm to a body, are heard all the same.
func (e *evidence) readAsScript() {
	if e.script = e.hits[Injection].score >= sureScore && len(e.doc.tokens) >= scriptFrom; !e.script {
		return
	}
	for _, k := range Kinds() {
		if h := e.hits[k]; k == Repetition || k == FailedAttempts || k == OrderChange || IsRisk(k) && k != RiskInjury && k != RiskAllergy && k != RiskSelfHarm {
			h.score = min(h.score, playedScore)
			e.hits[k] = h
		}
	}
}

// playedScore is all that a finding in a script counts for.
const playedScore = 0.2

// split parts the turns to be judged from those before them. Where the episode
// ends with an answer, the shopper turns before that answer are judged.
func split(turns []Turn) (judged []string, earlier []Turn) {
	to := len(turns)
	for to > 0 && !spoken(turns[to-1]) {
		to--
	}
	from := to
	for from > 0 && spoken(turns[from-1]) {
		from--
		judged = append(judged, turns[from].Text)
	}
	slices.Reverse(judged)
	return judged, turns[:from]
}

// spoken tells the shopper's turns from the answers.
func spoken(t Turn) bool { return t.Role != "bot" && t.Role != "agent" }

// findWords turns matches into hits, weakened by what stands around them.
func (e *evidence) findWords() {
	asks := e.perSentence(gHowTo)
	begs := e.perSentence(gRequest)
	iffy := e.perSentence(gIf)
	for _, k := range Kinds() {
		for _, m := range e.found[group(k)] {
			score := m.score
			s := e.doc.tokens[m.from].sentence
			switch {
			case k == Mood || k == SeveralIntents:
				continue
			case IsRisk(k):
				if k != RiskSelfHarm && iffy[s] && e.ifBefore(m.from) {
					score *= 0.5
				}
				if e.negatedAt(m.from) {
					score *= 0.3
				}
			case k == OrderChange && iffy[s] && e.ifBefore(m.from):
				score *= 0.4
			case k == OrderChange && asks[s] && !begs[s]:
				score *= 0.4
			case k == OrderChange && asks[s] && e.doc.sentences[s].question:
				score *= 0.7
			}
			h := e.hits[k]
			if k == Injection { // one word may be innocent, two are not
				score = 1 - (1-h.score)*(1-score)
			}
			h.bare = (h.bare || h.score == 0) && e.doc.bare(m)
			h.add(score, e.doc.surface(m.from, m.to))
			e.hits[k] = h
		}
	}
	for _, m := range e.found[gComplaint] {
		score := m.score
		if asks[e.doc.tokens[m.from].sentence] || e.negatedAt(m.from) {
			score *= 0.6
		}
		e.upset.add(score, e.doc.surface(m.from, m.to))
	}
	for _, w := range e.mood.insults {
		e.insulted.add(1, w)
	}
}

// bare tells a match of one word that has matter from one of several: "my lawyer" says no more than "lawyer".
func (d *document) bare(m match) bool {
	if !d.tokens[m.from].word {
		return m.to-m.from <= hanWord
	}
	from := m.from
	for from+1 < m.to && tables().plain[d.tokens[from].id] {
		from++
	}
	return m.to-from == 1
}

const hanWord = 4 // characters of the longest Chinese word

// perSentence tells which sentences hold a match of a group.
func (e *evidence) perSentence(g group) []bool {
	in := make([]bool, len(e.doc.sentences))
	for _, m := range e.found[g] {
		in[e.doc.tokens[m.from].sentence] = true
	}
	return in
}

// ifBefore tells whether an "if" stands before token i: "change it to blue if it has not left" is said outright.
func (e *evidence) ifBefore(i int) bool {
	return slices.ContainsFunc(e.found[gIf], func(m match) bool {
		return m.from < i && e.doc.tokens[m.from].sentence == e.doc.tokens[i].sentence
	})
}

// negatedAt tells whether a negation stands right before token i.
func (e *evidence) negatedAt(i int) bool {
	for _, n := range e.found[gNegate] {
		if n.to <= i && n.to >= i-1 && e.doc.tokens[n.from].sentence == e.doc.tokens[i].sentence && !e.doc.tokens[i].comma {
			return true
		}
	}
	return false
}

// courtesyOf tells whether all of a text is small talk, and which.
func courtesyOf(d *document, found map[group][]match, mood float64) Courtesy {
	if len(d.tokens) == 0 || len(d.tokens) > 24 || mood < -labelBound {
		return NoCourtesy
	}
	covered := make([]bool, len(d.tokens))
	best := NoCourtesy
	for _, c := range []struct {
		group    group
		courtesy Courtesy
	}{{gFarewell, Farewell}, {gThanks, Thanks}, {gGreeting, Greeting}, {gOkay, Okay}} {
		for _, m := range found[c.group] {
			for i := m.from; i < m.to; i++ {
				covered[i] = true
			}
			if best == NoCourtesy {
				best = c.courtesy
			}
		}
	}
	for i, t := range d.tokens {
		if !covered[i] && !t.emoji {
			return NoCourtesy
		}
	}
	if best == NoCourtesy {
		return Emoji
	}
	return best
}
