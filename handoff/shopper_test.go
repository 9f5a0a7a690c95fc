package handoff_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/google/uuid"
)

func TestAShopperSeesWhereTheyStand(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	place := func(id uuid.UUID) conversation.Place {
		t.Helper()
		p, err := f.desk.Place(ctx, f.shop, id)
		f.must(err)
		return p
	}
	first, id := f.hear("c-0", "a person"), f.hear("c-1", "a person please")
	if p := place(id); p.State != handoff.PlaceNone || !p.Open {
		t.Errorf("with the bot: %+v", p)
	}
	f.escalate(first, 1)
	ticket := f.escalate(id, 1)
	if p := place(id); p.State != handoff.PlaceWaiting || p.Place != 2 || p.Minutes != 4 || !p.Due.Equal(ticket.Due.Truncate(time.Microsecond)) {
		t.Errorf("in the queue: %+v", p)
	}
	mei := f.agent("Mei")
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	f.must(f.desk.Touch(ctx, f.shop, id, mei.ID, true))
	if p := place(id); p.State != handoff.PlaceClaimed || p.AgentName != "Mei" || !p.Typing {
		t.Errorf("with an agent: %+v", p)
	}
	f.must(f.desk.Resolve(ctx, f.shop, ticket.CaseID, mei, "solved", 0))
	if p := place(id); p.State != handoff.PlaceResolved || p.Rated {
		t.Errorf("at the end: %+v", p)
	}
	f.must(f.desk.Rate(ctx, f.shop, id, 4, ""))
	if p := place(id); !p.Rated {
		t.Errorf("rated: %+v", p)
	}
	f.hear("c-1", "hello again")
	if p := place(id); p.State != handoff.PlaceNone {
		t.Errorf("the next episode begins with %+v", p)
	}
	_, err := f.desk.Place(ctx, f.shop, uuid.New())
	wantErr(t, err, conversation.ErrNotFound)
}

func TestAPlaceNamesThePromiseThatHoldsNow(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now()
	f.exec(`insert into hours (shop_id, weekday, opens, closes) select $1, d, '00:00', '24:00' from generate_series(0, 6) d`, f.shop)
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		f.escalate(f.hear(name, "a person please"), 1)
	}
	id := f.hear("c-1", "quiero hablar con una persona")
	f.exec(`update conversations set shopper = '{"zone": "America/Mexico_City"}' where conversation_id = $1`, id)
	h := f.handover(id, 1)
	h.Language = "es"
	ticket, err := f.tryEscalate(h)
	f.must(err)
	place := func() conversation.Place {
		t.Helper()
		p, err := f.desk.Place(ctx, f.shop, id)
		f.must(err)
		return p
	}
	if p := place(); p.Late || p.Place != 6 || p.Minutes != 0 || p.Due.Sub(ticket.Due).Abs() > time.Second {
		t.Errorf("six cases of two minutes each do not fit into ten: %+v", p)
	}
	f.now = f.now.Add(11 * time.Minute)
	f.sweep()
	p := place()
	mexico, err := time.LoadLocation("America/Mexico_City")
	f.must(err)
	if said := f.last(id).Body; !p.Late || !p.Due.After(f.now) || !strings.Contains(said, p.Due.In(mexico).Format("15:04 (tu hora)")) {
		t.Errorf("after the first deadline: %+v, and the shopper reads %s", p, said)
	}
	f.now = f.now.Add(time.Hour)
	f.sweep()
	if p := place(); !p.Late || !p.Due.IsZero() || p.Minutes != 0 {
		t.Errorf("after the second: %+v", p)
	}
}

func TestAClaimWithoutAWordKeepsThePromiseInSight(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	ticket := f.escalate(id, 1)
	mei := f.agent("Mei")
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	if p, err := f.desk.Place(ctx, f.shop, id); err != nil || p.AgentName != "Mei" || p.Due.Sub(ticket.Due).Abs() > time.Second {
		t.Errorf("after the claim: %+v (%v), due %v", p, err, ticket.Due)
	}
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "I am looking for your parcel.", 0)
	f.must(err)
	if p, err := f.desk.Place(ctx, f.shop, id); err != nil || !p.Due.IsZero() || p.Late {
		t.Errorf("after her first word: %+v (%v)", p, err)
	}
}

