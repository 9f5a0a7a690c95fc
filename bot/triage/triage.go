// Package triage judges what a shopper's turn needs, in code and without I/O.
package triage

import "time"

// Turn is one thing said in a conversation.
type Turn struct {
	Role string    `json:"role"` // shopper, bot or agent
	Text string    `json:"text"`
	At   time.Time `json:"at,omitzero"`
}

// Input is the episode in order. What is judged are the last shopper turns since
// the last answer; the turns before them are what the judgement leans on.
type Input struct {
	Turns  []Turn
	Locale string // a hint for texts too short to show their language; may be empty
}

// Kind names a reason. The list is closed.
type Kind string

// The kinds of reasons. Those from NoKnowledge on that need more than the text
// (no_knowledge, unsure, unsupported_draft, model_failed, over_budget) are never
// found by Assess: whoever knows of them adds them with Verdict.With.
const (
	Wish             Kind = "wish"
	Mood             Kind = "mood"
	Repetition       Kind = "repetition"
	FailedAttempts   Kind = "failed_attempts"
	RiskInjury       Kind = "risk_injury"
	RiskAllergy      Kind = "risk_allergy"
	RiskFraud        Kind = "risk_fraud"
	RiskPayment      Kind = "risk_payment"
	RiskPrivacy      Kind = "risk_privacy"
	RiskLegal        Kind = "risk_legal"
	RiskRegulator    Kind = "risk_regulator"
	RiskPress        Kind = "risk_press"
	RiskSelfHarm     Kind = "risk_self_harm"
	OrderChange      Kind = "order_change"
	SeveralIntents   Kind = "several_intents"
	NoKnowledge      Kind = "no_knowledge"
	Unsure           Kind = "unsure"
	UnsupportedDraft Kind = "unsupported_draft"
	Injection        Kind = "injection"
	ModelFailed      Kind = "model_failed"
	OverBudget       Kind = "over_budget"
)

// Kinds returns every kind, in the order in which reasons are listed.
func Kinds() []Kind {
	return []Kind{
		Wish, Mood, Repetition, FailedAttempts, RiskInjury, RiskAllergy, RiskFraud, RiskPayment,
		RiskPrivacy, RiskLegal, RiskRegulator, RiskPress, RiskSelfHarm, OrderChange, SeveralIntents,
		NoKnowledge, Unsure, UnsupportedDraft, Injection, ModelFailed, OverBudget,
	}
}

// Reason is one typed finding. Score is how sure the finding is, 0 to 1.
type Reason struct {
	Kind  Kind     `json:"kind"`
	Score float64  `json:"score"`
	Words []string `json:"words,omitempty"` // what in the text moved it
}

// Action is what the turn needs next.
type Action string

// The actions.
const (
	Answer  Action = "answer"
	Ask     Action = "ask" // ask back whether a person is wanted
	Handoff Action = "handoff"
)

// Courtesy tells that a turn is nothing but a courtesy, and which one; Verdict.Social, how likely.
type Courtesy string

// The courtesies. NoCourtesy means that the turn says more than that.
const (
	NoCourtesy Courtesy = ""
	Greeting   Courtesy = "greeting"
	Thanks     Courtesy = "thanks"
	Okay       Courtesy = "ok"
	Farewell   Courtesy = "farewell"
	Emoji      Courtesy = "emoji"
	Praise     Courtesy = "praise"
	WhoAnswers Courtesy = "who" // asks whether it speaks to a program
)

// Mood labels.
const (
	Negative = "negative"
	Neutral  = "neutral"
	Positive = "positive"
)

// Verdict is the judgement of a turn.
type Verdict struct {
	Mood      float64  `json:"mood"`            // -1 (furious) to 1 (delighted)
	MoodLabel string   `json:"mood_label"`      // negative, neutral or positive
	Slope     float64  `json:"slope,omitempty"` // change of mood per shopper turn over the episode
	Handoff   float64  `json:"handoff"`         // probability, 0 to 1, that a person should take over
	Action    Action   `json:"action"`
	Level     int      `json:"level"` // 0 none, 1 needs a person, 2 complaint or anger, 3 risk
	Reasons   []Reason `json:"reasons"`
	Language  string   `json:"language"` // ISO 639-1
	Courtesy  Courtesy `json:"courtesy,omitempty"`
	Social    float64  `json:"social,omitempty"`  // chance that the turn is nothing but a courtesy, from 0.25; it has one from 0.5, and 1 where each word of it is known for one
	Intents   []string `json:"intents,omitempty"` // what is asked, apart; one element unless several things are

	angry bool // furious, insulting or making a complaint, however the mood reads
}

// Assess judges the last shopper turns of an episode. It is pure, never panics
// and reads a bounded part of what it is given.
func Assess(in Input) Verdict {
	return judge(gather(weights(), in))
}
