package knowledge_test

import (
	"fmt"
	"strings"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"
)

// Titles of a catalogue are alike in meaning and told apart by a word: the colour, the series, the size.
func TestAProductIsFoundByTheWordsThatTellItApart(t *testing.T) {
	t.Parallel()
	base := open(t, builtin(t))
	var articles []knowledge.Article
	things := []string{"insulated water bottle", "merino hiking socks", "foldable desk lamp", "canvas tote bag", "wireless mouse", "enamel coffee mug"}
	series := []string{"Nordkap", "Sierra", "Tajo", "Lumen"}
	colours := []string{"black", "navy blue", "forest green", "sand"}
	type asked struct{ text, ref string }
	var questions []asked
	for i, thing := range things {
		for j, s := range series {
			for k, colour := range colours {
				ref := fmt.Sprintf("p-%d-%d-%d", i, j, k)
				articles = append(articles, knowledge.Article{Ref: ref, Locale: "en", Kind: "product",
					Question: fmt.Sprintf("%s %s, %s, series %d", s, thing, colour, 100+10*j+k), Answer: "In stock: " + ref})
				last, short := thing[strings.LastIndex(thing, " ")+1:], colour[:strings.Index(colour+" ", " ")]
				questions = append(questions, asked{fmt.Sprintf("do you have the %s in %s from %s", thing, colour, s), ref},
					asked{fmt.Sprintf("%s %s %d", s, thing, 100+10*j+k), ref},
					asked{fmt.Sprintf("%s %s %s", short, s, last), ref},
					asked{fmt.Sprintf("is your %s also sold in %s, I mean the %s one, and how much is it", last, short, s), ref})
			}
		}
	}
	shop := knowledgetest.Shop(t, base, "catalogue", articles...)
	right := 0
	for _, q := range questions {
		if hits := ask(t, base, shop, knowledge.Query{Text: q.text}).Hits; len(hits) > 0 && hits[0].Ref == q.ref {
			right++
		}
	}
	if right*100 < 97*len(questions) {
		t.Errorf("%d of %d products are found by what tells them apart", right, len(questions))
	}
	t.Logf("%d of %d", right, len(questions))
}
