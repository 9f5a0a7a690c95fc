package bot

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"frontdesk/bot/bottest"
	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"
)

func TestWordsStillSearchWhenTheEmbedderIsDown(t *testing.T) {
	t.Parallel()
	var down atomic.Bool
	g := newRigWith(t, nil, knowledgetest.Hashing{Err: func() error {
		if down.Load() {
			return errors.New("away")
		}
		return nil
	}}, someArticles())
	down.Store(true)
	if m := g.exchange("c1", "How do I return something?"); m.Kind != conversation.KindText || !strings.Contains(m.Body, "within 7 days") {
		t.Errorf("%s %q", m.Kind, m.Body)
	}
}

func TestCourtesyTakesNoSearchNoModelAndNoPerson(t *testing.T) {
	t.Parallel()
	g := newRig(t, func(bottest.Request) bottest.Answer {
		t.Error("a model was asked")
		return bottest.Answer{}
	})
	g.exchange("c1", "怎么退货？")
	for text, want := range map[string]string{"谢谢": conversation.KindCourtesy, "thanks!": conversation.KindCourtesy, "gracias": conversation.KindCourtesy,
		"Hola": conversation.KindCourtesy, "再见": conversation.KindCourtesy, "好的": "", "👍": "", "ok": ""} {
		m := g.exchange("c1", text)
		if m.Kind != want {
			t.Errorf("%q: %q %q", text, m.Kind, m.Body)
		}
		if len(m.Evidence) > 0 || strings.Contains(string(m.Verdict), "candidates") {
			t.Errorf("%q was searched for", text)
		}
	}
	if c := g.conversation(g.lastConversation()); c.AnsweredSeq != c.HeardSeq || c.Holder != conversation.HeldByBot {
		t.Errorf("a courtesy stays unanswered: %+v", c)
	}
}

func TestTheBotSaysOnceThatItIsOne(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	times := 0
	for _, text := range []string{"你好", "怎么退货？", "谢谢", "多久能发货？"} {
		if strings.Contains(g.exchange("c1", text).Body, "智能客服（机器人）") {
			times++
		}
	}
	if times != 1 {
		t.Errorf("%d times", times)
	}
}

func TestAnArticleOfOneMarketNamesIt(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	if r := g.compose("¿Puedo pagar contra reembolso?"); !strings.Contains(r.Text, "En España: Sí") {
		t.Errorf("%q", r.Text)
	}
}

func TestAMeaningIsPickedByItsNumber(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	for i, pick := range []string{"2", "2.", "the second one", "第二个", "２", "la segunda"} {
		address := fmt.Sprint("c", i)
		g.unsure()
		asked := g.exchange(address, "shipping or size?")
		g.thresholds(0, 0)
		if asked.Kind != conversation.KindAsk || len(asked.Options) < 2 {
			t.Fatalf("%s %q", asked.Kind, asked.Body)
		}
		if m := g.exchange(address, pick); m.Kind != conversation.KindText || len(m.Evidence) != 1 || m.Evidence[0].ID != asked.Options[1].Ref {
			t.Errorf("%q: %s %q %+v", pick, m.Kind, m.Body, m.Evidence)
		}
	}
}

func TestAskingBackTwiceBecomesAPerson(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.unsure()
	if m := g.exchange("c1", "shipping or size?"); m.Kind != conversation.KindAsk {
		t.Fatalf("%s", m.Kind)
	}
	if m := g.exchange("c1", "what about the size of the box"); m.Kind != conversation.KindHandoff {
		t.Errorf("%s %q", m.Kind, m.Body)
	}
}

func TestSeveralThingsAreAnsweredFromAnArticleEach(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	r := g.compose("How do I return this? And how long does delivery take?")
	if r.Action != ActionAnswer || len(r.Evidence) != 2 || !strings.Contains(r.Text, "within 7 days") || !strings.Contains(r.Text, "48 hours") {
		t.Errorf("%s %q %v", r.Action, r.Text, r.Evidence)
	}
}

func TestWhatIsKnownIsAnsweredAndTheRestIsChecked(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.thresholds(0.8, 0.79)
	r := g.compose("How do I return this? And do you sell live tigers from Siberia?")
	if r.Action != ActionHandoff || !strings.Contains(r.Text, "within 7 days") || !strings.HasSuffix(r.Text, sayRest.en) {
		t.Errorf("%s %q", r.Action, r.Text)
	}
}

func TestEveryTurnIsAnsweredInItsOwnLanguage(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	for _, c := range []struct{ text, language, has string }{
		{"怎么退货？", "zh", "7天"}, {"How long does delivery take?", "en", "48 hours"}, {"¿Cómo devuelvo un artículo?", "es", "7 días"},
		{"我该穿多大码", "zh", "尺码表"}, {"hola", "es", "¡Hola!"}, {"thanks a lot", "en", "welcome"}, {"你们卖活老虎吗", "zh", "核实"},
	} {
		if m := g.exchange("c1", c.text); m.Language != c.language || !strings.Contains(m.Body, c.has) {
			t.Errorf("%q: %s %q", c.text, m.Language, m.Body)
		}
	}
}

func TestAFollowUpLeansOnTheArticleBefore(t *testing.T) {
	t.Parallel()
	spain := knowledge.Article{Ref: "shipping-es", Locale: "en", Question: "How long does delivery to Spain take?", Answer: "Parcels to Spain take 2 to 3 working days.",
		Phrasings: []string{"shipping to Madrid"}, Status: knowledge.Published}
	g := newRig(t, nil)
	knowledgetest.Import(t, g.base, g.shop, spain)
	g.exchange("c1", "How long does delivery take?")
	if m := g.exchange("c1", "and to Spain?"); !strings.Contains(m.Body, "2 to 3 working days") {
		t.Errorf("%s %q", m.Kind, m.Body)
	}
}

func TestAnUneasyShopperIsOfferedAPerson(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	turns := append(shopperSays("How do I return something?"), triage.Turn{Role: "bot", Text: "Within 7 days."}, triage.Turn{Role: "shopper", Text: "you already told me that, how do I return it"})
	r := g.composeQuestion(Question{Turns: turns})
	if r.Verdict.Action != triage.Ask || r.Action == ActionHandoff || !strings.HasSuffix(r.Text, sayOffer.en) {
		t.Errorf("%s %s %q", r.Verdict.Action, r.Action, r.Text)
	}
}
