package knowledgetest

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"strings"
	"unicode"
)

// Hashing is an embedder made of hashed word and character n-grams: the same text always has the same vector, like
// spellings have like ones, and nothing has to be loaded. It knows nothing of meaning.
type Hashing struct {
	// Name distinguishes several of them; "" is "hashing".
	Name string
	// Dim is the dimension; 0 is 64.
	Dim int
	// Err, when set, is asked before each call and returned when not nil: an embedder that is down.
	Err func() error
}

// Space names the embedder and its dimension.
func (h Hashing) Space() string {
	name := h.Name
	if name == "" {
		name = "hashing"
	}
	return fmt.Sprintf("%s-%d", name, h.Dimension())
}

// Dimension is Dim, or 64.
func (h Hashing) Dimension() int {
	if h.Dim == 0 {
		return 64
	}
	return h.Dim
}

// Questions embeds each text.
func (h Hashing) Questions(ctx context.Context, texts []string) ([][]float32, error) {
	return h.Passages(ctx, texts)
}

// Passages embeds each text.
func (h Hashing) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	if h.Err != nil {
		if err := h.Err(); err != nil {
			return nil, err
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = h.vector(text)
	}
	return vectors, nil
}

func (h Hashing) vector(text string) []float32 {
	vector := make([]float32, h.Dimension())
	add := func(gram string, weight float32) {
		sum := fnv.New32a()
		sum.Write([]byte(gram))
		n := sum.Sum32()
		if n&1 == 0 {
			weight = -weight
		}
		vector[int(n>>1)%len(vector)] += weight
	}
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for _, word := range words {
		add(word, 2)
		runes := []rune(" " + word + " ")
		for n := 2; n <= 3; n++ {
			for i := 0; i+n <= len(runes); i++ {
				add(string(runes[i:i+n]), 1)
			}
		}
	}
	var norm float64
	for _, x := range vector {
		norm += float64(x) * float64(x)
	}
	if norm > 0 {
		for i := range vector {
			vector[i] /= float32(math.Sqrt(norm))
		}
	}
	return vector
}
