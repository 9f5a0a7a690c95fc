package knowledge

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"
)

// passage is the part of an article that is searched.
type passage struct {
	id      uuid.UUID
	article uuid.UUID
	version int
	kind    string // question, phrasing, negative, chunk
	product bool   // of an article of kind product
	text    string
}

const (
	kindQuestion = "question"
	kindPhrasing = "phrasing"
	kindNegative = "negative"
	kindChunk    = "chunk"
)

// kindProduct is the kind of articles that are product titles; their words weigh more.
const kindProduct = "product"

// A chunk of an answer holds about a thought: long enough to mean something, short enough to mean one thing.
const (
	chunkRunes    = 400
	chunkMinWords = 8 // shorter answers say nothing that the question did not
)

// passagesOf cuts a version into its passages.
func passagesOf(a Article) []passage {
	cut := make([]passage, 0, 2+len(a.Phrasings)+len(a.Negatives))
	add := func(kind, text string) {
		cut = append(cut, passage{id: uuid.Must(uuid.NewV7()), article: a.ID, version: a.Version, kind: kind, product: a.Kind == kindProduct, text: text})
	}
	add(kindQuestion, a.Question)
	for _, text := range a.Phrasings {
		add(kindPhrasing, text)
	}
	for _, text := range a.Negatives {
		add(kindNegative, text)
	}
	for _, text := range chunks(a.Answer) {
		add(kindChunk, text)
	}
	return cut
}

// chunks splits an answer at its paragraphs, and a long paragraph at its sentences.
func chunks(answer string) []string {
	var all []string
	var open strings.Builder
	runes := 0
	flush := func() {
		if text := strings.TrimSpace(open.String()); len(words(text)) >= chunkMinWords {
			all = append(all, text)
		}
		open.Reset()
		runes = 0
	}
	for _, piece := range sentences(answer) {
		n := utf8.RuneCountInString(piece)
		if runes > 0 && runes+n > chunkRunes {
			flush()
		}
		open.WriteString(piece)
		runes += n
	}
	flush()
	return all
}

// sentences cuts after a sentence's end or a line's; no piece is longer than a chunk.
func sentences(text string) []string {
	var pieces []string
	start, runes := 0, 0
	for i, r := range text {
		runes++
		end := i + utf8.RuneLen(r)
		last := r == '\n' || strings.ContainsRune("。！？", r) ||
			strings.ContainsRune(".!?", r) && (end == len(text) || text[end] == ' ' || text[end] == '\n')
		if last || runes >= chunkRunes {
			pieces = append(pieces, text[start:end])
			start, runes = end, 0
		}
	}
	return append(pieces, text[start:])
}

// vectorsOf embeds the passages for every space of the shop that has its embedder. It runs before the transaction that
// stores them, because an embedder may be slow; a space whose embedder fails gets no vectors now, and the filling of the
// space makes up for it.
func (b *Base) vectorsOf(ctx context.Context, shop Shop, passages []passage, progress func(done int)) (map[string][][]float32, error) {
	spaces, err := b.Spaces(ctx, shop.ID)
	if err != nil {
		return nil, err
	}
	vectors := make(map[string][][]float32)
	for _, space := range spaces {
		embedder, ok := b.embedders.Embedder(shop, space.Name)
		if space.State == SpaceRetired || !ok {
			continue
		}
		all, err := embedAll(ctx, embedder, passages, progress)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			b.log.WarnContext(ctx, "passages are stored without vectors for now", "shop", shop.Slug, "space", space.Name, "error", err)
			continue
		}
		vectors[space.Name] = all
	}
	return vectors, nil
}

// embedBatch is how many texts go to an embedder at once.
const embedBatch = 256

func embedAll(ctx context.Context, embedder Embedder, passages []passage, progress func(done int)) ([][]float32, error) {
	all := make([][]float32, 0, len(passages))
	for part := range slices.Chunk(passages, embedBatch) {
		texts := make([]string, len(part))
		for i, p := range part {
			texts[i] = p.text
		}
		vectors, err := passageVectors(ctx, embedder, texts)
		if err != nil {
			return nil, err
		}
		all = append(all, vectors...)
		progress(len(all))
	}
	return all, nil
}

// replacePassages makes these the passages of the articles, in the caller's transaction, which must hold the articles'
// rows. It locks the shop's row last, for the word counts, and the caller should commit soon after.
func replacePassages(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, articles []uuid.UUID, passages []passage, vectors map[string][][]float32) error {
	change := wordChange{words: make(map[int32]int)}
	if err := change.remove(ctx, tx, shopID, articles); err != nil {
		return err
	}
	sparse := make([]pgvector.SparseVector, len(passages))
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"passages"},
		[]string{"shop_id", "passage_id", "article_id", "version", "kind", "text", "words"},
		pgx.CopyFromSlice(len(passages), func(i int) ([]any, error) {
			p := passages[i]
			weights := passageWords(p.text)
			sparse[i] = sparsevec(weights)
			if p.kind != kindNegative {
				change.add(weights)
			}
			return []any{shopID, p.id, p.article, p.version, p.kind, p.text, sparse[i]}, nil
		}))
	if err != nil {
		return fmt.Errorf("store passages: %w", err)
	}
	if err := copyEmbeddings(ctx, tx, shopID, passages, sparse, vectors); err != nil {
		return err
	}
	return change.store(ctx, tx, shopID)
}

// copyEmbeddings stores what searches read of the passages, for each space that is alive now. A space that has come
// since the vectors were made gets rows without them, which its filling completes.
func copyEmbeddings(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, passages []passage, sparse []pgvector.SparseVector, vectors map[string][][]float32) error {
	rows, err := tx.Query(ctx, `select space from spaces where shop_id = $1 and state <> 'retired' for key share`, shopID)
	if err != nil {
		return err
	}
	spaces, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, space := range spaces {
		_, err = tx.CopyFrom(ctx, pgx.Identifier{"embeddings"},
			[]string{"shop_id", "passage_id", "space", "article_id", "negative", "product", "words", "vector"},
			pgx.CopyFromSlice(len(passages), func(i int) ([]any, error) {
				p := passages[i]
				var vector any
				if all := vectors[space]; all != nil {
					vector = halfvec(all[i])
				}
				return []any{shopID, p.id, space, p.article, p.kind == kindNegative, p.product, sparse[i], vector}, nil
			}))
		if err != nil {
			return fmt.Errorf("store vectors of space %s: %w", space, err)
		}
	}
	return nil
}
