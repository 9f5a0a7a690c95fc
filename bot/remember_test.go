package bot

import (
	"errors"
	"slices"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"

	"github.com/jackc/pgx/v5"
)

func TestAQuestionIsMissedOnceAndOnlyWhereTheBotSpoke(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	missed := func() (n int) {
		if err := g.pool.QueryRow(t.Context(), `select count(*) from questions_missed`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	r := g.hear("erased", "Do you rent out hot-air balloons?")
	before, messages := g.conversation(r.ConversationID), g.messages(r.ConversationID)
	if err := pgx.BeginFunc(t.Context(), g.pool, func(tx pgx.Tx) error { return g.store.Erase(t.Context(), tx, g.shop.ID, r.ConversationID) }); err != nil {
		t.Fatal(err)
	}
	if err := g.answer(t.Context(), before, messages, false); !errors.Is(err, conversation.ErrNotHolder) || missed() != 0 {
		t.Errorf("an erased question: %v, %d kept", err, missed())
	}
	q := Question{Turns: shopperSays("Do you rent out hot-air balloons?")}
	g.remember(t.Context(), g.shop, before, q, g.composeQuestion(q)) // said, and erased before it was kept
	var kept string
	if err := g.pool.QueryRow(t.Context(), `delete from questions_missed returning text`).Scan(&kept); err != nil || kept != "" {
		t.Errorf("an erased shopper's words: %q, %v", kept, err)
	}
	g.exchange("asked", "Do you rent out hot-air balloons?")
	if missed() != 1 {
		t.Errorf("%d kept of a question that nothing answers", missed())
	}
}

func TestShoppersQuestionsAreHeardAndTrialsAreNot(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	inside := func() float64 {
		traffic, err := g.base.Traffic(t.Context(), g.shop.ID)
		if err != nil {
			t.Fatal(err)
		}
		return traffic.Inside()
	}
	before := inside()
	if _, err := g.Compose(t.Context(), g.shop, Question{Turns: shopperSays("Do you rent out hot-air balloons?")}, nil); err != nil {
		t.Fatal(err)
	}
	if tried := inside(); tried != before {
		t.Errorf("a trial moved the share of what is answered from %.4f to %.4f", before, tried)
	}
	g.exchange("asked", "Do you rent out hot-air balloons?")
	if heard := inside(); heard >= before {
		t.Errorf("a stray left the share of what is answered at %.4f, it was %.4f", heard, before)
	}
}

func TestOnlyWhatWasMissedIsListedAndEachQuestionByItself(t *testing.T) {
	t.Parallel()
	embedder, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	g := newRigWith(t, nil, embedder, timelyArticles(time.Now()))
	listed := func() (all []string) {
		groups, err := g.base.MissedQuestions(t.Context(), g.shop.ID, knowledge.MissedOpen)
		if err != nil {
			t.Fatal(err)
		}
		for _, group := range groups {
			for _, q := range group.Questions {
				all = append(all, q.Outcome+": "+q.Text)
			}
		}
		slices.Sort(all)
		return all
	}
	g.exchange("over", "is the autumn code LEAF15 still working?")
	if got := listed(); got != nil {
		t.Errorf("the shopper was told that it is over, and yet there is missed: %q", got)
	}
	g.hear("two", "Do you rent out hot-air balloons?")
	g.hear("two", "How do I return something?")
	g.exchange("two", "Who is the president of Iceland?")
	want := []string{"none: Do you rent out hot-air balloons?", "none: Who is the president of Iceland?"}
	if got := listed(); !slices.Equal(got, want) {
		t.Errorf("listed %q, want %q", got, want)
	}
}

func TestAnArticleThatNobodyAskedForIsNotCounted(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	counted := func() (n int) {
		if err := g.pool.QueryRow(t.Context(), `select sum(asked) from articles`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	g.thresholds(0.9999, 0.0001)
	said := g.exchange("guessed", "is there gift paper")
	if counted() != 0 {
		t.Errorf("%q is counted %d times as asked for", said.Body, counted())
	}
	g.exchange("guessed", "1")
	if counted() != 1 {
		t.Errorf("a choice is counted %d times", counted())
	}
}
