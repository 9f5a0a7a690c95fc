package knowledge_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"golang.org/x/sync/errgroup"
)

// manyArticles makes n articles of five passages each from a few hundred words, so that words repeat as they do in a
// real shop.
func manyArticles(n int) []knowledge.Article {
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string { return fmt.Sprintf("%c%s%d", 'a'+rune(random.IntN(26)), "or", random.IntN(300)) }
	sentence := func(words int) string {
		text := "how do I"
		for range words {
			text += " " + word()
		}
		return text
	}
	articles := make([]knowledge.Article, n)
	for i := range articles {
		articles[i] = knowledge.Article{Ref: fmt.Sprint("a", i), Question: sentence(6), Answer: sentence(40),
			Phrasings: []string{sentence(5), sentence(7), sentence(4)}}
	}
	return articles
}

func TestFiveThousandArticlesImportAndAnswerInTime(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	ctx := context.Background()
	base := open(t, builtin(t))
	shop := knowledgetest.Shop(t, base, "shop")
	articles := manyArticles(5_000)

	began := time.Now()
	knowledgetest.Import(t, base, shop, articles...)
	if took := time.Since(began); took > time.Minute {
		t.Errorf("importing 5,000 articles took %v", took)
	} else {
		t.Logf("imported 5,000 articles in %v", took)
	}

	began = time.Now()
	var group errgroup.Group
	group.SetLimit(2)
	const asked = 200
	for i := range asked {
		group.Go(func() error {
			result, err := base.Search(ctx, shop, knowledge.Query{Text: articles[i].Phrasings[1]})
			if err == nil && result.Hits[0].Ref != articles[i].Ref {
				err = fmt.Errorf("the phrasing of %s finds %s", articles[i].Ref, result.Hits[0].Ref)
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		t.Error(err)
	}
	took := time.Since(began)
	t.Logf("%v a question, two at once", took/asked)
	// The promise is a thousand in a minute on a quiet machine, which the log line and the benchmark below show. Beside other
	// tests, and under the race detector, only a search that has become another order of magnitude is a fault.
	if took > 5*time.Minute*asked/1_000 {
		t.Errorf("%d questions took %v", asked, took)
	}
}

func BenchmarkSearchAmongFiveThousandArticles(b *testing.B) {
	base := open(b, builtin(b))
	shop := knowledgetest.Shop(b, base, "shop")
	articles := manyArticles(5_000)
	knowledgetest.Import(b, base, shop, articles...)
	for i := 0; b.Loop(); i++ {
		if _, err := base.Search(context.Background(), shop, knowledge.Query{Text: articles[i%5_000].Phrasings[0]}); err != nil {
			b.Fatal(err)
		}
	}
}
