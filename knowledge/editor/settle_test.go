package editor

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"frontdesk/knowledge"
)

func TestAPublicationClosesTheMissedQuestionsThatItSurelyAnswers(t *testing.T) {
	d := newDesk(t)
	missed := func(text, outcome string) {
		t.Helper()
		if err := d.base.Missed(t.Context(), d.shop.ID, knowledge.Missed{Text: text, Locale: "en", Outcome: outcome, Best: "shipping", Confidence: .2}); err != nil {
			t.Fatal(err)
		}
	}
	missed("do you ship to Iceland", "none")
	missed("Do you ship to Iceland?", knowledge.MissedDisliked)
	missed("Is there a shop in Rome?", "none")
	saved := d.want(d.post("/knowledge/save", url.Values{"locale": {"en"}, "ref": {"iceland"}, "question": {"Do you ship to Iceland?"}, "answer": {"Not yet."}, "action": {"review"}}), 303)
	open := func() (texts []string) {
		all, err := d.base.OpenMissed(t.Context(), d.shop.ID, 10)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range all {
			texts = append(texts, m.Text)
		}
		slices.Sort(texts)
		return texts
	}
	if got := open(); len(got) != 3 {
		t.Errorf("a draft closes questions: %q are open", got)
	}
	a := d.variant("iceland", "en")
	d.want(d.post(saved.location, url.Values{"version": {strconv.Itoa(a.Version)}}), 303)
	if got, want := open(), []string{"Do you ship to Iceland?", "Is there a shop in Rome?"}; !slices.Equal(got, want) {
		t.Errorf("open are %q, want %q", got, want)
	}
	if d.flash != "editor.flash.published_settled" {
		t.Errorf("the editor is told %s", d.flash)
	}
	d.want(d.get("/knowledge/missed?state=done"), 200, "do you ship to Iceland", "editor.missed.reopen")
}

func TestAMissedQuestionIsLabelledWithTheLanguagesThatItWasAskedIn(t *testing.T) {
	ask := func(text, locale string) knowledge.Missed {
		return knowledge.Missed{Text: text, Locale: locale, Outcome: "none"}
	}
	for _, c := range []struct {
		questions []knowledge.Missed
		want      string
	}{
		{[]knowledge.Missed{ask("AUTUMN15", "es")}, ""}, {[]knowledge.Missed{ask("XL", "zh")}, ""}, {[]knowledge.Missed{ask("autumn15?", "en")}, ""}, {[]knowledge.Missed{ask("42", "es")}, ""},
		{[]knowledge.Missed{ask("bitcoin?", "en"), ask("¿bitcoin?", "es"), ask("AUTUMN15", "zh")}, "en es"},
		{[]knowledge.Missed{ask("退货", "zh")}, "zh"}, {[]knowledge.Missed{ask("hola", "es")}, "es"},
	} {
		if got := strings.Join(describe(knowledge.MissedGroup{Questions: c.questions}).Languages, " "); got != c.want {
			t.Errorf("%q: %q, want %q", c.questions[0].Text, got, c.want)
		}
	}
}
