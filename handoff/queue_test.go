package handoff_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func summaries(rows []handoff.Row) (out []string) {
	for _, r := range rows {
		out = append(out, fmt.Sprintf("%d %s", r.Level, r.Head.LastLine))
	}
	return out
}

func TestTheQueueShowsTheMostUrgentFirst(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now()
	tickets := map[string]conversation.Ticket{}
	for i, level := range []int{1, 2, 1, 3, 2} {
		name := fmt.Sprintf("c-%d", i)
		id := f.hear(name, "a person please")
		tickets[name] = f.escalate(id, level)
		f.hear(name, name)
		f.now = f.now.Add(time.Minute)
	}
	f.hear("c-bot", "how long is shipping?")
	mei := f.agent("Mei")
	f.must(f.desk.Claim(ctx, f.shop, tickets["c-1"].CaseID, mei))

	if got := summaries(f.queue(handoff.View{Name: handoff.ViewAll})); !slices.Equal(got, []string{"3 c-3", "2 c-1", "2 c-4", "1 c-0", "1 c-2"}) {
		t.Errorf("all is %v", got)
	}
	if got := summaries(f.queue(handoff.View{})); !slices.Equal(got, []string{"3 c-3", "2 c-4", "1 c-0", "1 c-2"}) {
		t.Errorf("waiting is %v", got)
	}
	if got := summaries(f.queue(handoff.View{Name: handoff.ViewAll, Limit: 2, Offset: 1})); !slices.Equal(got, []string{"2 c-1", "2 c-4"}) {
		t.Errorf("the second page is %v", got)
	}
	mine := f.queue(handoff.View{Name: handoff.ViewMine, Agent: mei.ID})
	if len(mine) != 1 || mine[0].AgentName != "Mei" || mine[0].Head.Shopper.Name != "Ana" || mine[0].Head.Channel != "site" || mine[0].Clock.Name != handoff.ClockFirstReply {
		t.Errorf("mine is %+v", mine)
	}
	if got := summaries(f.queue(handoff.View{Name: handoff.ViewBot})); !slices.Equal(got, []string{"0 how long is shipping?"}) {
		t.Errorf("the bot's is %v", got)
	}
	if got := f.queue(handoff.View{Name: handoff.ViewAll, Text: "did not come"}); len(got) != 5 {
		t.Errorf("a search for the summary finds %v", summaries(got))
	}
	if got := f.queue(handoff.View{Name: handoff.ViewAll, Text: "100%"}); len(got) != 0 {
		t.Errorf("a search for what is nowhere finds %v", summaries(got))
	}
	f.must(f.desk.Snooze(ctx, f.shop, tickets["c-1"].CaseID, mei, f.now.Add(time.Hour)))
	if got := f.queue(handoff.View{Name: handoff.ViewAll}); !got[4].Snoozed || got[4].Head.LastLine != "c-1" {
		t.Errorf("with one snoozed all is %v", summaries(got))
	}
	f.hear("c-1", "still there?")
	if got := f.queue(handoff.View{Name: handoff.ViewAll}); got[1].Snoozed || got[1].Head.LastLine != "still there?" {
		t.Errorf("who wrote stays asleep: %v", summaries(got))
	}
	f.must(f.desk.Resolve(ctx, f.shop, tickets["c-1"].CaseID, mei, "solved", 0))
	if got := f.queue(handoff.View{Name: handoff.ViewResolved}); len(got) != 1 || got[0].Outcome != "solved" {
		t.Errorf("resolved is %+v", got)
	}
	counts, err := f.desk.Counts(ctx, f.shop, mei.ID)
	f.must(err)
	if counts[handoff.ViewMine] != 0 || counts[handoff.ViewWaiting] != 4 || counts["alarm"] != 1 {
		t.Errorf("the counts are %v", counts)
	}
}

