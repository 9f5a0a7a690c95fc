package triage

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"testing"
)

// TestTheTrialOfRisks holds sentences that were written before the rules were read against them: risks must bring the
// alarm, look-alikes must not.
func TestTheTrialOfRisks(t *testing.T) {
	files, err := filepath.Glob("corpus/trial/risk-*.jsonl")
	if err != nil || len(files) != 2 {
		t.Fatalf("%v %v", files, err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { tryRisks(t, file) })
	}
}

// maybeDoubt is the least score of a doubt about money that a shop without an article on it passes to a person.
const maybeDoubt = 0.25

func tryRisks(t *testing.T, file string) {
	var risks, missed, unheard, alike, fooled, called, doubts, unseen int
	eachLine(t, file, func(line []byte) {
		var u utterance
		if err := json.Unmarshal(line, &u); err != nil {
			t.Fatal(err)
		}
		v := assessText(u.Text)
		switch {
		case slices.Contains(u.Risk, "money"): // told calmly: seen, and no alarm
			doubts++
			if v.score(RiskPayment) < maybeDoubt || v.Level == 3 {
				unseen++
				t.Logf("a doubt about money: %q: %s level %d %v", u.Text, v.Action, v.Level, v.Reasons)
			}
		case len(u.Risk) > 0:
			risks++
			if v.Level != 3 {
				missed++
				t.Logf("no alarm for %s: %q: %s %.2f %v", u.Risk, u.Text, v.Action, v.Handoff, v.Reasons)
				if v.Action != Handoff {
					unheard++
				}
			}
		default:
			alike++
			if v.Level == 3 {
				fooled++
				t.Logf("alarm: %q %v", u.Text, v.Reasons)
			} else if v.Action == Handoff {
				called++
				t.Logf("a person: %q %.2f %v", u.Text, v.Handoff, v.Reasons)
			}
		}
	})
	if fooled*50 > alike || file == "corpus/trial/risk-1.jsonl" && missed*15 > risks {
		t.Error("too many")
	}
	t.Logf("%d of %d risks without the alarm, %d of them without a person; alarm for %d of %d look-alikes, a person for %d more; %d of %d doubts about money unseen or an alarm", missed, risks, unheard, fooled, alike, called, unseen, doubts)
}
