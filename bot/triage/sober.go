package triage

import "slices"

// sober takes back what the model alone has found where the rules read better: beside a condition, a denial or a look-alike, and
// what it takes for a danger in an errand or a question.
func (e *evidence) sober() {
	if e.calling == nil {
		return
	}
	hedged := len(e.found[gIf]) > 0
	wish, ruled := sigmoid(dot(e.model.wish[:], e.calling)), e.told[Wish].score
	switch denied := hedged || len(e.found[gNegate]) > 0; {
	case ruled >= sureScore:
	case slices.Contains(e.doc.alike, group(Wish)), len(e.found[gWho]) > 0, denied && wish < surelyCalls:
		e.atMost(Wish, ruled)
	case wish < callAt:
		e.atMost(Wish, max(ruled, wish/2))
	}
	for _, k := range riskKinds() { // an authority's name is no everyday word
		if h := e.hits[k]; !slices.Contains(everyday[:], k) && e.told[k].score > h.score {
			h.score = e.told[k].score
			e.hits[k] = h
		}
	}
	danger, suspected := sigmoid(dot(e.model.risk[:], e.danger)), e.danger[3]
	if suspected >= sureScore || danger >= sureAlarm {
		return
	}
	errand := max(e.hits[Wish].score, e.hits[OrderChange].score) >= sureScore
	asked := hedged || e.doc.questions > 0 && len(e.doc.sentences) == 1
	for _, k := range riskKinds() {
		switch {
		case errand:
			e.atMost(k, suspected)
		case asked || slices.Contains(e.doc.alike, group(k)):
			e.atMost(k, max(suspected, asking))
		}
	}
}

// asking is the score of a danger that a question may only ask about.
const asking = 0.2

// everyday are the risks whose single words are everyday words, too: "lawyer", "burn".
var everyday = [...]Kind{RiskInjury, RiskFraud, RiskLegal, RiskPress}

func (e *evidence) atMost(k Kind, score float64) {
	if h := e.hits[k]; h.score > score {
		h.score = score
		e.hits[k] = h
	}
}
