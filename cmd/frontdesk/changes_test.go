package main

import (
	"log/slog"
	"slices"
	"strings"
	"testing"

	"frontdesk/bot"
	"frontdesk/bot/conversation"
	"frontdesk/knowledge"
	"frontdesk/knowledge/editor"
	"frontdesk/knowledge/exam"
	"frontdesk/knowledge/importer"
	"frontdesk/knowledge/knowledgetest"
)

// trying is an app that can say what an edit changes.
func trying(t *testing.T) *app {
	t.Helper()
	pool := knowledgetest.Database(t, conversation.Migrate)
	a := &app{pool: pool, store: conversation.New(pool, nil, nil), base: knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{})), log: slog.New(slog.DiscardHandler)}
	a.models = (&Config{}).models(a.log)
	a.responder = bot.New(bot.Config{Base: a.base, Store: a.store, Models: a.models.of, Log: a.log})
	return a
}

func TestAnEditorIsShownWhichQuestionsADraftAnswersDifferently(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	a := trying(t)
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
	if err := exam.NewStore(a.pool).Replace(ctx, shop.ID, exam.Golden, golden); err != nil {
		t.Fatal(err)
	}
	found, err := a.changes(ctx, shop, draft, nil)
	if err != nil {
		t.Fatal(err)
	}
	changes := slices.DeleteFunc(found.Changes, func(c editor.Change) bool { return c.Source == "own" })
	if !slices.Equal(found.Sources, []editor.Source{{Source: "own", Count: 1}, {Source: "exam", Count: 2}, {Source: "missed", Count: 1}}) {
		t.Errorf("asked: %d %v", found.Asked, found.Sources)
	}
	if len(changes) != 2 || changes[1].Source != "exam" || !changes[1].Better || changes[0].Source != "missed" || changes[0].After.Ref != "iceland" {
		t.Errorf("changes: %+v", changes)
	}
	if result, err := a.base.Search(ctx, shop, knowledge.Query{Text: "Do you ship to Iceland?"}); err != nil || len(result.Hits) > 0 && result.Hits[0].Ref == "iceland" {
		t.Errorf("the draft answers: %+v %v", result, err)
	}
}

func TestAnAnswerThatShoppersGotLatelyIsAmongWhatAnEditChanges(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	a := trying(t)
	shop := knowledgetest.Shop(t, a.base, "shop", knowledgetest.Articles()...)
	if _, err := a.pool.Exec(ctx, `
		with line as (insert into channels (shop_id, channel_id, name, kind) values ($1, gen_random_uuid(), 'site', 'widget') returning channel_id),
		talk as (insert into conversations (shop_id, conversation_id, channel_id, address) select $1, gen_random_uuid(), channel_id, 'a' from line returning conversation_id)
		insert into messages (shop_id, conversation_id, seq, author, body, language, episode, evidence)
		select $1, conversation_id, seq, author, body, 'en', 1, evidence::jsonb from talk, (values
			(1, 'shopper', 'How do I return something?', '[]'), (2, 'bot', 'Within 7 days.', '[{"kind":"article","id":"returns"}]'),
			(3, 'shopper', 'how do I return SOMETHING?', '[]'), (4, 'bot', 'Within 7 days.', '[{"kind":"article","id":"returns"}]'),
			(5, 'shopper', 'thanks', '[]'), (6, 'bot', 'You are welcome.', '[]')) as said (seq, author, body, evidence)`, shop.ID); err != nil {
		t.Fatal(err)
	}
	asked, err := a.store.AskedLately(ctx, shop.ID, 10)
	if err != nil || len(asked) != 1 || asked[0].Locale != "en" {
		t.Fatalf("asked lately: %+v %v, want the one question that was answered", asked, err)
	}
	variants, err := a.base.Variants(ctx, shop.ID, "returns")
	if err != nil {
		t.Fatal(err)
	}
	draft := variants[slices.IndexFunc(variants, func(v knowledge.Article) bool { return v.Locale == "en" })]
	draft.Answer = "Within 9 days."
	found, err := a.changes(ctx, shop, draft, nil)
	own := len(found.Changes)
	changes := slices.DeleteFunc(found.Changes, func(c editor.Change) bool { return c.Source == "own" })
	if own -= len(changes); own < 1 {
		t.Error("none of the article's own questions is said to change")
	}
	if err != nil || len(changes) != 1 || changes[0].Source != "asked" || changes[0].After.Answer != draft.Answer {
		t.Errorf("changes: %+v %v", changes, err)
	}
}

