package knowledge

import (
	"math"
	"slices"
)

//go:generate go run ../cmd/frontdesk evals --set search --sets ../../shared/evals --exam demo/exam --shops demo/shops --calibrate coefficients.go

// What a wrong decision costs, in needless handovers: a question back a third of one, and a wrong answer five questions
// back. Answering wins over asking where (1 − p) × wrong < back, asking over handing over where it is likelier to
// help than it costs.
const (
	costHandover = 1.0
	costAsk      = costHandover / 3
	CostWrong    = 5 * costAsk
)

// The product's thresholds on confidence; a shop's settings come first.
const (
	answerAbove = 1 - costAsk/CostWrong
	askAbove    = costAsk / costHandover
)

// features are what confidence is judged by; all of them mean the same in every shop.
type features struct {
	Pull    float64 // of the neighbourhood to the answer, as log-odds
	Margin  float64 // its value over that of the next different answer
	Covered float64 // best share of the question's IDF that a passage of the answer has
	Unknown float64 // how much of the question its neighbours leave unexplained
	Dense   float64 // how close the passages lie to each other here
	Known   float64 // log of how many of the question's words the shop has
	Length  float64 // log of how many words the question has
	Beyond  float64 // strangeness, see there
	Astray  float64
	Kindred float64 // how near the answer's words come to the question's
	Learned float64 // log of the answer's share of what the shop has learned; 0 where nothing is
}

func (f features) vector() []float64 {
	return []float64{f.Pull, f.Margin, f.Covered, f.Unknown, f.Dense, f.Known, f.Length, f.Beyond, f.Astray, f.Kindred, f.Learned}
}

// judge turns candidates into a result. Two things are judged apart, because shops differ in the first alone: whether they
// answer the question at all, and whether this article does if any.
func judge(shop Shop, q Query, candidates []candidate, wordsOnly bool) Result {
	candidates = fitting(candidates, q)
	around := neighbours(candidates, wordsOnly)
	articles := rank(candidates, around, q)
	result := Result{Decision: DecideNone, WordsOnly: wordsOnly}
	if len(articles) == 0 {
		return result
	}
	inside, right := fusedInside, fusedRight
	switch {
	case wordsOnly:
		inside, right = wordInside, wordRight
	case slices.ContainsFunc(articles, func(a ranked) bool { return a.learned != nil }):
		inside, right = learnedInside, learnedRight
	}
	length := math.Log1p(float64(len(questionWords(q.Text))))
	answers := map[string]bool{}
	for i, a := range articles {
		if i >= q.Limit && len(answers) >= meanings {
			break
		}
		seen := measure(i, articles, around, candidates, length).vector()
		a.hit.Confidence = probability(right.logOdds(seen))
		if i == 0 {
			result.Signals, result.Odds, result.best = seen, inside.logOdds(seen), a.hit.Confidence
		}
		a.hit.Confidence = min(a.hit.Confidence, result.best)
		if !answers[a.answer] && len(answers) < meanings {
			answers[a.answer] = true
			result.likely += a.hit.Confidence
		}
		if i < q.Limit {
			result.Hits = append(result.Hits, a.hit)
		}
	}
	result.inside = 1
	result.rejudge(shop.Settings, candidates[0].inside)
	return result
}

// rejudge gives the result the confidence that it has where this share of the questions has an answer.
func (r *Result) rejudge(settings Settings, share float64) {
	before := r.inside
	r.inside = chance(r.Odds, share)
	for i := range r.Hits {
		r.Hits[i].Confidence *= r.inside / before
	}
	r.Confidence = r.inside * r.best
	r.Decision = decide(settings, r.Confidence, r.inside*r.likely)
}

// meanings is how many answers a question back offers.
const meanings = 3

// decide compares the confidence with the threshold for an answer, and what is likely among the first answers with that
// for a question back: it helps when any of them is right.
func decide(settings Settings, confidence, likely float64) Decision {
	answer, ask := settings.Thresholds()
	switch {
	case confidence >= answer:
		return DecideAnswer
	case likely >= ask:
		return DecideAsk
	}
	return DecideNone
}

// measure reads the features of the article at this place of the ranking.
func measure(place int, articles []ranked, around neighbourhood, candidates []candidate, length float64) features {
	a := articles[place]
	pull := min(max(a.pull, 0.01), 0.99)
	rival := 0.0
	for i, other := range articles {
		if i != place && other.answer != a.answer {
			rival = other.value
			break
		}
	}
	return features{
		Pull:    math.Log(pull / (1 - pull)),
		Margin:  a.value - rival,
		Covered: a.words,
		Unknown: around.unknown,
		Dense:   around.dense,
		Known:   math.Log1p(float64(candidates[0].known)),
		Length:  length,
		Learned: a.likely,
		Beyond:  candidates[0].strange.beyond,
		Astray:  candidates[0].strange.astray,
		Kindred: a.kinship.share,
	}
}

// weights are the coefficients of a logistic model.
type weights struct {
	Bias float64
	By   []float64 // in the order of features.vector
}

// logOdds is the logarithm of the odds that the model gives.
func (w weights) logOdds(seen []float64) float64 {
	z := w.Bias
	for i, x := range seen {
		z += w.By[i] * x
	}
	return z
}

func probability(logOdds float64) float64 { return 1 / (1 + math.Exp(-logOdds)) }
