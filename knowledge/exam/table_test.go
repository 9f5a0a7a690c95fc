package exam

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAnExamSurvivesTheWayThroughATable(t *testing.T) {
	said := func(turns ...string) (all []Turn) {
		for i := 0; i < len(turns); i += 2 {
			all = append(all, Turn{turns[i], turns[i+1]})
		}
		return all
	}
	want := []Question{
		{ID: "1", Turns: said("shopper", "几天能到？"), Expect: Expectation{Action: []string{"answer"}, Articles: []string{"shipping-times-cn", "shipping"}}, Topic: "shipping", Locale: "zh"},
		{ID: "2", Turns: said("shopper", "a coat, \"red\"", "bot", "We have one.", "shopper", "and for men?"), Expect: Expectation{Action: []string{"ask", "handoff"}, Level: 2}, Locale: "en", Market: "GB", Days: -3},
		{ID: "3", Turns: said("shopper", "¿plazo y precio?"), Expect: Expectation{Action: []string{"answer"}, All: []string{"shipping", "fees"}}, Locale: "es"},
		{ID: "4", Turns: said("shopper", "=1+1?"), Expect: Expectation{Action: []string{"answer"}}},
	}
	var table bytes.Buffer
	if err := WriteTable(&table, want); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(table.String(), "\n=") {
		t.Error("a spreadsheet would calculate with what a shopper says")
	}
	got, err := ReadFile("exam.CSV", &table)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestATableOfAnEditorIsReadInTheirLanguage(t *testing.T) {
	got, err := ReadTable(strings.NewReader("\ufeff问题,应有的结果,主题,之前的对话\n几天能到？,shipping-times-cn,物流,\n\n我要人工,转人工,,\"顾客：你好\n机器人：您好\"\n"))
	if err != nil || len(got) != 2 || got[0].Topic != "物流" || got[0].Expect.Articles[0] != "shipping-times-cn" || got[1].Expect.Action[0] != "handoff" || got[1].ID == got[0].ID || len(got[1].Turns) != 3 || got[1].Turns[1] != (Turn{"bot", "您好"}) {
		t.Errorf("%+v, %v", got, err)
	}
	for table, fault := range map[string]string{"pregunta\n¿?\n": "line 1", "question,expect\nx,\n": "line 2: expect", "question,expect,level\nx,ask,high\n": "line 2: level", "question,expect,id\nx,ask,1\ny,ask,1\n": "line 3: id", "": "line 1"} {
		if _, err := ReadTable(strings.NewReader(table)); err == nil || !strings.Contains(err.Error(), fault) {
			t.Errorf("%q: %v, want %s", table, err, fault)
		}
	}
}
