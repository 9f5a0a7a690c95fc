package knowledge

import (
	"math"

	"frontdesk/knowledge/embed"
)

// manyWords is what an answer loses for each e-fold of its words: among many there is something like any word.
const manyWords = 0.05

// kinship is how near the words of what an answer says come to the question's, by the built-in embedder, whatever the shop's own is. A
// word counts as much as it does in the meaning of the whole.
type kinship struct {
	share  float64 // of the question: each of its words is as near as the nearest word of the answer, 0 … 1
	length float64 // log of the words that were looked at
}

// value is what an answer is ranked by.
func (k kinship) value() float64 { return k.share - manyWords*k.length }

// compareKindred notes with the candidates how kindred the words of what their answers say are to the question's: a lid is something
// like a cover, 雨衣 like a raincoat, and a shop that has never heard of either says nothing like it. An answer says what was found of
// it, its title and itself.
func compareKindred(candidates []candidate, question string) error {
	if len(candidates) == 0 {
		return nil
	}
	b, err := readBackground()
	if err != nil {
		return err
	}
	k := kindred{reader: b.reader, asked: b.reader.Words(question), near: map[*embed.Word][]float64{}, answers: map[string]*kin{}}
	for _, c := range candidates {
		if c.kind != kindNegative {
			k.read(c)
		}
	}
	for i, c := range candidates {
		if answer := k.answers[c.shown.Answer]; answer != nil {
			candidates[i].kinship = k.of(answer)
		}
	}
	return nil
}

// Kindred is how near the words of an article come to those of a text, 0 … 1.
func Kindred(text string, article Hit) (float64, error) {
	found := []candidate{{kind: kindQuestion, text: article.Passage, shown: article}}
	err := compareKindred(found, text)
	return found[0].kinship.share, err
}

type kindred struct {
	reader  *embed.Reader
	asked   []*embed.Word
	near    map[*embed.Word][]float64 // cosines with each of asked
	answers map[string]*kin
}

// kin is an answer as far as it was read.
type kin struct {
	best  []float64 // cosine of the nearest word to each of asked
	words int
}

func (k *kindred) read(c candidate) {
	answer := k.answers[c.shown.Answer]
	texts := []string{c.text}
	if answer == nil {
		answer = &kin{best: make([]float64, len(k.asked))}
		k.answers[c.shown.Answer] = answer
		texts = append(texts, c.shown.Question, c.shown.Answer)
	}
	for _, text := range texts {
		for _, word := range k.reader.Words(text) {
			answer.words++
			for i, cosine := range k.cosines(word) {
				answer.best[i] = max(answer.best[i], cosine)
			}
		}
	}
}

func (k *kindred) cosines(word *embed.Word) []float64 {
	near, known := k.near[word]
	if !known {
		near = make([]float64, len(k.asked))
		for i, asked := range k.asked {
			near[i] = dot(asked.Vector, word.Vector)
		}
		k.near[word] = near
	}
	return near
}

func (k *kindred) of(answer *kin) kinship {
	total, share := 0.0, 0.0
	for i, word := range k.asked {
		total += word.Weight
		share += word.Weight * answer.best[i]
	}
	if total == 0 {
		return kinship{}
	}
	return kinship{share / total, math.Log1p(float64(answer.words))}
}
