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
