package handoff_test

import (
	"context"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
)

func TestTheMoodLineAndTheReasonsFollowTheShopper(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "where is my parcel")
	h := f.handover(id, 1)
	h.Packet.ToSeq, h.Packet.MoodCurve, h.Packet.Reasons = 1, []float64{0}, []conversation.Reason{{Kind: "no_knowledge", Score: 0.6}}
	ticket, err := f.tryEscalate(h)
	f.must(err)
	f.feels("c-1", "this is taking forever", -0.4, conversation.Reason{Kind: "mood", Score: 0.5})
	f.feels("c-1", "I am FURIOUS, get me a human", -0.9, conversation.Reason{Kind: "mood", Score: 0.9, Words: []string{"furious"}}, conversation.Reason{Kind: "wish", Score: 1})
	p := f.packetOf(ticket.CaseID)
	if len(p.MoodCurve) != 3 || p.Mood != -0.9 || p.MoodCurve[1] != -0.4 {
		t.Errorf("the mood is %v along %v", p.Mood, p.MoodCurve)
	}
	kinds := map[string]float64{}
	for _, r := range p.Reasons {
		kinds[r.Kind] = r.Score
	}
	if len(p.Reasons) != 3 || kinds["mood"] != 0.9 || kinds["wish"] != 1 || kinds["no_knowledge"] != 0.6 {
		t.Errorf("the reasons are %+v", p.Reasons)
	}
	rows, _, err := f.desk.Queue(ctx, f.shop, handoff.View{Name: handoff.ViewAll})
	f.must(err)
	if len(rows) != 1 || rows[0].Head.Mood > -0.89 {
		t.Errorf("the row shows %+v", rows)
	}
}

func TestARaiseCountsNoMoodTwiceAndForgetsNoReason(t *testing.T) {
	t.Parallel()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	h := f.handover(id, 1)
	h.Packet.ToSeq, h.Packet.MoodCurve, h.Packet.Reasons = 1, []float64{0}, h.Reasons
	ticket, err := f.tryEscalate(h)
	f.must(err)
	f.feels("c-1", "this is a scam", -0.8, conversation.Reason{Kind: "mood", Score: 0.8})
	again := f.handover(id, 2)
	again.Reasons = []conversation.Reason{{Kind: "mood", Score: 0.8}}
	again.Packet.ToSeq, again.Packet.MoodCurve, again.Packet.Reasons = 3, []float64{0, -0.8}, again.Reasons
	again.Packet.Transcript = []conversation.Line{{Seq: 1}, {Seq: 3}}
	f.raiseWith(again)
	p := f.packetOf(ticket.CaseID)
	if len(p.MoodCurve) != 2 || len(p.Reasons) != 2 || p.Reasons[0].Kind != "wish" || p.Level != 2 {
		t.Errorf("after the raise: %v, %+v", p.MoodCurve, p.Reasons)
	}
	f.feels("c-1", "thank you", 0.5)
	if p := f.packetOf(ticket.CaseID); len(p.MoodCurve) != 3 || p.Mood != 0.5 {
		t.Errorf("after thanks: %v", p.MoodCurve)
	}
}

func TestThanksNeitherWakeASnoozedCaseNorPutItOnTop(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	mei := f.agent("Mei")
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 1)
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "It is on its way.", 0)
	f.must(err)
	f.must(f.desk.Snooze(ctx, f.shop, ticket.CaseID, mei, time.Now().Add(time.Hour)))
	look := func() handoff.Row {
		rows, _, err := f.desk.Queue(ctx, f.shop, handoff.View{Name: handoff.ViewMine, Agent: mei.ID})
		f.must(err)
		return rows[0]
	}
	f.hear("c-1", "thanks!")
	f.must(f.store.NoteJudged(ctx, conversation.Judged{ShopID: f.shop, ConversationID: id, Seq: f.last(id).Seq, Mood: 0.4, Nothing: true}))
	if r := look(); !r.Snoozed || r.Awaits || r.Clock != nil {
		t.Errorf("after thanks the row is snoozed %v, awaits %v, clock %+v", r.Snoozed, r.Awaits, r.Clock)
	}
	f.hear("c-1", "but where is the invoice?")
	if r := look(); r.Snoozed || !r.Awaits || r.Clock == nil || r.Clock.Name != handoff.ClockAnswer {
		t.Errorf("after a question the row is snoozed %v, awaits %v, clock %+v", r.Snoozed, r.Awaits, r.Clock)
	}
}

func TestACaseWhoseAgentIsGoneReturnsToTheQueueAndTheShopperIsToldSorry(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now().Truncate(time.Microsecond)
	mei, tom := f.agent("Mei"), f.agent("Tom")
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 1)
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	said := func() int { return f.count(`select count(*) from messages where author = 'system'`) }
	f.now = f.now.Add(11 * time.Minute)
	f.must(f.desk.Touch(ctx, f.shop, id, mei.ID, false))
	f.sweep()
	c, err := f.store.Conversation(ctx, f.shop, id)
	f.must(err)
	if said() != 0 || c.Holder != conversation.HeldByAgent {
		t.Errorf("while the agent is at work %d sentences were said and %s has it", said(), c.Holder)
	}
	f.exec(`update staff set seen_at = now() - interval '10 minutes'`)
	for range 3 {
		f.sweep()
	}
	c, err = f.store.Conversation(ctx, f.shop, id)
	f.must(err)
	if said() != 1 || c.Holder != conversation.HeldByQueue {
		t.Fatalf("after the agent left %d sentences were said and %s has it", said(), c.Holder)
	}
	if _, err := f.desk.Reply(ctx, f.shop, id, mei, "Hello?", f.last(id).Seq); err == nil {
		t.Errorf("who lost the case replies: %v", err)
	}
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, tom))
	if n := f.count(`select count(*) from promises where staff_id is null`); n != 2 {
		t.Errorf("%d promises of the desk, want the new time among two", n)
	}
}

func TestWhoIsAnsweredOrWasNeverPromisedAPersonHearsNoApology(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now().Truncate(time.Microsecond)
	mei := f.agent("Mei")
	answered := f.hear("c-1", "a person please")
	ticket := f.escalate(answered, 1)
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	_, err := f.desk.Reply(ctx, f.shop, answered, mei, "Hello", 0)
	f.must(err)
	f.hear("c-1", "and my refund?")
	_, err = f.desk.TakeOver(ctx, f.shop, f.hear("c-2", "what are the opening hours?"), mei)
	f.must(err)
	f.exec(`update staff set seen_at = now()`)
	f.now = f.now.Add(time.Hour)
	f.sweep()
	if n := f.count(`select count(*) from messages where author = 'system'`); n != 0 {
		t.Errorf("%d apologies", n)
	}
}
