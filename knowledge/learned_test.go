package knowledge_test

import (
	"context"
	"errors"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
)

// shoeShop has two answers that lie close, one of them in two languages, and a third that says what the second does.
func shoeShop(t *testing.T) (*pgxpool.Pool, *knowledge.Base, knowledge.Shop) {
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(builtin(t)))
	shop := knowledgetest.Shop(t, base, "shoes",
		knowledge.Article{Ref: "exchange", Locale: "en", Question: "Can I exchange shoes for another size?", Answer: "Yes, within thirty days.",
			Phrasings: []string{"swap my shoes for a bigger size", "the shoes are too small, I want another pair", "change size of shoes"}},
		knowledge.Article{Ref: "exchange", Locale: "es", Question: "¿Puedo cambiar los zapatos por otra talla?", Answer: "Sí, durante treinta días.",
			Phrasings: []string{"los zapatos me quedan pequeños"}},
		knowledge.Article{Ref: "refund", Locale: "en", Question: "Can I return shoes for a refund?", Answer: "We pay you back.",
			Phrasings: []string{"send the shoes back and get my money", "money back for shoes", "return shoes, I do not want another pair"}},
		knowledge.Article{Ref: "refund-old", Locale: "en", Question: "How do I get my money back?", Answer: "We pay you back."})
	return pool, base, shop
}

func learnShop(t *testing.T, base *knowledge.Base, shop knowledge.Shop) {
	t.Helper()
	if err := base.Learn(context.Background(), shop.ID, shop.ActiveSpace); err != nil {
		t.Fatal(err)
	}
}

func toLearn(t *testing.T, base *knowledge.Base) int {
	t.Helper()
	todo, err := base.SpacesToLearn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return len(todo)
}

