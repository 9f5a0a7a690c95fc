package bot

import (
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"
)

// timelyArticles are a code that is over, a notice that has not begun, and what holds.
func timelyArticles(now time.Time) []knowledge.Article {
	days := func(n int) *time.Time { at := now.AddDate(0, 0, n); return &at }
	article := func(ref, locale, question, answer string, from, until *time.Time, phrasings ...string) knowledge.Article {
		return knowledge.Article{Ref: ref, Locale: locale, Question: question, Answer: answer, ValidFrom: from, ValidTo: until, Phrasings: phrasings, Status: knowledge.Published}
	}
	return append(someArticles(),
		article("autumn", "en", "The autumn code LEAF15", "LEAF15 takes 15% off coats.", days(-30), days(-1), "is LEAF15 still working", "autumn code for coats"),
		article("autumn", "zh", "秋季优惠码LEAF15", "大衣用LEAF15享85折。", days(-30), days(-1), "秋季优惠码还能用吗", "LEAF15怎么用"),
		article("autumn", "es", "El código de otoño LEAF15", "LEAF15 quita un 15 % en abrigos.", days(-30), days(-1), "¿sigue valiendo LEAF15?", "código de otoño"),
		article("holidays", "en", "Holiday delivery delays", "Orders take 3 days longer.", days(2), days(20), "are deliveries slower over the holidays"),
		article("codes", "en", "How do I enter a discount code?", "Enter it at checkout.", nil, nil, "where do I put my code", "how to use a promo code"),
		article("ancient", "en", "The spring sale on lamps", "Lamps are half price.", days(-300), days(-200), "spring sale lamps"),
	)
}

func TestWhatIsOverIsSaidToBeOverAndNothingOfWhatItSays(t *testing.T) {
	t.Parallel()
	embedder, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)
	g := newRigWith(t, nil, embedder, timelyArticles(now))
	ask := func(text string) Reply { return g.composeQuestion(Question{Turns: shopperSays(text), At: now}) }
	for text, want := range map[string]string{
		"is the autumn code LEAF15 still working?": "“The autumn code LEAF15” ended on 19 March and doesn't apply any more.",
		"秋季优惠码还能用吗":                                "“秋季优惠码LEAF15”已于3月19日结束，现在不适用了。",
		"¿sigue valiendo el código de otoño?":      "«El código de otoño LEAF15» terminó el 19 de marzo y ya no se aplica.",
	} {
		r := ask(text)
		if r.Action != ActionAnswer || len(r.Options) > 0 || !strings.Contains(r.Text, want) || len(r.Evidence) != 1 || r.Evidence[0].Text != "" {
			t.Errorf("%q: %s %q %+v", text, r.Action, r.Text, r.Evidence)
		}
		for _, fact := range []string{"15%", "15 %", "85折", "3 days", "checkout"} {
			if strings.Contains(r.Text, fact) {
				t.Errorf("%q says what does not hold: %q", text, r.Text)
			}
		}
	}
	if r := ask("how to use a promo code"); r.Action != ActionAnswer || r.Evidence[0].ID != "codes" {
		t.Errorf("what holds: %s %q", r.Action, r.Text)
	}
	if r := ask("are deliveries slower over the holidays??"); strings.Contains(r.Text, "Holiday") {
		t.Errorf("what has not begun is told: %q", r.Text)
	}
	if r := ask("spring sale lamps"); strings.Contains(r.Text, "ended") {
		t.Errorf("what is long over: %q", r.Text)
	}
	if r := g.composeQuestion(Question{Turns: shopperSays("is LEAF15 still working"), At: now.AddDate(0, 0, -3)}); r.Action != ActionAnswer || r.Evidence[0].ID != "autumn" {
		t.Errorf("while it held: %s %q", r.Action, r.Text)
	}
}
