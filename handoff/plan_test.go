package handoff_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
)

func TestAFirstReplyEndsTheReceiptAndNoPlan(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now()
	id, caseID, mei := f.claimed("c-1", 2)
	wantErr(t, f.desk.Planned(ctx, f.shop, caseID, mei), handoff.ErrInvalid)
	f.now = f.now.Add(time.Minute)
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "I am looking into it", 0)
	f.must(err)
	f.stands(caseID, "first_reply kept", "plan running", "solution running", "plan promised running")
	f.now = f.now.Add(time.Minute)
	_, err = f.desk.ReplyWithPlan(ctx, f.shop, id, mei, "A new one leaves today", 0)
	f.must(err)
	f.stands(caseID, "first_reply kept", "plan kept", "solution running", "plan promised kept")
}

func TestWhatWasKeptLateIsNeverPlainlyDone(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now().Truncate(time.Microsecond)
	began := f.now
	id, caseID, mei := f.claimed("c-1", 2)
	f.now = began.Add(12 * time.Minute)
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "Hola", 0)
	f.must(err)
	f.now = began.Add(40 * time.Minute)
	f.stands(caseID, "first_reply kept_late", "plan overdue", "solution running", "plan promised overdue")
	if alarms := f.theCase(caseID).Alarms(f.now); len(alarms) != 2 || alarms[0].Name != handoff.ClockPlan || alarms[0].LateBy(f.now) != 10*time.Minute {
		t.Errorf("the alarms are %+v", alarms)
	}
	f.must(f.desk.Planned(ctx, f.shop, caseID, mei))
	f.stands(caseID, "first_reply kept_late", "plan kept_late", "solution running", "plan promised kept_late")
	if late := f.theCase(caseID).Clocks()[1].LateBy(f.now.Add(time.Hour)); late != 10*time.Minute {
		t.Errorf("the plan came %s late", late)
	}
	figures, err := f.desk.Figures(ctx, f.shop, began.Add(-time.Hour), f.now.Add(time.Hour))
	f.must(err)
	for _, clock := range figures.Clocks {
		if clock.Kept != 0 || clock.Total != 1 {
			t.Errorf("the figures call %+v kept", clock)
		}
	}
	if alarms := f.theCase(caseID).Alarms(f.now); len(alarms) != 0 {
		t.Errorf("what was mended still alarms: %+v", alarms)
	}
}

func TestASolutionEndsThePlanAndNothingElseDoes(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for outcome, want := range map[string][]string{
		"solved":      {"first_reply kept", "plan kept", "solution kept", "plan promised kept"},
		"compensated": {"first_reply kept", "plan kept", "solution kept", "plan promised kept"},
		"not_solved":  {"first_reply kept", "plan running", "solution running", "plan promised running"},
		"passed_on":   {"first_reply kept", "plan running", "solution running", "plan promised running"},
	} {
		t.Run(outcome, func(t *testing.T) {
			t.Parallel()
			f := newFloor(t)
			f.now = time.Now()
			id, caseID, mei := f.claimed("c-1", 2)
			_, err := f.desk.Reply(ctx, f.shop, id, mei, "Done", 0)
			f.must(err)
			f.must(f.desk.Resolve(ctx, f.shop, caseID, mei, outcome, 0))
			f.stands(caseID, want...)
			if n := f.promises(`kept_at is null and withdrawn_at is null`); n != 0 {
				t.Errorf("%d promises are owed after the end", n)
			}
		})
	}
	f := newFloor(t)
	f.now = time.Now()
	id, caseID, mei := f.claimed("c-1", 3)
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "Your money is on its way", 0)
	f.must(err)
	f.must(f.desk.Solved(ctx, f.shop, caseID, mei))
	f.stands(caseID, "first_reply kept", "plan kept", "solution kept", "plan promised kept")
}

func TestAReturnTakesBackThePlanThatWasAnnounced(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id, caseID, mei := f.claimed("c-1", 2)
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "Our assistant can do the rest", 0)
	f.must(err)
	f.must(f.desk.Return(ctx, f.shop, caseID, mei))
	if !strings.Contains(f.last(id).Body, "won't come") {
		t.Errorf("the thread ends in %+v", f.last(id))
	}
}

