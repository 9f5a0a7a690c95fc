package triage

import "slices"

// reconsider keeps what the model takes for a risk of money at a suspicion where the rules heard no more than a calm doubt.
func (e *evidence) reconsider() {
	money := e.found[group(RiskPayment)]
	calm := !slices.ContainsFunc(money, func(m match) bool { return m.score > maybeScore })
	if len(money) > 0 && calm && e.hits[RiskPayment].score < disputed {
		h := e.hits[RiskPayment]
		h.score = min(h.score, maybeScore)
		e.hits[RiskPayment] = h
	}
}

// madeComplaint is the score of a complaint that is made, not asked about.
const madeComplaint = 0.6

// angry tells fury, insults and a complaint that is made as one from annoyance.
func (e *evidence) angry() bool {
	insulted := e.insulted.score > 0 && !e.doc.laughs()
	return insulted && e.label() == Negative || e.upset.score >= madeComplaint || e.feeling.fury >= furyBound && e.mood.value <= -labelBound
}
