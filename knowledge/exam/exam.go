// Package exam asks a shop golden questions and says what an edit would change.
package exam

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"frontdesk/knowledge"
)

// ErrNotFound means that the shop has no exam of this name.
var ErrNotFound = errors.New("no such exam")

// DefaultBar is the pass rate that an exam must reach where the shop sets none.
const DefaultBar = 0.8

// Turn is one thing said in a golden question; Role is shopper, bot or agent. The last turn is the one to be answered.
type Turn struct {
	Role string `json:"role"`
	Text string `json:"text"`
}

// Question is one golden question: what is said, and what it should lead to.
type Question struct {
	ID     string      `json:"id"` // the author's own, unique in its exam
	Turns  []Turn      `json:"turns"`
	Expect Expectation `json:"expect"`
	Topic  string      `json:"topic"`
	Locale string      `json:"locale"`
	Market string      `json:"market,omitempty"`
	Days   int         `json:"at_offset_days,omitempty"` // asked so many days from now
}

// Text is what the shopper says last.
func (q Question) Text() string {
	if len(q.Turns) == 0 {
		return ""
	}
	return q.Turns[len(q.Turns)-1].Text
}

// At is when the question is asked; zero for now.
func (q Question) At(now time.Time) time.Time {
	if q.Days == 0 {
		return time.Time{}
	}
	return now.AddDate(0, 0, q.Days)
}

// Expectation is what a question should lead to. Each field that is empty is left open.
type Expectation struct {
	Action   []string `json:"action"`             // any of answer, ask, handoff, courtesy, silent
	Articles []string `json:"articles,omitempty"` // refs, any of which does
	All      []string `json:"all,omitempty"`      // refs of which none may be missing: several things are asked
	Level    int      `json:"level,omitempty"`    // of a handover
}

// Got is what the shop did with a question.
type Got struct {
	Action     string   `json:"action"`
	Articles   []string `json:"articles,omitempty"` // refs that the answer rests on, or that a question back offers
	Level      int      `json:"level,omitempty"`
	Confidence float64  `json:"confidence"`
}

// Ask puts a question to a shop on this base, as a shopper would, and stores nothing.
type Ask func(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, q Question) (Got, error)

// passes says whether what was got is what was wanted.
func (e Expectation) passes(got Got) bool {
	switch {
	case len(e.Action) > 0 && !slices.Contains(e.Action, got.Action):
		return false
	case e.Level > 0 && got.Action == "handoff" && got.Level != e.Level:
		return false
	case got.Action != "answer" && got.Action != "ask":
		return true
	}
	named := func(ref string) bool { return slices.Contains(got.Articles, ref) }
	if len(e.Articles) > 0 && !slices.ContainsFunc(e.Articles, named) {
		return false
	}
	return got.Action == "ask" || !slices.ContainsFunc(e.All, func(ref string) bool { return !named(ref) })
}

// actions are what a question may lead to.
func actions() []string { return []string{"answer", "ask", "handoff", "courtesy", "silent"} }

// check refuses a question that cannot be asked or passed.
func (q Question) check() error {
	if q.ID == "" {
		return errors.New("id: missing")
	}
	if len(q.Turns) == 0 || q.Text() == "" {
		return errors.New("turns: there is nothing to ask")
	}
	for i, t := range q.Turns {
		if t.Role != "shopper" && t.Role != "bot" && t.Role != "agent" {
			return fmt.Errorf("turns[%d].role: not shopper, bot or agent", i)
		}
	}
	if q.Turns[len(q.Turns)-1].Role != "shopper" {
		return errors.New("turns: the last one is not the shopper's")
	}
	for _, a := range q.Expect.Action {
		if !slices.Contains(actions(), a) {
			return fmt.Errorf("expect.action: %q is none of answer, ask, handoff, courtesy, silent", a)
		}
	}
	if len(q.Expect.Action)+len(q.Expect.Articles)+len(q.Expect.All) == 0 {
		return errors.New("expect: says nothing")
	}
	return nil
}
