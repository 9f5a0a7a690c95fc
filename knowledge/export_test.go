package knowledge

import "context"

// What the tests outside of this package see of it.

// Features is the judgement's view of the first answer to a question.
type Features = features

// Weights are the coefficients of a confidence.
type Weights = weights

// FirstAnswer searches as Search does and returns the answer of the first hit with its features; ok is false when
// nothing was found.
func (b *Base) FirstAnswer(ctx context.Context, shop Shop, text string) (answer string, f Features, ok bool, err error) {
	q := Query{Text: text}.complete(shop)
	found, _, err := b.find(ctx, shop, q)
	if err != nil {
		return "", f, false, err
	}
	articles := rank(found, q)
	if len(articles) == 0 {
		return "", f, false, nil
	}
	return articles[0].answer, measure(0, articles, found, q), true, nil
}

// Vector is the features in the order of their coefficients.
func (f features) Vector() []float64 { return f.vector() }

// Probability applies the coefficients.
func (w weights) Probability(f Features) float64 { return w.probability(f) }

// FusedWeights and WordWeights are the coefficients in use.
func FusedWeights() Weights { return fusedWeights }

// WordWeights are those of searches without an embedder.
func WordWeights() Weights { return wordWeights }

// WordsOf splits a text as the word leg does.
func WordsOf(text string) []string { return words(text) }

// WordHashes are the places of a passage's words.
func WordHashes(text string) []int32 {
	var all []int32
	for h := range passageWords(text) {
		all = append(all, h)
	}
	return all
}

// Decide compares a confidence with the thresholds.
func Decide(settings Settings, confidence float64) Decision { return decide(settings, confidence) }
