package triage

import (
	"slices"
	"testing"
)

func TestRisksInWordsOfTheirOwnCallAPersonAndTheirLookAlikesDoNot(t *testing.T) {
	for text, want := range map[string]Kind{
		"handle came off the skillet and hot oil went down my leg, in A&E now":       RiskInjury,
		"boiling tea all over my hand because the lid does not hold":                 RiskInjury,
		"got a text asking my card PIN to release the package and i gave it to them": RiskFraud,
		"whats the point, i just want to go to sleep and never wake up":              RiskSelfHarm,
		"this pillow is so comfy i never want to wake up":                            "",
		"is the hot water bottle safe on my leg at night?":                           "",
		"the checkout keeps asking my password, how do I reset it":                   "",
	} {
		v := Assess(Input{Turns: []Turn{{Role: "shopper", Text: text}}, Locale: "en"})
		heard := slices.ContainsFunc(v.Reasons, func(r Reason) bool { return r.Kind == want })
		if want != "" && (!heard || v.Level != 3) || want == "" && v.Level == 3 {
			t.Errorf("%q: level %d, %+v", text, v.Level, v.Reasons)
		}
	}
}
