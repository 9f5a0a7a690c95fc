package bot

import (
	"strings"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
)

var threeChoices = []conversation.Option{
	{Label: "How long is the return window in the UK?", Ref: "gb"}, {Label: "How long is the return window in Spain?", Ref: "es"}, {Label: "中国多久内可以退货？", Ref: "cn"},
}

func TestAChoiceIsTakenHoweverItIsNamed(t *testing.T) {
	for said, want := range map[string]string{
		"1": "gb", "2.": "es", "the second one": "es", "第一个": "gb", "第2个": "es", "２": "es", "la tercera": "cn", "third!": "cn",
		"How long is the return window in Spain?": "es", "how long is the return window in spain": "es", "the Spain one": "es", "spain": "es", "中国": "cn",
		"return window": "", "France": "", "4": "", "no": "", "how long does delivery to Spain take if I order before Friday noon?": "",
	} {
		got, ok := pick(said, Question{Offered: threeChoices, AskedBack: true})
		if got.Ref != want || ok != (want != "") {
			t.Errorf("%q: %q %v, want %q", said, got.Ref, ok, want)
		}
	}
	if got, ok := pick("spain", Question{Offered: threeChoices}); ok {
		t.Errorf("behind a guess, %q is no pick", got.Label)
	}
}

func TestAPickIsAnsweredFromItsArticleAlone(t *testing.T) {
	t.Parallel()
	g := talkRig(t)
	g.unsure()
	asked := Question{Turns: shopperSays("wool or down?"), Offered: []conversation.Option{{Label: "How do I wash wool and cashmere?", Ref: "wool"}, {Label: "How do I wash a down jacket?", Ref: "down"}}, AskedBack: true}
	for said, want := range map[string]string{"2": "down", "the down jacket": "down", "How do I wash wool and cashmere?": "wool"} {
		q := asked
		q.Turns = append(shopperSays("how do I wash it?"), triage.Turn{Role: "bot", Text: "Which one?"}, shopperSays(said)[0])
		if r := g.composeQuestion(q); r.Action != ActionAnswer || len(r.Evidence) != 1 || r.Evidence[0].ID != want {
			t.Errorf("%q: %s %+v", said, r.Action, r.Evidence)
		}
	}
}

func TestALoneQuestionMarkIsNoReasonForAPerson(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.unsure()
	asked := g.exchange("c1", "shipping or size?")
	if asked.Kind != conversation.KindAsk {
		t.Fatalf("%s", asked.Kind)
	}
	m := g.exchange("c1", "?")
	if m.Kind != conversation.KindAsk || len(m.Options) != len(asked.Options) || !strings.HasSuffix(m.Body, sayOffer.en) {
		t.Errorf("%s %q", m.Kind, m.Body)
	}
	if m := g.exchange("c1", "1"); m.Kind != conversation.KindText || len(m.Evidence) != 1 || m.Evidence[0].ID != asked.Options[0].Ref {
		t.Errorf("%s %q", m.Kind, m.Body)
	}
	if m := g.exchange("c2", "？？"); m.Kind != conversation.KindAsk || !strings.Contains(m.Body, sayNudged.zh) && !strings.Contains(m.Body, sayNudged.en) {
		t.Errorf("%s %q", m.Kind, m.Body)
	}
	if m := g.exchange("c2", "?!"); m.Kind != conversation.KindHandoff {
		t.Errorf("nobody is stranded: %s %q", m.Kind, m.Body)
	}
}

func TestWhoWantsNoneOfTheChoicesGetsAPerson(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	for _, said := range []string{"none of these", "neither", "都不是", "ninguna de estas"} {
		r := g.composeQuestion(Question{Turns: shopperSays(said), Offered: threeChoices, AskedBack: true})
		if r.Action != ActionHandoff || !strings.Contains(r.Text, sayCheck.in(r.Language)) {
			t.Errorf("%q: %s %q", said, r.Action, r.Text)
		}
	}
}
