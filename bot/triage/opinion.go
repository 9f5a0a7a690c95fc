package triage

import (
	"slices"
	"strings"
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
	e.hearOrder()
	e.hearWish()
	e.hearRisk()
}

// hearOrder weighs what sounds like an instruction: how to do a thing, or whether it can be done, is a question.
func (e *evidence) hearOrder() {
	e.ordering = orderInput(e)
	h, p := e.hits[OrderChange], sigmoid(dot(e.model.order[:], e.ordering))
	switch asked := len(e.found[gHowTo])+len(e.found[gIf]) > 0 || e.doc.questions > 0; {
	case h.score >= leastScore && (asked || h.score < sureScore): // else it is said outright
		h.score = p
		e.hits[OrderChange] = h
	case h.score >= leastScore || slices.Contains(e.doc.alike, group(OrderChange)):
	case p >= raiseAsked || p >= raiseAt && !asked:
		e.raise(OrderChange, p, hOrder)
	}
}

func (e *evidence) hearWish() {
	e.calling = wishInput(e)
	p := sigmoid(dot(e.model.wish[:], e.calling))
	switch {
	case e.hits[Wish].score >= sureScore:
	case slices.Contains(e.doc.alike, group(Wish)): // the rules have read what it is instead
	case p >= callAt:
		e.raise(Wish, p, hWish)
	case p >= maybeCall:
		e.raise(Wish, p/2, hWish)
	case p < doubtBelow:
		e.weaken(Wish, 0.5)
	}
}

// hearRisk asks whether anything has gone dangerously wrong, and what. That it is a risk is learned from all nine kinds
// together, and surer than which one it is.
func (e *evidence) hearRisk() {
	e.danger = riskInput(e)
	p := sigmoid(dot(e.model.risk[:], e.danger))
	kinds := riskKinds()
	likely, head, sure := kinds[0], hRisk, false
	for i, k := range kinds {
		if e.reading.score[hRisk+i] > e.reading.score[head] {
			likely, head = k, hRisk+i
		}
		if e.hits[k].bare && slices.Contains(everyday[:], k) { // "lawyer", and nothing around it that a threat would have
			e.doubt(k, p)
		}
		sure = sure || e.hits[k].score >= sureScore
	}
	if e.hits[Wish].score >= sureScore && p < sureAlarm { // "someone from your team on this" names nobody who did anything
		p = min(p, sureScore)
	}
	switch {
	case sure || p < suspectAt:
	case p >= alarmAt:
		e.raise(likely, p, head)
	case p >= sureScore:
		e.raise(likely, sureScore-0.01, head)
	case e.hits[RiskPayment].score < maybeScore: // a doubt about money is named already
		e.raise(likely, min(p, maybeScore), head)
	}
	e.hearDespair()
	e.hearDispute()
}

// everyday are the risks whose single words are everyday words, too: "lawyer", "burn". An authority's name is none.
var everyday = [...]Kind{RiskInjury, RiskFraud, RiskLegal, RiskPress}

// hearDespair listens for harm to oneself that is told indirectly. Nothing costs more when it is missed, so a little of it is suspected.
func (e *evidence) hearDespair() {
	e.gloom = despairInput(e)
	switch p := sigmoid(dot(e.model.despair[:], e.gloom)); {
	case e.hits[RiskSelfHarm].score >= sureScore:
	case p >= despairAt:
		e.raise(RiskSelfHarm, max(p, sureScore), hSelfHarm)
	case p >= gloomAt:
		e.raise(RiskSelfHarm, maybeScore, hSelfHarm)
	}
}

// hearDispute makes a risk of a doubt about money ("charged twice") that is told in fury, or again although it was answered. Told
// calmly it is a question, and what the shop wrote about it answers it.
func (e *evidence) hearDispute() {
	h := e.hits[RiskPayment]
	said := slices.ContainsFunc(e.found[group(RiskPayment)], func(m match) bool { return m.score >= leastScore })
	if said && (e.feeling.fury >= furyBound || e.insulted.score > 0 || max(e.hits[Repetition].score, e.hits[FailedAttempts].score) >= sureScore) {
		h.score = max(h.score, disputed)
		e.hits[RiskPayment] = h
	}
}

// doubt leaves a single everyday word no surer than the model is: no alarm where that gives none, and less where it hears nothing at all.
func (e *evidence) doubt(k Kind, p float64) {
	switch h := e.hits[k]; {
	case p < doubtWord:
		e.weaken(k, 0.3)
	case p < alarmAt:
		h.score = min(h.score, maybeScore)
		e.hits[k] = h
	}
}

func (e *evidence) weaken(k Kind, by float64) {
	h := e.hits[k]
	h.score *= by
	e.hits[k] = h
}

// raise notes what the model found, with the words that moved it. What nothing can be shown for, and no rule suspects,
// is not found.
func (e *evidence) raise(k Kind, score float64, head int) {
	h, words := e.hits[k], e.model.words(&e.reading, head, explaining)
	if len(words) == 0 && h.score < leastScore {
		return
	}
	h.score = max(h.score, score)
	for _, w := range words {
		h.add(0, w)
	}
	e.hits[k] = h
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

// Words with which a desk that has no answer buys time.
var (
	apologies = [...]string{"sorry", "apolog", "inconvenience", "抱歉", "对不起", "不好意思", "歉意", "谅解", "disculp", "lamenta", "sentimos", "lo siento", "molestias"}
	stalling  = [...]string{"look into", "as soon as", "please wait", "later", "direct message", "dm us", "can you dm", "via dm", "patien", "contact your", "check with", "try again",
		"私信", "核实", "反馈", "尽快", "稍等", "耐心", "等待", "登记", "稍后", "咨询", "revisa", "por privado", "pronto", "espere", "paciencia", "consulte", "más tarde"}
)

const (
	answersRead = 6   // of so many answers before the judged turn
	answerText  = 200 // bytes are read of each
)

// desk tells which share of the answers so far was an apology, and which bought time.
func desk(turns []Turn) (sorry, stalled float64) {
	n := 0.0
	for i := len(turns) - 1; i >= 0 && n < answersRead; i-- {
		if spoken(turns[i]) {
			continue
		}
		n++
		text := strings.ToLower(turns[i].Text[:min(answerText, len(turns[i].Text))])
		has := func(w string) bool { return strings.Contains(text, w) }
		if slices.ContainsFunc(apologies[:], has) {
			sorry++
		}
		if slices.ContainsFunc(stalling[:], has) {
			stalled++
		}
	}
	return sorry / max(1, n), stalled / max(1, n)
}
