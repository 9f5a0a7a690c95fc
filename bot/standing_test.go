package bot

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"frontdesk/bot/bottest"
	"frontdesk/bot/conversation"
	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
)

// article is the id of an article of the shop.
func (g *rig) article(ref, locale string) uuid.UUID {
	g.t.Helper()
	variants, err := g.base.Variants(g.t.Context(), g.shop.ID, ref)
	if err != nil {
		g.t.Fatal(err)
	}
	for _, a := range variants {
		if a.Locale == locale {
			return a.ID
		}
	}
	g.t.Fatalf("no article %s in %s", ref, locale)
	return uuid.Nil
}

func TestWhatWasTakenDownWhileTheModelThoughtIsNotSaid(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.unsure()
	id := g.article("gift-wrap", "en")
	var archived atomic.Bool
	g.useModel(scripted(func(ctx context.Context, _ Prompt, _ func(string)) (Completion, error) {
		if archived.CompareAndSwap(false, true) {
			if err := g.base.Archive(ctx, g.shop.ID, id); err != nil {
				t.Error(err)
			}
		}
		return Completion{Text: bottest.Draft{Text: "Sí, envolvemos cualquier pedido para regalo por 4,50 €.", Articles: []string{"gift-wrap"}, Sure: true}.JSON()}, nil
	}))
	r := g.hear("c1", abroad)
	g.quiet(r.ConversationID)
	if err := g.work(r.ConversationID, r.Seq, 1); !errors.Is(err, errTakenDown) {
		t.Fatalf("the turn must run again: %v", err)
	}
	if said := g.saidSince(r.ConversationID, 0); len(said) != 0 {
		t.Fatalf("said %q", said[0].Body)
	}
	if err := g.work(r.ConversationID, r.Seq, 2); err != nil {
		t.Fatal(err)
	}
	said := g.saidSince(r.ConversationID, 0)
	if len(said) != 1 || strings.Contains(said[0].Body, "4,50") || strings.Contains(said[0].Body, "gift") {
		t.Errorf("said %+v", said)
	}
}

// TestWhatWasTakenDownBeforeItIsSaidIsNotSaid composes each kind of reply that has an article's words in it, and takes
// the article down before it is said.
func TestWhatWasTakenDownBeforeItIsSaidIsNotSaid(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	for name, c := range map[string]struct {
		text        string
		answer, ask float64
		action      string
	}{
		"answer":           {"How do I return something?", 0, 0, ActionAnswer},
		"question back":    {"How do I return something?", 0.9999, 0.0001, ActionAsk},
		"half an answer":   {"How do I return something? And who won the football world cup in 1954?", 0.8, 0.79, ActionHandoff},
		"asks for a human": {"I want to speak to a human. How do I return something?", 0, 0, ActionHandoff},
	} {
		g.thresholds(c.answer, c.ask)
		r := g.hear(name, c.text)
		conv := g.conversation(r.ConversationID)
		messages := g.messages(r.ConversationID)
		q := questionOf(conv, messages, g.hook)
		reply, err := g.Compose(t.Context(), g.shop, q, nil)
		if err != nil || reply.Action != c.action || len(reply.rests()) == 0 {
			t.Fatalf("%s: %s resting on %d, %v: %q", name, reply.Action, len(reply.rests()), err, reply.Text)
		}
		down := reply.rests()[0]
		if err := g.base.Archive(t.Context(), g.shop.ID, down.ArticleID); err != nil {
			t.Fatal(err)
		}
		err = g.say(t.Context(), g.shop, conv, q, reply, messages)
		said := g.saidSince(r.ConversationID, 0)
		if name == "asks for a human" { // nothing that an article says is in it
			if err != nil || len(said) != 1 || strings.Contains(said[0].Body, down.Answer) {
				t.Errorf("%s: said %+v, %v", name, said, err)
			}
		} else if !errors.Is(err, errTakenDown) || len(said) != 0 || g.cases(r.ConversationID) != 0 {
			t.Errorf("%s: said %d, %d cases, %v", name, len(said), g.cases(r.ConversationID), err)
		}
		if err := g.base.Publish(t.Context(), g.shop.ID, down.ArticleID, down.Version); err != nil {
			t.Fatal(err)
		}
	}
}

func TestATurnWhoseArticlesKeepGoingEndsWithAPerson(t *testing.T) {
	t.Parallel()
	var meddling atomic.Bool
	g := newRigWith(t, nil, knowledgetest.Hashing{}, []knowledge.Article{{Ref: "gift-wrap", Locale: "en", Question: "Can you gift-wrap my order?", Answer: "Yes, for €4.50.", Status: knowledge.Published}})
	g.unsure()
	id := g.article("gift-wrap", "en")
	g.useModel(scripted(func(ctx context.Context, _ Prompt, _ func(string)) (Completion, error) {
		meddling.Store(true)
		if err := g.base.Archive(ctx, g.shop.ID, id); err != nil {
			t.Error(err)
		}
		return Completion{Text: bottest.Draft{Text: "Yes, for €4.50.", Articles: []string{"gift-wrap"}, Sure: true}.JSON()}, nil
	}))
	r := g.hear("c1", "Can you gift-wrap my order?")
	g.quiet(r.ConversationID)
	for attempt := 1; attempt <= giveUpAfter; attempt++ {
		if err := g.base.Publish(t.Context(), g.shop.ID, id, 1); err != nil {
			t.Fatal(err)
		}
		if err := g.work(r.ConversationID, r.Seq, attempt); (err != nil) != (attempt < giveUpAfter) {
			t.Fatalf("try %d: %v", attempt, err)
		}
	}
	said := g.saidSince(r.ConversationID, 0)
	if !meddling.Load() || len(said) != 1 || said[0].Kind != conversation.KindHandoff || strings.Contains(said[0].Body, "4.50") || g.cases(r.ConversationID) != 1 {
		t.Errorf("said %+v", said)
	}
}

func TestAReplyThatCannotBeStoredEndsWithAPerson(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	_, err := g.pool.Exec(t.Context(), `
		create function refuse() returns trigger language plpgsql as $$ begin raise exception 'no evidence here'; end $$;
		create trigger refuse before insert on messages for each row when (jsonb_array_length(coalesce(new.evidence, '[]')) > 0) execute function refuse()`)
	if err != nil {
		t.Fatal(err)
	}
	r := g.hear("c1", "¿Cuánto tarda el envío a Canarias?")
	g.quiet(r.ConversationID)
	for attempt := range giveUpAfter {
		if err := g.work(r.ConversationID, r.Seq, attempt+1); (err == nil) != (attempt == giveUpAfter-1) {
			t.Fatalf("try %d: %v", attempt+1, err)
		}
	}
	if said := g.saidSince(r.ConversationID, 0); len(said) != 1 || said[0].Kind != conversation.KindHandoff || g.cases(r.ConversationID) != 1 {
		t.Errorf("%d cases, said %+v", g.cases(r.ConversationID), said)
	}
}
