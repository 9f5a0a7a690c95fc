package editor

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"
)

// withExam lets the search alone answer exam questions.
func withExam(c *Config) {
	c.Examine = func(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, q exam.Question) (exam.Got, error) {
		result, err := base.Search(ctx, shop, knowledge.Query{Text: q.Text(), Limit: 1})
		got := exam.Got{Action: "answer"}
		for _, hit := range result.Hits {
			got.Articles = append(got.Articles, hit.Ref)
		}
		return got, err
	}
}

func TestAnEditorKeepsAQuestionAndSeesWhenItBreaks(t *testing.T) {
	d := newDesk(t, withExam)
	d.want(d.get("/knowledge/exam"), 200, "editor.exam.none")
	d.want(d.get("/knowledge/try?question=How+do+I+return+something%3F&locale=en"), 200, `value="article:returns"`)
	for _, wanted := range []string{"article:returns", "handoff"} {
		d.want(d.post("/knowledge/exam/questions", url.Values{"question": {"How do I return something? " + wanted}, "locale": {"en"}, "topic": {"<b>back</b>"}, "wanted": {wanted}}), 303)
	}
	d.want(d.get("/knowledge/exam"), 200, "editor.exam.never", "editor.exam.run Count 2")
	d.want(d.post("/knowledge/exam/run", nil), 303)
	d.waitFor("/knowledge/exam", "editor.exam.passed Passed 1 Total 2")
	page := d.want(d.get("/knowledge/exam"), 200, "50 %", "How do I return something? handoff", "&lt;b&gt;back", "editor.action.handoff", "<meter")
	at := strings.Index(page.body, `name="remove" value="`) + len(`name="remove" value="`)
	failed := page.body[at : at+10]
	d.want(d.post("/knowledge/exam/questions", url.Values{"remove": {failed}}), 303)
	d.want(d.post("/knowledge/exam/questions", url.Values{"remove": {failed}}), 303)
	d.want(d.post("/knowledge/exam/run", nil), 303)
	d.waitFor("/knowledge/exam", "editor.exam.passed Passed 1 Total 1")
	d.want(d.get("/knowledge/exam"), 200, "editor.exam.all_passed")
}

func TestAnExamIsATableThatAnEditorTakesAndBrings(t *testing.T) {
	d := newDesk(t, withExam)
	d.want(d.uploadTo("/knowledge/exam", "考题.csv", "问题,应有的结果\n怎么退货？,returns\n我要人工,转人工\n"), 303)
	d.want(d.get("/knowledge/exam"), 200, "怎么退货？", `href="/knowledge/ref/returns"`, "editor.action.handoff", "[editor.exam.all Count 2]")
	taken := d.want(d.get("/knowledge/exam/questions.csv"), 200, "怎么退货？,returns", "我要人工,handoff").body
	d.want(d.uploadTo("/knowledge/exam", "exam.csv", taken), 303)
	if again := d.get("/knowledge/exam/questions.csv").body; again != taken {
		t.Errorf("it comes back as\n%s", again)
	}
	d.want(d.uploadTo("/knowledge/exam", "exam.csv", "question\nx\n"), 422, "editor.exam.trouble_format", "line 1")
}

func TestAnExamFileWithAMistakeChangesNothing(t *testing.T) {
	d := newDesk(t, withExam)
	good := `{"id":"1","turns":[{"role":"shopper","text":"How do I return something?"}],"expect":{"articles":["returns"]},"locale":"en"}`
	d.want(d.uploadTo("/knowledge/exam", "exam.jsonl", good), 303)
	d.want(d.uploadTo("/knowledge/exam", "exam.jsonl", good+"\n{"), 422, "editor.exam.trouble_format", "line 2")
	d.want(d.uploadTo("/knowledge/exam", "exam.jsonl", "\n"), 422, "editor.exam.trouble_missing")
	d.want(d.get("/knowledge/exam"), 200, "editor.exam.run Count 1")
}

func TestTwoSittingsAtOnceAreOne(t *testing.T) {
	d := newDesk(t, withExam)
	store := d.face.Exams
	if _, err := store.Begin(t.Context(), d.shop.ID, exam.Golden); err == nil {
		t.Error("an exam that nobody has brought is sat")
	}
	if err := store.Put(t.Context(), d.shop.ID, exam.Golden, exam.Question{ID: "1", Turns: []exam.Turn{{Role: "shopper", Text: "hi"}}, Expect: exam.Expectation{Action: []string{"ask"}}}); err != nil {
		t.Fatal(err)
	}
	done, err := store.Begin(t.Context(), d.shop.ID, exam.Golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := d.want(d.get("/knowledge/exam"), 200, "editor.exam.running", "<progress"); got.header.Get("Refresh") == "" {
		t.Error("the page does not look again by itself")
	}
	d.want(d.post("/knowledge/exam/run", nil), 303)
	done()
	if runs, err := store.Runs(t.Context(), d.shop.ID, exam.Golden, 9); err != nil || len(runs) != 0 {
		t.Errorf("runs: %v %v", runs, err)
	}
}
