package bot

import (
	"strings"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/knowledge"
)

// mayMean is a finding that means one thing with this confidence and others with theirs.
func mayMean(confidences ...float64) finding {
	f := finding{text: "how do I wash it"}
	for i, c := range confidences {
		ref := string(rune('a' + i))
		f.result.Hits = append(f.result.Hits, knowledge.Hit{Ref: ref, Locale: "en", Question: "Title " + ref, Answer: "Answer " + ref + ".", Confidence: c, Score: c, Similarity: 0.6})
	}
	f.result.Decision, f.result.Confidence = knowledge.DecideAsk, confidences[0]
	return f
}

func TestWhatIsLikelyIsSaidAsAGuessWithTheOtherMeanings(t *testing.T) {
	said := func(settings knowledge.Settings, f finding) Reply {
		reply := Reply{Action: ActionAnswer, Language: "en"}
		found := []finding{f}
		guessAll(found, settings, "en")
		reply.answerFrom(found, Question{}, nil)
		return reply
	}
	r := said(knowledge.Settings{}, mayMean(0.6, 0.3, 0.1))
	if r.Action != ActionAnswer || !strings.HasPrefix(r.Text, sayGuess.in("en", "Title a")) || !strings.Contains(r.Text, "Answer a.") || strings.Contains(r.Text, "Answer b.") {
		t.Errorf("%s %q", r.Action, r.Text)
	}
	if len(r.Evidence) != 1 || r.Evidence[0].ID != "a" || len(r.Options) != 2 || r.Options[0].Ref != "b" || !strings.HasSuffix(r.Text, "1. Title b\n2. Title c") {
		t.Errorf("%+v %+v %q", r.Evidence, r.Options, r.Text)
	}
	for name, r := range map[string]Reply{
		"none is likely":  said(knowledge.Settings{}, mayMean(0.27, 0.26, 0.25)),
		"unlikely":        said(knowledge.Settings{}, mayMean(0.42, 0.1)),
		"a careful shop":  said(knowledge.Settings{AnswerAbove: 0.99}, mayMean(0.7, 0.1)),
		"not to be known": said(knowledge.Settings{AnswerAbove: 0.5}, mayMean(0.39, 0.1)),
	} {
		if r.Action != ActionAsk || len(r.Evidence) != 0 || len(r.Options) < 2 {
			t.Errorf("%s: %s %q", name, r.Action, r.Text)
		}
	}
}

func TestWhatNeitherMeansNorSharesWordsIsNoGuess(t *testing.T) {
	f := mayMean(0.55, 0.5, 0.1)
	for i := range f.result.Hits {
		f.result.Hits[i].Similarity = 0.3
	}
	found := []finding{f}
	if guessAll(found, knowledge.Settings{}, "en"); found[0].guessed != 0 {
		t.Errorf("%d articles are guessed that are far from the question", found[0].guessed)
	}
	f.result.Hits[1].Words = 0.2
	found = []finding{f}
	if guessAll(found, knowledge.Settings{}, "en"); found[0].guessed != 2 {
		t.Errorf("%d are guessed where one has words of the question", found[0].guessed)
	}
}

func TestTwoMeaningsAreBothSaidWhereNeitherStandsOut(t *testing.T) {
	f := mayMean(0.55, 0.5, 0.1)
	found := []finding{f}
	guessAll(found, knowledge.Settings{}, "en")
	reply := Reply{Action: ActionAnswer, Language: "en"}
	reply.answerFrom(found, Question{}, nil)
	if reply.Action != ActionAnswer || len(reply.Evidence) != 2 || !strings.Contains(reply.Text, sayOrElse.in("en", "Title b")+"\nAnswer b.") || strings.Contains(reply.Text, "Answer c.") {
		t.Errorf("%s %q %+v", reply.Action, reply.Text, reply.Evidence)
	}
	if len(reply.Options) != 1 || reply.Options[0].Ref != "c" {
		t.Errorf("%+v", reply.Options)
	}
}

func TestAMeaningBehindAGuessIsPicked(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	offered := []conversation.Option{{Label: "What sizes do you have?", Ref: "none"}, {Label: "Can you gift-wrap my order?", Ref: "gift-wrap"}}
	r := g.composeQuestion(Question{Turns: shopperSays("2"), Offered: offered})
	if r.Action != ActionAnswer || len(r.Evidence) != 1 || r.Evidence[0].ID != "gift-wrap" {
		t.Errorf("%s %+v", r.Action, r.Evidence)
	}
}
