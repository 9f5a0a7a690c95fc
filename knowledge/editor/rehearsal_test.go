package editor

import (
	"context"
	"testing"

	"frontdesk/knowledge"
)

func TestNewWordsOfTheSameArticleAreToldApartFromOtherArticles(t *testing.T) {
	top := func(ref, answer string) Top { return Top{Ref: ref, Answer: answer, Decision: "answer"} }
	ask := top("fees", "new")
	ask.Decision = "ask"
	r := Rehearsal{Changes: []Change{
		{Question: "who pays", Before: top("fees", "old"), After: top("fees", "new")},
		{Question: "how long", Before: top("times", "old"), After: top("fees", "new")},
		{Question: "who pays then", Before: top("fees", "old"), After: ask},
		{Question: "golden", Before: top("fees", "old"), After: top("fees", "new"), Worse: true},
	}}
	if got := r.Reworded(); len(got) != 1 || got[0].Question != "who pays" {
		t.Errorf("reworded: %v", got)
	}
	if got := r.Moved(); len(got) != 3 || got[0].Question != "how long" || r.More() != 0 {
		t.Errorf("moved: %v, %d more", got, r.More())
	}
}

// The search alone is sure of an article that the bot, which looks closer, does not answer with: the editor can mend that.
func TestWhatTheBotLacksIsMendedWhateverTheSearchSays(t *testing.T) {
	d := newDesk(t, func(c *Config) {
		c.Ask = func(context.Context, knowledge.Shop, Trial) (Tried, error) {
			return Tried{Action: "handoff", Text: "A colleague will look.", Language: "en", Level: 1, Reasons: []Reason{{Kind: "no_knowledge", Score: .9}}}, nil
		}
	})
	d.want(d.get("/knowledge/try?question=How+do+I+return+something%3F&locale=en"), 200, "editor.try.mend", "/knowledge/new?locale=en&amp;question=How")
}