// stored is what a statement says of the tables, in one value.
func stored[T any](t *testing.T, pool *pgxpool.Pool, sql string) (value T) {
	t.Helper()
	if err := pool.QueryRow(context.Background(), sql).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestAnswersAreLearnedOnceForAllThatGiveThem(t *testing.T) {
	t.Parallel()
	pool, base, shop := shoeShop(t)
	learnShop(t, base, shop)
	if n := stored[int](t, pool, `select count(*)::int from classes`); n != 2 {
		t.Errorf("%d answers were learned; the variants of an article give one, and so do articles that say the same", n)
	}
	if n := stored[int](t, pool, `select count(*)::int from classified`); n != 4 {
		t.Errorf("%d articles have a class", n)
	}
	const all = `select md5(string_agg(weights::text, ';' order by class)) from classes`
	before := stored[string](t, pool, all)
	learnShop(t, base, shop)
	if stored[string](t, pool, all) != before {
		t.Error("the same phrasings taught something else")
	}
}

func TestWhatWasLearnedTakesPartInTheSearch(t *testing.T) {
	t.Parallel()
	_, base, shop := shoeShop(t)
	question := knowledge.Query{Text: "my pair is too small, another one please"}
	before := ask(t, base, shop, question)
	learnShop(t, base, shop)
	after := ask(t, base, shop, question)
	last := len(after.Signals) - 1
	if before.Signals[last] != 0 || after.Signals[last] >= 0 {
		t.Errorf("log share of the answer: %v before it was learned, %v after", before.Signals[last], after.Signals[last])
	}
	if first(after) != "exchange/en" || after.Signals[last] < -0.7 {
		t.Errorf("%s, learned %v", first(after), after.Signals[last])
	}
}

func TestAnAnswerThatSpeaksOfEachPartOfAQuestionBeatsOneThatEchoesAPart(t *testing.T) {
	t.Parallel()
	base := knowledge.New(knowledgetest.Database(t), knowledge.Fixed(builtin(t)))
	shop := knowledgetest.Shop(t, base, "islands",
		knowledge.Article{Ref: "islands", Locale: "en", Question: "Do you ship to the islands?", Answer: "Yes, by ferry; a sofa is carried up to your floor.",
			Phrasings: []string{"ferry to Mallorca", "do you carry furniture upstairs", "islands surcharge"}},
		knowledge.Article{Ref: "sofas", Locale: "en", Question: "How wide is the sofa?", Answer: "All widths stand on the page of the product.",
			Phrasings: []string{"will the sofa fit through my door", "sofa width", "how deep is the sofa"}},
		knowledge.Article{Ref: "pay", Locale: "en", Question: "How can I pay?", Answer: "By card.", Phrasings: []string{"do you take cash"}})
	question := knowledge.Query{Text: "is a sofa of that width carried upstairs on the islands"}
	learnShop(t, base, shop)
	if got := first(ask(t, base, shop, question)); got != "islands/en" {
		t.Errorf("found %s", got)
	}
}

func TestAnArticleThatIsNotLearnedYetStandsNoWorse(t *testing.T) {
	t.Parallel()
	_, base, shop := shoeShop(t)
	learnShop(t, base, shop)
	knowledgetest.Import(t, base, shop, knowledge.Article{Ref: "laces", Locale: "en", Question: "Can I exchange the laces of my shoes?", Answer: "Laces are sent for free."})
	if got := first(ask(t, base, shop, knowledge.Query{Text: "exchange the laces of shoes"})); got != "laces/en" {
		t.Errorf("found %s", got)
	}
}

func TestChangesAreLearnedSoonAndNotOneByOne(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool, base, shop := shoeShop(t)
	if n := toLearn(t, base); n != 1 {
		t.Fatalf("%d spaces to learn of a new shop", n)
	}
	learnShop(t, base, shop)
	knowledgetest.Import(t, base, shop, knowledge.Article{Ref: "new", Locale: "en", Question: "Do you sell socks?", Answer: "We do."})
	if n := toLearn(t, base); n != 0 {
		t.Errorf("an edit is learned at once, and the next one again")
	}
	if _, err := pool.Exec(ctx, `update spaces set learned_at = learned_at - interval '2 minutes'`); err != nil {
		t.Fatal(err)
	}
	if n := toLearn(t, base); n != 1 {
		t.Errorf("an edit is not learned")
	}
	learnShop(t, base, shop)
	if _, err := pool.Exec(ctx, `update spaces set learned_at = learned_at - interval '2 minutes'`); err != nil {
		t.Fatal(err)
	}
	if n := toLearn(t, base); n != 0 {
		t.Errorf("what has not changed is learned again")
	}
}

func TestAShopTooLargeToLearnIsSearchedWithoutIt(t *testing.T) {
	t.Parallel()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	articles := manyArticles(600) // 3,000 passages
	shop := knowledgetest.Shop(t, base, "shop", articles...)
	learnShop(t, base, shop)
	if n := stored[int](t, pool, `select count(*)::int from classes`); n != 0 || toLearn(t, base) != 0 {
		t.Errorf("%d answers were learned; to learn still: %d", n, toLearn(t, base))
	}
	if got := ask(t, base, shop, knowledge.Query{Text: articles[7].Question}).Hits[0].Ref; got != articles[7].Ref {
		t.Errorf("found %s", got)
	}
}

func TestWhatWasLearnedGoesWithItsSpace(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := knowledgetest.Database(t)
	other := knowledgetest.Hashing{Name: "other", Dim: 16}
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}, other))
	shop := knowledgetest.Shop(t, base, "shop", knowledgetest.Articles()...)
	learnShop(t, base, shop)
	if err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error { return base.StartSpace(ctx, tx, shop.ID, other) }); err != nil {
		t.Fatal(err)
	}
	if err := base.FillSpace(ctx, shop.ID, other.Space()); err != nil {
		t.Fatal(err)
	}
	if n := stored[int](t, pool, `select count(*)::int from classes`); n != 0 || toLearn(t, base) != 1 {
		t.Errorf("%d answers of the old space are kept; to learn: %d", n, toLearn(t, base))
	}
}

func TestALearningJobIsDroppedWithItsShop(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool, base, shop := shoeShop(t)
	worker := &knowledge.LearnWorker{Base: base}
	job := &river.Job[knowledge.LearnArgs]{Args: knowledge.LearnArgs{ShopID: shop.ID, Space: shop.ActiveSpace}}
	if err := worker.Work(ctx, job); err != nil || stored[int](t, pool, `select count(*)::int from classes`) == 0 {
		t.Errorf("the job has learned nothing: %v", err)
	}
	job.Args.Space = "gone"
	if err, cancelled := worker.Work(ctx, job), new(river.JobCancelError); !errors.As(err, &cancelled) {
		t.Errorf("of a space that is not there: %v", err)
	}
}
