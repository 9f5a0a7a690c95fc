package triage

import "math"

// weights is how much a sure finding of a kind says, alone, for a person to come.
func weight(k Kind) float64 {
	switch k {
	case Wish:
		return 0.97
	case Mood:
		return 0.9
	case Repetition:
		return 0.45
	case FailedAttempts:
		return 0.75
	case RiskInjury, RiskAllergy, RiskFraud, RiskPayment, RiskPrivacy, RiskLegal, RiskRegulator, RiskPress, RiskSelfHarm:
		return 0.95
	case OrderChange:
		return 0.8
	case NoKnowledge, UnsupportedDraft:
		return 0.7
	case Unsure:
		return 0.3
	case ModelFailed, OverBudget:
		return 0.2
	}
	return 0 // several intents and injection are for the bot to handle
}

const (
	handoffBound = 0.5  // from here on a person is called
	askBound     = 0.35 // from here on the shopper is asked whether one is wanted
	riskBound    = 0.5  // a risk scored so high is level 3
	leastScore   = 0.1  // weaker findings are not listed
	shownBound   = 0.4  // so much the reasons alone must say for it
	sureScore    = 0.5  // a finding so sure counts whatever the model says
)

// From which probability on a finding of the model counts, as look-alikes of the corpus that it had not seen show: at alarmAt two
// in a hundred of them bring an alarm that no rule gives.
const (
	raiseAt    = 0.5  // an instruction about an order,
	raiseAsked = 0.8  // one in what asks,
	callAt     = 0.85 // a wish for a person,
	maybeCall  = 0.4  // and what may be one
	alarmAt    = 0.6  // a risk,
	sureAlarm  = 0.9  // one beside a wish for a person,
	suspectAt  = 0.3  // what somebody should look at,
	despairAt  = 0.5  // harm to oneself,
	gloomAt    = 0.2  // and what may be that
	maybeScore = 0.4  // the score of what is only suspected: a person looks at it unless an article surely answers
	disputed   = 0.9  // the score of a doubt about money that is disputed
	doubtBelow = 0.05 // a probability so low weakens a finding that was weak anyway
	doubtWord  = 0.3  // and this one of a risk what rests on single words
	explaining = 3    // words at most for a learned finding
)

// IsRisk tells the kinds of danger from the others.
func IsRisk(k Kind) bool {
	switch k {
	case RiskInjury, RiskAllergy, RiskFraud, RiskPayment, RiskPrivacy, RiskLegal, RiskRegulator, RiskPress, RiskSelfHarm:
		return true
	}
	return false
}

// judge turns evidence into a verdict.
func judge(e evidence) Verdict {
	v := Verdict{
		Mood: round(e.mood.value), MoodLabel: e.label(), Slope: round(e.slope),
		Language: e.language, Intents: e.intents, Reasons: []Reason{},
	}
	e.reconsider()
	p := e.chance()
	e.hits[Mood] = e.moodHit()
	if h := e.hits[Mood]; e.script {
		p, h.score = min(p, playedScore), min(h.score, playedScore)
		e.hits[Mood] = h
	}
	courtesy, social := e.sociable()
	if courtesy != NoCourtesy && courtesy != Greeting {
		p *= contented // whatever went before
	}
	if n := len(e.intents); n > 1 {
		e.hits[SeveralIntents] = hit{score: min(1, 0.5+0.2*float64(n-2))}
	}
	for _, k := range Kinds() {
		if h := e.hits[k]; h.score >= leastScore {
			v.Reasons = append(v.Reasons, Reason{Kind: k, Score: round(h.score), Words: h.words})
		}
	}
	v.Handoff, v.angry = round(v.join(p)), e.angry()
	v.settle()
	if v.Action == Answer || e.courtesy != NoCourtesy {
		v.Courtesy, v.Social = courtesy, social
	}
	return v
}

// contented is what is left of the chance of a handover where a turn is nothing but thanks, a nod or a farewell.
const contented = 0.35

// inPassing is how much of a fury that the rules do not hear remains beside a question.
const inPassing = 0.6

