package triage

import "slices"

// raiseAt is how sure the model must be to find alone what the rules did not.
func raiseAt(k Kind) float64 {
	switch k {
	case Wish:
		return 0.95
	case OrderChange:
		return 0.75
	}
	return 0.6
}

// suspected bounds a finding of the model alone. Its suspicion of a risk brings a person
// but is no alarm, and an instruction that only it has seen is asked about.
func suspected(k Kind, p float64) float64 {
	if k == Wish {
		return p
	}
	return min(p, sureScore-0.01)
}

const (
	doubtBelow = 0.05 // a probability so low halves a finding that was weak anyway
	explaining = 3    // words at most for a learned finding
)

// learnedHead is the head of a kind.
func learnedHead(k Kind) (int, bool) {
	switch k {
	case Wish:
		return hWish, true
	case OrderChange:
		return hOrder, true
	}
	for i, r := range riskKinds() {
		if r == k {
			return hRisk + i, true
		}
	}
	return 0, false
}

// secondOpinion lets the model add what the rules missed and doubt what they only
// suspected. What they are sure of stays.
func (e *evidence) secondOpinion() {
	if len(e.doc.tokens) == 0 || e.courtesy != NoCourtesy {
		return
	}
	for _, k := range Kinds() {
		head, ok := learnedHead(k)
		if !ok || e.hits[k].score >= sureScore || slices.Contains(e.doc.alike, group(k)) {
			continue
		}
		h, p := e.hits[k], e.model.probability(&e.reading, head)
		switch {
		case p >= raiseAt(k) && !e.hedged(k):
			h.score = max(h.score, suspected(k, p))
			for _, w := range e.model.words(&e.reading, head, explaining) {
				h.add(0, w)
			}
		case p < doubtBelow && h.score > 0:
			h.score *= 0.5
		}
		e.hits[k] = h
	}
}

// hedged tells a text that asks how, whether or what if, or that denies: the rules read
// those better than the model does.
func (e *evidence) hedged(k Kind) bool {
	if isRisk(k) {
		return e.doc.questions > 0 && len(e.doc.sentences) == 1 || len(e.found[gIf]) > 0
	}
	if len(e.found[gHowTo]) > 0 || len(e.found[gIf]) > 0 || k == Wish && len(e.found[gNegate]) > 0 {
		return true
	}
	return k == OrderChange && e.doc.questions > 0
}

// ruled is the chance of a handover by rules alone, mood left out.
func (e *evidence) ruled() float64 {
	stays := 1.0
	for _, k := range Kinds() {
		if k != Mood {
			stays *= 1 - weight(k)*max(0, min(1, e.hits[k].score))
		}
	}
	return 1 - stays
}

// chance is the learned chance that a person should come, over the whole episode.
func (e *evidence) chance() float64 {
	return min(0.97, sigmoid(dot(e.model.handoff[:], handoffInput(e, e.ruled()))))
}
