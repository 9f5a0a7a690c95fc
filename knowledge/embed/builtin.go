package embed

import (
	"context"
	_ "embed" // the table and its licence travel inside the program
	"fmt"
	"sync"
)

//go:embed table.fdse
var builtinTable string

//go:embed LICENCE.table.md
var builtinLicence string

const (
	unlearnedName    = "builtin-v1"
	builtinName      = "builtin-v2"
	builtinDimension = 192
)

// parseBuiltin reads the embedded table once, however many Builtins there are.
var parseBuiltin = sync.OnceValues(func() (*table, error) {
	t, err := parseTable(builtinTable)
	if err != nil {
		return nil, err
	}
	if t.dimension != builtinDimension {
		return nil, fmt.Errorf("%w: %d dimensions, want %d", errTable, t.dimension, builtinDimension)
	}
	return t, nil
})

// Builtin is the embedder that needs no network: a static table of word pieces for
// Chinese, English and Spanish. It gives a sense of what a text is about, across the
// three languages too; it is weak where the order of words carries the meaning.
//
// Only the first 2,000 code points of a text count. Safe for concurrent use.
type Builtin struct {
	name    string
	table   *table
	scratch sync.Pool
}

// NewBuiltin reads the table inside the program and what it has learned of questions, the first time in tens of
// milliseconds.
func NewBuiltin() (*Builtin, error) { return newBuiltin(builtinName, parseLearned) }

// NewUnlearned is the table as it was before it learned of questions: for sentences of other kinds, and for the vectors that
// shops have of it until they have those of the other.
func NewUnlearned() (*Builtin, error) { return newBuiltin(unlearnedName, parseBuiltin) }

func newBuiltin(name string, parse func() (*table, error)) (*Builtin, error) {
	t, err := parse()
	if err != nil {
		return nil, fmt.Errorf("built-in embedder: %w", err)
	}
	return &Builtin{name: name, table: t, scratch: sync.Pool{New: func() any { return newScratch(t.dimension) }}}, nil
}

// BuiltinLicence is the notice that must travel with the table, as Markdown.
func BuiltinLicence() string { return builtinLicence }

// Space is "builtin-v2-192"; "builtin-v1-192" of the unlearned.
func (b *Builtin) Space() string { return fmt.Sprintf("%s-%d", b.name, builtinDimension) }

// Dimension is 192.
func (b *Builtin) Dimension() int { return builtinDimension }

// Questions embeds what shoppers ask. It fails only when ctx ends.
func (b *Builtin) Questions(ctx context.Context, texts []string) ([][]float32, error) {
	return b.vectors(ctx, texts)
}

// Passages embeds what articles say, as Questions does: the table knows no difference.
func (b *Builtin) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	return b.vectors(ctx, texts)
}

func (b *Builtin) vectors(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("built-in embedder: %w", err)
		}
		vectors[i] = b.Vector(text)
	}
	return vectors, nil
}

// Vector embeds one text: 192 numbers of length one, or zeros where the table knows
// no piece of it. The start of a word is a piece too, so that an empty text and one
// in a foreign script mostly share the vector of that piece: ask Coverage.
func (b *Builtin) Vector(text string) []float32 {
	s := b.scratch.Get().(*scratch)
	defer b.scratch.Put(s)
	s.normalise(text)
	b.table.segment(s)
	b.table.sum(s.found, s.sum)
	return unit(s.sum)
}

// Coverage is the share, 0 to 1, of the text's code points, spaces aside, that the
// table knows. At 0 the vector says nothing about the text.
func (b *Builtin) Coverage(text string) float64 {
	s := b.scratch.Get().(*scratch)
	defer b.scratch.Put(s)
	s.normalise(text)
	b.table.segment(s)
	return s.coverage()
}
