package storefront

import (
	"encoding/json"
	"strings"
	"testing"

	"frontdesk/bot/conversation"
)

func TestAHandoverNamesASourceOnlyWhereItAnswers(t *testing.T) {
	t.Parallel()
	m := conversation.Message{Author: conversation.ByBot, Kind: conversation.KindHandoff, Evidence: []conversation.Evidence{{Kind: "passage", ID: "phone", Title: "Do you have a phone?"}}}
	for verdict, want := range map[string]int{`{"reply":"handoff","verdict":{"action":"handoff"}}`: 0, `{"reply":"handoff","verdict":{"action":"answer"}}`: 1, ``: 1} {
		m.Verdict = json.RawMessage(verdict)
		if got := shownOne(m).Sources; len(value(got)) != want {
			t.Errorf("judged %s it names %v", verdict, value(got))
		}
	}
}

func TestAnAddressInTheChatIsSeenAndAnOrderNumberIsNot(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Write to ana@example.es, please":      "ana@example.es ",
		"我的手机号是 138 1234 5678":                 " 13812345678",
		"My order 20261101234 has not arrived": "",
		"Gracias":                              "",
	} {
		got := ""
		if c := shownOne(conversation.Message{Author: conversation.ByShopper, Kind: conversation.KindText, Body: text}).Contact; c != nil {
			got = value(c.Email) + " " + value(c.Phone)
		}
		if got != want {
			t.Errorf("%q shows %q, want %q", text, got, want)
		}
	}
	if shownOne(conversation.Message{Author: conversation.ByBot, Kind: conversation.KindText, Body: "Write to shop@example.es"}).Contact != nil {
		t.Error("the shop's own address is taken for the visitor's")
	}
}

func TestWhatComesNearAnAnswerIsOfferedNext(t *testing.T) {
	t.Parallel()
	m := conversation.Message{Author: conversation.ByBot, Kind: conversation.KindText, Body: "三天。", Evidence: []conversation.Evidence{{Kind: "passage", ID: "shipping", Title: "多久能到？"}},
		Verdict: json.RawMessage(`{"candidates":[{"ref":"shipping","title":"多久能到？","score":1.2},{"ref":"late","title":"物流不更新怎么办？","score":0.8},
			{"ref":"shipping-es","title":"¿Cuánto tarda?","score":0.7},{"ref":"cost","title":"运费多少？","score":0.6},{"ref":"duty","title":"要交关税吗？","score":0.6},{"ref":"wash","title":"怎么洗？","score":0.3}]}`)}
	if got := strings.Join(value(shownOne(m).Near), "|"); got != "物流不更新怎么办？|运费多少？" {
		t.Errorf("next to it stands %q", got)
	}
	for name, change := range map[string]func(*conversation.Message){
		"a question back": func(m *conversation.Message) { m.Options = []conversation.Option{{Label: "运费多少？"}} },
		"a handover":      func(m *conversation.Message) { m.Kind = conversation.KindHandoff },
		"a colleague":     func(m *conversation.Message) { m.Author = conversation.ByAgent },
		"no judgement":    func(m *conversation.Message) { m.Verdict = nil },
	} {
		other := m
		if change(&other); shownOne(other).Near != nil {
			t.Errorf("%s offers %q", name, value(shownOne(other).Near))
		}
	}
}