func TestAnUnfinishedProposalIsNotSent(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id, _, mei := f.claimed("c-1", 1)
	for _, language := range []string{"zh", "en", "es"} {
		body := "Hola. " + conversation.Slot(language, "siguiente paso") + " Saludos"
		if _, err := f.desk.Reply(ctx, f.shop, id, mei, body, 0); err == nil {
			t.Errorf("%q was sent", body)
		} else {
			wantErr(t, err, handoff.ErrUnfinished)
			wantErr(t, err, handoff.ErrInvalid)
		}
	}
	if _, err := f.desk.Reply(ctx, f.shop, id, mei, "Fill in the form [link] please", 0); err != nil {
		t.Errorf("ordinary brackets: %v", err)
	}
}

func TestEveryLevelIsToldThatItTakesLonger(t *testing.T) {
	t.Parallel()
	for i, language := range []string{"en", "zh", "es"} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			f := newFloor(t)
			f.now = time.Now()
			id := f.hear("c-1", "a person please")
			h := f.handover(id, i+1)
			h.Language = language
			ticket, err := f.tryEscalate(h)
			f.must(err)
			f.now = f.now.Add(11 * time.Minute)
			f.sweep()
			f.sweep()
			sorry := f.last(id)
			if sorry.Author != conversation.BySystem || sorry.Seq != 3 || sorry.Language != language ||
				!strings.Contains(sorry.Body, map[string]string{"zh": "抱歉", "en": "sorry", "es": "Sentimos"}[language]) {
				t.Fatalf("level %d: the thread ends in %+v", i+1, sorry)
			}
			f.now = f.now.Add(30 * time.Minute) // the plan that a complaint was promised has not come either
			f.sweep()
			f.now = f.now.Add(3 * time.Hour)
			f.sweep()
			f.sweep()
			if want := int64(3 + min(i, 1)); f.last(id).Seq != want {
				t.Errorf("level %d: %d messages, want %d", ticket.Level, f.last(id).Seq, want)
			}
		})
	}
}

func TestARiskAtNightIsNotToldSorryBeforeTheMorning(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	f.must(f.desk.SetHours(context.Background(), f.shop, everyDay(t, "09:00", "18:00")))
	f.now = time.Date(2027, 5, 3, 22, 0, 0, 0, time.UTC)
	id := f.hear("c-1", "it burned my hand")
	f.escalate(id, 3)
	f.now = f.now.Add(time.Hour)
	f.sweep()
	if f.breaches(handoff.ClockFirstReply) != 1 || f.last(id).Seq != 2 {
		t.Errorf("in the night the thread ends in %+v", f.last(id))
	}
	f.now = time.Date(2027, 5, 4, 9, 11, 0, 0, time.UTC)
	f.sweep()
	if last := f.last(id); last.Seq != 3 || last.Author != conversation.BySystem {
		t.Errorf("in the morning the thread ends in %+v", last)
	}
}

func TestNothingIsPromisedForATimeWhenNobodyIsThere(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	f.must(f.desk.SetHours(context.Background(), f.shop, everyDay(t, "09:00", "18:00")))
	for level, due := range []time.Time{
		1: time.Date(2027, 5, 4, 9, 5, 0, 0, time.UTC), // ten minutes, five of them tomorrow
		2: time.Date(2027, 5, 4, 9, 25, 0, 0, time.UTC),
		3: time.Date(2027, 5, 4, 9, 25, 0, 0, time.UTC),
	} {
		if level == 0 {
			continue
		}
		f.now = time.Date(2027, 5, 3, 17, 55, 0, 0, time.UTC)
		id := f.hear("c-"+string(rune('0'+level)), "a person please")
		if ticket := f.escalate(id, level); !ticket.Due.Equal(due) {
			t.Errorf("level %d is promised something by %s, want %s", level, ticket.Due, due)
		}
		if ticket := f.raise(id, 3); level < 3 && !ticket.Due.Equal(time.Date(2027, 5, 4, 9, 25, 0, 0, time.UTC)) && !ticket.Due.Equal(due) {
			t.Errorf("level %d, raised, is promised something by %s", level, ticket.Due)
		}
	}
	if n := f.promises(`extract(hour from due_at at time zone 'UTC') not between 9 and 17`); n != 0 {
		t.Errorf("%d promises fall due when the desk is closed", n)
	}
	if n := f.count(`select count(*) from cases where level = 3 and first_reply_due < '2027-05-03 18:06Z'`); n != 3 {
		t.Errorf("%d risks alarm tonight, want all 3", n)
	}
}

