package knowledge_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"pgregory.net/rapid"
)

func TestWhatMayNotAnswerNeverAnswers(t *testing.T) {
	t.Parallel()
	base := open(t)
	shop := knowledgetest.Shop(t, base, "shop")
	now := time.Now().Truncate(time.Second)
	round := 0
	rapid.Check(t, func(rt *rapid.T) {
		round++
		tag := fmt.Sprintf("round%d", round)
		edge := rapid.Custom(func(rt *rapid.T) *time.Time {
			if rapid.Bool().Draw(rt, "open") {
				return nil
			}
			at := now.Add(time.Duration(rapid.IntRange(-5, 5).Draw(rt, "hours")) * time.Hour)
			return &at
		})
		markets := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"CN", "ES", "UK"}), 0, 2, rapid.ID[string])
		may := map[string]knowledge.Article{}
		var articles []knowledge.Article
		for i := range rapid.IntRange(1, 6).Draw(rt, "articles") {
			a := knowledge.Article{Ref: fmt.Sprint(tag, "-", i), Locale: "en", Question: tag + " how does it work", Answer: fmt.Sprint("answer ", i),
				Market: markets.Draw(rt, "market"), ValidFrom: edge.Draw(rt, "from"), ValidTo: edge.Draw(rt, "to"),
				Status: rapid.SampledFrom([]string{knowledge.Published, knowledge.Draft, knowledge.Archived}).Draw(rt, "status")}
			if a.ValidFrom != nil && a.ValidTo != nil && !a.ValidFrom.Before(*a.ValidTo) {
				a.ValidTo = nil
			}
			articles = append(articles, a)
			may[a.Ref] = a
		}
		imported, err := base.ImportBatch(context.Background(), shop.ID, articles, knowledge.ImportOptions{})
		if err != nil {
			rt.Fatal(err)
		}
		at := now.Add(time.Duration(rapid.IntRange(-6, 6).Draw(rt, "asked")) * time.Hour)
		market := rapid.SampledFrom([]string{"", "CN", "ES", "UK"}).Draw(rt, "shopper's market")
		result, err := base.Search(context.Background(), shop, knowledge.Query{Text: tag + " how does it work", At: at, Market: market, Limit: 50})
		if err != nil {
			rt.Fatal(err)
		}
		found := map[string]bool{}
		for _, hit := range result.Hits {
			found[hit.Ref] = true
		}
		for ref, a := range may {
			if found[ref] != mayAnswer(a, at, market) {
				rt.Errorf("%s found %v: status %s, from %v to %v, asked %v, markets %v, asked %q",
					ref, found[ref], a.Status, a.ValidFrom, a.ValidTo, at, a.Market, market)
			}
		}
		for _, one := range imported {
			if err := base.Archive(context.Background(), shop.ID, one.ID); err != nil {
				rt.Fatal(err)
			}
		}
	})
}

// mayAnswer says in Go what the statement says in SQL.
func mayAnswer(a knowledge.Article, at time.Time, market string) bool {
	inMarket := market == "" || len(a.Market) == 0
	for _, m := range a.Market {
		inMarket = inMarket || m == market
	}
	return a.Status == knowledge.Published && inMarket &&
		(a.ValidFrom == nil || !at.Before(*a.ValidFrom)) && (a.ValidTo == nil || at.Before(*a.ValidTo))
}

func TestPublishingAndTakingDownAreLiveAtOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := knowledgetest.Database(t)
	editor := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	bot := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{})) // another process
	shop := knowledgetest.Shop(t, editor, "shop")
	answer := func() string {
		if hits := ask(t, bot, shop, knowledge.Query{Text: "gift wrapping"}).Hits; len(hits) > 0 {
			return hits[0].Answer
		}
		return ""
	}
	article, err := editor.Save(ctx, shop.ID, knowledge.Article{Question: "gift wrapping?", Answer: "it is free"})
	if err != nil {
		t.Fatal(err)
	}
	if got := answer(); got != "" {
		t.Fatalf("a draft answers: %q", got)
	}
	if err := editor.Publish(ctx, shop.ID, article.ID, article.Version); err != nil {
		t.Fatal(err)
	}
	if got := answer(); got != "it is free" {
		t.Fatalf("after publishing: %q", got)
	}
	article.Answer = "it costs 2 €"
	changed, err := editor.Save(ctx, shop.ID, article)
	if err != nil || changed.Version != 2 || changed.Live != 1 {
		t.Fatalf("version %d, live %d, %v", changed.Version, changed.Live, err)
	}
	if got := answer(); got != "it is free" {
		t.Fatalf("a draft of a published article answers: %q", got)
	}
	if err := editor.Publish(ctx, shop.ID, article.ID, 2); err != nil {
		t.Fatal(err)
	}
	if got := answer(); got != "it costs 2 €" {
		t.Fatalf("after publishing again: %q", got)
	}
	if err := editor.Archive(ctx, shop.ID, article.ID); err != nil {
		t.Fatal(err)
	}
	if got := answer(); got != "" {
		t.Fatalf("an archived article answers: %q", got)
	}
}

func TestPublishingNeedsNoEmbedder(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	var down error
	embedder := knowledgetest.Hashing{Err: func() error { return down }}
	base := open(t, embedder)
	shop := knowledgetest.Shop(t, base, "shop")
	down = fmt.Errorf("connection refused")
	knowledgetest.Import(t, base, shop, knowledge.Article{Ref: "a", Question: "opening hours", Answer: "nine to five"})
	if got := first(ask(t, base, shop, knowledge.Query{Text: "opening hours"})); got != "a/en" {
		t.Errorf("with the embedder down: %q", got)
	}
	todo, err := base.SpacesToFill(ctx)
	if err != nil || len(todo) != 1 {
		t.Fatalf("to fill: %v, %v", todo, err)
	}
	if err := base.FillSpace(ctx, shop.ID, embedder.Space()); err == nil {
		t.Error("filling succeeds while the embedder is down")
	}
	if spaces, _ := base.Spaces(ctx, shop.ID); spaces[0].Error == "" {
		t.Error("the editors are not told why the space is not filled")
	}
	down = nil
	if got := first(ask(t, base, shop, knowledge.Query{Text: "opening hours"})); got != "a/en" {
		t.Errorf("before its vector is there: %q", got)
	}
	if err := base.FillSpace(ctx, shop.ID, embedder.Space()); err != nil {
		t.Fatal(err)
	}
	hit := ask(t, base, shop, knowledge.Query{Text: "opening hours"}).Hits[0]
	if hit.Similarity < 0.99 {
		t.Errorf("after filling the similarity is %.2f", hit.Similarity)
	}
	if todo, err := base.SpacesToFill(ctx); err != nil || len(todo) != 0 {
		t.Errorf("still to fill: %v, %v", todo, err)
	}
}
