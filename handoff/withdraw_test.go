package handoff_test

import (
	"context"
	"sync"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
)

func TestWhoWaitsMayGoBackToTheBotWithWhatIsOpen(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 2)
	f.hear("c-1", "how long does shipping take?")
	if p, err := f.desk.Place(ctx, f.shop, id); err != nil || !p.MayReturn {
		t.Errorf("the shopper is not told of the way back: %+v (%v)", p, err)
	}
	if done, err := f.desk.Withdraw(ctx, f.shop, id); err != nil || !done {
		t.Fatal(done, err)
	}
	c, err := f.store.Conversation(ctx, f.shop, id)
	f.must(err)
	if c.Holder != conversation.HeldByBot || c.Episode != 2 || c.TurnSince == nil || c.AnsweredSeq >= c.HeardSeq {
		t.Errorf("what was asked while waiting is not open: %+v", c)
	}
	if said := f.last(id); said.Author != conversation.BySystem || said.Language != "en" {
		t.Errorf("the shopper was told %+v", said)
	}
	closed, err := f.desk.Case(ctx, f.shop, ticket.CaseID)
	f.must(err)
	if closed.State != handoff.Returned || closed.Outcome != handoff.OutcomeWithdrawn || f.promises(`kept_at is null and withdrawn_at is null`) != 0 || f.promises(`kept_at is not null`) != 0 {
		t.Errorf("the case is %+v", closed)
	}
	if f.events("handoff.returned") != 1 || f.count(`select count(*) from audit where action = 'case.withdraw' and who = 'shopper'`) != 1 {
		t.Error("nobody else learns of it")
	}
	if done, err := f.desk.Withdraw(ctx, f.shop, id); err != nil || done {
		t.Error("a second time something was withdrawn", err)
	}
}

func TestARiskIsNotWithdrawn(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "an allergy")
	f.escalate(id, 3)
	if p, err := f.desk.Place(ctx, f.shop, id); err != nil || p.MayReturn {
		t.Errorf("%+v (%v)", p, err)
	}
	if done, err := f.desk.Withdraw(ctx, f.shop, id); err != nil || done || f.holder(id) != conversation.HeldByQueue {
		t.Error("a risk went back to the bot", err)
	}
}

func TestEitherTheAgentOrTheBotGetsAWithdrawnCase(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	mei := f.agent("Mei")
	for range 20 {
		id := f.hear("c-1", "a person please")
		ticket := f.escalate(id, 1)
		var both sync.WaitGroup
		var done bool
		var withdrawn, claimed error
		both.Go(func() { done, withdrawn = f.desk.Withdraw(ctx, f.shop, id) })
		both.Go(func() { claimed = f.desk.Claim(ctx, f.shop, ticket.CaseID, mei) })
		both.Wait()
		f.must(withdrawn)
		want := conversation.HeldByAgent
		if done {
			want = conversation.HeldByBot
		}
		if done == (claimed == nil) || f.holder(id) != want {
			t.Fatalf("withdrawn: %v, claimed: %v, held by %s", done, claimed, f.holder(id))
		}
		if !done {
			f.must(f.desk.Return(ctx, f.shop, ticket.CaseID, mei))
		}
	}
}
