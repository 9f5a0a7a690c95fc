package bot

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func TestAHandoverSaysPlaceAndTimeOrWhenTheShopOpens(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	for _, c := range []struct {
		open bool
		text string
		has  []string
	}{
		{true, "I want to talk to a human", []string{"number 3", "10:30"}},
		{true, "我要转人工", []string{"第3位", "10:30"}},
		{true, "Quiero hablar con una persona", []string{"número 3", "10:30"}},
		{false, "I want to talk to a human", []string{"Tuesday 24 November at 10:30", "e-mail"}},
		{false, "我要转人工", []string{"11月24日星期二10:30", "邮箱"}},
		{false, "Quiero hablar con una persona", []string{"el martes, 24 de noviembre, 10:30", "correo"}},
	} {
		g.desk.open = c.open
		m := g.exchange(fmt.Sprint(c.open, c.text), c.text)
		for _, want := range c.has {
			if m.Kind != conversation.KindHandoff || !strings.Contains(m.Body, want) {
				t.Errorf("%q: no %q in %s %q", c.text, want, m.Kind, m.Body)
			}
		}
	}
}

func TestCaseSentenceAndPassAreOneTransaction(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.desk.broken = true
	r := g.hear("c1", "转人工")
	g.quiet(r.ConversationID)
	if err := g.work(r.ConversationID, r.Seq, 1); err == nil {
		t.Fatal("the desk's failure was swallowed")
	}
	if n, said, c := g.cases(r.ConversationID), g.saidSince(r.ConversationID, 0), g.conversation(r.ConversationID); n != 0 || len(said) != 0 || c.Holder != conversation.HeldByBot {
		t.Fatalf("%d cases, %d sentences, held by %s", n, len(said), c.Holder)
	}
	g.desk.broken = false
	if err := g.work(r.ConversationID, r.Seq, 2); err != nil {
		t.Fatal(err)
	}
	if n, said, c := g.cases(r.ConversationID), g.saidSince(r.ConversationID, 0), g.conversation(r.ConversationID); n != 1 || len(said) != 1 || c.Holder != conversation.HeldByQueue {
		t.Fatalf("%d cases, %d sentences, held by %s", n, len(said), c.Holder)
	}
}

func TestTheButtonBringsAPersonOnce(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.exchange("c1", "怎么退货？")
	id := uuid.UUID(g.lastConversation())
	if ticket, err := g.RequestPerson(t.Context(), g.shop.ID, id); err != nil || ticket.Said == "" {
		t.Fatalf("%+v, %v", ticket, err)
	}
	if _, err := g.RequestPerson(t.Context(), g.shop.ID, id); !errors.Is(err, ErrWithPerson) {
		t.Errorf("error %v", err)
	}
	if p := g.packet(id); g.cases(id) != 1 || len(p.Reasons) == 0 || p.Reasons[0].Kind != string(triage.Wish) || !strings.Contains(p.Star.Task, "退货") {
		t.Errorf("packet %+v", p)
	}
}

func TestWhatIsWrittenWhileTheButtonWorksIsStillJudged(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.exchange("c1", "怎么退货？")
	id := uuid.UUID(g.lastConversation())
	c, messages := g.conversation(id), g.messages(id)
	q := questionOf(c, messages, noChannel)
	r := g.hear("c1", "The kettle exploded and burned my hand")
	if _, err := g.handOver(t.Context(), g.shop, c, q, pressed(g.shop, q), messages, 0); err != nil {
		t.Fatal(err)
	}
	g.quiet(id)
	if err := g.work(id, r.Seq, 1); err != nil || g.desk.level != 3 || g.conversation(id).AnsweredSeq >= r.Seq {
		t.Errorf("%v, the desk heard of level %d", err, g.desk.level)
	}
}

func TestTheButtonAfterASettledRiskRaisesNoAlarmAgain(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.exchange("c1", "My kettle exploded and burned my hand")
	id := uuid.UUID(g.lastConversation())
	if g.desk.level != 3 {
		t.Fatalf("level %d", g.desk.level)
	}
	err := g.store.InTx(t.Context(), g.shop.ID, id, func(tx pgx.Tx) error {
		return g.store.Pass(t.Context(), tx, conversation.Pass{ShopID: g.shop.ID, ConversationID: id, From: conversation.HeldByQueue, To: conversation.HeldByNobody})
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := g.RequestPerson(t.Context(), g.shop.ID, id); err != nil || g.desk.level != 1 || g.desk.episode != g.conversation(id).Episode {
		t.Errorf("%v, level %d, a case of episode %d in episode %d", err, g.desk.level, g.desk.episode, g.conversation(id).Episode)
	}
}
