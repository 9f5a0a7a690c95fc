package handoff_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
)

func TestABreachIsAnnouncedOnce(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	f.now = time.Now()
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 1)
	if n := f.sweep(); n != 0 {
		t.Errorf("%d alarms at the beginning", n)
	}
	f.now = f.now.Add(6 * time.Minute)
	f.sweep()
	if f.breaches(handoff.ClockUnowned) != 1 || f.events("clock.breached") != 1 {
		t.Error("no alarm while nobody has the case and the clock can still be kept")
	}
	f.now = f.now.Add(5 * time.Minute)
	for range 5 {
		f.sweep()
	}
	if f.breaches(handoff.ClockFirstReply) != 1 || f.breaches(handoff.ClockPromise) != 1 || f.events("clock.breached") != 3 {
		t.Errorf("%d breaches announced, want 3", f.events("clock.breached"))
	}
	c, err := f.desk.Case(context.Background(), f.shop, ticket.CaseID)
	f.must(err)
	if strings.Join(c.Breached, " ") != "unowned first_reply" {
		t.Errorf("the case is marked %v", c.Breached)
	}
}

func TestAWaitingShopperIsToldSorryOnceAndInTheirLanguage(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now()
	f.must(f.desk.OpenDesk(ctx, f.shop, "Asia/Shanghai"))
	id := f.hear("c-1", "转人工")
	h := f.handover(id, 2)
	h.Language = "zh"
	ticket, err := f.tryEscalate(h)
	f.must(err)
	f.now = f.now.Add(31 * time.Minute)
	for range 4 {
		f.sweep()
	}
	messages, err := f.store.Messages(ctx, f.shop, id, conversation.Range{})
	f.must(err)
	last := messages[len(messages)-1]
	if len(messages) != 3 || last.Author != conversation.BySystem || last.Language != "zh" || !strings.Contains(last.Body, "抱歉") {
		t.Fatalf("the thread ends in %+v", last)
	}
	if by := f.now.Add(10 * time.Minute).In(zone(t, "Asia/Shanghai")).Format("15:04"); !strings.Contains(last.Body, by) {
		t.Errorf("%q does not name %s", last.Body, by)
	}
	owed, err := f.desk.OpenPromises(ctx, f.shop, 10)
	f.must(err)
	if len(owed) != 2 || owed[1].Said != last.Body || owed[1].BreachedAt != nil {
		t.Errorf("owed is %+v", owed)
	}
	f.now = f.now.Add(time.Hour)
	for range 4 {
		f.sweep()
	}
	if c, _ := f.store.Conversation(ctx, f.shop, id); c.LastSeq != last.Seq {
		t.Error("the shopper was told sorry twice")
	}
	if f.breaches(handoff.ClockPromise) != 2 {
		t.Errorf("%d broken promises announced, want 2", f.breaches(handoff.ClockPromise))
	}
	mei := f.agent("Mei")
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	_, err = f.desk.ReplyWithPlan(ctx, f.shop, id, mei, "您好，今天下午就给您补发。", 0)
	f.must(err)
	if owed, _ := f.desk.OpenPromises(ctx, f.shop, 10); len(owed) != 0 {
		t.Errorf("after the reply %+v is owed", owed)
	}
}

func TestAReplyInTimeRaisesNoAlarm(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now()
	id, _, mei := f.claimed("c-1", 1)
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "Hello", 0)
	f.must(err)
	f.must(f.desk.Touch(ctx, f.shop, id, mei.ID, false))
	f.now = f.now.Add(14 * time.Minute)
	if n := f.sweep(); n != 0 {
		t.Errorf("%d alarms", n)
	}
}

func TestAShopperWhoWritesAgainIsNotForgotten(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now()
	id, k, mei := f.claimed("c-1", 1)
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "Hello", 0)
	f.must(err)
	f.hear("c-1", "and the refund?")
	f.exec(`update staff set seen_at = now()`)
	f.now = f.now.Add(11 * time.Minute)
	f.sweep()
	f.sweep()
	if f.breaches(handoff.ClockAnswer) != 1 {
		t.Errorf("%d alarms about the open question, want 1", f.breaches(handoff.ClockAnswer))
	}
	rows, _, err := f.desk.Queue(ctx, f.shop, handoff.View{Name: handoff.ViewMine, Agent: mei.ID})
	f.must(err)
	if len(rows) != 1 || rows[0].Clock == nil || rows[0].Clock.Name != handoff.ClockAnswer || !rows[0].Clock.Breached {
		t.Errorf("the queue shows %+v", rows)
	}
	_, err = f.desk.Reply(ctx, f.shop, id, mei, "On its way", 0)
	f.must(err)
	if c, _ := f.desk.Case(ctx, f.shop, k); len(c.Breached) != 0 {
		t.Errorf("after the answer the case is marked %v", c.Breached)
	}
	f.now = f.now.Add(5 * time.Minute)
	f.sweep()
	if f.breaches(handoff.ClockAway) != 1 {
		t.Error("no alarm about an agent who is gone")
	}
}

