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

func TestAFigureThatWasOnlyWrittenOtherwiseIsNotCalledGone(t *testing.T) {
	for _, reworded := range [][2]string{
		{"Within 10 days, 3 at most.", "Within ten days, three at most."}, {"10天内处理，最多3件。", "十天内处理，最多三件。"}, {"10 días, máximo 3.", "Diez días, tres como mucho."},
		{"10天内，3件", "１０天内，３件"}, {"From 10 am to 3 pm", "From 10:00 to 15:00"}, {"10:00–15:00", "10 am to 3 pm"}, {"De 10 a 3 de la tarde", "De 10 a 15 h"}, {"上午10点到下午3点", "10:00到15:00"},
		{"Until 10/3", "Until 3 October"}, {"10月3日止", "2026-10-03"}, {"25 days or 32", "twenty-five days or thirty two"}, {"25 y 32 días", "veinticinco y treinta y dos días"}, {"25天，200元", "二十五天，两百元"},
	} {
		if lacks := newNumbers(reworded[0], reworded[1]); len(lacks) > 0 {
			t.Errorf("%q says %v, and %q is said not to", reworded[0], lacks, reworded[1])
		}
	}
	for _, other := range [][2]string{{"3 days", "the third day"}, {"10天", "十分感谢"}, {"3件", "第三件"}, {"1 day", "no one knows"}, {"20 days", "twenty-five days"}, {"15 days", "3 days"}, {"5 days", "you may return 3"}} {
		if len(newNumbers(other[0], other[1])) == 0 {
			t.Errorf("%q is taken for %q", other[1], other[0])
		}
	}
	live := knowledge.Article{Question: "Can I send back 3 within 10 days?", Answer: "Yes, 3 within 10 days.", Locale: "en"}
	draft := live
	draft.Answer = "Yes: within ten days, three of them."
	if texts, figures := namesOld(draft, live); texts != nil {
		t.Errorf("%q are said to name %v, which the answer still says", texts, figures)
	}
}
