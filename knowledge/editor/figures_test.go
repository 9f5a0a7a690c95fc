package editor

import (
	"slices"
	"testing"

	"frontdesk/knowledge"
)

func TestAFigureThatChangedIsFoundInTheArticlesOwnQuestions(t *testing.T) {
	live := knowledge.Article{Question: "国内支持7天无理由吗？", Answer: "签收后7天内可退，48小时内处理。", Phrasings: []string{"七天内能退吗", "第八天还能退吗", "怎么退货", "17天能退吗"}}
	draft := live
	draft.Answer = "签收后9天内可退，48小时内处理。"
	texts, figures := namesOld(draft, live)
	if !slices.Equal(texts, []string{live.Question, "七天内能退吗"}) || !slices.Equal(figures, []string{"7"}) {
		t.Errorf("%q name %q", texts, figures)
	}
	if texts, _ := namesOld(live, live); texts != nil {
		t.Errorf("nothing changed, and %q are shown", texts)
	}
	for text, want := range map[string]bool{"within seven days": true, "en siete días": true, "a seventh day": false, "within 17 days": false} {
		if figureIn(text, "7") != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}

func TestTheNumbersOfAListAreNoFigures(t *testing.T) {
	for _, text := range []string{"1. Pack it\n2. Drop it off\n3) Wait 7 days", "1、打包\n2、寄出\n 3.等7天", "（一）打包\n1）寄出，等 7 天"} {
		if got := newNumbers(text, "nothing"); !slices.Equal(got, []string{"7"}) {
			t.Errorf("%q has the figures %q", text, got)
		}
	}
	if got := newNumbers("7.5 m\n3 days\n2.5 kg\n30) is not one", ""); !slices.Equal(got, []string{"7.5", "3", "2.5"}) {
		t.Errorf("figures at the beginning of a line: %q", got)
	}
}

func TestTheCheckShowsPhrasingsThatStillNameTheOldFigure(t *testing.T) {
	d := newDesk(t)
	a := d.variant("returns", "en")
	a.Phrasings = append(a.Phrasings, "can I return within 7 days")
	saved, err := d.base.Save(t.Context(), d.shop.ID, a)
	if err == nil {
		err = d.base.Publish(t.Context(), d.shop.ID, a.ID, saved.Version)
	}
	if err != nil {
		t.Fatal(err)
	}
	d.want(d.get(d.rewrite("returns", "en", "You can return an item within 9 days.")), 200, "[editor.review.old_figures Numbers 7]", "<li class=\"break\">can I return within 7 days</li>")
}

func TestFiguresThatMeanTheSameAreTheSame(t *testing.T) {
	for _, same := range [][]string{{"7.5英镑", "£7.50", "7,50 £"}, {"1,299", "1.299", "1299.00"}, {"满100打九折", "10 % off above 100", "9折，满100"}, {"八五折", "8.5折", "15 %", "85折"}, {"10:00", "10点"}, {"12 500", "12 500"}} {
		for _, a := range same {
			for _, b := range same {
				if lacks := newNumbers(a, b); len(lacks) > 0 {
					t.Errorf("%q has %v, which %q lacks", a, lacks, b)
				}
			}
		}
	}
	for _, other := range [][2]string{{"7.05", "7.5"}, {"7.5", "75"}, {"9折", "9 %"}, {"1.25", "1.250"}} {
		if len(newNumbers(other[0], other[1])) == 0 {
			t.Errorf("%q is taken for %q", other[0], other[1])
		}
	}
}