func TestAnImportIsTriedOutOnTheShopsQuestionsAndUndone(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	a := trying(t)
	shop := knowledgetest.Shop(t, a.base, "shop", knowledgetest.Articles()...)
	golden := []exam.Question{
		{ID: "1", Turns: []exam.Turn{{Role: "shopper", Text: "Do you ship to Iceland?"}}, Expect: exam.Expectation{Articles: []string{"iceland"}}, Locale: "en"},
		{ID: "2", Turns: []exam.Turn{{Role: "shopper", Text: "How do I return something?"}}, Expect: exam.Expectation{Articles: []string{"returns"}}, Locale: "en"},
	}
	if err := exam.NewStore(a.pool).Replace(ctx, shop.ID, exam.Golden, golden); err != nil {
		t.Fatal(err)
	}
	rows, err := importer.Parse("a.csv", strings.NewReader("id,question,answer,locale\niceland,Do you ship to Iceland?,Not yet.,en\n"), importer.Options{Shop: shop})
	if err != nil {
		t.Fatal(err)
	}
	steps := 0
	found, err := a.importChanges(ctx, shop, rows, func(asked, of int) { steps = asked })
	if err != nil || found.Asked != 2 || found.Of != 2 || steps != 4 || len(found.Changes) != 1 || !found.Changes[0].Better {
		t.Errorf("%+v after %d steps, %v", found, steps, err)
	}
	if _, n, err := a.base.List(ctx, shop.ID, knowledge.Filter{Text: "Iceland"}); err != nil || n != 0 {
		t.Errorf("%d articles were stored, %v", n, err)
	}
}

func TestTheCheckTheTrialAndTheChatGiveOneVerdict(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	a := trying(t)
	shop := knowledgetest.Shop(t, a.base, "shop", append(knowledgetest.Articles(),
		knowledge.Article{Ref: "abroad", Locale: "en", Question: "Which ways of paying are there abroad?", Answer: "By card.", Market: []string{"GB"}},
		knowledge.Article{Ref: "home", Locale: "en", Question: "Which ways of paying are there?", Answer: "By transfer.", Market: []string{"CN"}})...)
	shop.Market = "CN"
	for _, text := range []string{"Which ways of paying are there abroad?", "Which ways of paying are there?", "How do I return something?", "Do you lease helicopters to Greenland?",
		"I want to speak to a person", "my order burnt my hand, how do I return it"} {
		tried, err := a.tryOut(ctx, shop, editor.Trial{Question: text, Locale: "en"})
		if err != nil {
			t.Fatal(err)
		}
		top, err := a.finds(ctx, shop, editor.Trial{Question: text, Locale: "en"})
		want := knowledge.Decision(tried.Action)
		if tried.Action != "answer" && tried.Action != "ask" {
			want = knowledge.DecideNone
		}
		if err != nil || top.Decision != want || top.Ref == "abroad" || want == knowledge.DecideAnswer && !strings.Contains(tried.Text, top.Answer) {
			t.Errorf("%s: the check says %+v, the trial %s %q, %v", text, top, tried.Action, tried.Text, err)
		}
	}
	// What is tried out counts after the publication only.
	draft, err := a.base.Save(ctx, shop.ID, knowledge.Article{Ref: "car", Locale: "en", Question: "Do you lease helicopters to Greenland?", Answer: "No."})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.base.Missed(ctx, shop.ID, knowledge.Missed{Text: "Do you lease helicopters to Greenland?", Locale: "en", Outcome: "none"}); err != nil {
		t.Fatal(err)
	}
	found, err := a.changes(ctx, shop, draft, nil)
	if err != nil || len(found.Changes) != 2 || found.Changes[0].Before.Ref == "car" || found.Changes[0].After.Ref != "car" || found.Changes[0].After.Decision != knowledge.DecideAnswer {
		t.Errorf("%+v %v", found.Changes, err)
	}
}
