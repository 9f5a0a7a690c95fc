package triage

import (
	"path/filepath"
	"slices"
	"testing"
)

// trials reads the utterances of corpus/trial of one subject. Nothing learns from them, and nobody mends a rule by reading them.
func trials(t testing.TB, subject string) []utterance {
	t.Helper()
	files, err := filepath.Glob("corpus/trial/" + subject + "-*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no trial of %s: %v", subject, err)
	}
	slices.Sort(files)
	return utterances(t, files)
}

// byLanguage runs a trial for each language that has texts.
func byLanguage(t *testing.T, us []utterance, try func(*testing.T, []utterance)) {
	for _, lang := range []string{"zh", "en", "es"} {
		if of := slices.DeleteFunc(slices.Clone(us), func(u utterance) bool { return u.Lang != lang }); len(of) > 0 {
			t.Run(lang, func(t *testing.T) { try(t, of) })
		}
	}
}

func moodName(mood float64) string {
	switch {
	case mood < 0:
		return Negative
	case mood > 0:
		return Positive
	}
	return Neutral
}

// TestTheTrialOfReviews tells bad reviews from good ones.
func TestTheTrialOfReviews(t *testing.T) {
	byLanguage(t, trials(t, "reviews"), func(t *testing.T, us []utterance) {
		var right, below, recall, bad float64
		var mood []float64
		var is []bool
		for _, u := range us {
			if u.Mood == 0 {
				continue
			}
			v := assessText(u.Text)
			if (v.MoodLabel == Negative) == (u.Mood < 0) {
				right++
			}
			if (v.Mood < 0) == (u.Mood < 0) {
				below++
			}
			if u.Mood < 0 {
				bad++
				if v.MoodLabel == Negative {
					recall++
				}
			}
			mood, is = append(mood, -v.Mood), append(is, u.Mood < 0)
		}
		n := float64(len(mood))
		t.Logf("n %d: negative or not %.3f right, by the sign of the mood %.3f, recall of negative %.3f, AUROC %.3f", len(mood), right/n, below/n, recall/bad, auroc(mood, is))
		if least := map[string]float64{"zh": 0.85, "es": 0.7}[us[0].Lang]; right/n < least || auroc(mood, is) < 0.92 {
			t.Errorf("want %.2f right and an AUROC of 0.92", least)
		}
	})
}

// TestTheTrialOfCompanies sorts what people write to companies.
func TestTheTrialOfCompanies(t *testing.T) {
	byLanguage(t, trials(t, "company"), func(t *testing.T, us []utterance) {
		said := labels{}
		var mood []float64
		var is []bool
		for _, u := range us {
			v := assessText(u.Text)
			said.count(moodName(u.Mood), v.MoodLabel)
			mood, is = append(mood, -v.Mood), append(is, u.Mood < 0)
		}
		t.Logf("n %d: macro-F1 %.3f, recall of negative %.3f, of neutral %.3f, of positive %.3f, AUROC %.3f", len(us), said.f1(), said.recall(Negative), said.recall(Neutral), said.recall(Positive), auroc(mood, is))
		if said.f1() < 0.75 || said.recall(Negative) < 0.85 {
			t.Error("want 0.75 and 0.85")
		}
	})
}

// TestTheTrialOfTalks ranks talks by how they left the shopper.
func TestTheTrialOfTalks(t *testing.T) {
	files, _ := filepath.Glob("corpus/trial/talks-*.txt")
	by := map[string][]talk{}
	for _, f := range files {
		for _, k := range readTalks(t, f) {
			by[k.Lang] = append(by[k.Lang], k)
		}
	}
	for _, lang := range []string{"zh", "en", "es"} {
		if len(by[lang]) == 0 {
			continue
		}
		var hand []float64
		var is []bool
		for _, k := range by[lang] {
			hand, is = append(hand, Assess(Input{Turns: k.Turns}).Handoff), append(is, k.Dissatisfied == 1)
		}
		t.Logf("%s n %d: AUROC of handoff for the dissatisfied %.3f (ECE %.3f)", lang, len(hand), auroc(hand, is), ece(hand, is))
		if auroc(hand, is) < 0.86 {
			t.Error("want 0.86")
		}
	}
}

// TestTheTrialOfWishes looks for those who want a person among those who do not.
func TestTheTrialOfWishes(t *testing.T) {
	byLanguage(t, trials(t, "wishes"), func(t *testing.T, us []utterance) {
		var right, wrong, missed, others float64
		for _, u := range us {
			v := assessText(u.Text)
			said := v.score(Wish) >= sureScore
			switch {
			case said && u.Wish:
				right++
			case said:
				wrong++
			case u.Wish:
				missed++
			}
			if !u.Wish {
				others++
			}
		}
		t.Logf("n %d: F1 %.3f, precision %.3f, recall %.3f, false of look-alikes %.3f", len(us), 2*right/(2*right+wrong+missed), right/(right+wrong), right/(right+missed), wrong/others)
		if 2*right/(2*right+wrong+missed) < 0.75 || wrong/others > 0.04 {
			t.Error("want an F1 of 0.75 and at most 0.04")
		}
	})
}

// TestTheTrialOfNeutralRequests counts what is taken for dislike and is none.
func TestTheTrialOfNeutralRequests(t *testing.T) {
	byLanguage(t, trials(t, "neutral"), func(t *testing.T, us []utterance) {
		var negative, called float64
		for _, u := range us {
			v := assessText(u.Text)
			if v.MoodLabel == Negative {
				negative++
			}
			if v.Action == Handoff && u.Handoff == 0 {
				called++
			}
		}
		n := float64(len(us))
		t.Logf("n %d: called negative %.3f, a person for %.3f", len(us), negative/n, called/n)
		if negative/n > 0.06 || called/n > 0.09 {
			t.Error("want at most 0.06 and 0.09")
		}
	})
}
