package bot

import (
	"strings"
	"testing"

	"frontdesk/bot/triage"
	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"
)

func TestWhoAsksWhatTheyCanDoIsToldAndWhoTellsUsToDoItGetsAPerson(t *testing.T) {
	sounds := triage.Verdict{Action: triage.Handoff, Level: 1, Reasons: []triage.Reason{{Kind: triage.OrderChange, Score: 0.75}}}
	for text, told := range map[string]bool{
		"paid a minute ago, can I still add a candle": true,
		"how do I change the street on it":            true,
		"can you tell me how I take one towel out":    true,
		"is it too late to make it two cups":          true,
		"can you take one towel out for me":           false,
		"take one towel out, thanks":                  false,
		"can I take one towel out of LD20261101":      false,
		"acabo de pagar, ¿puedo añadir una vela?":     true,
		"¿estoy a tiempo de quitar una toalla?":       true,
		"quería otra calle, se puede cambiar":         true,
		"¿me podéis quitar una toalla?":               false,
		"¿me la cambiáis por la azul?":                false,
		"quitadme una toalla, gracias":                false,
		"刚付完款，还能加一个杯子吗":                               true,
		"收货的路名写错了怎么改":                                 true,
		"换成蓝色的来得及吗":                                   true,
		"能不能帮我加一个杯子":                                  false,
		"给我去掉一条毛巾":                                    false,
	} {
		if got := asksWhatToDo(sounds, text); got != told {
			t.Errorf("%s: %v", text, got)
		}
	}
	for _, other := range []triage.Kind{triage.Wish, triage.Mood, triage.RiskPayment, triage.Repetition} {
		more := sounds
		more.Reasons = append([]triage.Reason{{Kind: other, Score: 0.6}}, sounds.Reasons...)
		if asksWhatToDo(more, "how do I change the street on it") {
			t.Errorf("%s is passed over", other)
		}
	}
}

func TestWhatSoundsLikeAnInstructionAndAsksIsAnsweredWithAPersonToTurnTo(t *testing.T) {
	t.Parallel()
	embedder, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	g := newRigWith(t, nil, embedder, append(talkArticles(), knowledge.Article{Ref: "add", Locale: "es", Question: "¿Puedo añadir algo a un pedido ya pagado?",
		Answer: "Sí, en la primera media hora.", Phrasings: []string{"agregar una cosa al pedido que ya pagué"}, Status: knowledge.Published}))
	if r := g.compose("quiero agregarle una vela al pedido que ya pagué, ¿se puede?"); r.Action != ActionAnswer || r.Level != 0 ||
		!strings.HasPrefix(r.Text, "Sí, en la primera media hora.") || !strings.HasSuffix(r.Text, sayOffer.in("es")) {
		t.Errorf("%s level %d %q %+v", r.Action, r.Level, r.Text, r.Verdict)
	}
	if r := g.compose("agrégame una vela al pedido que ya pagué"); r.Action != ActionHandoff {
		t.Errorf("an instruction: %s %q", r.Action, r.Text)
	}
}

func TestWhoNamesAnOrderAndAsksNothingGetsAPersonUnlessAnArticleIsSure(t *testing.T) {
	for text, instruction := range map[string]bool{
		"LD20261101 goes to my office, the old flat is empty": true, "LD20261101 寄到公司去": true, "el LD20261101 va a mi oficina": true,
		"where is LD20261101?": false, "LD20261101 到哪了": false, "¿por dónde va el LD20261101?": false, "it goes to my office": false,
	} {
		if got := instructs(text); got != instruction {
			t.Errorf("%s: %v", text, got)
		}
	}
}
