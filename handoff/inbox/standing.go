package inbox

import (
	"context"
	"fmt"
	"slices"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/labstack/echo/v4"
)

// ended is how a case came to its end.
type ended struct {
	Outcome  string // "" of one that was returned
	Returned bool
	Agent    string
	At       string
}

// debt is a clock that runs, or a promise in its words.
type debt struct {
	clock
	Said string
	What string // reply or plan: what the desk told the shopper, apart from its clock
	Key  string // ticked where it was done: of an agent's promise, or planGiven
}

// planGiven is what a person ticks who has given the promised plan.
const planGiven = "plan"

// outcome is a way in which a case may end.
type outcome struct {
	ID    string
	Needs bool // a word to the shopper before
}

// stand says who has the conversation and what this person may do about it.
func (t *thread) stand(conv conversation.Conversation, k handoff.Case, p staff.Person) {
	open := t.HasCase && k.IsOpen()
	t.Mine = conv.Holder == conversation.HeldByAgent && conv.AgentID != nil && *conv.AgentID == p.ID
	if conv.Holder == conversation.HeldByAgent && !t.Mine {
		t.Agent = firstOf(k.AgentName, "?")
	}
	t.CanClaim = open && k.State == handoff.Waiting
	t.CanTakeOver = !open && !t.Erased
	t.Composing = t.Mine
	for _, id := range handoff.Outcomes() {
		t.Outcomes = append(t.Outcomes, outcome{ID: id, Needs: t.Silent && handoff.Solves(id)})
	}
	t.CanClose = t.Mine || open && p.Has(staff.Supervisor)
	t.CanBlock = !t.Erased && (!open || k.State == handoff.Waiting || t.CanClose)
	if open {
		t.Level, t.Skill = k.Level, k.Skill
	}
	t.Shape = fmt.Sprintf("%s-%t-%t-%t", k.ID, open, t.Composing, t.CanClose)
}

// standing says of the newest case until when it is out of sight, or how it ended.
func (t *thread) standing(v view, k handoff.Case) {
	switch {
	case k.IsOpen() && k.SnoozedUntil != nil && k.SnoozedUntil.After(v.Now):
		t.Snoozed, t.ForShopper = v.moment(*k.SnoozedUntil), k.WaitsForShopper(v.Now)
	case !k.IsOpen() && k.ClosedAt != nil:
		t.Ended = &ended{Outcome: knownOutcome(k.Outcome), Returned: k.State == handoff.Returned, Agent: k.AgentName, At: v.moment(*k.ClosedAt)}
	}
}

// owes gathers what somebody would have to have done before the case is closed, and says whether the shopper was promised any of it.
func (t *thread) owes() {
	for _, c := range t.Clocks {
		if c.Done {
			continue
		}
		d := debt{clock: c}
		if c.ID == handoff.ClockPlan && t.CanPlan {
			d.Key = planGiven
		}
		t.Owes, t.Told = append(t.Owes, d), t.Told || c.Said != ""
	}
	if t.Context == nil {
		return
	}
	for _, p := range t.Context.Promises {
		if p.Kept || p.Gone {
			continue
		}
		d := debt{clock: p.clock, Said: p.Said, What: p.What}
		if p.Own {
			d.Key, d.What, t.Promised = p.Key, "", true
		}
		t.Owes, t.Told = append(t.Owes, d), true
	}
}

// left says whether it is left undone by whoever ticks this much. Whether there is a solution, the outcome says.
func (d debt) left(kept []string) bool {
	return d.ID != handoff.ClockSolution && (d.Key == "" || !slices.Contains(kept, d.Key))
}

// leaves says whether something would be left undone by whoever closes the case now, having ticked this much.
func (t *thread) leaves(kept []string) bool {
	return t.Pledge != nil || slices.ContainsFunc(t.Owes, func(d debt) bool { return d.left(kept) })
}

// Left says whether somebody has to say that they know what they leave undone; Waivable, whether ticking all boxes spares them.
func (t *thread) Left() bool { return t.leaves(nil) }

// Waivable: see Left.
func (t *thread) Waivable() bool {
	return t.Pledge == nil && !slices.ContainsFunc(t.Owes, func(d debt) bool { return d.Key == "" && d.left(nil) })
}

