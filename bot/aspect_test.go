package bot

import (
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"
)

// panArticles are about a pan and about a shop, and say some things of them.
func panArticles() []knowledge.Article {
	article := func(ref, locale, question, answer string, phrasings ...string) knowledge.Article {
		return knowledge.Article{Ref: ref, Locale: locale, Question: question, Answer: answer, Phrasings: phrasings, Status: knowledge.Published}
	}
	return []knowledge.Article{
		article("pan", "en", "How do I care for the cast iron skillet?", "Season the skillet with oil. It weighs 2 kg.", "cast iron skillet care", "my skillet rusts", "does the skillet work on induction"),
		article("pan", "es", "¿Cómo cuido la sartén de hierro?", "Cúrala con aceite. Pesa 2 kg.", "cuidados de la sartén de hierro", "la sartén se oxida"),
		article("pan", "zh", "铸铁锅怎么保养？", "用油开锅。锅重2公斤。", "铁锅生锈", "铸铁锅怎么养"),
		article("shop", "en", "Where is your store in Madrid?", "The Madrid store is in Serrano 12, open from 10 to 21.", "madrid store address", "your store in Madrid"),
	}
}

func TestAnArticleThatSaysNothingOfWhatIsAskedForDoesNotAnswer(t *testing.T) {
	t.Parallel()
	embedder, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	g := newRigWith(t, nil, embedder, panArticles())
	g.thresholds(0.4, 0.3) // what is found is found by the same words in all of these
	for text, answered := range map[string]bool{
		"does the cast iron skillet come with a lid?":      false,
		"can I bring my dog into your store in Madrid":     false,
		"your store in Madrid, is there parking?":          false,
		"¿la sartén de hierro trae tapa?":                  false,
		"铸铁锅带盖吗":                                           false,
		"铸铁锅的盖子能单独买吗":                                      false,
		"can I buy just the lid of the cast iron skillet?": false,
		"¿la sartén de hierro es compatible con mi horno?": false,
		"do you take the old cast iron skillet away?":      false,
		"how heavy is the cast iron skillet?":              true,
		"is the cast iron skillet ok on induction":         true, // a phrasing says so
		"¿la sartén de hierro vale para inducción?":        true, // in another language
		"铸铁锅有多重":                                           true,
		"where is your store in Madrid?":                   true,
		"my cast iron skillet rusts, help":                 true,
	} {
		r := g.compose(text)
		if got := r.Action == ActionAnswer; got != answered {
			t.Errorf("%q: %s %v %.2f", text, r.Action, r.Evidence, r.Confidence)
		}
	}
}
