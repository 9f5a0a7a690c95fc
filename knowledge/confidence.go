package knowledge

import (
	"math"
	"unicode"
)

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
	Value     float64 // Score with the support of its other passages
	Margin    float64 // Value over that of the next different answer
	Covered   float64 // best share of the question's IDF that a passage of the answer has
	Agreement float64 // 1 when both legs put this answer first
	Support   float64 // share of the ten best passages that speak for the answer
	Length    float64 // log of the question's words
	Han       float64 // 1 for a question in Chinese or Japanese
	Chunk     float64 // 1 when the best passage is a part of the answer's text
}

func (f features) vector() []float64 {
	return []float64{f.Score, f.Value, f.Margin, f.Covered, f.Agreement, f.Support, f.Length, f.Han, f.Chunk}
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
		a.hit.Confidence = weights.probability(measure(i, articles, candidates, q))
		result.Hits = append(result.Hits, a.hit)
	}
	if len(result.Hits) > 0 {
		result.Confidence = result.Hits[0].Confidence
		result.Decision = decide(shop.Settings, result.Confidence)
	}
	return result
}

// decide compares a confidence with the thresholds.
func decide(settings Settings, confidence float64) Decision {
	answer, ask := settings.AnswerAbove, settings.AskAbove
	if answer == 0 {
		answer = answerAbove
	}
	if ask == 0 {
		ask = min(askAbove, answer)
	}
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
	f := features{Score: a.hit.Score, Value: a.value, Length: math.Log1p(float64(len(questionWords(q.Text))))}
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
	for i, c := range candidates {
		mine := c.kind != kindNegative && answers[c.ref] == a.answer
		if mine && i < 10 {
			f.Support += 0.1
		}
		if mine {
			f.Covered = max(f.Covered, c.words)
		}
		if i == 0 || c.similarity > likest.similarity {
			likest = c
		}
		if i == 0 || c.words > wordiest.words {
			wordiest = c
		}
	}
	if answers[likest.ref] == a.answer && answers[wordiest.ref] == a.answer {
		f.Agreement = 1
	}
	for _, r := range q.Text {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			f.Han = 1
			break
		}
	}
	if a.passages[0].kind == kindChunk {
		f.Chunk = 1
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
