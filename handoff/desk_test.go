package handoff_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/jackc/pgx/v5"
)

func TestAHandoverIsOneThing(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	id := f.hear("c-1", "where is my parcel, I want a person")
	ticket := f.escalate(id, 1)
	if ticket.Place != 1 || !ticket.Open || ticket.Exists || ticket.Said == "" || time.Until(ticket.Due).Round(time.Minute) != 10*time.Minute {
		t.Errorf("the ticket is %+v", ticket)
	}
	p, err := f.desk.Packet(context.Background(), f.shop, ticket.CaseID)
	f.must(err)
	if p.Summary != "a parcel that did not come" || len(p.Promises) != 1 || p.Promises[0].Said != ticket.Said || !p.Promises[0].Due.Equal(ticket.Due.Truncate(time.Microsecond)) {
		t.Errorf("the packet is %+v", p)
	}
	if f.events("handoff.started") != 1 {
		t.Error("handoff.started was not announced once")
	}
	if second := f.escalate(f.hear("c-2", "me too"), 3); second.Place != 1 {
		t.Errorf("risk waits at place %d, want 1", second.Place)
	}
}

func TestAHandoverThatCannotSpeakLeavesNothing(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	f.must(f.store.InTx(context.Background(), f.shop, id, func(tx pgx.Tx) error {
		return f.store.Pass(context.Background(), tx, conversation.Pass{ShopID: f.shop, ConversationID: id, From: conversation.HeldByBot, To: conversation.HeldByNobody})
	}))
	_, err := f.tryEscalate(f.handover(id, 2))
	wantErr(t, err, conversation.ErrNotHolder)
	for _, table := range []string{"cases", "packets", "promises", "audit", "deliveries"} {
		if n := f.count(`select count(*) from ` + table); n != 0 {
			t.Errorf("%s has %d rows after a handover that failed", table, n)
		}
	}
}

func TestASecondHandoverGetsTheSameTicket(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	first := f.escalate(id, 2)
	var again conversation.Ticket
	f.must(f.store.Tx(context.Background(), func(tx pgx.Tx) (err error) {
		again, err = f.desk.Enqueue(context.Background(), tx, f.handover(id, 2))
		return err
	}))
	if !again.Exists || again.CaseID != first.CaseID || again.Said != first.Said || again.Place != 1 {
		t.Errorf("the second ticket is %+v, the first was %+v", again, first)
	}
	if n := f.count(`select count(*) from promises`); n != 1 {
		t.Errorf("%d promises, want 1", n)
	}
}

func TestFiftyClaimsOneWinnerAndTheLosersLearnTheName(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	ticket := f.escalate(f.hear("c-1", "a person please"), 1)
	agents := make([]staff.Person, 50)
	for i := range agents {
		agents[i] = f.agent(fmt.Sprintf("agent%d", i))
	}
	errs := make([]error, len(agents))
	var wg sync.WaitGroup
	for i := range agents {
		wg.Go(func() { errs[i] = f.desk.Claim(context.Background(), f.shop, ticket.CaseID, agents[i]) })
	}
	wg.Wait()
	winner := ""
	for i, err := range errs {
		if err == nil {
			if winner != "" {
				t.Errorf("both %s and %s won", winner, agents[i].Name)
			}
			winner = agents[i].Name
		}
	}
	for _, err := range errs {
		var taken *handoff.TakenError
		if err != nil && (!errors.As(err, &taken) || !errors.Is(err, handoff.ErrTaken) || taken.By != winner) {
			t.Errorf("a loser was told %v; %s won", err, winner)
		}
	}
	if winner == "" || f.events("handoff.claimed") != 1 || f.count(`select count(*) from audit where action = 'case.claim'`) != 1 {
		t.Errorf("winner %q, %d announcements", winner, f.events("handoff.claimed"))
	}
}

func TestAnAgentAnswersInTheSameThread(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 2)
	mei, luis := f.agent("Mei"), f.agent("Luis")
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "Hello", 0)
	wantErr(t, err, handoff.ErrUnclaimed)
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	_, err = f.desk.Reply(ctx, f.shop, id, luis, "Hello", 0)
	wantErr(t, err, handoff.ErrTaken)
	_, err = f.desk.Reply(ctx, f.shop, id, mei, " \x00 ", 0)
	wantErr(t, err, handoff.ErrInvalid)

	f.must(f.desk.SaveDraft(ctx, f.shop, id, mei.ID, "Hello, I am", 2))
	f.hear("c-1", "hello??")
	_, err = f.desk.Reply(ctx, f.shop, id, mei, "Hello, I am Mei", 2)
	wantErr(t, err, conversation.ErrMoved)
	if draft, err := f.desk.Draft(ctx, f.shop, id, mei.ID); err != nil || draft.Body != "Hello, I am" || draft.SeenSeq != 2 {
		t.Errorf("the draft is %+v after a reply that was not sent (%v)", draft, err)
	}
	seq, err := f.desk.Reply(ctx, f.shop, id, mei, "Hello, I am Mei", 3)
	f.must(err)
	messages, err := f.store.Messages(ctx, f.shop, id, conversation.Range{})
	f.must(err)
	if last := messages[len(messages)-1]; last.Seq != seq || last.Author != conversation.ByAgent || last.StaffName != "Mei" {
		t.Errorf("the newest message is %+v", last)
	}
	if draft, _ := f.desk.Draft(ctx, f.shop, id, mei.ID); draft.Body != "" {
		t.Error("the draft outlived the reply")
	}
	for body, want := range map[string]string{"Hello, I am Mei": "", "Hello, I": "", "One more thing": "One more thing"} {
		f.must(f.desk.SaveDraft(ctx, f.shop, id, mei.ID, body, 3)) // slower than the reply
		if draft, _ := f.desk.Draft(ctx, f.shop, id, mei.ID); draft.Body != want {
			t.Errorf("after the reply %q is the draft %q", body, draft.Body)
		}
	}
	f.must(f.desk.SaveDraft(ctx, f.shop, id, mei.ID, "Hello, I am Mei", seq))
	if draft, _ := f.desk.Draft(ctx, f.shop, id, mei.ID); draft.Body != "Hello, I am Mei" {
		t.Error("what was said may not be written again")
	}
	c, err := f.desk.Case(ctx, f.shop, ticket.CaseID)
	f.must(err)
	if next, owed := c.Next(); !owed || next.Name != handoff.ClockPlan || c.PromiseDue == nil {
		t.Errorf("after the reply of a complaint %+v runs, promise %v", next, c.PromiseDue)
	}
	f.must(f.desk.Solved(ctx, f.shop, ticket.CaseID, mei))
	if c, _ = f.desk.Case(ctx, f.shop, ticket.CaseID); c.SolutionAt == nil {
		t.Error("the solution's clock runs on")
	}
}

