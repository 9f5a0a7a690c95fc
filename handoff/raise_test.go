package handoff_test

import (
	"context"
	"testing"
	"time"

	"frontdesk/handoff"
)

func TestARaisedCaseAlarmsAgain(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now().Truncate(time.Microsecond)
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 2)
	f.now = f.now.Add(31 * time.Minute)
	f.sweep()
	before := f.events("clock.breached")
	if before != 4 { // unowned, first reply, plan, promise
		t.Fatalf("%d alarms about a complaint that nobody took", before)
	}
	raised := f.raise(id, 3)
	if !raised.Raised || raised.CaseID != ticket.CaseID || raised.Level != 3 || raised.Said == "" {
		t.Errorf("the ticket is %+v", raised)
	}
	if n := f.count(`select count(*) from deliveries where type = 'handoff.started' and payload->'data'->>'case' = $1 and payload->'data'->>'level' = '3'`, ticket.CaseID.String()); n != 1 {
		t.Errorf("the risk was announced %d times", n)
	}
	c, err := f.desk.Case(ctx, f.shop, ticket.CaseID)
	f.must(err)
	if len(c.Breached) != 2 || !c.FirstReplyDue.Equal(f.now.Add(-21*time.Minute)) || !c.PlanDue.Equal(f.now.Add(-time.Minute)) || !c.ClaimDue.Equal(f.now.Add(2*time.Minute)) {
		t.Errorf("the clocks of the raised case are %+v", c)
	}
	if !c.SolutionDue.Equal(f.now.Add(89 * time.Minute)) {
		t.Errorf("a clock that ran was put off to %s", c.SolutionDue)
	}
	f.now = f.now.Add(3 * time.Minute)
	f.sweep()
	if f.breaches(handoff.ClockUnowned) != 2 || f.events("clock.breached") != before+1 {
		t.Errorf("%d alarms more about a risk that nobody took", f.events("clock.breached")-before)
	}
}

func TestALateFirstReplyStaysLateWhateverTheShopperWrites(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now().Truncate(time.Microsecond)
	id, k, mei := f.claimed("c-1", 1)
	f.now = f.now.Add(15 * time.Minute)
	f.hear("c-1", "you said ten minutes!")
	f.raise(id, 2)
	rows := f.queue(handoff.View{Name: handoff.ViewAll})
	if len(rows) != 1 || rows[0].Clock == nil || rows[0].Clock.Standing(f.now) != handoff.StandsOverdue || rows[0].Clock.LateBy(f.now) != 5*time.Minute {
		t.Errorf("the complaint made up for the lateness: %+v", rows)
	}
	counts, err := f.desk.Counts(ctx, f.shop, mei.ID)
	f.must(err)
	if counts["breached"] != 1 {
		t.Errorf("the counts are %v", counts)
	}
	_, err = f.desk.Reply(ctx, f.shop, id, mei, "I am sorry, here I am.", 0)
	f.must(err)
	if c, err := f.desk.Case(ctx, f.shop, k); err != nil || c.Clocks()[0].Standing(f.now) != handoff.StandsKeptLate {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestARushedCaseIsNeverPromisedLater(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now().Truncate(time.Microsecond)
	id := f.hear("c-1", "a person please")
	first := f.escalate(id, 1)
	f.now = f.now.Add(2 * time.Minute)
	raised := f.raise(id, 2)
	place, err := f.desk.Place(ctx, f.shop, id)
	f.must(err)
	if !raised.Due.Equal(first.Due) || !place.Due.Equal(first.Due) {
		t.Errorf("promised %s, when rushed %s, and the page says %s", first.Due, raised.Due, place.Due)
	}
	f.now = f.now.Add(time.Hour)
	if late := f.raise(id, 3); !late.Due.Equal(f.now.Add(10 * time.Minute)) {
		t.Errorf("once everything is late, the new time is %s", late.Due)
	}
}

func TestACaseIsRaisedInSilenceWhileAnAgentHasIt(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 1)
	mei := f.agent("Mei")
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "Hello", 0)
	f.must(err)
	raised := f.raise(id, 3)
	c, err := f.desk.Case(ctx, f.shop, ticket.CaseID)
	f.must(err)
	if !raised.Raised || raised.Said != "" || c.Level != 3 || c.State != handoff.Claimed || c.ClaimDue != nil || c.PlanDue == nil || c.PromiseDue != nil {
		t.Errorf("the ticket is %+v, the case %+v", raised, c)
	}
	if f.events("handoff.started") != 2 {
		t.Error("the raise was not announced")
	}
}

func TestAWaitingShopperIsToldAgainWhenTheNewPromiseIsBrokenToo(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now().Truncate(time.Microsecond)
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 2)
	sorries := func() int { return f.count(`select count(*) from messages where author = 'system'`) }
	for range 3 { // the apology carries a promise of its own, whose breach is an alarm and no second apology
		f.now = f.now.Add(31 * time.Minute)
		f.sweep()
	}
	if sorries() != 1 {
		t.Fatalf("%d apologies for one promise", sorries())
	}
	f.raise(id, 3)
	for range 3 {
		f.now = f.now.Add(31 * time.Minute)
		f.sweep()
	}
	if sorries() != 2 {
		t.Errorf("%d apologies: the raised case's promise was broken in silence", sorries())
	}
	mei := f.agent("Mei")
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	f.must(f.desk.Transfer(ctx, f.shop, ticket.CaseID, mei, handoff.Transfer{Skill: "returns"})) // says by when somebody writes
	f.now = f.now.Add(31 * time.Minute)
	f.sweep()
	if sorries() != 4 {
		t.Errorf("%d words: the promise of passing on was broken in silence", sorries())
	}
}
