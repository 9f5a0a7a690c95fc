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

// factsAlone is how far words that only state a fact ("broken") bring the rules' mood down.
const factsAlone = 0.25

// mildWord is how bad a word may be that those use who are only disappointed.
const mildWord = 1.5

// moodInput is what the probabilities of mood are drawn from. Facts count apart from
// words of feeling, and it matters whether the text asks for something. The worst word, shouting and insults tell fury from many mild words.
func moodInput(r *reading, said moodReading) []float64 {
	asks, rule := 0.0, said.value
	if r.asks {
		asks = 1
	}
	remark := max(-3, min(3, r.score[hRemark]))
	return []float64{1, r.score[hNegative], r.score[hPositive], max(0, -rule-factsAlone), min(factsAlone, max(0, -rule)), max(0, rule), asks, remark, remark * r.score[hNegative], remark * r.score[hPositive],
		said.lifted, said.sunk, said.lifted * r.score[hNegative], max(0, min(1, (-said.worst-mildWord)/2)), said.shouted, is(len(said.insults) > 0), r.score[hFury]}
}

// feel brings what the rules say of a text together with what the model read in it.
func (m *model) feel(r *reading, said moodReading) feeling {
	if len(r.doc.tokens) == 0 {
		return feeling{}
	}
	in := moodInput(r, said)
	return feeling{
		negative: sigmoid(dot(m.mood[hNegative][:], in)),
		positive: sigmoid(dot(m.mood[hPositive][:], in)),
		fury:     sigmoid(dot(m.mood[hFury][:], in)),
		rule:     said.value,
		asks:     r.asks && !r.doc.public,
	}
}

// probability is a head's score as a calibrated probability.
func (m *model) probability(r *reading, h int) float64 {
	return sigmoid(m.platt[h][0] + m.platt[h][1]*r.score[h])
}

// is writes a yes as a number.
func is(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

// length is how long a text is, from 0 to about 1.5.
func (d *document) length() float64 { return math.Log1p(float64(len(d.tokens))) / 4 }

// onlyAsked tells a text that is one question, or that speaks of what might be.
func (e *evidence) onlyAsked() bool {
	return len(e.found[gIf]) > 0 || e.doc.questions > 0 && len(e.doc.sentences) == 1
}

// riskInput is what the probability that something dangerous has happened is drawn from: what the model finds, what the rules
// hear and whether single words alone say it, and what else the text may be. A danger beside an errand, in a question or beside a
// look-alike is often none: how much of what the model finds then counts is learned as well.
func riskInput(e *evidence) []float64 {
	r := &e.reading
	kind, weak, bare, plain, alike := r.score[hRisk], 0.0, 0.0, 0.0, 0.0
	for i, k := range riskKinds() {
		h := e.hits[k]
		kind = max(kind, r.score[hRisk+i])
		weak = max(weak, min(sureScore, h.score))
		if h.score >= sureScore {
			bare, plain = max(bare, is(h.bare)), max(plain, is(!h.bare))
		}
		if slices.Contains(e.doc.alike, group(k)) {
			alike = 1
		}
	}
	errand := is(max(e.hits[Wish].score, e.hits[OrderChange].score) >= sureScore)
	asked := is(e.onlyAsked())
	any := r.score[hAnyRisk]
	return []float64{1, any, kind, weak, alike, is(r.asks), is(e.doc.questions > 0 && len(e.doc.sentences) == 1), is(len(e.found[gIf]) > 0),
		e.hits[Wish].score, e.hits[OrderChange].score, r.score[hSocial], r.score[hOrder], r.score[hWish], e.feeling.negative, e.doc.length(),
		bare, plain, errand, errand * any, asked * any, alike * any, (1 - plain) * errand, (1 - plain) * asked, (1 - plain) * alike, e.feeling.fury, r.score[hRemark]}
}

// wishInput is the same of the probability that a person is asked for.
func wishInput(e *evidence) []float64 {
	r := &e.reading
	hedged, alike, who := is(len(e.found[gIf])+len(e.found[gNegate]) > 0), is(slices.Contains(e.doc.alike, group(Wish))), is(len(e.found[gWho]) > 0)
	said := r.score[hWish]
	return []float64{1, said, min(sureScore, e.hits[Wish].score), alike, is(len(e.found[gIf]) > 0), is(len(e.found[gNegate]) > 0),
		is(len(e.found[gHowTo]) > 0), is(e.doc.questions > 0), r.score[hSocial], r.score[hRemark], r.score[hOrder], r.score[hHandoff], e.feeling.negative, e.doc.length(),
		who, hedged * said, alike * said, who * said}
}

// despairInput is the same of the probability that somebody means harm to themselves.
func despairInput(e *evidence) []float64 {
	r := &e.reading
	said := r.score[hSelfHarm]
	return []float64{1, said, r.score[hAnyRisk], r.score[hOrder], r.score[hWish], r.score[hSocial], r.score[hRemark], is(r.asks), is(e.onlyAsked()), e.hits[OrderChange].score,
		e.hits[Wish].score, e.feeling.negative, e.feeling.positive, e.doc.length(), is(slices.Contains(e.doc.alike, group(RiskSelfHarm))), min(sureScore, e.hits[RiskSelfHarm].score),
		is(e.language == "zh"), is(e.language == "zh") * said, is(r.asks) * said, e.feeling.fury, is(e.insulted.score > 0)}
}

// orderInput is the same of the probability that something is to be done to an order, which only a person can do. How to do it is a
// question that an article answers.
func orderInput(e *evidence) []float64 {
	r := &e.reading
	rule, how, asked := e.hits[OrderChange].score, is(len(e.found[gHowTo]) > 0), is(e.doc.questions > 0)
	said := r.score[hOrder]
	return []float64{1, said, rule, is(rule >= sureScore), is(slices.Contains(e.doc.alike, group(OrderChange))), how, asked, is(len(e.found[gIf]) > 0), is(len(e.found[gRequest]) > 0),
		r.score[hSocial], r.score[hRemark], r.score[hHandoff], r.score[hWish], r.score[hAnyRisk], e.feeling.negative, e.doc.length(), how * said, asked * said, asked * rule, how * rule}
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
	return []float64{
		1, e.reading.score[hHandoff], e.feeling.negative, e.feeling.positive, e.feeling.fury, rules, max(0, -e.feeling.rule),
		mean, worst, math.Log1p(float64(len(e.before))), thanks, max(e.hits[Repetition].score, e.hits[FailedAttempts].score),
		is(e.reading.asks), is(len(e.found[gHowTo]) > 0), e.sorry, e.stalled,
	}
}
