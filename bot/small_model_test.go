package bot

import (
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/evidence"
	"frontdesk/knowledge/demo"
)

// smallDraft is what a small model wrote about the demo shop, with the articles that it was given, the best first.
type smallDraft struct {
	Language, Question, Text string
	Articles                 []string
	True                     bool // it repeats an article
}

// TestOfWhatASmallModelMakesUpOnlyTheArticlesAreSent has drafts of SmolLM2-135M, each claiming to rest on the first one, two and
// three of the eight articles that it was given. Most are refused; of the others the articles' own sentences are left.
func TestOfWhatASmallModelMakesUpOnlyTheArticlesAreSent(t *testing.T) {
	similar := builtinSimilarity(t)
	articles := map[string]evidence.Source{}
	for _, a := range parseLines[struct{ ID, Locale, Question, Answer string }](t, string(demo.Articles(time.Now(), time.UTC))) {
		articles[a.ID+"/"+a.Locale] = evidence.Source{Kind: evidence.Passage, ID: a.ID, Text: a.Question + "\n" + a.Answer, Quote: a.Answer}
	}
	for _, d := range lines[smallDraft](t, "testdata/small_model.jsonl") {
		for named := 1; named <= min(maxNamed, len(d.Articles)); named++ {
			sources := []evidence.Source{{Kind: evidence.Shopper, Text: d.Question}}
			for _, id := range d.Articles[:named] {
				sources = append(sources, articles[id+"/"+d.Language])
			}
			c := newChecker(sources, d.Language, false, answerTask, similar)
			sent := c.mend(d.Text).Text
			if len(c.whole(sent)) > 0 || d.True {
				continue
			}
			t.Logf("resting on %v: %s\n\tsent: %s", d.Articles[:named], d.Text, sent)
			for _, s := range evidence.Sentences(sent) {
				if !slices.ContainsFunc(sources, func(a evidence.Source) bool { return strings.Contains(a.Quote, s) }) && !courteous(s) {
					t.Errorf("no article says: %s", s)
				}
			}
		}
	}
}
