package bot

import (
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"
)

func TestOneWordThatManyArticlesHaveIsAskedBackAbout(t *testing.T) {
	t.Parallel()
	embedder, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	article := func(ref, question string, phrasings ...string) knowledge.Article {
		return knowledge.Article{Ref: ref, Locale: "en", Question: question, Answer: "What there is to say of " + ref + ".", Phrasings: phrasings, Status: knowledge.Published}
	}
	g := newRigWith(t, nil, embedder, []knowledge.Article{
		article("matching", "Do you match another shop's price?", "price match"), article("tax", "Does the price include tax?", "price with tax"),
		article("wrapping", "What is the price of wrapping?", "wrapping price"), article("bulk", "What is the price for fifty pieces?", "wholesale price"),
		article("warranty", "How long is the warranty?", "warranty years"),
	})
	g.thresholds(0.05, 0.01) // whatever is found would be answered
	if r := g.compose("price?"); r.Action != ActionAsk || len(r.Options) < 2 {
		t.Errorf("a word of four articles: %s %q", r.Action, r.Text)
	}
	if r := g.compose("warranty?"); r.Action != ActionAnswer || r.Evidence[0].ID != "warranty" {
		t.Errorf("a word of one article: %s %q", r.Action, r.Text)
	}
}
