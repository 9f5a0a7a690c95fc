package knowledge

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/pgvector/pgvector-go"
)

// wordChange is by how much a transaction changes the shop's document frequencies. Negative phrasings are not
// counted: they are not searched for.
type wordChange struct {
	passages int
	words    map[int32]int
}

func (c *wordChange) add(weights map[int32]float32) {
	c.passages++
	for w := range weights {
		c.words[w]++
	}
}

// remove deletes the articles' passages.
func (c *wordChange) remove(ctx context.Context, tx pgx.Tx, shopID uuid.UUID, articles []uuid.UUID) error {
	rows, err := tx.Query(ctx, `
		delete from passages where shop_id = $1 and article_id = any ($2) returning kind, words`, shopID, articles)
	if err != nil {
		return fmt.Errorf("delete passages: %w", err)
	}
	var kind string
	var stood pgvector.SparseVector
	_, err = pgx.ForEachRow(rows, []any{&kind, &stood}, func() error {
		if kind == kindNegative {
			return nil
		}
		c.passages--
		for _, place := range stood.Indices() {
			c.words[place+1]--
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("delete passages: %w", err)
	}
	return nil
}

// store writes the change under the lock of the shop's row, so that one transaction after another counts.
func (c *wordChange) store(ctx context.Context, tx pgx.Tx, shopID uuid.UUID) error {
	_, err := tx.Exec(ctx, `update shops set passages = passages + $2, changes = changes + 1 where shop_id = $1`, shopID, c.passages)
	if err != nil {
		return fmt.Errorf("count passages: %w", err)
	}
	var all, by []int32
	for w, n := range c.words {
		if n != 0 {
			all, by = append(all, w), append(by, int32(n))
		}
	}
	_, err = tx.Exec(ctx, `
		insert into words (shop_id, word, passages) select $1, * from unnest($2::int[], $3::int[])
		on conflict (shop_id, word) do update set passages = words.passages + excluded.passages`, shopID, all, by)
	if err != nil {
		return fmt.Errorf("count words: %w", err)
	}
	_, err = tx.Exec(ctx, `delete from words where shop_id = $1 and word = any ($2) and passages <= 0`, shopID, all)
	if err != nil {
		return fmt.Errorf("count words: %w", err)
	}
	return nil
}
