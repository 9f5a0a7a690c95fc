package exam_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"
	"frontdesk/knowledge/exam"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
)

func TestAnExamWithAHoleInItIsRefused(t *testing.T) {
	good := `{"id":"1","turns":[{"role":"shopper","text":"几天能到"}],"expect":{"action":["answer"],"articles":["shipping"]},"topic":"shipping","locale":"zh"}`
	if all, err := exam.Read(strings.NewReader("\n" + good + "\n")); err != nil || len(all) != 1 || all[0].Text() != "几天能到" {
		t.Errorf("%+v, %v", all, err)
	}
	for bad, says := range map[string]string{
		good + "\n" + good: "line 2: id",
		`{"id":"1"}`:       "turns",
		`{"id":"1","turns":[{"role":"shopper","text":"hi"}]}`:                                             "expect",
		`{"id":"1","turns":[{"role":"bot","text":"hi"}],"expect":{"action":["answer"]}}`:                  "shopper",
		`{"id":"1","turns":[{"role":"shopper","text":"hi"}],"expect":{"action":["shrug"]}}`:               "shrug",
		`{"turns":[{"role":"shopper","text":"hi"}],"expect":{"action":["answer"]}}`:                       "id",
		`{"id":"1","turns":[{"role":"king","text":"hi"}],"expect":{"action":["answer"]}}` + "\n" + `nope`: "role",
	} {
		if _, err := exam.Read(strings.NewReader(bad)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want something about %s", bad, err, says)
		}
	}
}

func question(id, text string, expect exam.Expectation) exam.Question {
	return exam.Question{ID: id, Turns: []exam.Turn{{Role: "shopper", Text: text}}, Expect: expect, Topic: "t" + id, Locale: "en"}
}

func TestAQuestionPassesWhenItLeadsWhereItShould(t *testing.T) {
	questions := []exam.Question{
		question("1", "a", exam.Expectation{Action: []string{"answer"}, Articles: []string{"x", "y"}}),
		question("2", "a", exam.Expectation{Action: []string{"answer"}, All: []string{"x", "z"}}),
		question("3", "b", exam.Expectation{Action: []string{"handoff"}, Level: 3}),
		question("4", "b", exam.Expectation{Action: []string{"answer", "handoff"}, Articles: []string{"x"}}),
		question("5", "c", exam.Expectation{Action: []string{"answer", "ask"}, Articles: []string{"x"}}),
		question("6", "c", exam.Expectation{Action: []string{"answer", "ask"}, Articles: []string{"z"}}),
	}
	gets := map[string]exam.Got{
		"a": {Action: "answer", Articles: []string{"y", "x"}}, "b": {Action: "handoff", Level: 2}, "c": {Action: "ask", Articles: []string{"w", "x"}},
	}
	ask := func(_ context.Context, _ *knowledge.Base, _ knowledge.Shop, q exam.Question) (exam.Got, error) {
		return gets[q.Text()], nil
	}
	report, err := exam.Run(t.Context(), nil, knowledge.Shop{}, questions, ask, nil)
	if err != nil {
		t.Fatal(err)
	}
	var ok []bool
	for _, r := range report.Results {
		ok = append(ok, r.OK)
	}
	if want := []bool{true, false, false, true, true, false}; !slices.Equal(ok, want) {
		t.Errorf("%v, want %v", ok, want)
	}
	if report.Passed != 3 || report.Total != 6 || len(report.Topics) != 6 || report.Locales[0] != (exam.Rate{Name: "en", Passed: 3, Total: 6}) {
		t.Errorf("%+v", report)
	}
}

// open returns a base with the built-in embedder and a small shop.
func open(t *testing.T) (*pgxpool.Pool, *knowledge.Base, knowledge.Shop) {
	t.Helper()
	builtin, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(builtin))
	shop := knowledgetest.Shop(t, base, "shop",
		knowledge.Article{Ref: "delivery", Question: "How long does delivery take?", Answer: "Three days."},
		knowledge.Article{Ref: "returns", Question: "How do I return something?", Answer: "Within thirty days."})
	return pool, base, shop
}

// search asks the base alone.
func search(ctx context.Context, base *knowledge.Base, shop knowledge.Shop, q exam.Question) (exam.Got, error) {
	result, err := base.Search(ctx, shop, knowledge.Query{Text: q.Text(), Limit: 1})
	got := exam.Got{Action: "answer", Confidence: result.Confidence}
	for _, hit := range result.Hits {
		got.Articles = append(got.Articles, hit.Ref)
	}
	return got, err
}

