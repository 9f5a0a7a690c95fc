package storefront

import (
	"encoding/json"
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
