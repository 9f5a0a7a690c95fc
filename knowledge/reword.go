package knowledge

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// wordsVersion counts the ways in which this program has read the words of a text; questions and passages must be read in
// the same one. It grows when splitting, stems or lexicon change.
const wordsVersion = 2

// Reword reads the passages of all shops again that were stored by a program with other words. Searches go on meanwhile
// and find by meaning what its words do not find yet. Calling it when there is nothing to do costs one look.
func (b *Base) Reword(ctx context.Context) error {
	rows, err := b.pool.Query(ctx, `select shop_id from shops where words_version < $1 order by shop_id`, wordsVersion)
	if err != nil {
		return err
	}
	shops, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return err
	}
	for _, id := range shops {
		if err := b.inTx(ctx, func(tx pgx.Tx) error { return reword(ctx, tx, id) }); err != nil {
			return fmt.Errorf("words of shop %s: %w", id, err)
		}
	}
	return nil
}

// rewordBatch is how many passages are written at once.
const rewordBatch = 1_000

// reword holds the articles, as every publication does, and then the shop's row, so that nothing is counted twice.
func reword(ctx context.Context, tx pgx.Tx, shopID uuid.UUID) error {
	if _, err := tx.Exec(ctx, `select from articles where shop_id = $1 order by article_id for no key update`, shopID); err != nil {
		return err
	}
	var stale bool
	err := tx.QueryRow(ctx, `select words_version < $2 from shops where shop_id = $1 for no key update`, shopID, wordsVersion).Scan(&stale)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && !stale {
		return nil
	}
	if err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `select passage_id, kind, text from passages where shop_id = $1`, shopID)
	if err != nil {
		return err
	}
	passages, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p passage, err error) {
		return p, row.Scan(&p.id, &p.kind, &p.text)
	})
	if err != nil {
		return err
	}
	count := wordChange{words: make(map[int32]int)}
	for part := range slices.Chunk(passages, rewordBatch) {
		if err := rewordPassages(ctx, tx, shopID, part, &count); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, `delete from words where shop_id = $1`, shopID); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update shops set passages = 0, words_version = $2 where shop_id = $1`, shopID, wordsVersion); err != nil {
		return err
	}
	return count.store(ctx, tx, shopID)
}

func rewordPassages(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, passages []passage, count *wordChange) error {
	ids, vectors := make([]uuid.UUID, len(passages)), make([]string, len(passages))
	for i, p := range passages {
		weights := passageWords(p.text)
		if p.kind != kindNegative {
			count.add(weights)
		}
		ids[i], vectors[i] = p.id, sparsevec(weights).String()
	}
	for _, table := range []string{"passages", "embeddings"} {
		_, err := tx.Exec(ctx, `
			update `+table+` t set words = n.words::sparsevec from unnest($2::uuid[], $3::text[]) as n (passage_id, words)
			where t.shop_id = $1 and t.passage_id = n.passage_id`, shopID, ids, vectors)
		if err != nil {
			return err
		}
	}
	return nil
}
