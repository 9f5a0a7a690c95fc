package knowledge_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

// outcomes joins what became of an import's articles.
func outcomes(imported []knowledge.Imported) string {
	var all []string
	for _, one := range imported {
		all = append(all, string(one.Outcome))
	}
	return strings.Join(all, " ")
}

func TestTheSameImportTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop")
	from, to := time.Now(), time.Now().Add(time.Hour)
	articles := []knowledge.Article{
		{Ref: "a", Question: "one?", Answer: "1", Phrasings: []string{"uno", "uno"}, Market: []string{"us", "UK"}, ValidFrom: &from, ValidTo: &to, Status: "published"},
		{Question: "no id?", Answer: "2"},
		{Ref: "c", Question: "draft?", Answer: "3", Status: "draft"},
		{Ref: "d", Question: "old?", Answer: "4", Status: "archived"},
	}
	before := ""
	for i, want := range []string{"new new new new", "same same same same"} {
		imported, err := base.ImportBatch(ctx, shop.ID, articles, knowledge.ImportOptions{DryRun: true})
		if err != nil || outcomes(imported) != want {
			t.Fatalf("dry run %d: %s, %v", i, outcomes(imported), err)
		}
		imported, err = base.ImportBatch(ctx, shop.ID, articles, knowledge.ImportOptions{})
		if err != nil || outcomes(imported) != want {
			t.Fatalf("import %d: %s, %v", i, outcomes(imported), err)
		}
		now := everything(t, pool)
		if i > 0 && now != before {
			t.Errorf("the second import changed rows:\n%s\n%s", before, now)
		}
		before = now
	}
	articles[0].Answer, articles[2].Status = "changed", "published"
	imported, err := base.ImportBatch(ctx, shop.ID, articles, knowledge.ImportOptions{})
	if err != nil || outcomes(imported) != "changed same changed same" {
		t.Errorf("after changes: %s, %v", outcomes(imported), err)
	}
	checkCounts(t, pool, shop.ID)
}

// everything is a digest of the rows of the tables that an import writes.
func everything(t *testing.T, pool interface {
	QueryRow(context.Context, string, ...any) pgx.Row
}) (digest string) {
	t.Helper()
	err := pool.QueryRow(context.Background(), `select concat_ws(' ',
		(select md5(string_agg(a::text, ';' order by a.article_id)) from articles a),
		(select md5(string_agg(v::text, ';' order by v.article_id, v.version)) from article_versions v),
		(select md5(string_agg(p::text, ';' order by p.passage_id)) from passages p),
		(select md5(string_agg(w::text, ';' order by w.word)) from words w))`).Scan(&digest)
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

func TestABadArticleIsRefusedAndTheOthersAreStored(t *testing.T) {
	t.Parallel()
	base := open(t)
	shop := knowledgetest.Shop(t, base, "shop")
	from := time.Now()
	imported, err := base.ImportBatch(context.Background(), shop.ID, []knowledge.Article{
		{Ref: "good", Question: "good?", Answer: "yes"},
		{Ref: "no-answer", Question: "bad?"},
		{Ref: "good", Question: "the same id again?", Answer: "no"},
		{Ref: "nul", Question: "a\x00b", Answer: "no"},
		{Ref: "utf8", Question: "\xff", Answer: "no"},
		{Ref: "window", Question: "window?", Answer: "no", ValidFrom: &from, ValidTo: &from},
		{Ref: "status", Question: "status?", Answer: "no", Status: "perhaps"},
		{Ref: "locale", Question: "locale?", Answer: "no", Locale: "klingonish"},
		{Ref: "long", Question: strings.Repeat("x", 3_000), Answer: "no"},
	}, knowledge.ImportOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := outcomes(imported); got != "new error error error error error error error error" {
		t.Errorf("outcomes %s", got)
	}
	for _, one := range imported[1:] {
		if !errors.Is(one.Err, knowledge.ErrInvalid) && !errors.Is(one.Err, knowledge.ErrExists) {
			t.Errorf("%s: %v", one.Ref, one.Err)
		}
	}
	if _, total, err := base.List(context.Background(), shop.ID, knowledge.Filter{}); err != nil || total != 1 {
		t.Errorf("%d articles stored, %v", total, err)
	}
}

func TestTheSameImportTwiceAtOnceStoresItOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop")
	var group errgroup.Group
	for range 4 {
		group.Go(func() error {
			_, err := base.ImportBatch(ctx, shop.ID, manyArticles(60), knowledge.ImportOptions{})
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	articles, total, err := base.List(ctx, shop.ID, knowledge.Filter{Status: knowledge.Published})
	if err != nil || total != 60 {
		t.Fatalf("%d articles, %v", total, err)
	}
	for _, a := range articles {
		if a.Version != 1 {
			t.Errorf("%s has version %d", a.Ref, a.Version)
		}
	}
	checkCounts(t, pool, shop.ID)
}

func TestAnImportThatFailsHalfwayLeavesNothing(t *testing.T) {
	t.Parallel()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop", manyArticles(20)...)
	before := everything(t, pool)
	ctx, cancel := context.WithCancel(context.Background())
	changed := manyArticles(400)
	for i := range changed {
		changed[i].Answer += " changed"
	}
	_, err := base.ImportBatch(ctx, shop.ID, changed, knowledge.ImportOptions{Progress: func(done, total int) {
		if done > total/2 {
			cancel()
		}
	}})
	if err == nil {
		t.Fatal("the import succeeded")
	}
	if after := everything(t, pool); after != before {
		t.Error("something was stored")
	}
}

func TestAListIsNarrowedByWhatAnEditorAsksFor(t *testing.T) {
	t.Parallel()
	base := open(t)
	soon, later := time.Now().Add(time.Hour), time.Now().Add(48*time.Hour)
	shop := knowledgetest.Shop(t, base, "shop",
		knowledge.Article{Ref: "a", Question: "100% cotton?", Answer: "yes", Kind: "product", Tags: []string{"care"}, ValidTo: &soon},
		knowledge.Article{Ref: "b", Question: "100 ways", Answer: "no", Market: []string{"es"}, Status: "draft", ValidTo: &later},
		knowledge.Article{Ref: "c", Question: "怎么洗", Answer: "冷水", Phrasings: []string{"cotton care"}})
	day := time.Now().Add(24 * time.Hour)
	for name, c := range map[string]struct {
		filter knowledge.Filter
		want   int
	}{
		"everything":             {knowledge.Filter{}, 3},
		"a percent sign as such": {knowledge.Filter{Text: "100%"}, 1},
		"words of phrasings":     {knowledge.Filter{Text: "COTTON"}, 2},
		"status":                 {knowledge.Filter{Status: knowledge.Draft}, 1},
		"locale":                 {knowledge.Filter{Locale: "zh"}, 1},
		"market":                 {knowledge.Filter{Market: "uk"}, 2},
		"kind":                   {knowledge.Filter{Kind: "product"}, 1},
		"tag":                    {knowledge.Filter{Tag: "care"}, 1},
		"expiring":               {knowledge.Filter{ExpiringBefore: &day}, 1},
	} {
		articles, total, err := base.List(context.Background(), shop.ID, c.filter)
		if err != nil || total != c.want || len(articles) != c.want {
			t.Errorf("%s: %d of %d, want %d, %v", name, len(articles), total, c.want, err)
		}
	}
	page, total, err := base.List(context.Background(), shop.ID, knowledge.Filter{Limit: 2, Offset: 2})
	if err != nil || total != 3 || len(page) != 1 {
		t.Errorf("second page: %d of %d, %v", len(page), total, err)
	}
}
