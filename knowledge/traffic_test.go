package knowledge_test

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"golang.org/x/sync/errgroup"
)

// questions adds n questions of which this share is inside, with odds that mean what they say: those of two normal
// distributions with the means ±m have a variance of 2m.
func questions(t *knowledge.Traffic, n int, inside float64) {
	const mean = 2.0
	random := rand.New(rand.NewPCG(5, uint64(n)))
	for range n {
		odds := -mean
		if random.Float64() < inside {
			odds = mean
		}
		t.Add(odds + math.Sqrt(2*mean)*random.NormFloat64())
	}
}

func TestTheShareOfQuestionsInsideIsReadFromTheirOddsAlone(t *testing.T) {
	t.Parallel()
	for _, share := range []float64{0.25, 0.5, 0.75} {
		var traffic knowledge.Traffic
		questions(&traffic, 1_000, share)
		if got := traffic.Inside(); math.Abs(got-share) > 0.06 {
			t.Errorf("%.2f of the questions are inside, %.2f is read from their odds", share, got)
		}
	}
}

func TestAFewQuestionsMoveTheShareALittle(t *testing.T) {
	t.Parallel()
	var none, few, many knowledge.Traffic
	questions(&few, 5, 0.1)
	questions(&many, 500, 0.1)
	if !(none.Inside() > few.Inside() && few.Inside() > none.Inside()-0.15 && many.Inside() < 0.25) {
		t.Errorf("inside: %.2f at first, %.2f after five strays, %.2f after 500", none.Inside(), few.Inside(), many.Inside())
	}
}

func TestNeitherAFloodOfNonsenseNorEasyDaysMakeAShopDeafOrCareless(t *testing.T) {
	t.Parallel()
	var nonsense, easy knowledge.Traffic
	for range 100_000 {
		nonsense.Add(math.Inf(-1))
		easy.Add(math.Inf(1))
	}
	if sure := nonsense.Chance(4); sure < 0.9 {
		t.Errorf("after nonsense a plain question has an answer at %.2f", sure)
	}
	if stray := easy.Chance(-4); stray > 0.2 {
		t.Errorf("after easy days a stray has an answer at %.2f", stray)
	}
}

func TestConfidenceFollowsWhatAShopIsAsked(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	base := open(t, builtin(t))
	shop := knowledgetest.Shop(t, base, "shop", knowledgetest.Articles()...)
	other := knowledgetest.Shop(t, base, "other", knowledgetest.Articles()...)
	const text = "can i bring it back to you"
	before := ask(t, base, shop, knowledge.Query{Text: text})
	for _, stray := range []string{"who won the match", "sing me a song", "what is the capital of Peru"} {
		result := ask(t, base, shop, knowledge.Query{Text: stray})
		for range 50 {
			if err := base.Heard(ctx, shop.ID, result.Odds); err != nil {
				t.Fatal(err)
			}
		}
	}
	after, elsewhere := ask(t, base, shop, knowledge.Query{Text: text}), ask(t, base, other, knowledge.Query{Text: text})
	if after.Confidence >= before.Confidence || first(after) != first(before) || after.Hits[0].Confidence != after.Confidence {
		t.Errorf("after strays: %s at %.3f, before: %s at %.3f", first(after), after.Confidence, first(before), before.Confidence)
	}
	if elsewhere.Confidence != before.Confidence {
		t.Errorf("another shop has gone from %.3f to %.3f", before.Confidence, elsewhere.Confidence)
	}
	traffic, err := base.Traffic(ctx, shop.ID)
	if err != nil {
		t.Fatal(err)
	}
	if traffic.Judge(shop, &before); math.Abs(before.Confidence-after.Confidence) > 1e-6 || math.Abs(before.Hits[0].Confidence-after.Hits[0].Confidence) > 1e-6 {
		t.Errorf("judged by the same traffic it is %.6f, not %.6f", before.Confidence, after.Confidence)
	}
}

func TestQuestionsHeardAtOnceAreAllCounted(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	base := open(t)
	shop := knowledgetest.Shop(t, base, "shop")
	var group errgroup.Group
	var want knowledge.Traffic
	for i := range 40 {
		odds := float64(i%9) - 6
		want.Add(odds)
		group.Go(func() error { return base.Heard(ctx, shop.ID, odds) })
	}
	if err := group.Wait(); err != nil {
		t.Fatal(err)
	}
	got, err := base.Traffic(ctx, shop.ID)
	if err != nil || math.Abs(got.Inside()-want.Inside()) > 1e-3 {
		t.Errorf("inside %.4f, want %.4f (%v)", got.Inside(), want.Inside(), err)
	}
}

func TestOldQuestionsFade(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop")
	for range 60 {
		if err := base.Heard(ctx, shop.ID, -5); err != nil {
			t.Fatal(err)
		}
	}
	read := func() float64 {
		traffic, err := base.Traffic(ctx, shop.ID)
		if err != nil {
			t.Fatal(err)
		}
		return traffic.Inside()
	}
	fresh, unheard := read(), new(knowledge.Traffic).Inside()
	if _, err := pool.Exec(ctx, `update traffic set heard_at = heard_at - interval '6 weeks'`); err != nil {
		t.Fatal(err)
	}
	if faded := read(); !(fresh < faded && faded < unheard) {
		t.Errorf("inside: %.2f when fresh, %.2f six weeks later, %.2f unheard", fresh, faded, unheard)
	}
	if _, err := pool.Exec(ctx, `update traffic set model = 0`); err != nil {
		t.Fatal(err)
	}
	if other := fmt.Sprintf("%.3f", read()); other != fmt.Sprintf("%.3f", unheard) {
		t.Errorf("odds that were read by other coefficients still count: %s", other)
	}
}
