package bot

import (
	"strings"
	"testing"
	"time"

	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

func TestWhoAsksForATimeGetsTheArticleThatStatesOne(t *testing.T) {
	found := func(time string) knowledge.Result {
		return knowledge.Result{Decision: knowledge.DecideAsk, Confidence: 0.5, Hits: []knowledge.Hit{
			{Ref: "never", Locale: "en", Answer: "Socks and gift cards stay yours.", Confidence: 0.5, Score: 0.6},
			{Ref: "window", Locale: "en", Answer: time, Confidence: 0.15, Score: 0.65},
		}}
	}
	for text, answer := range map[string]string{
		"不合适，几天内可以退？":                           "签收后7天内都可以退。",
		"within how many days can I return it?": "You have 30 days.",
		"¿en cuántos días puedo devolverla?":    "Tienes 14 días naturales.",
	} {
		if got := timed(text, found(answer), knowledge.Settings{}); got.Hits[0].Ref != "window" || got.Confidence < 0.5 {
			t.Errorf("%s: %s %.2f", text, got.Hits[0].Ref, got.Confidence)
		}
	}
	if got := timed("can I return it?", found("You have 30 days."), knowledge.Settings{}); got.Hits[0].Ref != "never" {
		t.Error("no time was asked for")
	}
	if got := timed("how many days?", found("Any time."), knowledge.Settings{}); got.Hits[0].Ref != "never" {
		t.Error("no article states a time")
	}
}

func TestWordsOfTroubleAloneAreNotPitied(t *testing.T) {
	for text, want := range map[string]bool{"退货": false, "优汇码怎莫用不了": false, "东西坏了，太失望了": true} {
		q := Question{Turns: shopperSays(text)}
		got := opening(knowledge.Shop{}, q, text, triage.Assess(triage.Input{Turns: q.Turns, Locale: "zh"})) != ""
		if got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestNonsenseIsAskedAboutOnceAndThenGoesToAPerson(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	for _, text := range []string{"x", "x!", "asdf qwer"} {
		if r := g.compose(text); r.Action != ActionAsk || len(r.Options) > 0 || !strings.Contains(r.Text, sayOffer.in(r.Language)) {
			t.Errorf("%s: %s %q", text, r.Action, r.Text)
		}
	}
	turns := append(shopperSays("asdf qwer"), triage.Turn{Role: "bot", Text: "I didn't understand that."}, triage.Turn{Role: "shopper", Text: "zxcv uiop"})
	if r := g.composeQuestion(Question{Turns: turns, AskedBack: true, Locale: "en"}); r.Action != ActionHandoff {
		t.Errorf("the second time: %s %q", r.Action, r.Text)
	}
}

func TestWhatWasAskedWhileNobodyAnsweredIsAnsweredOneByOneOrNamed(t *testing.T) {
	start := time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)
	turns := shopperSays("how long does delivery take?", "x", "can I speak to your CEO's dog?")
	for i := range turns {
		turns[i].At = start.Add(time.Duration(i) * time.Minute)
	}
	if got := collected(turns); len(got) != 2 {
		t.Errorf("%q", got)
	}
	if got := collected(shopperSays("one", "two")); got != nil {
		t.Errorf("one turn is taken for several: %q", got)
	}
	sure := mayMean(0.9)
	sure.result.Decision = knowledge.DecideAnswer
	unknown := finding{text: "Who is the CEO?", result: knowledge.Result{Decision: knowledge.DecideNone}}
	reply := Reply{Action: ActionAnswer, Language: "en", catchingUp: true}
	reply.answerFrom([]finding{sure, unknown}, Question{}, nil)
	if reply.Action != ActionAnswer || !strings.Contains(reply.Text, "Answer a.") || !strings.Contains(reply.Text, "Who is the CEO?") || !strings.Contains(reply.Text, "agent") {
		t.Errorf("%s %q", reply.Action, reply.Text)
	}
	reply = Reply{Action: ActionAnswer, Language: "en", catchingUp: true}
	if reply.answerFrom([]finding{unknown, unknown}, Question{}, nil); reply.Action != ActionHandoff {
		t.Error("nothing is known, and nobody comes")
	}
}