// waiting adds the clock of a shopper who wrote again, which the queue knows.
func (t *thread) waiting(rows []row) {
	for _, r := range rows {
		if r.Current && r.Clock != nil && r.Clock.ID == handoff.ClockAnswer {
			t.Clocks = append([]clock{*r.Clock}, t.Clocks...)
		}
	}
}

// press picks what is due next of all that somebody owes.
func (t *thread) press() {
	open := slices.DeleteFunc(slices.Clone(t.Clocks), func(c clock) bool { return c.Done })
	if t.Context != nil {
		for _, p := range t.Context.Promises {
			if !p.Kept && !p.Gone {
				open = append(open, p.clock)
			}
		}
	}
	if len(open) > 0 {
		first := slices.MinFunc(open, func(a, b clock) int { return a.Due.Compare(b.Due) })
		t.Pressing = &first
	}
}

// goOn leads away from a conversation in which this person has nothing to do any more: to the first that they or nobody has, of
// the list or, where that is at its end, of all.
func (f *Face) goOn(c echo.Context, t *thread, rows []row) error {
	if t.Mine || t.CanClaim {
		return nil
	}
	if t.goesOn(rows); t.Next != nil || t.Ended == nil {
		return nil
	}
	all, _, err := f.desk.Queue(c.Request().Context(), opened(c).ShopID, handoff.View{Name: handoff.ViewAll, Agent: person(c).ID, Limit: rowsPerPage})
	if err != nil {
		return err
	}
	if rows, err = f.rows(c, all, placeIn(nil), opened(c).ID); err == nil {
		t.goesOn(rows)
	}
	return err
}

func (t *thread) goesOn(rows []row) {
	i := slices.IndexFunc(rows, func(r row) bool { return !r.Current && r.Level > 0 && r.Snoozed == "" && (r.Mine || r.Agent == "") })
	if i >= 0 {
		t.Next = &rows[i]
	}
}

func (f *Face) fillCase(ctx context.Context, v view, conv conversation.Conversation, k handoff.Case, t *thread) (err error) {
	if !t.HasCase {
		return nil
	}
	t.standing(v, k)
	cases, err := f.desk.Cases(ctx, k.ShopID, k.ConversationID)
	if err != nil {
		return err
	}
	t.Silent = !slices.ContainsFunc(cases, func(c handoff.Case) bool { return c.Episode == k.Episode && c.FirstReplyAt != nil })
	if k.IsOpen() {
		for _, c := range k.Clocks() {
			t.Clocks = append(t.Clocks, v.clock(c))
		}
		t.NeedsSolution = k.SolutionDue != nil && k.SolutionAt == nil
		t.NeedsPlan = k.PlanDue != nil && k.PlanAt == nil
		t.CanPlan = t.NeedsPlan && k.FirstReplyAt != nil
	}
	if t.Ratings, err = f.desk.Ratings(ctx, conv.ShopID, conv.ID); err != nil {
		return err
	}
	if k.IsOpen() || k.Episode == conv.Episode { // a packet of an earlier episode says nothing of this one
		v.Theirs = conv.Shopper.Clock(v.Zone)
		t.Context, err = f.packetOf(ctx, v, conv, k, cases)
		t.join()
	}
	return err
}

// join puts what the desk has told the shopper into the line of the clock that it names, so that one matter stands once, with the
// time that was told where that is another. Of what it has told again and again, the last is what holds.
func (t *thread) join() {
	if t.Context == nil {
		return
	}
	last := map[string]owed{}
	for _, p := range t.Context.Promises {
		if before, again := last[p.What]; !p.Own && (!again || before.Done && !p.Done || before.Done == p.Done && !p.Due.Before(before.Due)) {
			last[p.What] = p
		}
	}
	names := map[string]string{handoff.AwaitsReply: handoff.ClockFirstReply, handoff.AwaitsPlan: handoff.ClockPlan}
	t.Context.Promises = slices.DeleteFunc(t.Context.Promises, func(p owed) bool {
		if p.Own {
			return false
		}
		if p.Key != last[p.What].Key {
			return true
		}
		i := slices.IndexFunc(t.Clocks, func(c clock) bool { return c.ID == names[p.What] && c.Done == p.Done })
		if i < 0 {
			return false
		}
		if t.Clocks[i].Said, t.Clocks[i].Their = p.Said, p.Their; t.Clocks[i].Text != p.Text {
			t.Clocks[i].ToldBy = p.Text
		}
		return true
	})
}