func TestARunSaysWhatChangedSinceTheLastOne(t *testing.T) {
	pool, base, shop := open(t)
	store := exam.NewStore(pool)
	golden := []exam.Question{
		question("1", "how long does the delivery take", exam.Expectation{Articles: []string{"delivery"}}),
		question("2", "do you engrave rings", exam.Expectation{Articles: []string{"engraving"}}),
	}
	golden[1].Market, golden[1].Days = "ES", 3
	if _, err := store.Questions(t.Context(), shop.ID, "golden"); err == nil {
		t.Error("there is an exam that nobody has brought")
	}
	if err := store.Replace(t.Context(), shop.ID, "golden", golden); err != nil {
		t.Fatal(err)
	}
	stored, err := store.Questions(t.Context(), shop.ID, "golden")
	if err != nil || len(stored) != 2 || stored[1].Market != "ES" || stored[1].Days != 3 || stored[1].Text() != golden[1].Text() {
		t.Fatalf("%+v, %v", stored, err)
	}
	sit := func() exam.Report {
		report, err := exam.Run(t.Context(), base, shop, stored, search, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := store.Compare(t.Context(), shop.ID, "golden", &report); err != nil {
			t.Fatal(err)
		}
		if err := store.Keep(t.Context(), shop.ID, "golden", report); err != nil {
			t.Fatal(err)
		}
		return report
	}
	if first := sit(); first.Passed != 1 || first.Mended != nil || first.Broken != nil {
		t.Errorf("first run: %+v", first)
	}
	knowledgetest.Import(t, base, shop, knowledge.Article{Ref: "engraving", Question: "Do you engrave rings?", Answer: "Yes, for ten euros."})
	if second := sit(); second.Passed != 2 || !slices.Equal(second.Mended, []string{"2"}) || second.Broken != nil {
		t.Errorf("second run: %+v", second)
	}
}

func TestWhatADraftWouldChangeIsAskedWithoutPublishingIt(t *testing.T) {
	_, base, shop := open(t)
	draft := knowledge.Article{Ref: "engraving", Locale: "en", Question: "Do you engrave rings?", Answer: "Yes, for ten euros."}
	questions := []exam.Question{
		question("1", "can you engrave a ring", exam.Expectation{Articles: []string{"engraving"}}),
		question("2", "how long does the delivery take", exam.Expectation{Articles: []string{"delivery"}}),
	}
	changes, known, err := exam.WhatChanges(t.Context(), base, shop, exam.Trial{Edit: exam.Publishing(shop, draft), Questions: questions})
	if err != nil {
		t.Fatal(err)
	}
	if len(changes) != 1 || known != 2 || changes[0].Asked != 0 || !changes[0].Better || changes[0].Worse || changes[0].After.Ref != "engraving" {
		t.Errorf("changes: %+v", changes)
	}
	result, err := base.Search(t.Context(), shop, knowledge.Query{Text: "Do you engrave rings?", Limit: 10})
	if err != nil || slices.ContainsFunc(result.Hits, func(h knowledge.Hit) bool { return h.Ref == "engraving" }) {
		t.Errorf("the draft answers: %+v, %v", result.Hits, err)
	}
	_, total, err := base.List(t.Context(), shop.ID, knowledge.Filter{})
	if err != nil || total != 2 {
		t.Errorf("%d articles, %v: the rehearsal has left something", total, err)
	}
}

func TestNewWordsOfTheSameArticleAreAChangeToo(t *testing.T) {
	_, base, shop := open(t)
	live, err := base.Variants(t.Context(), shop.ID, "delivery")
	if err != nil || len(live) != 1 {
		t.Fatal(live, err)
	}
	draft := live[0]
	draft.Answer = "Five days."
	changes, _, err := exam.WhatChanges(t.Context(), base, shop, exam.Trial{Edit: exam.Publishing(shop, draft),
		Questions: []exam.Question{question("1", "How long does delivery take?", exam.Expectation{})}})
	if err != nil {
		t.Fatal(err)
	}
	if len(changes) != 1 || changes[0].Before.Answer != "Three days." || changes[0].After.Answer != "Five days." {
		t.Errorf("changes: %+v", changes)
	}
}

func TestWhatAnEditChangesIsFoundOutOnceAndForgottenWithTheWordsItQuotes(t *testing.T) {
	pool, base, shop := open(t)
	ctx, store, edit := t.Context(), exam.NewStore(pool), uuid.Must(uuid.NewV7())
	if r, err := store.Rehearsed(ctx, shop.ID, edit, "1"); err != nil || r.Running || r.Found != nil {
		t.Errorf("before: %+v %v", r, err)
	}
	progress, end, err := store.Rehearsing(ctx, shop.ID, edit, "1")
	if err != nil {
		t.Fatal(err)
	}
	progress(1, 4)
	if _, _, err := store.Rehearsing(ctx, shop.ID, edit, "1"); !errors.Is(err, exam.ErrRunning) {
		t.Errorf("rehearsed by two: %v", err)
	}
	if r, err := store.Rehearsed(ctx, shop.ID, edit, "1"); err != nil || !r.Running || r.Found != nil {
		t.Errorf("while it lasts: %+v %v", r, err)
	}
	if err := end(json.RawMessage(`{"a":1}`)); err != nil {
		t.Fatal(err)
	}
	if r, err := store.Rehearsed(ctx, shop.ID, edit, "1"); err != nil || r.Running || string(r.Found) != `{"a": 1}` {
		t.Errorf("afterwards: %+v %v", r, err)
	}
	if r, err := store.Rehearsed(ctx, shop.ID, edit, "2"); err != nil || r.Found != nil {
		t.Errorf("of another version: %+v %v", r, err)
	}
	if err := base.ForgetMissedBefore(ctx, shop.ID, time.Now()); err != nil {
		t.Fatal(err)
	}
	if r, err := store.Rehearsed(ctx, shop.ID, edit, "1"); err != nil || r.Found != nil {
		t.Errorf("what shoppers asked is still quoted: %+v %v", r, err)
	}
}

func TestOnlyWhatIsAskedInTimeIsKnown(t *testing.T) {
	_, base, shop := open(t)
	questions := slices.Repeat([]exam.Question{question("1", "how long does the delivery take", exam.Expectation{})}, 500)
	began := time.Now()
	_, known, err := exam.WhatChanges(t.Context(), base, shop, exam.Trial{Edit: func(context.Context, *knowledge.Base) error { return nil }, Questions: questions, Within: 20 * time.Millisecond})
	if err != nil || known >= len(questions) || time.Since(began) > 5*time.Second {
		t.Errorf("%d of %d in %v, %v", known, len(questions), time.Since(began), err)
	}
}
