package triage

import (
	"slices"
	"strings"
)

// raiseAt is how sure the model must be to find alone what the rules did not.
func raiseAt(k Kind) float64 {
	if k == OrderChange {
		return 0.8
	}
	return 0.85
}

const (
	backedAt   = 0.5  // so sure it must be of what the rules suspect, too
	alarmAt    = 0.6  // from here on a risk that only the model sees is an alarm
	sureAlarm  = 0.9  // so sure it need not show a word that the tables know
	suspectAt  = 0.4  // and from here on a person looks at it
	doubtBelow = 0.05 // a probability so low weakens a finding that was weak anyway
	explaining = 3    // words at most for a learned finding
	noted      = 0.25 // what a suspicion counts that nothing bears out
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
	for _, k := range [...]Kind{Wish, OrderChange} {
		head, _ := learnedHead(k)
		h, p := e.hits[k], e.model.probability(&e.reading, head)
		switch {
		case h.score >= sureScore || slices.Contains(e.doc.alike, group(k)):
		case (p >= raiseAt(k) || p >= backedAt && h.score >= 0.3) && !e.hedged(k):
			e.raise(k, p, head)
		case p < doubtBelow:
			h.score *= 0.5
			e.hits[k] = h
		}
	}
	e.suspectRisk()
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

// suspectRisk asks the model whether anything has gone dangerously wrong, and what. That
// it is a risk is learned from all nine kinds together, and surer than which one it is.
func (e *evidence) suspectRisk() {
	p := e.model.probability(&e.reading, hAnyRisk)
	kinds := riskKinds()
	likely, head, sure := kinds[0], hRisk, false
	for i, k := range kinds {
		if e.reading.score[hRisk+i] > e.reading.score[head] {
			likely, head = k, hRisk+i
		}
		h := e.hits[k]
		if h.bare && p < doubtBelow && slices.Contains(doubted[:], k) { // "lawyer", and nothing around it that a threat would have
			h.score *= 0.3
			e.hits[k] = h
		}
		sure = sure || h.score >= sureScore
	}
	switch {
	case sure || p < suspectAt || slices.Contains(e.doc.alike, group(likely)) || e.errand():
	case e.hedged(likely) || p < alarmAt && !e.bearsRisk(head):
		e.raise(likely, noted, head)
	case p >= sureAlarm || p >= alarmAt && e.bearsRisk(head):
		e.raise(likely, p, head)
	default:
		e.raise(likely, sureScore-0.01, head)
	}
}

// errand tells whether the text is a wish for a person or an instruction: what the model takes for a risk is mostly that.
func (e *evidence) errand() bool {
	return max(e.hits[Wish].score, e.hits[OrderChange].score, e.model.probability(&e.reading, hWish), e.model.probability(&e.reading, hOrder)) >= sureScore
}

// bearsRisk tells whether one of the words that moved the model is a word that the tables know from a risk.
func (e *evidence) bearsRisk(head int) bool {
	t := tables()
	for _, h := range [...]int{head, hAnyRisk} {
		for _, said := range e.model.words(&e.reading, h, explaining) {
			if t.bearsRisk(read(said, maxJudged, t.known)) {
				return true
			}
		}
	}
	return false
}

// doubted are the risks whose single words are everyday words, too.
var doubted = [...]Kind{RiskInjury, RiskFraud, RiskLegal, RiskPress}

// hedged tells a text that asks how, whether or what if, or that denies: the rules read
// those better than the model does.
func (e *evidence) hedged(k Kind) bool {
	if isRisk(k) {
		return e.doc.questions > 0 && len(e.doc.sentences) == 1 || len(e.found[gIf]) > 0
	}
	if k == Wish { // "how can I talk to anybody" is one
		return len(e.found[gIf])+len(e.found[gNegate]) > 0
	}
	return len(e.found[gHowTo])+len(e.found[gIf]) > 0 || e.doc.questions > 0
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