func TestAShopperWhoseAgentIsGoneGoesBackToTheQueueAndIsTold(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	f.now = time.Now()
	id, caseID, mei := f.claimed("c-1", 1)
	_, err := f.desk.Reply(t.Context(), f.shop, id, mei, "One moment, I'm checking.", 0)
	f.must(err)
	f.exec(`update staff set seen_at = now()`)
	f.hear("c-1", "are you still there?")
	f.now = f.now.Add(11 * time.Minute)
	f.sweep()
	if f.holder(id) != conversation.HeldByAgent {
		t.Fatal("taken from an agent who is there")
	}
	f.exec(`update staff set disabled = true`)
	f.now = f.now.Add(time.Minute)
	f.sweep()
	f.sweep()
	if said := f.last(id); f.holder(id) != conversation.HeldByQueue || said.Author != conversation.BySystem || said.Seq != 5 {
		t.Errorf("holder %s, last %d by %s: %q", f.holder(id), said.Seq, said.Author, said.Body)
	}
	if c := f.theCase(caseID); c.State != handoff.Waiting || len(c.Breached) != 0 || c.PromiseDue == nil {
		t.Errorf("case %s, %v, promise %v", c.State, c.Breached, c.PromiseDue)
	}
}

func TestOutOfHoursClocksWaitButRiskDoesNot(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	madrid := zone(t, "Europe/Madrid")
	f.must(f.desk.OpenDesk(ctx, f.shop, "Europe/Madrid"))
	f.must(f.desk.SetHours(ctx, f.shop, everyDay(t, "09:00", "18:00")))
	f.now = time.Date(2027, 3, 27, 22, 0, 0, 0, madrid) // the clock goes forward in this night
	opens := time.Date(2027, 3, 28, 9, 0, 0, 0, madrid)
	for _, c := range []struct {
		level      int
		clock, due time.Time
	}{
		{1, opens.Add(10 * time.Minute), opens.Add(10 * time.Minute)},
		{2, opens.Add(10 * time.Minute), opens.Add(10 * time.Minute)},
		{3, f.now.Add(10 * time.Minute), opens.Add(10 * time.Minute)},
	} {
		ticket := f.escalate(f.hear("c-"+string(rune('0'+c.level)), "a person please"), c.level)
		if ticket.Open || !ticket.OpensAt.Equal(opens) || !ticket.Due.Equal(c.due) {
			t.Errorf("level %d: the ticket is %+v", c.level, ticket)
		}
		got, err := f.desk.Case(ctx, f.shop, ticket.CaseID)
		f.must(err)
		if !got.FirstReplyDue.Equal(c.clock) {
			t.Errorf("level %d: first reply by %s, want %s", c.level, got.FirstReplyDue, c.clock)
		}
	}
	f.now = f.now.Add(3 * time.Minute)
	f.sweep()
	if f.breaches(handoff.ClockUnowned) != 1 || f.events("clock.breached") != 1 {
		t.Errorf("%d alarms in the night, want one about the risk", f.events("clock.breached"))
	}
	terms, err := f.desk.Terms(ctx, f.shop)
	f.must(err)
	if len(terms.Hours.Shifts) != 7 || terms.Hours.Shifts[1] != everyDay(t, "09:00", "18:00")[1] {
		t.Errorf("the hours came back as %+v", terms.Hours.Shifts)
	}
	f.must(f.desk.SetTerms(ctx, f.shop, 5*time.Minute, 20*time.Minute, time.Hour))
	wantErr(t, f.desk.SetTerms(ctx, f.shop, time.Hour, time.Minute, time.Hour), handoff.ErrInvalid)
	wantErr(t, f.desk.SetHours(ctx, f.shop, []handoff.Shift{{Weekday: 9}}), handoff.ErrInvalid)
	wantErr(t, f.desk.SetHours(ctx, f.shop, []handoff.Shift{{Opens: 540, Closes: 780}, {Opens: 720, Closes: 900}}), handoff.ErrOverlap)
	f.now = opens.Add(time.Hour)
	if ticket := f.escalate(f.hear("c-9", "a person please"), 2); !ticket.Open || !ticket.Due.Equal(f.now.Add(20*time.Minute)) {
		t.Errorf("a complaint in the morning gets %+v", ticket)
	}
}
