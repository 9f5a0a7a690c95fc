// Package embed turns texts into vectors.
//
// There are two ways: Builtin, a table inside the program that needs no network and
// takes microseconds a text, and Endpoint, any server that speaks OpenAI's
// /embeddings. Both give vectors of length one, so that a dot product is a cosine.
package embed

import (
	"context"
	"math"
)

// An Embedder turns texts into unit vectors. A vector of zeros means that the text
// gave no signal. Only vectors of one space may be compared.
type Embedder interface {
	// Space names the model and its dimension; it is empty while an endpoint has
	// never answered.
	Space() string
	// Dimension is the length of every vector; 0 while an endpoint has never answered.
	Dimension() int
	// Questions embeds what shoppers ask: one vector a text, in the order given.
	Questions(ctx context.Context, texts []string) ([][]float32, error)
	// Passages embeds what articles say: one vector a text, in the order given.
	Passages(ctx context.Context, texts []string) ([][]float32, error)
}

// maxRunes bounds what is read of one text, in code points: enough for any passage,
// little enough that a hostile text costs no more than a long one.
const maxRunes = 2000

// unit scales sum to length one. A sum without length stays zeros.
func unit(sum []float64) []float32 {
	squares := 0.0
	for _, x := range sum {
		squares += x * x
	}
	vector := make([]float32, len(sum))
	if squares == 0 {
		return vector
	}
	scale := 1 / math.Sqrt(squares)
	for i, x := range sum {
		vector[i] = float32(x * scale)
	}
	return vector
}
