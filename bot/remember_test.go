package bot

import (
	"errors"
	"testing"

	"frontdesk/bot/conversation"

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
