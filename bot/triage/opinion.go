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

func (e *evidence) hearOrder() {
	h, p := e.hits[OrderChange], e.model.probability(&e.reading, hOrder)
	asked := len(e.found[gHowTo])+len(e.found[gIf]) > 0 || e.doc.questions > 0 // the rules read that better
	switch {
	case h.score >= sureScore || slices.Contains(e.doc.alike, group(OrderChange)):
	case (p >= raiseAt || p >= backedAt && h.score >= 0.3) && !asked:
		e.raise(OrderChange, p, hOrder)
	case p < doubtBelow:
		e.weaken(OrderChange, 0.5)
	}
}

func (e *evidence) hearWish() {
	e.calling = wishInput(e)
	p := sigmoid(dot(e.model.wish[:], e.calling))
	switch {
	case e.hits[Wish].score >= sureScore:
	case p >= callAt:
		e.raise(Wish, p, hWish)
	case p >= maybeCall:
		e.raise(Wish, min(p, sureScore-0.01), hWish)
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
		if e.hits[k].bare && p < doubtWord && k != RiskSelfHarm { // "lawyer", and nothing around it that a threat would have
			e.weaken(k, 0.3)
		}
		sure = sure || e.hits[k].score >= sureScore
	}
	switch {
	case sure || p < suspectAt:
	case p >= alarmAt:
		e.raise(likely, p, head)
	default:
		e.raise(likely, min(p, sureScore-0.01), head)
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
