package knowledge

import "testing"

func TestAnAnswerIsKindredWhoseWordsMeanTheQuestionsInAnyLanguage(t *testing.T) {
	about := func(text, answer string) candidate {
		return candidate{kind: kindQuestion, text: text, shown: Hit{Question: text, Answer: answer}}
	}
	const coat, pan, mixed = "The raincoat keeps the rain out.", "Dry the pan after washing.", "Everything else."
	for _, question := range []string{"does the jacket keep me dry when it rains", "雨衣防水吗", "¿el impermeable aguanta la lluvia?"} {
		found := []candidate{about("Is the raincoat waterproof?", coat), about("How do I clean the pan?", pan), {kind: kindNegative, text: question, shown: Hit{Answer: mixed}}}
		if err := compareKindred(found, question); err != nil {
			t.Fatal(err)
		}
		near, far := found[0].kinship, found[1].kinship
		if near.share <= far.share+0.05 {
			t.Errorf("%q: the coat %+v, the pan %+v", question, near, far)
		}
		if found[2].kinship != (kinship{}) {
			t.Errorf("%q: what an article is not about speaks for it", question)
		}
	}
}

func TestAnArticleIsKindredToATurnThatNamesSomethingInIt(t *testing.T) {
	hit := Hit{Question: "How do I choose shoes?", Answer: "Trainers come up small: take half a size more.", Passage: "shoe size"}
	near, err := Kindred("and the trainers?", hit)
	if err != nil {
		t.Fatal(err)
	}
	if far, err := Kindred("and the curtains?", hit); err != nil || near < far+0.1 {
		t.Errorf("%.2f for trainers, %.2f for curtains (%v)", near, far, err)
	}
}