func TestWhoWaitsStandsAboveWhoWasAnswered(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now()
	risk, riskCase, mei := f.claimed("risk", 3)
	f.now = f.now.Add(time.Minute)
	f.escalate(f.hear("complaint", "a person please"), 2)
	f.escalate(f.hear("question", "a person please"), 1)
	_, err := f.desk.Reply(ctx, f.shop, risk, mei, "Please do not use it any more", 0)
	f.must(err)
	order := func() (out []int) {
		for _, r := range f.queue(handoff.View{Name: handoff.ViewAll}) {
			out = append(out, r.Level)
		}
		return out
	}
	if got := order(); !slices.Equal(got, []int{2, 1, 3}) {
		t.Errorf("with the risk answered the levels stand %v", got)
	}
	f.hear("risk", "and my hand?")
	if got := order(); !slices.Equal(got, []int{3, 2, 1}) {
		t.Errorf("with the risk asking again the levels stand %v", got)
	}
	_, err = f.desk.Reply(ctx, f.shop, risk, mei, "See a doctor, we pay", 0)
	f.must(err)
	f.now = f.now.Add(45 * time.Minute) // its plan is overdue
	if got := order(); !slices.Equal(got, []int{3, 2, 1}) {
		t.Errorf("with the risk's plan overdue the levels stand %v", got)
	}
	if rows := f.queue(handoff.View{Name: handoff.ViewAll}); rows[0].ID != riskCase || !rows[0].Awaits {
		t.Errorf("on top is %+v", rows[0])
	}
}

func TestTheCountPastAClockIsWhatTheRowsShow(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now()
	answered, _, mei := f.claimed("answered", 1)
	planless, _, luis := f.claimed("planless", 2)
	again, _, ana := f.claimed("again", 1)
	f.escalate(f.hear("waiting", "a person please"), 1)
	check := func(when string, want int) {
		t.Helper()
		f.sweep()
		past := 0
		for _, r := range f.queue(handoff.View{Name: handoff.ViewAll}) {
			if r.Clock != nil && r.Clock.Standing(f.now) == handoff.StandsOverdue {
				past++
			}
		}
		counts, err := f.desk.Counts(ctx, f.shop, mei.ID)
		f.must(err)
		if past != want || counts["breached"] != want {
			t.Errorf("%s: %d rows are past a clock, the count says %d, want %d", when, past, counts["breached"], want)
		}
	}
	check("at first", 0)
	f.now = f.now.Add(12 * time.Minute)
	check("with nobody answered", 4)
	for id, p := range map[uuid.UUID]staff.Person{answered: mei, planless: luis, again: ana} {
		_, err := f.desk.Reply(ctx, f.shop, id, p, "Hello, late", 0)
		f.must(err)
	}
	check("with three answered late", 1)
	f.hear("again", "and the refund?")
	f.now = f.now.Add(25 * time.Minute)
	check("with a plan overdue and one who waits again", 3)
}

func TestConfirmationsKeepWhoAndWhen(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now().Truncate(time.Microsecond)
	id, caseID, mei := f.claimed("c-1", 1)
	at := f.now
	for _, name := range handoff.Confirmations() {
		f.must(f.desk.Confirm(ctx, f.shop, caseID, mei, name, true))
		f.now = f.now.Add(time.Minute)
	}
	f.must(f.desk.Confirm(ctx, f.shop, caseID, mei, "address", true)) // again: the first time stands
	f.must(f.desk.Confirm(ctx, f.shop, caseID, mei, "product", false))
	wantErr(t, f.desk.Confirm(ctx, f.shop, caseID, mei, "weather", true), handoff.ErrInvalid)
	wantErr(t, f.desk.Confirm(ctx, f.shop, caseID, f.agent("Luis"), "product", true), handoff.ErrTaken)
	f.raise(id, 3) // what was confirmed survives a new packet
	got, err := f.desk.Confirmed(ctx, f.shop, caseID)
	f.must(err)
	if len(got) != 2 || got[0].Name != "address" || got[0].StaffName != mei.Name || !got[0].At.Equal(at) || got[1].Name != "return_policy" {
		t.Errorf("confirmed is %+v", got)
	}
	if f.count(`select count(*) from audit where action = 'case.confirm'`) != 3 || f.count(`select count(*) from audit where action = 'case.unconfirm'`) != 1 {
		t.Error("the audit log does not tell who confirmed what")
	}
	f.must(f.desk.EraseFor(ctx, f.shop, id, "a test"))
	if got, _ := f.desk.Confirmed(ctx, f.shop, caseID); len(got) != 0 {
		t.Errorf("after the erasure confirmed is %+v", got)
	}
}
