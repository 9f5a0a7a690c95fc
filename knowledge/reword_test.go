package knowledge_test

import (
	"context"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"
)

func TestAfterAnUpgradeTheWordsOfAllPassagesAreReadAgain(t *testing.T) {
	ctx, pool := context.Background(), knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop", knowledge.Article{Ref: "fee", Locale: "es", Question: "¿Cuánto cuestan los portes?", Answer: "3,95 €.", Negatives: []string{"abrigo verde"}})
	for _, older := range []string{
		`update passages set words = '{7:1}/1000000000'`, `update embeddings set words = '{7:1}/1000000000'`,
		`delete from words`, `update shops set words_version = 0, passages = 9`,
	} {
		if _, err := pool.Exec(ctx, older); err != nil {
			t.Fatal(err)
		}
	}
	question := knowledge.Query{Text: "do I pay postage?"}
	if result := ask(t, base, shop, question); len(result.Hits) > 0 && result.Hits[0].Words > 0 {
		t.Fatalf("words that nobody has read found %+v", result.Hits[0])
	}
	for range 2 {
		if err := base.Reword(ctx); err != nil {
			t.Fatal(err)
		}
		checkCounts(t, pool, shop.ID)
	}
	if result := ask(t, base, shop, question); len(result.Hits) == 0 || result.Hits[0].Words == 0 {
		t.Errorf("postage does not find portes: %+v", result)
	}
}