func TestAPlanThatWasPromisedStaysInSightUntilItIsGiven(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now()
	id, caseID, mei := f.claimed("c-1", 2)
	due := f.theCase(caseID).PlanDue
	_, err := f.desk.Reply(ctx, f.shop, id, mei, "I am looking for your parcel.", 0)
	f.must(err)
	if p, err := f.desk.Place(ctx, f.shop, id); err != nil || !p.Plan || p.Due.Sub(*due).Abs() > time.Second {
		t.Errorf("after her first word: %+v (%v), due %v", p, err, due)
	}
	f.now = due.Add(time.Minute)
	if p, err := f.desk.Place(ctx, f.shop, id); err != nil || p.Plan || p.Late || !p.Due.IsZero() {
		t.Errorf("once it is late: %+v (%v)", p, err)
	}
	f.now = due.Add(-time.Minute)
	_, err = f.desk.ReplyWithPlan(ctx, f.shop, id, mei, "A new one leaves today.", 0)
	f.must(err)
	if p, err := f.desk.Place(ctx, f.shop, id); err != nil || p.Plan || !p.Due.IsZero() {
		t.Errorf("with the plan: %+v (%v)", p, err)
	}
}

func TestTheWaitFollowsThePaceOfClaims(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Now()
	mei := f.agent("Mei")
	for _, name := range []string{"a", "b", "c"} {
		ticket := f.escalate(f.hear(name, "a person please"), 1)
		f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
		f.now = f.now.Add(10 * time.Minute)
	}
	id := f.hear("d", "a person please")
	f.escalate(id, 1)
	if p, err := f.desk.Place(ctx, f.shop, id); err != nil || p.Minutes != 10 {
		t.Errorf("one claim in ten minutes, and the wait is %d minutes (%v)", p.Minutes, err)
	}
}

func TestAShopperReadsAndCorrectsWhatIsSent(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "a person please")
	_, err := f.desk.Shared(ctx, f.shop, id)
	wantErr(t, err, handoff.ErrNotFound)
	wantErr(t, f.desk.Correct(ctx, f.shop, id, conversation.Correction{Text: "no"}), handoff.ErrNotFound)
	ticket := f.escalate(id, 1)
	f.must(f.desk.Correct(ctx, f.shop, id, conversation.Correction{Text: " it did come, \x00but broken ", Wanted: "a refund"}))
	if s, err := f.desk.Shared(ctx, f.shop, id); err != nil || s.Summary != "a parcel that did not come" || s.Wanted != "a refund" || s.Correction != "it did come, but broken" {
		t.Errorf("shared is %+v (%v)", s, err)
	}
	f.must(f.desk.Correct(ctx, f.shop, id, conversation.Correction{Wanted: "another one"}))
	s, err := f.desk.Shared(ctx, f.shop, id)
	f.must(err)
	if p, err := f.desk.Packet(ctx, f.shop, ticket.CaseID); err != nil || s.Wanted != "another one" || p.Star.Result != "another one" || p.Correction != "" {
		t.Errorf("what is wanted is %q to the shopper and %q to the agent, with %q (%v)", s.Wanted, p.Star.Result, p.Correction, err)
	}
	for _, bad := range []conversation.Contact{{}, {Email: "nobody"}, {Email: "a@b"}, {Phone: "12"}, {Phone: "call me"}, {Email: "Ana <ana@example.com>"}} {
		wantErr(t, f.desk.LeaveContact(ctx, f.shop, id, bad), handoff.ErrInvalid)
	}
	f.must(f.desk.LeaveContact(ctx, f.shop, id, conversation.Contact{Email: "ana@example.com"}))
	f.must(f.desk.LeaveContact(ctx, f.shop, id, conversation.Contact{Phone: "+34 600 (000) 000"}))
	p, err := f.desk.Packet(ctx, f.shop, ticket.CaseID)
	f.must(err)
	c, err := f.store.Conversation(ctx, f.shop, id)
	f.must(err)
	for _, s := range []conversation.Shopper{p.Shopper, c.Shopper} {
		if s.Email != "ana@example.com" || s.Phone != "+34600000000" {
			t.Errorf("kept is %+v", s)
		}
	}
}

