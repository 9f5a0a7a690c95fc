package triage

import (
	"math"
	"slices"
)

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

func dot(w, x []float64) float64 {
	sum := 0.0
	for i := range w {
		sum += w[i] * x[i]
	}
	return sum
}

// feeling is how a text feels to rules and model together, as probabilities.
type feeling struct {
	negative, positive, fury float64
	rule                     float64 // what the rules alone say, -1..1
	asks                     bool    // the text asks for something
}

// side is the mood of a remark: what is more likely than not. In Chinese, where few remarks
// are neither, less is enough.
func (e *evidence) side() string {
	bound, x := sideBound, e.feeling.lean(e.feeling.negative)
	if isHan([]rune(e.doc.text + " ")[0]) {
		bound = hanBound
	}
	switch {
	case x <= -bound:
		return Negative
	case x >= sideBound:
		return Positive
	}
	return Neutral
}

const (
	sideBound    = 0.18
	hanBound     = 0.12
	remarkTokens = 12 // a Chinese text so long that asks for nothing is a remark
)

// remarks tells whether the judged turn says what its writer thinks, rather than what they
// want. In Chinese a request shows itself more surely.
func (e *evidence) remarks() bool {
	d := e.doc
	if d.public || len(d.tokens) == 0 {
		return d.public
	}
	if d.questions > 0 || slices.ContainsFunc(d.tokens, func(t token) bool { return slices.Contains(seeking[:], t.text) }) {
		return false
	}
	p := e.model.probability(&e.reading, hRemark)
	if isHan([]rune(d.tokens[0].text)[0]) {
		return p >= 0.5 || !e.reading.asks && (p >= 0.35 || len(d.tokens) >= remarkTokens)
	}
	return !e.reading.asks && p >= 0.85
}

// seeking are words of somebody who is after something, in the form of token.text.
var seeking = [...]string{
	"help", "need", "want", "wanna", "trying", "try", "tell", "assistance", "assist", "check", "find", "submit", "file", "report", "know", "can",
	"ayuda", "necesito", "quiero", "quisiera", "ayudarme", "saber", "consultar", "帮", "请", "想", "求",
}

// factsAlone is how far words that only state a fact ("broken") bring the rules' mood down.
const factsAlone = 0.25

// moodInput is what the probabilities of mood are drawn from. Facts count apart from
// words of feeling, and it matters whether the text asks for something.
func moodInput(r *reading, rule float64) []float64 {
	asks := 0.0
	if r.asks {
		asks = 1
	}
	remark := max(-3, min(3, r.score[hRemark]))
	return []float64{1, r.score[hNegative], r.score[hPositive], max(0, -rule-factsAlone), min(factsAlone, max(0, -rule)), max(0, rule), asks, remark, remark * r.score[hNegative], remark * r.score[hPositive]}
}

// feel brings what the rules say of a text together with what the model read in it.
func (m *model) feel(r *reading, rule float64) feeling {
	if len(r.doc.tokens) == 0 {
		return feeling{}
	}
	in := moodInput(r, rule)
	return feeling{
		negative: sigmoid(dot(m.mood[hNegative][:], in)),
		positive: sigmoid(dot(m.mood[hPositive][:], in)),
		fury:     sigmoid(dot(m.mood[hFury][:], in)),
		rule:     rule,
		asks:     r.asks && !r.doc.public,
	}
}

// lean is how far rules and model together find a text good or bad.
func (f feeling) lean(negative float64) float64 {
	return 0.45*f.rule + 0.55*f.positive - 0.5*negative - 0.35*f.fury
}

// mood brings rules and model to one number: a sure but mild dislike is about -0.5,
// fury -1.
func (f feeling) mood() float64 {
	negative := f.negative
	if f.asks && f.rule > -labelBound { // a question about a trouble is no complaint
		negative *= 0.4
	}
	x := f.lean(negative)
	return max(-1, min(1, x, 0.65+2*f.rule)) // praise does not outweigh what the rules are sure of
}

// probability is a head's score as a calibrated probability.
func (m *model) probability(r *reading, h int) float64 {
	return sigmoid(m.platt[h][0] + m.platt[h][1]*r.score[h])
}

// handoffInput is what the probability of a handover is drawn from.
func handoffInput(e *evidence, rules float64) []float64 {
	mean, worst := 0.0, 0.0
	for _, f := range e.before {
		mean += f.negative / float64(len(e.before))
		worst = max(worst, f.negative)
	}
	thanks := 0.0
	if e.courtesy == Thanks || e.courtesy == Okay || e.courtesy == Farewell || e.courtesy == Emoji {
		thanks = 1
	}
	asks, how := 0.0, 0.0
	if e.reading.asks {
		asks = 1
	}
	if len(e.found[gHowTo]) > 0 {
		how = 1
	}
	return []float64{
		1, e.reading.score[hHandoff], e.feeling.negative, e.feeling.positive, e.feeling.fury, rules, max(0, -e.feeling.rule),
		mean, worst, math.Log1p(float64(len(e.before))), thanks, max(e.hits[Repetition].score, e.hits[FailedAttempts].score),
		asks, how, e.sorry, e.stalled,
	}
}
