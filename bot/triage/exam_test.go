package triage

import (
	"encoding/json"
	"slices"
	"testing"
)

// question is one line of the demo shop's exam, as far as a judgement of the words can pass it.
type question struct {
	ID, Locale, Topic string
	Turns             []Turn
	Expect            struct{ Action []string }
}

// TestTheTuningHalfOfTheExamIsJudgedRight looks at handovers alone: what knowledge decides is left out by looking
// at what the words would call for.
func TestTheTuningHalfOfTheExamIsJudgedRight(t *testing.T) {
	var welcome, needless, due, missed int
	eachLine(t, "../../knowledge/demo/exam/tune.jsonl", func(line []byte) {
		var q question
		if err := json.Unmarshal(line, &q); err != nil {
			t.Fatal(err)
		}
		v := Assess(Input{Turns: q.Turns, Locale: q.Locale})
		last := q.Turns[len(q.Turns)-1].Text
		handoff, ask := slices.Contains(q.Expect.Action, "handoff"), slices.Contains(q.Expect.Action, "ask")
		switch {
		case !handoff:
			welcome++
			if v.Action == Handoff {
				needless++
				t.Logf("needless %s %s %.2f %v mood %.2f %q", q.ID, q.Topic, v.Handoff, v.Reasons, v.Mood, last)
			} else if v.Action == Ask && !ask {
				t.Logf("needless ask %s %s %.2f %v mood %.2f %q", q.ID, q.Topic, v.Handoff, v.Reasons, v.Mood, last)
			}
		case len(q.Expect.Action) == 1:
			due++
			if v.Action != Handoff && q.Topic != "unanswerable" {
				missed++
				t.Logf("missed %s %s %.2f %v mood %.2f %q", q.ID, q.Topic, v.Handoff, v.Reasons, v.Mood, last)
			}
		}
	})
	if needless*20 > welcome || missed*40 > due {
		t.Error("too many")
	}
	t.Logf("needless %d of %d, missed %d of %d", needless, welcome, missed, due)
}