func TestMacrosFillInWhatIsKnown(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	m, err := f.desk.SaveMacro(ctx, f.shop, handoff.Macro{Name: "hello", Locale: "en", Body: "Hello {name}, your order {order} is on its way."})
	f.must(err)
	if got := m.Fill(map[string]string{"name": "Ana"}); got != "Hello Ana, your order {order} is on its way." {
		t.Errorf("filled in: %s", got)
	}
	_, err = f.desk.SaveMacro(ctx, f.shop, handoff.Macro{Name: "hello", Locale: "en", Body: "Hi"})
	wantErr(t, err, handoff.ErrExists)
	_, err = f.desk.SaveMacro(ctx, f.shop, handoff.Macro{Name: "two words", Body: "Hi"})
	wantErr(t, err, handoff.ErrInvalid)
	m.Body = "Hi {name}"
	_, err = f.desk.SaveMacro(ctx, f.shop, m)
	f.must(err)
	if list, err := f.desk.Macros(ctx, f.shop, "en"); err != nil || len(list) != 1 || list[0] != m {
		t.Errorf("the macros are %+v (%v)", list, err)
	}
	f.must(f.desk.RemoveMacro(ctx, f.shop, m.ID))
	wantErr(t, f.desk.RemoveMacro(ctx, f.shop, m.ID), handoff.ErrNotFound)
}

func TestFiguresCountWhatHappened(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	f.now = time.Date(2027, 1, 10, 12, 0, 0, 0, time.UTC)
	mei := f.agent("Mei")
	for i, wait := range []time.Duration{2 * time.Minute, 4 * time.Minute, 20 * time.Minute} {
		id := f.hear("c-"+string(rune('a'+i)), "a person please")
		began := f.now
		ticket := f.escalate(id, 1)
		f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
		f.now = began.Add(wait)
		_, err := f.desk.Reply(ctx, f.shop, id, mei, "Hello", 0)
		f.must(err)
		f.must(f.desk.Resolve(ctx, f.shop, ticket.CaseID, mei, "solved", 0))
		f.must(f.desk.Rate(ctx, f.shop, id, i+3, ""))
	}
	got, err := f.desk.Figures(ctx, f.shop, f.now.Add(-24*time.Hour), f.now.Add(time.Minute))
	f.must(err)
	if got.Cases != 3 || got.FirstReply.Cases != 3 || got.FirstReply.P50 != 4*time.Minute || got.FirstReply.P95 < 18*time.Minute ||
		len(got.Reasons) != 1 || got.Reasons[0] != (handoff.ReasonCount{Kind: "wish", Cases: 3}) {
		t.Errorf("the figures are %+v", got)
	}
	if len(got.Clocks) != 2 || got.Clocks[0] != (handoff.Kept{Clock: "first_reply", Kept: 2, Total: 3}) || got.Clocks[1] != (handoff.Kept{Clock: "promise", Kept: 2, Total: 3}) {
		t.Errorf("the clocks are %+v", got.Clocks)
	}
	if len(got.Days) != 1 || got.Days[0].Cases != 3 || got.Days[0].Resolved != 3 || got.Days[0].Ratings != 3 || got.Days[0].Mean != 4 {
		t.Errorf("the days are %+v", got.Days)
	}
}

func TestAContactIsConfirmedOnceInTheShoppersLanguage(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	for language, want := range map[string]string{
		"zh": "谢谢，已记下您的联系方式：ana@example.com。客服回复时如果您不在，会通过它联系您。",
		"en": "Thank you. If you're not here when a colleague answers, they'll reach you at ana@example.com.",
		"es": "Gracias. Si no estás aquí cuando te responda un compañero, te localizará en ana@example.com.",
	} {
		id := f.hear("c-"+language, "a person please")
		mail := conversation.Contact{Email: "ana@example.com"}
		f.must(f.desk.LeaveContact(ctx, f.shop, id, conversation.Contact{Phone: "612345678"})) // the bot has it: nothing to wait for
		f.exec(`update conversations set locale = $2 where conversation_id = $1`, id, language)
		ticket := f.escalate(id, 1)
		f.exec(`update conversations set locale = $2 where conversation_id = $1`, id, language)
		for range 3 {
			f.must(f.desk.LeaveContact(ctx, f.shop, id, mail))
		}
		if n := f.count(`select count(*) from messages where conversation_id = $1 and author = 'system'`, id); n != 1 || f.last(id).Body != want {
			t.Errorf("%s: %d words, the last %q", language, n, f.last(id).Body)
		}
		mei := f.agent("Mei" + language)
		f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
		f.must(f.desk.LeaveContact(ctx, f.shop, id, conversation.Contact{Email: "other@example.com"}))
		if f.last(id).Body != want {
			t.Errorf("%s: the shop spoke over an agent: %q", language, f.last(id).Body)
		}
	}
}
