package knowledge

import "math"

//go:generate go run ../cmd/frontdesk evals --set search --sets ../../shared/evals --calibrate coefficients.go

// What a wrong decision costs, in needless handovers: a question back a third of one, and a wrong answer five questions
// back. Answering wins over asking where (1 − p) × wrong < back, asking over handing over where it is likelier to
// help than it costs.
const (
	costHandover = 1.0
	costAsk      = costHandover / 3
	costWrong    = 5 * costAsk
)

// The product's thresholds on confidence; a shop's settings come first.
const (
	answerAbove = 1 - costAsk/costWrong
	askAbove    = costAsk / costHandover
)

// features are what confidence is judged by; all of them mean the same in every shop.
type features struct {
	Pull    float64 // of the neighbourhood to the answer, as log-odds
	Unknown float64 // how much of the question its neighbours leave unexplained
	Dense   float64 // how close the passages lie to each other here
	Known   float64 // log of how many of the question's words the shop has
	Length  float64 // log of how many words the question has
}

func (f features) vector() []float64 {
	return []float64{f.Pull, f.Unknown, f.Dense, f.Known, f.Length}
}

// judge turns candidates into a result.
func judge(shop Shop, q Query, candidates []candidate, wordsOnly bool) Result {
	around := neighbours(candidates, wordsOnly)
	articles := rank(candidates, around, q)
	result := Result{Decision: DecideNone, WordsOnly: wordsOnly}
	weights := fusedWeights
	if wordsOnly {
		weights = wordWeights
	}
	for i, a := range articles {
		if i == q.Limit {
			break
		}
		seen := measure(a, around, candidates, q)
		a.hit.Confidence = weights.probability(seen)
		if i == 0 {
			result.Signals = seen.vector()
			result.Confidence = a.hit.Confidence
			result.Decision = decide(shop.Settings, result.Confidence)
		}
		a.hit.Confidence = min(a.hit.Confidence, result.Confidence)
		result.Hits = append(result.Hits, a.hit)
	}
	return result
}

// decide compares a confidence with the thresholds.
func decide(settings Settings, confidence float64) Decision {
	answer, ask := settings.Thresholds()
	switch {
	case confidence >= answer:
		return DecideAnswer
	case confidence >= ask:
		return DecideAsk
	}
	return DecideNone
}

// measure reads the features of an article.
func measure(a ranked, around neighbourhood, candidates []candidate, q Query) features {
	pull := min(max(a.pull, 0.01), 0.99)
	return features{
		Pull:    math.Log(pull / (1 - pull)),
		Unknown: around.unknown,
		Dense:   around.dense,
		Known:   math.Log1p(float64(candidates[0].known)),
		Length:  math.Log1p(float64(len(questionWords(q.Text)))),
	}
}

// weights are the coefficients of a logistic model.
type weights struct {
	Bias float64
	By   []float64 // in the order of features.vector
}

func (w weights) probability(f features) float64 {
	z := w.Bias
	for i, x := range f.vector() {
		z += w.By[i] * x
	}
	return 1 / (1 + math.Exp(-z))
}
