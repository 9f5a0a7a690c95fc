package handoff_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const secret = "Zanzibar-4711" // stands in every text of the shopper

// everything of a shop as text, but for the staff's own data.
func (f *floor) everything() string {
	f.t.Helper()
	rows, err := f.pool.Query(context.Background(), `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)
	f.must(err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	f.must(err)
	var all strings.Builder
	for _, table := range tables {
		rows, err := f.pool.Query(context.Background(), fmt.Sprintf(`select t::text from %q t`, table))
		f.must(err)
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		f.must(err)
		fmt.Fprintf(&all, "%s: %s\n", table, strings.Join(lines, "\n"))
	}
	return all.String()
}

func TestAnErasedConversationLeavesCountsAndNothingThatWasSaid(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	mei := f.agent("Mei")
	id := f.hear("thread-"+secret, "my order "+secret+" is broken")
	h := f.handover(id, 2)
	h.Reasons = []conversation.Reason{{Kind: "mood", Score: 0.9, Words: []string{secret}}}
	h.Packet.Summary, h.Packet.Star.Task, h.Packet.Page.Order = secret, secret, secret
	h.Say = func(conversation.Ticket) string { return "about " + secret }
	ticket, err := f.tryEscalate(h)
	f.must(err)
	f.must(f.desk.LeaveContact(ctx, f.shop, id, conversation.Contact{Email: secret + "@example.com"}))
	f.must(f.desk.Correct(ctx, f.shop, id, conversation.Correction{Text: "no, " + secret}))
	_, err = f.store.AddImage(ctx, conversation.Image{ShopID: f.shop, ConversationID: id, MediaType: "image/png", Bytes: []byte(secret)}, conversation.ImageLimits{Conversation: 9, Day: 9, DayBytes: 9000})
	f.must(err)
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	f.must(f.desk.Note(ctx, f.shop, ticket.CaseID, mei, "look: "+secret))
	f.must(f.desk.SaveDraft(ctx, f.shop, id, mei.ID, "Dear "+secret, 0))
	f.must(f.desk.Promise(ctx, f.shop, ticket.CaseID, mei, "a refund for "+secret, time.Now().Add(time.Hour)))
	f.must(f.desk.Touch(ctx, f.shop, id, mei.ID, true))
	_, err = f.desk.Reply(ctx, f.shop, id, mei, "Hello "+secret, 0)
	f.must(err)
	f.must(f.desk.Rate(ctx, f.shop, id, 4, "thanks from "+secret))
	other := f.hear("another", "a neighbour's words")
	before := f.count(`select count(*) from messages`)
	if n := strings.Count(f.everything(), secret); n < 15 {
		t.Fatalf("the sample says it only %d times", n)
	}

	f.must(f.desk.Erase(ctx, f.shop, id, mei))
	f.must(f.desk.Erase(ctx, f.shop, id, mei)) // twice is once

	for _, line := range strings.Split(f.everything(), "\n") {
		if strings.Contains(line, secret) {
			t.Errorf("left: %s", line)
		}
	}
	if strings.Contains(f.everything(), fmt.Sprintf("%x", secret)) {
		t.Error("the picture is left")
	}
	c, err := f.store.Conversation(ctx, f.shop, id)
	f.must(err)
	if c.Holder != conversation.HeldByNobody || c.ErasedAt == nil || c.Shopper != (conversation.Shopper{}) {
		t.Errorf("the conversation is %+v", c)
	}
	k, err := f.desk.Case(ctx, f.shop, ticket.CaseID)
	f.must(err)
	if k.Level != 2 || k.State != handoff.Resolved || k.Outcome != handoff.OutcomeErased || len(k.Reasons) != 1 || k.Reasons[0].Kind != "mood" || k.Reasons[0].Score != 0.9 {
		t.Errorf("the case is %+v", k)
	}
	if _, err := f.desk.Packet(ctx, f.shop, ticket.CaseID); err != nil {
		t.Error(err)
	}
	if n := f.count(`select count(*) from messages`); n != before {
		t.Errorf("%d messages are counted, %d were", n, before)
	}
	if n := f.count(`select count(*) from ratings where score = 4`) + f.count(`select count(*) from audit where action = 'conversation.erase' and who = 'Mei'`); n != 3 {
		t.Errorf("rating and two lines of the audit log: %d", n)
	}
	if m := f.last(other); m.Body != "a neighbour's words" {
		t.Errorf("a neighbour's message is %q", m.Body)
	}
	if again := f.hear("thread-"+secret, "hello"); again == id {
		t.Error("the next message went into the erased conversation")
	}
	wantErr(t, f.store.Tx(ctx, func(tx pgx.Tx) error {
		return f.store.Pass(ctx, tx, conversation.Pass{ShopID: f.shop, ConversationID: id, From: conversation.HeldByNobody, To: conversation.HeldByBot})
	}), conversation.ErrNotHolder)
	wantErr(t, f.desk.Erase(ctx, f.shop, uuid.New(), mei), conversation.ErrNotFound)
}

func TestNobodyErasesOrBlocksUnderAColleaguesHands(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	mei, leo, boss := f.agent("Mei"), f.agent("Leo"), f.agent("Ana", staff.Supervisor)
	id := f.hear("c-1", "a person please")
	f.must(f.desk.Claim(ctx, f.shop, f.escalate(id, 1).CaseID, mei))
	wantErr(t, f.desk.Erase(ctx, f.shop, id, leo), handoff.ErrTaken)
	wantErr(t, f.desk.Block(ctx, f.shop, id, leo), handoff.ErrTaken)
	editor := f.agent("Eva", staff.Editor)
	wantErr(t, f.desk.Erase(ctx, f.shop, id, editor), handoff.ErrForbidden)
	wantErr(t, f.desk.Block(ctx, f.shop, id, editor), handoff.ErrForbidden)
	if f.last(id).Body == "" {
		t.Fatal("something was erased")
	}
	f.must(f.desk.Block(ctx, f.shop, id, boss))
	f.must(f.desk.Erase(ctx, f.shop, id, boss))
}

// Handovers and erasures race: whatever is opened in between, no packet survives the erasure.
func TestAHandoverThatRacesAnErasureLeavesNothingBehind(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	mei := f.agent("Mei")
	for i := range 30 {
		id := f.hear(fmt.Sprint("race-", i), "words of "+secret)
		h := f.handover(id, 1)
		h.Packet.Summary = secret
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := f.tryEscalate(h); err != nil && !errors.Is(err, conversation.ErrNotHolder) {
				t.Error(err)
			}
		})
		wg.Go(func() {
			if err := f.desk.Erase(ctx, f.shop, id, mei); err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
	}
	if all := f.everything(); strings.Contains(all, secret) {
		t.Error("a handover brought back what was erased")
	}
	if n := f.count(`select count(*) from cases where state in ('waiting', 'claimed')`); n != 0 {
		t.Errorf("%d cases of erased conversations are open", n)
	}
}

func TestOnlyWhatIsAtRestGrowsOld(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	waiting, open, done, fresh := f.hear("waiting", "x"), f.hear("open", "x"), f.hear("done", "x"), f.hear("fresh", "x")
	f.escalate(waiting, 1)
	f.exec(`update conversations set answered_seq = heard_seq, turn_since = null where conversation_id = any($1)`, []uuid.UUID{done, fresh})
	f.exec(`update conversations set updated_at = now() - interval '40 days' where conversation_id <> $1`, fresh)
	month := time.Now().AddDate(0, 0, -30)
	old, err := f.store.AtRest(ctx, f.shop, month, 10)
	if err != nil || len(old) != 1 || old[0] != done {
		t.Errorf("old are %v (%v), want %s", old, err, done)
	}
	for _, id := range []uuid.UUID{waiting, open, fresh} {
		wantErr(t, f.desk.EraseOld(ctx, f.shop, id, "retention", month), conversation.ErrNotFound)
	}
	f.must(f.desk.EraseOld(ctx, f.shop, done, "retention", month))
	if n := f.count(`select count(*) from messages where body = ''`); n != 1 {
		t.Errorf("%d messages were erased", n)
	}
	if f.holder(waiting) != conversation.HeldByQueue || f.count(`select count(*) from cases where state = 'waiting'`) != 1 {
		t.Error("a case that somebody owes was touched")
	}
	if old, err := f.store.AtRest(ctx, f.shop, month, 10); err != nil || len(old) != 0 {
		t.Errorf("erased twice: %v (%v)", old, err)
	}
}
