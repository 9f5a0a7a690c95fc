package triage

import "testing"

func TestAThreatToSueIsAnAlarmHoweverCalmlyItIsSaid(t *testing.T) {
	t.Parallel()
	for text, alarm := range map[string]bool{
		"I'll sue you":                  true,
		"I'm suing you for negligence":  true,
		"we will be suing this company": true,
		"I could sue you for making me this lazy, the sofa is perfect":  false,
		"Sue from accounts placed the order, can I pick it up for her?": false,
	} {
		v := Assess(Input{Turns: []Turn{{Role: "shopper", Text: text}}})
		if (v.Level == 3) != alarm {
			t.Errorf("%q: level %d, %+v", text, v.Level, v.Reasons)
		}
	}
}
