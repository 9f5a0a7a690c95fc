package knowledge_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/jackc/pgx/v5"
)

func TestANewSpaceFillsWhileTheOldOneAnswersAndThenTakesOver(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	calls := 0
	var stop func() error
	slow := knowledgetest.Hashing{Name: "new", Dim: 32, Err: func() error { calls++; return stop() }}
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}, slow))
	shop := knowledgetest.Shop(t, base, "shop", manyArticles(120)...) // 600 passages, ten batches
	question := knowledge.Query{Text: manyArticles(1)[0].Question}

	stop = func() error { return nil }
	if err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error { return base.StartSpace(ctx, tx, shop.ID, slow) }); err != nil {
		t.Fatal(err)
	}
	stop = func() error {
		if calls > 1 {
			return errors.New("killed")
		}
		return nil
	}
	if err := base.FillSpace(ctx, shop.ID, slow.Space()); err == nil {
		t.Fatal("filling went on over an error")
	}
	spaces, err := base.Spaces(ctx, shop.ID)
	if err != nil || len(spaces) != 2 || spaces[1].State != knowledge.SpaceFilling || spaces[1].Done != 64 || spaces[1].Total != 600 {
		t.Fatalf("half-way: %+v, %v", spaces, err)
	}
	if err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error { return base.StartSpace(ctx, tx, shop.ID, slow) }); err != nil {
		t.Fatal(err)
	}
	if spaces, err = base.Spaces(ctx, shop.ID); err != nil || !strings.Contains(spaces[1].Error, "killed") {
		t.Errorf("the reason that it stopped for is %q after the next sweep, %v", spaces[1].Error, err)
	}
	if hit := ask(t, base, shop, question).Hits[0]; hit.Ref != "a0" || hit.Similarity < 0.99 {
		t.Errorf("while filling: %s at %.2f", hit.Ref, hit.Similarity)
	}

	stop = func() error { return nil }
	knowledgetest.Import(t, base, shop, knowledge.Article{Ref: "meanwhile", Question: "published meanwhile", Answer: "yes"})
	calls = 0
	if err := base.FillSpace(ctx, shop.ID, slow.Space()); err != nil {
		t.Fatal(err)
	}
	if calls != 9 {
		t.Errorf("filling was not resumed where it stopped: %d batches", calls)
	}
	switched, err := base.Shop(ctx, shop.ID)
	if err != nil || switched.ActiveSpace != slow.Space() {
		t.Fatalf("active is %s, %v", switched.ActiveSpace, err)
	}
	for name, s := range map[string]knowledge.Shop{"read before the switch": shop, "read after it": switched} {
		for ref, text := range map[string]string{"a0": question.Text, "meanwhile": "published meanwhile"} {
			if hit := ask(t, base, s, knowledge.Query{Text: text}).Hits[0]; hit.Ref != ref || hit.Similarity < 0.99 {
				t.Errorf("shop %s: %s at %.2f", name, hit.Ref, hit.Similarity)
			}
		}
	}
	var old int
	if err := pool.QueryRow(ctx, `select count(*) from embeddings where space <> $1`, slow.Space()).Scan(&old); err != nil || old != 0 {
		t.Errorf("%d rows of the old space are left, %v", old, err)
	}
}

func TestAShopWithoutEmbedderSearchesByWords(t *testing.T) {
	t.Parallel()
	base := knowledge.New(knowledgetest.Database(t), knowledge.Fixed())
	shop := knowledgetest.Shop(t, base, "shop", knowledgetest.Articles()...)
	result := ask(t, base, shop, knowledge.Query{Text: "discount code invalid"})
	if !result.WordsOnly || first(result) != "coupon/en" {
		t.Errorf("words only %v, found %s", result.WordsOnly, first(result))
	}
	if todo, err := base.SpacesToFill(context.Background()); err != nil || len(todo) != 0 {
		t.Errorf("to fill: %v, %v", todo, err)
	}
}

func TestMissedQuestionsOfLikeMeaningStandTogether(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	base := open(t, builtin(t))
	shop := knowledgetest.Shop(t, base, "shop")
	for i, text := range []string{"do you sell gift cards", "有鞋盒吗", "gift cards do you sell?", "do you sell gift cards"} {
		if err := base.Missed(ctx, shop.ID, knowledge.Missed{Text: text, Locale: "en", Outcome: "none", Confidence: float64(i) / 10}); err != nil {
			t.Fatal(err)
		}
	}
	groups, err := base.MissedQuestions(ctx, shop.ID, knowledge.MissedOpen)
	if err != nil || len(groups) != 2 || len(groups[0].Questions) != 3 {
		t.Fatalf("groups %+v, %v", groups, err)
	}
	if err := base.MarkMissed(ctx, shop.ID, knowledge.MissedDone, groups[0].Questions[0].ID, groups[0].Questions[1].ID); err != nil {
		t.Fatal(err)
	}
	if groups, err = base.MissedQuestions(ctx, shop.ID, knowledge.MissedOpen); err != nil || len(groups) != 2 || len(groups[0].Questions) != 1 {
		t.Errorf("after marking two: %+v, %v", groups, err)
	}
	other := knowledgetest.Shop(t, base, "other")
	if err := base.MarkMissed(ctx, other.ID, knowledge.MissedDone, groups[0].Questions[0].ID); !errors.Is(err, knowledge.ErrNotFound) {
		t.Errorf("another shop marks it: %v", err)
	}
}

func TestShopsAreFoundBySlugAndKeyAndAddedOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	base := open(t)
	shop, err := base.AddShop(ctx, knowledge.Shop{Slug: "casa", Name: "Casa", Locale: "es", TimeZone: "Europe/Madrid",
		Settings: knowledge.Settings{Names: map[string]string{"zh": "家"}, AnswerAbove: 0.9}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := base.AddShop(ctx, knowledge.Shop{Slug: "casa"}); !errors.Is(err, knowledge.ErrExists) {
		t.Errorf("added twice: %v", err)
	}
	for _, bad := range []knowledge.Shop{{Slug: "Casa Grande"}, {Slug: "x", TimeZone: "Mars"}, {Slug: "x", Locale: "???"}} {
		if _, err := base.AddShop(ctx, bad); !errors.Is(err, knowledge.ErrInvalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	bySlug, err := base.ShopBySlug(ctx, "casa")
	byKey, keyErr := base.ShopByKey(ctx, shop.PublicKey)
	if err != nil || keyErr != nil || fmt.Sprint(bySlug) != fmt.Sprint(shop) || fmt.Sprint(byKey) != fmt.Sprint(shop) {
		t.Errorf("by slug %+v, %v; by key %+v, %v", bySlug, err, byKey, keyErr)
	}
	if bySlug.DisplayName("zh-CN") != "家" || bySlug.Location().String() != "Europe/Madrid" {
		t.Errorf("name %s, location %s", bySlug.DisplayName("zh-CN"), bySlug.Location())
	}
	shop.Market = "es"
	if err := base.UpdateShop(ctx, shop); err != nil {
		t.Fatal(err)
	}
	if bySlug, _ = base.ShopBySlug(ctx, "casa"); bySlug.Market != "ES" {
		t.Errorf("market %q", bySlug.Market)
	}
	if _, err := base.ShopBySlug(ctx, "nobody"); !errors.Is(err, knowledge.ErrNotFound) {
		t.Errorf("a shop that is not there: %v", err)
	}
}
