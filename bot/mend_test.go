package bot

import (
	"os"
	"slices"
	"strings"
	"testing"

	"frontdesk/bot/bottest"
	"frontdesk/bot/evidence"
	"frontdesk/knowledge"
)

// TestRewritesByAnotherHandAreMended measures what is sent of drafts in free words, by other hands that had seen nothing but the demo
// shop's articles: half of them true, half with one thing in them that the article does not say. The first set was tuned on; of
// the second, before anything was mended on it, four of the 150 false drafts passed and one of the 150 true ones was refused (33 %
// passed and 20 % were refused before drafts were mended). A sentence that stays in a false draft must be one that somebody read and
// found to be true. What rests on an article in another language cannot be mended, and is counted apart.
func TestRewritesByAnotherHandAreMended(t *testing.T) {
	similar := builtinSimilarity(t)
	type drafted struct {
		Article, Locale, Language, How, Text string
		True                                 bool
	}
	type text struct{ ID, Locale, Question, Answer string }
	articles := map[[2]string]text{}
	for _, a := range lines[text](t, "../knowledge/demo/articles.jsonl") {
		articles[[2]string{a.ID, a.Locale}] = a
	}
	raw, err := os.ReadFile("evidence/testdata/read_and_true.txt")
	if err != nil {
		t.Fatal(err)
	}
	read := strings.Split(string(raw), "\n")
	for _, file := range []string{"demo_rewrites.jsonl", "demo_rewrites_2.jsonl"} {
		made, wrong := map[string]int{}, map[string]int{}
		kept, replaced, dropped := 0, 0, 0
		for _, d := range lines[drafted](t, "evidence/testdata/"+file) {
			a, ok := articles[[2]string{d.Article, d.Locale}]
			if !ok {
				t.Fatalf("no article %s in %s", d.Article, d.Locale)
			}
			sources := sourcesOf([]knowledge.Hit{{Locale: a.Locale, Question: a.Question, Answer: a.Answer}}, Question{}, d.Language)
			c := newChecker(sources, d.Language, d.Locale != d.Language, answerTask, similar)
			m := c.mend(d.Text)
			sent := m.Text
			kept, replaced, dropped = kept+m.Kept, replaced+m.Replaced, dropped+m.Dropped
			refused := len(c.whole(sent)) > 0
			count := func(kind string, bad bool) {
				if d.Locale != d.Language {
					kind += ", from another language"
				}
				if made[kind]++; bad {
					wrong[kind]++
					t.Logf("%s: %s\n\t%s\n\t%s", kind, d.Text, sent, a.Answer)
				}
			}
			if d.True {
				count("true refused", refused)
				count("true with a figure lost", !refused && figureLost(c, a.Question, d.Text, sent))
				continue
			}
			left := slices.DeleteFunc(evidence.Sentences(sent), func(s string) bool {
				return strings.Contains(a.Answer, s) || courteous(s) || slices.Contains(read, s)
			})
			count("false sent", !refused && len(left) > 0)
		}
		t.Logf("%s: %d sentences kept, %d replaced, %d dropped", file, kept, replaced, dropped)
		for kind, n := range made {
			t.Logf("%s: %s: %d of %d", file, kind, wrong[kind], n)
		}
		if wrong["false sent"] > 0 {
			t.Error("read the sentences that were kept; where they are true, add them to read_and_true.txt")
		}
		for _, kind := range []string{"true refused", "true with a figure lost"} {
			if wrong[kind]*50 > made[kind] {
				t.Errorf("%s: more than 2 %%", kind)
			}
		}
		if abroad := "true refused, from another language"; wrong[abroad]*10 > made[abroad] {
			t.Errorf("%s: more than 10 %%", abroad)
		}
	}
}

// figureLost tells whether what is sent no longer says a figure of the draft that the article has.
func figureLost(c *checker, question, draft, sent string) bool {
	return len(c.evidence.Check(draft)) == 0 &&
		len(evidence.Check(draft, []evidence.Source{{Kind: evidence.Passage, Text: question + "\n" + sent}})) > 0
}

func TestAWrongSentenceGivesWayToTheArticlesBeforeItIsShown(t *testing.T) {
	t.Parallel()
	const right = "Yes, we gift-wrap any order for €4.50 and add a card with your message."
	g := newRig(t, bottest.Say("Hello! Gift-wrapping an order costs €9, with a card.", "gift-wrap"))
	g.unsure()
	var shown []string
	r, err := g.Compose(t.Context(), g.shop, Question{Turns: shopperSays("is there wrapping paper for gifts, with a card?")}, func(s string) { shown = append(shown, s) })
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(r.Text, "Hello! "+right) || r.ModelCalls != 1 {
		t.Errorf("%d calls, %q", r.ModelCalls, r.Text)
	}
	if s := strings.Join(shown, "\n"); strings.Contains(s, "€9") || !strings.Contains(s, right) {
		t.Errorf("shown: %q", shown)
	}
}
