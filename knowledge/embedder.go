package knowledge

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/pgvector/pgvector-go"
)

// Embedder turns texts into vectors of one space: texts of like meaning lie close together.
type Embedder interface {
	// Space names the model and the dimension; vectors of different spaces cannot be compared.
	Space() string
	// Dimension is the length of every vector.
	Dimension() int
	// Questions returns one vector for each of the shoppers' texts, in their order.
	Questions(ctx context.Context, texts []string) ([][]float32, error)
	// Passages returns one vector for each text of the knowledge, in their order.
	Passages(ctx context.Context, texts []string) ([][]float32, error)
}

// Embedders finds the embedder of a space, which may depend on the shop's own model settings.
type Embedders interface {
	// Default is the embedder that a new shop starts with; nil where there is none and words must do.
	Default() Embedder
	// Embedder returns the embedder that fills this space for this shop; false when there is none any more.
	Embedder(shop Shop, space string) (Embedder, bool)
}

// Fixed gives every shop the same embedders; the first is the default.
func Fixed(embedders ...Embedder) Embedders { return fixed(embedders) }

type fixed []Embedder

func (f fixed) Default() Embedder {
	if len(f) == 0 {
		return nil
	}
	return f[0]
}

func (f fixed) Embedder(_ Shop, space string) (Embedder, bool) {
	for _, e := range f {
		if e.Space() == space {
			return e, true
		}
	}
	return nil, false
}

// questionTimeout is how long a shopper's question waits for its vector before words alone must do.
const questionTimeout = 3 * time.Second

// questionVector embeds one question in the shop's active space.
func (b *Base) questionVector(ctx context.Context, shop Shop, text string) (pgvector.HalfVector, error) {
	embedder, ok := b.embedders.Embedder(shop, shop.ActiveSpace)
	if !ok {
		return pgvector.HalfVector{}, fmt.Errorf("embedder of space %q: %w", shop.ActiveSpace, ErrNotFound)
	}
	ctx, cancel := context.WithTimeout(ctx, questionTimeout)
	defer cancel()
	vectors, err := embedder.Questions(ctx, []string{text})
	if err != nil {
		return pgvector.HalfVector{}, err
	}
	if len(vectors) != 1 || len(vectors[0]) != embedder.Dimension() {
		return pgvector.HalfVector{}, fmt.Errorf("embedder %s: a vector of another shape", shop.ActiveSpace)
	}
	return halfvec(vectors[0]), nil
}

// passageVectors embeds texts for one space and checks the shape of what comes back.
func passageVectors(ctx context.Context, embedder Embedder, texts []string) ([][]float32, error) {
	vectors, err := embedder.Passages(ctx, texts)
	if err != nil {
		return nil, err
	}
	if len(vectors) != len(texts) {
		return nil, fmt.Errorf("embedder %s: %d vectors for %d texts", embedder.Space(), len(vectors), len(texts))
	}
	for _, v := range vectors {
		if len(v) != embedder.Dimension() {
			return nil, fmt.Errorf("embedder %s: a vector of %d instead of %d", embedder.Space(), len(v), embedder.Dimension())
		}
	}
	return vectors, nil
}

// halfvec scales a vector to length one, so that the inner product is the cosine. The zero vector and one that holds
// no number stay zero: no signal.
func halfvec(v []float32) pgvector.HalfVector {
	var sum float64
	for _, x := range v {
		sum += float64(x) * float64(x)
	}
	unit := make([]float32, len(v))
	if norm := math.Sqrt(sum); norm > 0 && !math.IsNaN(norm) && !math.IsInf(norm, 0) {
		for i, x := range v {
			unit[i] = float32(float64(x) / norm)
		}
	}
	return pgvector.NewHalfVector(unit)
}
