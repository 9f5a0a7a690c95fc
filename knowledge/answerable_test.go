package knowledge_test

import (
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// still asks StillAnswerable in a transaction of its own.
func still(t *testing.T, pool *pgxpool.Pool, base *knowledge.Base, shop knowledge.Shop, at time.Time, market string, articles ...knowledge.ArticleVersion) (ok bool) {
	t.Helper()
	err := pgx.BeginFunc(t.Context(), pool, func(tx pgx.Tx) (err error) {
		ok, err = base.StillAnswerable(t.Context(), tx, shop.ID, at, market, articles)
		return err
	})
	if err != nil {
		t.Error(err)
	}
	return ok
}

func TestWhatAReplyRestsOnIsLookedAtAgain(t *testing.T) {
	t.Parallel()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	end := time.Now().Add(time.Hour)
	shop := knowledgetest.Shop(t, base, "shop", knowledge.Article{Ref: "a", Question: "where?", Answer: "here"},
		knowledge.Article{Ref: "b", Question: "how much?", Answer: "nine", Market: []string{"es"}, ValidTo: &end})
	var named []knowledge.ArticleVersion
	for _, ref := range []string{"a", "b"} {
		found, err := base.Variants(t.Context(), shop.ID, ref)
		if err != nil {
			t.Fatal(err)
		}
		named = append(named, knowledge.ArticleVersion{ID: found[0].ID, Version: 1})
	}
	a, b := named[0], named[1]
	now := time.Time{}
	if !still(t, pool, base, shop, now, "es", a, b, a) || !still(t, pool, base, shop, now, "", b) || !still(t, pool, base, shop, now, "") {
		t.Error("nothing has changed, and they may not answer")
	}
	if still(t, pool, base, shop, now, "UK", a, b) || still(t, pool, base, shop, end, "ES", b) {
		t.Error("answers elsewhere, or after its end")
	}
	other := knowledgetest.Shop(t, base, "other")
	if still(t, pool, base, other, now, "", a) {
		t.Error("answers in another shop")
	}
	second, err := base.Save(t.Context(), shop.ID, knowledge.Article{ID: a.ID, Question: "where?", Answer: "there"})
	if err != nil || !still(t, pool, base, shop, now, "", a) {
		t.Fatalf("a draft silences what is live: %v", err)
	}
	if err := base.Publish(t.Context(), shop.ID, a.ID, second.Version); err != nil || still(t, pool, base, shop, now, "", a) {
		t.Errorf("a version that was replaced still answers, %v", err)
	}
	if err := base.Archive(t.Context(), shop.ID, b.ID); err != nil || still(t, pool, base, shop, now, "", b) {
		t.Errorf("an archived article still answers, %v", err)
	}
}

func TestATakedownUnderWayIsWaitedFor(t *testing.T) {
	t.Parallel()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop", knowledge.Article{Ref: "a", Question: "where?", Answer: "here"})
	found, err := base.Variants(t.Context(), shop.ID, "a")
	if err != nil {
		t.Fatal(err)
	}
	tx, err := pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `update articles set status = 'archived', live = null where article_id = $1`, found[0].ID); err != nil {
		t.Fatal(err)
	}
	answer := make(chan bool)
	go func() {
		answer <- still(t, pool, base, shop, time.Time{}, "", knowledge.ArticleVersion{ID: found[0].ID, Version: 1})
	}()
	select {
	case <-answer:
		t.Error("did not wait")
	case <-time.After(200 * time.Millisecond):
		if err := tx.Commit(t.Context()); err != nil {
			t.Fatal(err)
		}
		if <-answer {
			t.Error("what was taken down still answers")
		}
	}
}
