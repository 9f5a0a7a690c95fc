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