func TestWhatIsLateOrAboutToBeStandsAboveWhatHasTime(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now()
	mei := f.agent("Mei")
	open := func(name string, level int) {
		id := f.hear(name, "a person please")
		f.must(f.desk.Claim(ctx, f.shop, f.escalate(id, level).CaseID, mei))
		f.hear(name, name)
	}
	open("short of time", 1)
	f.now = f.now.Add(4 * time.Minute)
	open("has time", 2)
	all := func() []string { return summaries(f.queue(handoff.View{Name: handoff.ViewAll})) }
	if got := all(); !slices.Equal(got, []string{"2 has time", "1 short of time"}) {
		t.Errorf("while both have time: %v", got)
	}
	for _, minutes := range []time.Duration{5, 2} { // a minute left, and a minute late
		f.now = f.now.Add(minutes * time.Minute)
		if got := all(); got[0] != "1 short of time" {
			t.Errorf("above a clock that runs out stands %v", got)
		}
	}
	open("new risk", 3)
	if got := all(); got[0] != "3 new risk" {
		t.Errorf("above a risk that nobody has answered stands %v", got)
	}
}

func TestWhoLooksIsSeenOnTheRow(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	f.escalate(id, 1)
	mei, luis := f.agent("Mei"), f.agent("Luis")
	f.must(f.desk.Touch(ctx, f.shop, id, mei.ID, false))
	f.must(f.desk.Touch(ctx, f.shop, id, luis.ID, true))
	rows := f.queue(handoff.View{})
	if len(rows) != 1 || !slices.Equal(rows[0].Looking, []handoff.Looker{{ID: luis.ID, Name: "Luis", Typing: true}, {ID: mei.ID, Name: "Mei"}}) {
		t.Errorf("looking are %+v", rows[0].Looking)
	}
	f.must(f.desk.Leave(ctx, f.shop, id, luis.ID))
	f.exec(`update presence set seen_at = now() - interval '1 minute'`)
	if rows := f.queue(handoff.View{}); len(rows[0].Looking) != 0 {
		t.Errorf("looking are still %+v", rows[0].Looking)
	}
	team, err := f.desk.Team(ctx, f.shop)
	f.must(err)
	if len(team) != 2 || !team[0].Online {
		t.Errorf("the team is %+v", team)
	}
	wantErr(t, f.desk.Touch(ctx, f.shop, uuid.New(), mei.ID, false), handoff.ErrNotFound)
}

func TestTakeoverMakesACaseOfTheTranscript(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "where is my parcel?")
	f.must(f.store.InTx(ctx, f.shop, id, func(tx pgx.Tx) error {
		_, err := f.store.Speak(ctx, tx, conversation.Utterance{ShopID: f.shop, ConversationID: id, Author: conversation.ByBot, Body: "3 days", UpTo: 1,
			Evidence: []conversation.Evidence{{Kind: "passage", ID: "ship", Title: "Shipping times"}}})
		return err
	}))
	f.hear("c-1", "it has been two weeks")
	mei, luis := f.agent("Mei"), f.agent("Luis")
	c, err := f.desk.TakeOver(ctx, f.shop, id, mei)
	f.must(err)
	p, err := f.desk.Packet(ctx, f.shop, c.ID)
	f.must(err)
	if c.State != handoff.Claimed || c.AgentName != "Mei" || p.Summary != "it has been two weeks · where is my parcel?" || p.Star.Task != "where is my parcel?" ||
		p.Star.Situation != "it has been two weeks" || p.Star.Tried != "Bot answered: Shipping times" || len(p.Transcript) != 3 || p.Shopper.Name != "Ana" {
		t.Errorf("the case is %+v, its packet %+v", c, p)
	}
	_, err = f.desk.TakeOver(ctx, f.shop, id, luis)
	wantErr(t, err, handoff.ErrTaken)
	if again, err := f.desk.TakeOver(ctx, f.shop, id, mei); err != nil || again.ID != c.ID {
		t.Errorf("taking over what one has: %+v, %v", again, err)
	}
	_, err = f.tryEscalate(f.handover(id, 1))
	wantErr(t, err, conversation.ErrNotHolder)
	f.must(f.desk.Resolve(ctx, f.shop, c.ID, mei, "solved", 0))
	again, err := f.desk.TakeOver(ctx, f.shop, id, luis)
	f.must(err)
	if talk, _ := f.store.Conversation(ctx, f.shop, id); again.Episode != 2 || talk.Episode != 2 || talk.Holder != conversation.HeldByAgent {
		t.Errorf("a closed conversation taken up again: %+v, %+v", again, talk)
	}
	if cases, err := f.desk.Cases(ctx, f.shop, id); err != nil || len(cases) != 2 || cases[0].ID != again.ID {
		t.Errorf("the cases are %+v (%v)", cases, err)
	}
}

