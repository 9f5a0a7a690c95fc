package main

import (
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"
	"frontdesk/knowledge/knowledgetest"
)

func TestAnEditorIsShownWhichQuestionsADraftAnswersDifferently(t *testing.T) {
	ctx := t.Context()
	pool := knowledgetest.Database(t)
	a := &app{pool: pool, base: knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))}
	shop := knowledgetest.Shop(t, a.base, "shop", knowledgetest.Articles()...)
	draft, err := a.base.Save(ctx, shop.ID, knowledge.Article{Ref: "iceland", Locale: "en", Question: "Do you ship to Iceland?", Answer: "Not yet."})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.base.Missed(ctx, shop.ID, knowledge.Missed{Text: "do you ship to Iceland", Locale: "en", Outcome: "none"}); err != nil {
		t.Fatal(err)
	}
	golden := []exam.Question{
		{ID: "1", Turns: []exam.Turn{{Role: "shopper", Text: "Do you ship to Iceland?"}}, Expect: exam.Expectation{Articles: []string{"iceland"}}, Locale: "en"},
		{ID: "2", Turns: []exam.Turn{{Role: "shopper", Text: "How do I return something?"}}, Expect: exam.Expectation{Articles: []string{"returns"}}, Locale: "en"},
	}
	if err := exam.NewStore(pool).Replace(ctx, shop.ID, goldenExam, golden); err != nil {
		t.Fatal(err)
	}
	changes, err := a.changes(ctx, shop, draft)
	if err != nil {
		t.Fatal(err)
	}
	if len(changes) != 2 || changes[0].Source != sourceGolden || !changes[0].Better || changes[1].Source != sourceMissed || changes[1].After.Ref != "iceland" {
		t.Errorf("changes: %+v", changes)
	}
	if result, err := a.base.Search(ctx, shop, knowledge.Query{Text: "Do you ship to Iceland?"}); err != nil || len(result.Hits) > 0 && result.Hits[0].Ref == "iceland" {
		t.Errorf("the draft answers: %+v %v", result, err)
	}
}