func TestReturnGivesTheBotACleanEpisode(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 1)
	mei, luis := f.agent("Mei"), f.agent("Luis")
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "All done", 0)
	f.must(err)
	wantErr(t, f.desk.Return(ctx, f.shop, ticket.CaseID, luis), handoff.ErrTaken)
	f.must(f.desk.Return(ctx, f.shop, ticket.CaseID, mei))
	c, err := f.store.Conversation(ctx, f.shop, id)
	f.must(err)
	if c.Holder != conversation.HeldByBot || c.Episode != 2 || f.events("handoff.returned") != 1 {
		t.Errorf("after the return: %+v", c)
	}
	f.hear("c-1", "one more thing")
	messages, err := f.store.Messages(ctx, f.shop, id, conversation.Range{Episode: 2})
	f.must(err)
	if len(messages) != 1 || messages[0].Body != "one more thing" {
		t.Errorf("the bot's episode holds %+v", messages)
	}
	wantErr(t, f.desk.Return(ctx, f.shop, ticket.CaseID, mei), handoff.ErrClosed)
	wantErr(t, f.desk.Claim(ctx, f.shop, ticket.CaseID, luis), handoff.ErrClosed)
	h := f.handover(id, 1)
	h.Episode = 2
	again, err := f.tryEscalate(h)
	f.must(err)
	if again.Exists || again.CaseID == ticket.CaseID {
		t.Errorf("the next handover got %+v", again)
	}
}

func TestReturnWithAnUnansweredQuestionGivesTheBotItsTurn(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id, k, mei := f.claimed("c-1", 1)
	f.hear("c-1", "how long does shipping take?")
	before := f.count(`select count(*) from river_job where kind = 'turn'`)
	f.must(f.desk.Return(ctx, f.shop, k, mei))
	if n := f.count(`select count(*) from river_job where kind = 'turn'`); n != before+1 {
		t.Errorf("%d turn jobs more, want 1", n-before)
	}
	messages, err := f.store.Messages(ctx, f.shop, id, conversation.Range{Episode: 2})
	f.must(err)
	if len(messages) != 1 || messages[0].Body != "how long does shipping take?" {
		t.Errorf("the bot's new episode holds %+v", messages)
	}
}

func TestResolveClosesAndIsRatedOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id, k, mei := f.claimed("c-1", 2)
	wantErr(t, f.desk.Resolve(ctx, f.shop, k, mei, "whatever", 0), handoff.ErrInvalid)
	f.hear("c-1", "wait")
	wantErr(t, f.desk.Resolve(ctx, f.shop, k, mei, "solved", 2), conversation.ErrMoved)
	if f.holder(id) != conversation.HeldByAgent {
		t.Error("a resolve that was refused changed the holder")
	}
	f.must(f.desk.Resolve(ctx, f.shop, k, mei, "solved", 3))
	if f.holder(id) != conversation.HeldByNobody || f.events("handoff.resolved") != 1 {
		t.Errorf("held by %s, %d announcements", f.holder(id), f.events("handoff.resolved"))
	}
	if n := f.count(`select count(*) from promises where kept_at is null and withdrawn_at is null`); n != 0 {
		t.Errorf("%d promises open after the end", n)
	}
	wantErr(t, f.desk.Rate(ctx, f.shop, id, 6, ""), handoff.ErrInvalid)
	f.must(f.desk.Rate(ctx, f.shop, id, 5, "thank you"))
	f.must(f.desk.Rate(ctx, f.shop, id, 5, "thank you"))
	wantErr(t, f.desk.Rate(ctx, f.shop, id, 1, "no"), handoff.ErrRated)
	f.hear("c-1", "hello again")
	f.must(f.desk.Rate(ctx, f.shop, id, 2, ""))
	ratings, err := f.desk.Ratings(ctx, f.shop, id)
	f.must(err)
	if len(ratings) != 2 || ratings[0].Score != 5 || ratings[1].Score != 2 {
		t.Errorf("the ratings are %+v", ratings)
	}
}