func TestTakeoverAndHandoverAtOnceMakeOneCase(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	mei := f.agent("Mei")
	for i := range 20 {
		id := f.hear(fmt.Sprintf("c-%d", i), "a person please")
		done := make(chan error, 1)
		go func() {
			_, err := f.tryEscalate(f.handover(id, 1))
			done <- err
		}()
		c, err := f.desk.TakeOver(ctx, f.shop, id, mei)
		f.must(err)
		if err := <-done; err != nil {
			wantErr(t, err, conversation.ErrNotHolder)
		}
		if f.holder(id) != conversation.HeldByAgent || f.count(`select count(*) from cases where conversation_id = $1`, id) != 1 {
			t.Fatalf("held by %s after the takeover of case %s", f.holder(id), c.ID)
		}
	}
}

func TestTransferPassesTheWordOn(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 1)
	mei, luis, eve := f.agent("Mei"), f.agent("Luis"), f.agent("Eve", staff.Editor)
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	wantErr(t, f.desk.Claim(ctx, f.shop, ticket.CaseID, eve), handoff.ErrForbidden)
	wantErr(t, f.desk.Transfer(ctx, f.shop, ticket.CaseID, mei, handoff.Transfer{Agent: eve.ID}), handoff.ErrForbidden)
	wantErr(t, f.desk.Transfer(ctx, f.shop, ticket.CaseID, mei, handoff.Transfer{Agent: uuid.New()}), handoff.ErrNotFound)
	f.must(f.desk.Transfer(ctx, f.shop, ticket.CaseID, mei, handoff.Transfer{Agent: luis.ID, Note: "speaks Spanish"}))
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "Hello", 0)
	wantErr(t, err, handoff.ErrTaken)
	_, err = f.desk.Reply(ctx, f.shop, id, luis, "Hola", 0)
	f.must(err)
	f.must(f.desk.Transfer(ctx, f.shop, ticket.CaseID, luis, handoff.Transfer{Skill: "returns"}))
	messages, err := f.store.Messages(ctx, f.shop, id, conversation.Range{})
	f.must(err)
	if last := messages[len(messages)-1]; f.holder(id) != conversation.HeldByQueue || last.Author != conversation.BySystem {
		t.Errorf("held by %s; the thread ends in %+v", f.holder(id), last)
	}
	if rows := f.queue(handoff.View{Skill: "returns"}); len(rows) != 1 || rows[0].PromiseDue == nil || rows[0].AgentID != nil {
		t.Errorf("the queue for returns is %+v", rows)
	}
	notes, err := f.desk.Notes(ctx, f.shop, id)
	f.must(err)
	if len(notes) != 1 || notes[0].Body != "speaks Spanish" || notes[0].StaffName != "Mei" {
		t.Errorf("the notes are %+v", notes)
	}
	boss := f.agent("Boss", staff.Supervisor)
	wantErr(t, f.desk.Resolve(ctx, f.shop, ticket.CaseID, luis, "spam", 0), handoff.ErrUnclaimed)
	f.must(f.desk.Resolve(ctx, f.shop, ticket.CaseID, boss, "spam", 0))
	log, err := f.desk.Audit(ctx, f.shop, handoff.AuditFilter{Subject: ticket.CaseID.String()})
	f.must(err)
	var actions []string
	for _, e := range slices.Backward(log) {
		actions = append(actions, e.Who+" "+e.Action)
	}
	want := []string{"bot case.open", "Mei case.claim", "Mei case.note", "Mei case.transfer", "Luis case.reply", "Luis case.transfer", "Boss case.resolve"}
	if !slices.Equal(actions, want) {
		t.Errorf("the log says %q, want %q", actions, want)
	}
}

func TestFiveHundredOpenCasesAreListedQuickly(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	for i := range 500 {
		f.escalate(f.hear(fmt.Sprintf("c-%d", i), "a person please"), i%3+1)
	}
	f.queue(handoff.View{Name: handoff.ViewAll})
	began := time.Now()
	rows, total, err := f.desk.Queue(context.Background(), f.shop, handoff.View{Name: handoff.ViewAll, Limit: 100})
	f.must(err)
	if took := time.Since(began); total != 500 || len(rows) != 100 || took > time.Second {
		t.Errorf("%d rows of %d in %s", len(rows), total, took)
	} else {
		t.Logf("100 rows of 500 in %s", took)
	}
}
