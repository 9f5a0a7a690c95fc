package bot

import (
	"slices"
	"strings"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"
)

func TestASighBeforeAPlainQuestionGetsItsAnswer(t *testing.T) {
	t.Parallel()
	g := talkRig(t)
	for text, ref := range map[string]string{"烦死了，羊毛羊绒怎么洗啊": "wool", "honestly fed up with this, how do I wash a down jacket?": "down"} {
		r := g.compose(text)
		if !slices.ContainsFunc(r.Reasons, func(r triage.Reason) bool { return r.Kind == triage.Mood }) || r.Verdict.Action != triage.Handoff {
			t.Fatalf("%q is not handed over for its mood: %+v", text, r.Verdict)
		}
		if r.Action != ActionAnswer || r.Level != 0 || len(r.Evidence) != 1 || r.Evidence[0].ID != ref || !strings.HasSuffix(r.Text, sayOffer.in(r.Language)) || r.Opening == "" {
			t.Errorf("%q: %s level %d %q", text, r.Action, r.Level, r.Text)
		}
	}
}

func TestTheQuestionOfAnArticleIsAnsweredAndTakenForNoOrder(t *testing.T) {
	t.Parallel()
	const offered = "I forgot my code. Can you add it afterwards?"
	embedder, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	g := newRigWith(t, nil, embedder, append(talkArticles(), knowledge.Article{Ref: "forgotten", Locale: "en", Question: offered, Answer: "Write within 24 hours.", Status: knowledge.Published}))
	if r := g.compose(offered); r.Action != ActionAnswer || r.Level != 0 || !strings.HasPrefix(r.Text, "Write within 24 hours.") {
		t.Errorf("what is offered: %+v %s level %d %q", r.Verdict, r.Action, r.Level, r.Text)
	}
	if r := g.compose("I forgot my code. Can you add it to order TW2611190087?"); r.Action != ActionHandoff {
		t.Errorf("an order: %s %q", r.Action, r.Text)
	}
}

func TestAngerWithoutAPlainQuestionStillGetsAPerson(t *testing.T) {
	t.Parallel()
	g := talkRig(t)
	for _, text := range []string{
		"absolute joke of a company, your wool jumper is garbage, never again",
		"垃圾店，羊毛衫洗一次就缩成这样，你们是骗子",
		"I am furious. How do I wash a down jacket? And let me talk to a human now.",
	} {
		if r := g.compose(text); r.Action != ActionHandoff || r.Level == 0 {
			t.Errorf("%q: %s level %d", text, r.Action, r.Level)
		}
	}
}

func TestWhoNamesAnOrderAndIsNotSurelyAnsweredGetsAPerson(t *testing.T) {
	t.Parallel()
	g := talkRig(t)
	g.unsure()
	if r := g.compose("could the wool jumper in LD20261101 leave a day later"); r.Action != ActionHandoff || len(r.Options) > 0 {
		t.Errorf("with an order's number: %s %q", r.Action, r.Text)
	}
	if r := g.compose("could the wool jumper leave a day later"); r.Action == ActionHandoff {
		t.Errorf("without one: %s %q", r.Action, r.Text)
	}
}

func TestWhatIsOnlySuspectedGivesWayToASureAnswerAndWhatIsSureNever(t *testing.T) {
	reason := func(k triage.Kind, score float64) triage.Reason { return triage.Reason{Kind: k, Score: score} }
	for _, c := range []struct {
		text     string
		sure     float64
		reasons  []triage.Reason
		answered bool
	}{
		{"which size do I take", 0.9, []triage.Reason{reason(triage.RiskInjury, 0.45)}, true},
		{"which size do I take", 0.62, []triage.Reason{reason(triage.RiskInjury, 0.45)}, false},
		{"which size do I take", 1, []triage.Reason{reason(triage.RiskInjury, 0.5)}, false},
		{"which size do I take", 1, []triage.Reason{reason(triage.RiskSelfHarm, 0.3)}, false},
		{"when does it come back?", 0.62, []triage.Reason{reason(triage.Mood, 0.6)}, true},
		{"when does it come back?", 1, []triage.Reason{reason(triage.Mood, 0.95)}, false},
		{"it never comes back", 1, []triage.Reason{reason(triage.Mood, 0.6)}, false},
		{"are your people at work on Sunday?", 1, []triage.Reason{reason(triage.Wish, 0.4)}, true},
		{"are your people at work on Sunday?", 1, []triage.Reason{reason(triage.Wish, 0.6)}, false},
		{"I did that, what now?", 1, []triage.Reason{reason(triage.FailedAttempts, 0.45)}, false},
		{"take one scarf out", 1, []triage.Reason{reason(triage.OrderChange, 0.75)}, false},
	} {
		v := triage.Verdict{Action: triage.Handoff, Level: 1, Reasons: c.reasons}
		reply := Reply{Action: ActionAnswer, Level: 1, Verdict: v, Reasons: v.Reasons, Confidence: c.sure, Decision: string(knowledge.DecideAnswer),
			Evidence: []conversation.Evidence{{Title: "Which size?"}}}
		if got := reply.answerAnyway(c.text); got != c.answered || got == (reply.Level > 0) {
			t.Errorf("%q at %.2f with %v: answered %v, level %d", c.text, c.sure, c.reasons, got, reply.Level)
		}
	}
}

func TestARiskThatTriageIsSureOfIsNeverAnswered(t *testing.T) {
	v := triage.Verdict{Action: triage.Handoff, Level: 3}
	reply := Reply{Action: ActionAnswer, Level: 3, Verdict: v, Confidence: 1, Decision: string(knowledge.DecideAnswer), Evidence: []conversation.Evidence{{Title: "Which size?"}}}
	if reply.answerAnyway("which size?") || reply.Level != 3 {
		t.Errorf("level %d", reply.Level)
	}
}

func TestTheLeastHintAtALifeIsNotAskedBackAbout(t *testing.T) {
	for kind, want := range map[triage.Kind]bool{triage.RiskSelfHarm: true, triage.RiskLegal: false} {
		v := triage.Verdict{Reasons: []triage.Reason{{Kind: kind, Score: 0.15}}}
		if got := uneasy(v, "where is it?"); got != want {
			t.Errorf("%s: %v", kind, got)
		}
	}
}

func TestOnlyWhoIsSurelyHurtIsPitied(t *testing.T) {
	for score, want := range map[float64]string{0.9: saySorryInjury.in("en"), 0.45: ""} {
		reply := Reply{Language: "en"}
		reply.handOver(triage.Verdict{Level: 2, Reasons: []triage.Reason{{Kind: triage.Mood, Score: 0.9}, {Kind: triage.RiskInjury, Score: score}}})
		if reply.Text != want || reply.Action != ActionHandoff {
			t.Errorf("%.2f: %s %q", score, reply.Action, reply.Text)
		}
	}
}

func TestAWeakReasonLeavesTheQuestionAsItWasAsked(t *testing.T) {
	weak := triage.Verdict{Action: triage.Handoff, Level: 1, Reasons: []triage.Reason{{Kind: triage.RiskInjury, Score: 0.4}}}
	if !outweighs(1, weak, "does the pillow go back", false) {
		t.Error("a suspicion outweighs an answer that is right")
	}
	strong := triage.Verdict{Action: triage.Handoff, Level: 1, Reasons: []triage.Reason{{Kind: triage.Wish, Score: 0.9}}}
	if outweighs(1, strong, "put me through to somebody", false) {
		t.Error("an answer outweighs a wish")
	}
}
