package knowledge_test

import (
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"
)

func TestAWordOneLetterFromTheShopsIsTakenForIt(t *testing.T) {
	t.Parallel()
	candidates := []string{"How do I join a contest?", "Is the mattress delivered flat?", "How are points counted?", "¿Dónde está mi pedido?", "寄到欧洲要几天"}
	for text, want := range map[string]string{
		"how to jion a contast":    "how to jion a contest", // four letters are too few
		"my matress is late":       "my mattress is late",
		"Contets":                  "contest",
		"is it delieverd":          "is it delieverd", // two mistakes
		"my contest":               "my contest",
		"code CONTES10 on contest": "code CONTES10 on contest",
		"寄到欧州要几天":                  "寄到欧州要几天",
		"dónde está mi pediddo":    "dónde está mi pedido",
	} {
		if got := knowledge.Respell(text, candidates...); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestWhatTheLexiconKnowsIsNoTypo(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"delivery to Galway", "refund please"} {
		if got := knowledge.Respell(text, "deliverx galwai refunx"); got != text {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}

func TestATypoFindsTheArticleAndIsNoSurerThanTheRightWord(t *testing.T) {
	t.Parallel()
	base := open(t, builtin(t))
	shop := knowledgetest.Shop(t, base, "shop",
		knowledge.Article{Ref: "contest", Locale: "en", Question: "Which contest is still open?", Answer: "Those on the first page."},
		knowledge.Article{Ref: "cast", Locale: "en", Question: "Who is in the cast?", Answer: "It is on the poster."},
		knowledge.Article{Ref: "context", Locale: "en", Question: "Who sees my account?", Answer: "You alone."})
	typo, right := ask(t, base, shop, knowledge.Query{Text: "any contast now"}), ask(t, base, shop, knowledge.Query{Text: "any contest now"})
	if first(typo) != "contest/en" || typo.Confidence != right.Confidence {
		t.Errorf("the typo finds %s at %.3f, the word %s at %.3f", first(typo), typo.Confidence, first(right), right.Confidence)
	}
}
