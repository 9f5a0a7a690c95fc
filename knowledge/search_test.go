package knowledge_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"
	"frontdesk/knowledge/knowledgetest"
)

// builtin is the embedder that ships with the product.
func builtin(t testing.TB) knowledge.Embedder {
	t.Helper()
	e, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// open returns a base on a fresh database with the embedders given, or the hashing one.
func open(t testing.TB, embedders ...knowledge.Embedder) *knowledge.Base {
	t.Helper()
	if len(embedders) == 0 {
		embedders = []knowledge.Embedder{knowledgetest.Hashing{}}
	}
	return knowledge.New(knowledgetest.Database(t), knowledge.Fixed(embedders...))
}

// ask searches and fails the test on an error.
func ask(t testing.TB, base *knowledge.Base, shop knowledge.Shop, q knowledge.Query) knowledge.Result {
	t.Helper()
	result, err := base.Search(context.Background(), shop, q)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// first is the Ref and locale of the first hit.
func first(r knowledge.Result) string {
	if len(r.Hits) == 0 {
		return ""
	}
	return r.Hits[0].Ref + "/" + r.Hits[0].Locale
}

func TestAQuestionFindsItsArticle(t *testing.T) {
	t.Parallel()
	base := open(t, builtin(t))
	shop := knowledgetest.Shop(t, base, "shop", knowledgetest.Articles()...)
	for text, want := range map[string]string{
		"不喜欢，能退吗":                             "returns/zh",
		"几天可以收到":                              "shipping/zh",
		"my promo code doesn't work":          "coupon/en",
		"can i bring it back to you":          "returns/en",
		"no puedo usar el cupon de descuento": "coupon/es",
		"cuando me llega el pedido":           "shipping/es",
	} {
		locale := want[len(want)-2:]
		result := ask(t, base, shop, knowledge.Query{Text: text, Locale: locale})
		if first(result) != want {
			t.Errorf("%q finds %s, want %s", text, first(result), want)
		}
		t.Logf("%-40s %s %.2f %s", text, first(result), result.Confidence, result.Decision)
	}
}

func TestAQuestionInAnotherLanguageFindsTheOnlyArticleThereIs(t *testing.T) {
	t.Parallel()
	base := open(t, builtin(t))
	var english []knowledge.Article
	for _, a := range knowledgetest.Articles() {
		if a.Locale == "en" {
			english = append(english, a)
		}
	}
	shop := knowledgetest.Shop(t, base, "shop", english...)
	for text, want := range map[string]string{"怎么退货": "returns/en", "¿cuánto tarda el envío?": "shipping/en", "优惠券用不了": "coupon/en"} {
		if got := first(ask(t, base, shop, knowledge.Query{Text: text})); got != want {
			t.Errorf("%q finds %s, want %s", text, got, want)
		}
	}
}

func TestAHitIsShownInTheShoppersLanguage(t *testing.T) {
	t.Parallel()
	base := open(t, builtin(t))
	shop := knowledgetest.Shop(t, base, "shop", knowledgetest.Articles()...)
	for locale, want := range map[string]string{"es": "returns/es", "es-MX": "returns/es", "zh-CN": "returns/zh", "fr": "returns/en"} {
		result := ask(t, base, shop, knowledge.Query{Text: "How do I return something?", Locale: locale})
		if got := first(result); got != want {
			t.Errorf("asked in %s: %s, want %s", locale, got, want)
		}
		for _, hit := range result.Hits[1:] {
			if hit.Ref == "returns" {
				t.Errorf("asked in %s: the variants of one article are two hits", locale)
			}
		}
	}
}

func TestWordsSearchWhileTheEmbedderIsDown(t *testing.T) {
	t.Parallel()
	var down error
	base := open(t, knowledgetest.Hashing{Err: func() error { return down }})
	shop := knowledgetest.Shop(t, base, "shop", knowledgetest.Articles()...)
	down = errors.New("down")
	result := ask(t, base, shop, knowledge.Query{Text: "优惠券用不了"})
	if !result.WordsOnly || first(result) != "coupon/zh" {
		t.Errorf("words only %v, found %s", result.WordsOnly, first(result))
	}
}

func TestTwoShopsWithTheSameIdsNeverSeeEachOther(t *testing.T) {
	t.Parallel()
	base := open(t)
	one := knowledgetest.Shop(t, base, "one", knowledge.Article{Ref: "a", Question: "the blue question", Answer: "one"})
	two := knowledgetest.Shop(t, base, "two", knowledge.Article{Ref: "a", Question: "the blue question", Answer: "two"},
		knowledge.Article{Ref: "b", Question: "only here", Answer: "secret"})
	for _, c := range []struct {
		shop knowledge.Shop
		want string
		hits int
	}{{one, "one", 1}, {two, "two", 2}} {
		result := ask(t, base, c.shop, knowledge.Query{Text: "the blue question only here"})
		if len(result.Hits) != c.hits {
			t.Errorf("shop %s has %d hits, want %d", c.shop.Slug, len(result.Hits), c.hits)
		}
		if result := ask(t, base, c.shop, knowledge.Query{Text: "the blue question"}); result.Hits[0].Answer != c.want {
			t.Errorf("shop %s answers %q", c.shop.Slug, result.Hits[0].Answer)
		}
	}
	theirs := ask(t, base, two, knowledge.Query{Text: "only here"}).Hits[0].ArticleID
	if _, err := base.Article(context.Background(), one.ID, theirs); !errors.Is(err, knowledge.ErrNotFound) {
		t.Errorf("shop one reads shop two's article: %v", err)
	}
	if err := base.Archive(context.Background(), one.ID, theirs); !errors.Is(err, knowledge.ErrNotFound) {
		t.Errorf("shop one archives shop two's article: %v", err)
	}
}

func TestAMarketNarrowsAndNoneDoesNot(t *testing.T) {
	t.Parallel()
	base := open(t)
	shop := knowledgetest.Shop(t, base, "shop",
		knowledge.Article{Ref: "uk", Question: "delivery cost", Answer: "£3", Market: []string{"UK"}},
		knowledge.Article{Ref: "es", Question: "delivery cost", Answer: "4 €", Market: []string{"ES"}},
		knowledge.Article{Ref: "all", Question: "delivery cost of furniture", Answer: "ask us"})
	for market, want := range map[string]int{"uk": 2, "ES": 2, "CN": 1, "": 3} {
		if got := len(ask(t, base, shop, knowledge.Query{Text: "delivery cost", Market: market}).Hits); got != want {
			t.Errorf("market %q has %d candidates, want %d", market, got, want)
		}
	}
}

func TestANegativePhrasingKeepsItsArticleOut(t *testing.T) {
	t.Parallel()
	base := open(t)
	shop := knowledgetest.Shop(t, base, "shop",
		knowledge.Article{Ref: "gift", Question: "buy a gift card", Answer: "x", Negatives: []string{"the gift card does not work"}},
		knowledge.Article{Ref: "broken", Question: "problems with a gift card", Answer: "y"})
	if got := first(ask(t, base, shop, knowledge.Query{Text: "the gift card does not work"})); got != "broken/en" {
		t.Errorf("found %s", got)
	}
	if got := first(ask(t, base, shop, knowledge.Query{Text: "buy a gift card"})); got != "gift/en" {
		t.Errorf("found %s", got)
	}
}

func TestNothingAskedFindsNothing(t *testing.T) {
	t.Parallel()
	base := open(t)
	shop := knowledgetest.Shop(t, base, "shop", knowledgetest.Articles()...)
	for _, text := range []string{"", " ", "\x00", "\xff\xfe", "???", "👍", "​"} {
		result := ask(t, base, shop, knowledge.Query{Text: text})
		if result.Decision == knowledge.DecideAnswer {
			t.Errorf("%q is answered with %s", text, first(result))
		}
	}
	ask(t, base, shop, knowledge.Query{Text: string(make([]byte, 100_000)) + "退货", At: time.Now()})
}