// moodHit is how far mood, its fall over the episode, complaints and insults call for a
// person. Dislike alone does not, however sure: anger does.
func (e *evidence) moodHit() hit {
	bad := -e.feeling.rule
	fury := e.feeling.fury
	if e.feeling.asks && bad < angerBound { // "this stupid captcha again, how do I get past it"
		fury *= inPassing
	}
	h := hit{score: max(0, min(1, (bad-0.2)/0.65), fury)}
	if bad > labelBound && e.slope < -0.1 {
		h.score = min(1, h.score+min(0.3, -e.slope))
	}
	if e.label() == Negative {
		h.score = max(h.score, 0.3*e.feeling.negative)
	}
	if bad > labelBound {
		h.words = append(h.words, e.mood.words[:min(5, len(e.mood.words))]...)
	}
	if e.upset.score > 0 {
		h.add(1-(1-h.score)*(1-e.upset.score), "")
		for _, w := range e.upset.words {
			h.add(0, w)
		}
	}
	if e.insulted.score > 0 {
		sure := 0.9
		if e.doc.laughs() {
			sure *= inJest
		}
		h.add(sure, "")
		for _, w := range e.insulted.words {
			h.add(0, w)
		}
	}
	if h.score >= leastScore && len(h.words) < 2 {
		for _, w := range e.model.words(&e.reading, hNegative, 3) {
			h.add(0, w)
		}
	}
	if len(h.words) == 0 && h.score < shownMood { // nobody could say why
		h = hit{}
	}
	return h
}

// shownMood is how sure the model must be of a mood to say so without a word for it.
const shownMood = 0.3

// join brings the learned probability together with the reasons that must never be missed.
func (v *Verdict) join(p float64) float64 {
	stays, wish := 1.0, 0.0
	for _, r := range v.Reasons {
		w := weight(r.Kind) * max(0, min(1, r.Score))
		switch {
		case r.Kind == Wish:
			wish = w
		case r.Score >= sureScore:
			stays *= 1 - w
		}
	}
	if wish < weight(Wish)*sureScore {
		wish = 0
	}
	return 1 - (1-max(p, 1-stays))*(1-wish)
}

// settle draws action and level from probability and reasons. Nobody is called on a
// hunch: what can be shown for it must weigh something too.
func (v *Verdict) settle() {
	v.Level, v.Action = 0, Answer
	stays := 1.0
	for _, r := range v.Reasons {
		stays *= 1 - weight(r.Kind)*max(0, min(1, r.Score))
	}
	switch shown := 1 - stays; {
	case v.Handoff >= handoffBound && shown >= shownBound:
		v.Action, v.Level = Handoff, 1
		if v.upset() {
			v.Level = 2
		}
	case v.Handoff >= askBound && shown >= shownBound/2:
		v.Action = Ask
	}
	for _, r := range v.Reasons {
		if IsRisk(r.Kind) && r.Score >= riskBound {
			v.Action, v.Level = Handoff, 3
		}
	}
}

// upset tells anger from a plain need for a person and from annoyance at one matter: fury, or a bad mood on top of repetition or
// failed attempts.
func (v *Verdict) upset() bool {
	tried := v.score(Repetition) >= 0.5 || v.score(FailedAttempts) >= 0.5
	return v.angry || v.Mood <= -angerBound || tried && (v.Mood < -labelBound || v.score(Mood) >= 0.35)
}

func (v *Verdict) score(k Kind) float64 {
	for _, r := range v.Reasons {
		if r.Kind == k {
			return r.Score
		}
	}
	return 0
}

// With returns the verdict with more reasons, found by whoever knows more than the
// text: each is one more chance, weight × score, that a person is needed. A reason that
// is there already keeps the higher score; none is ever removed.
func (v Verdict) With(more ...Reason) Verdict {
	all := append(append([]Reason{}, v.Reasons...), more...)
	old := v.Reasons
	v.Reasons = []Reason{}
	stays := 1 - v.Handoff
	for _, k := range Kinds() {
		best, had := Reason{Kind: k, Score: -1}, 0.0
		for _, r := range old {
			if r.Kind == k {
				had = r.Score
			}
		}
		for _, r := range all {
			if r.Kind == k && r.Score > best.Score {
				best = r
			}
		}
		if best.Score >= 0 {
			v.Reasons = append(v.Reasons, best)
			stays *= (1 - weight(k)*max(0, min(1, best.Score))) / (1 - weight(k)*max(0, min(1, had)))
		}
	}
	v.Handoff = round(1 - stays)
	v.settle()
	return v
}

// round keeps what is printed readable.
func round(x float64) float64 { return math.Round(x*10000) / 10000 }
