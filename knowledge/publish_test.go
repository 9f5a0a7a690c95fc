package knowledge_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"
)

// recount counts the words of all searched passages as the shop's table should have them.
func recount(t *testing.T, pool *pgxpool.Pool, shopID uuid.UUID) (words map[int32]int32, passages int) {
	t.Helper()
	rows, err := pool.Query(context.Background(), `select text from passages where shop_id = $1 and kind <> 'negative'`, shopID)
	if err != nil {
		t.Fatal(err)
	}
	texts, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	words = map[int32]int32{}
	for _, text := range texts {
		for _, w := range knowledge.WordHashes(text) {
			words[w]++
		}
	}
	return words, len(texts)
}

// checkCounts compares the stored document frequencies with a recount.
func checkCounts(t *testing.T, pool *pgxpool.Pool, shopID uuid.UUID) {
	t.Helper()
	want, wantPassages := recount(t, pool, shopID)
	rows, err := pool.Query(context.Background(), `select word, passages from words where shop_id = $1`, shopID)
	if err != nil {
		t.Fatal(err)
	}
	got := map[int32]int32{}
	var word, n int32
	if _, err := pgx.ForEachRow(rows, []any{&word, &n}, func() error { got[word] = n; return nil }); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("document frequencies (-recount +stored):\n%s", diff)
	}
	var passages int
	if err := pool.QueryRow(context.Background(), `select passages from shops where shop_id = $1`, shopID).Scan(&passages); err != nil {
		t.Fatal(err)
	}
	if passages != wantPassages {
		t.Errorf("%d passages counted, there are %d", passages, wantPassages)
	}
}

func TestConcurrentPublishersKeepTheWordCountsRight(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop")
	var ids []uuid.UUID
	for i := range 4 {
		article, err := base.Save(ctx, shop.ID, knowledge.Article{Question: fmt.Sprint("question ", i), Answer: "x"})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, article.ID)
	}
	var group errgroup.Group
	for worker := range 6 {
		group.Go(func() error {
			random := rand.New(rand.NewPCG(uint64(worker), 1))
			for range 15 {
				id := ids[random.IntN(len(ids))]
				var err error
				switch random.IntN(5) {
				case 0:
					err = base.Archive(ctx, shop.ID, id)
				case 1:
					_, err = base.ImportBatch(ctx, shop.ID, []knowledge.Article{
						{Ref: "shared", Question: fmt.Sprint("imported words ", random.IntN(3)), Answer: "y", Negatives: []string{"not counted"}}}, knowledge.ImportOptions{})
				default:
					var saved knowledge.Article
					saved, err = base.Save(ctx, shop.ID, knowledge.Article{ID: id, Locale: "en",
						Question: fmt.Sprint("worker ", worker, " asks ", random.IntN(50)), Answer: "x", Phrasings: []string{fmt.Sprint("in words ", random.IntN(9))}})
					if err == nil {
						err = base.Publish(ctx, shop.ID, id, saved.Version)
					}
				}
				if err != nil && !errors.Is(err, knowledge.ErrOvertaken) {
					return err
				}
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	checkCounts(t, pool, shop.ID)
}

func TestSavingWhatIsThereKeepsTheVersion(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	base := open(t)
	shop := knowledgetest.Shop(t, base, "shop")
	article := knowledge.Article{Ref: "a", Question: " where? ", Answer: "here", Phrasings: []string{"whereabouts", "where?"}, Market: []string{"es"}}
	one, err := base.Save(ctx, shop.ID, article)
	if err != nil {
		t.Fatal(err)
	}
	two, err := base.Save(ctx, shop.ID, article)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(one, two); diff != "" || two.Version != 1 {
		t.Errorf("saved again as version %d: %s", two.Version, diff)
	}
	article.Phrasings = append(article.Phrasings, "in what place")
	three, err := base.Save(ctx, shop.ID, article)
	if err != nil || three.Version != 2 || three.ID != one.ID {
		t.Errorf("changed: version %d, %v", three.Version, err)
	}
}

func TestRollbackBringsTheOldAnswerBackAndKeepsTheHistory(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	base := open(t)
	shop := knowledgetest.Shop(t, base, "shop")
	var article knowledge.Article
	for i := range 3 {
		saved, err := base.Save(ctx, shop.ID, knowledge.Article{Ref: "a", Question: "where?", Answer: fmt.Sprint("answer ", i+1), Author: "ana"})
		if err != nil {
			t.Fatal(err)
		}
		if err := base.Publish(ctx, shop.ID, saved.ID, saved.Version); err != nil {
			t.Fatal(err)
		}
		article = saved
	}
	back, err := base.Rollback(ctx, shop.ID, article.ID, 1, "ben")
	if err != nil || back.Version != 4 || back.Live != 4 || back.Answer != "answer 1" || back.Author != "ben" {
		t.Fatalf("rolled back to %+v, %v", back, err)
	}
	if got := ask(t, base, shop, knowledge.Query{Text: "where?"}).Hits[0].Answer; got != "answer 1" {
		t.Errorf("it answers %q", got)
	}
	history, err := base.History(ctx, shop.ID, article.ID)
	if err != nil || len(history) != 4 || history[0].Version != 4 || history[3].Answer != "answer 1" {
		t.Errorf("history of %d, %v", len(history), err)
	}
}
