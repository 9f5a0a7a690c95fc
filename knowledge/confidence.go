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
	Score     float64 // of the best passage of the first answer
	Margin    float64 // its value in the ranking over that of the next different answer
	Covered   float64 // best share of the question's IDF that a passage of the answer has
	Agreement float64 // 1 when both legs put this answer first
	Support   float64 // share of the five best passages that speak for the answer; of fewer, when it has fewer
	Length    float64 // log of the question's words
}

func (f features) vector() []float64 {
	return []float64{f.Score, f.Margin, f.Covered, f.Agreement, f.Support, f.Length}
}

// judge turns candidates into a result.
func judge(shop Shop, q Query, candidates []candidate, wordsOnly bool) Result {
	articles := rank(candidates, q)
	result := Result{Decision: DecideNone, WordsOnly: wordsOnly}
	weights := fusedWeights
	if wordsOnly {
		weights = wordWeights
	}
	for i, a := range articles {
		if i == q.Limit {
			break
		}
		seen := measure(i, articles, candidates, q)
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

// measure reads the features of the article at this place of the ranking.
func measure(place int, articles []ranked, candidates []candidate, q Query) features {
	a := articles[place]
	f := features{Score: a.hit.Score, Length: math.Log1p(float64(len(questionWords(q.Text))))}
	rival := 0.0
	for i, other := range articles {
		if i != place && other.answer != a.answer {
			rival = other.value
			break
		}
	}
	f.Margin = a.value - rival
	answers := make(map[string]string, len(articles))
	for _, other := range articles {
		answers[other.hit.Ref] = other.answer
	}
	var likest, wordiest candidate
	var speaking []int // places of the passages that speak for the answer
	for i, c := range candidates {
		if c.kind == kindNegative {
			continue
		}
		if answers[c.ref] == a.answer {
			speaking = append(speaking, i)
			f.Covered = max(f.Covered, c.words)
		}
		if likest.ref == "" || c.similarity > likest.similarity {
			likest = c
		}
		if wordiest.ref == "" || c.words > wordiest.words {
			wordiest = c
		}
	}
	near := min(5, len(speaking))
	for _, i := range speaking {
		if i < near {
			f.Support += 1 / float64(near)
		}
	}
	if answers[likest.ref] == a.answer && answers[wordiest.ref] == a.answer {
		f.Agreement = 1
	}
	return f
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
