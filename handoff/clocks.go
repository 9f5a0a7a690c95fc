package handoff

import (
	"time"
)

// The clocks of a case, and what else the sweeper alarms about.
const (
	ClockFirstReply = "first_reply" // a person writes
	ClockPlan       = "plan"        // a concrete plan
	ClockSolution   = "solution"    // apology, solution, compensation
	ClockPromise    = "promise"     // what a shopper was told
	ClockUnowned    = "unowned"     // nobody has claimed it
	ClockAnswer     = "answer"      // the shopper wrote again and waits
	ClockAway       = "away"        // whoever has it is not at work
)

// Clock is one thing owed by a time.
type Clock struct {
	Name     string     `json:"name"`
	Due      time.Time  `json:"due"`
	MetAt    *time.Time `json:"met_at,omitempty"`
	Breached bool       `json:"breached,omitempty"` // announced as breached
}

// Clocks returns the case's clocks in the order in which they run out.
func (c Case) Clocks() []Clock {
	list := []Clock{{Name: ClockFirstReply, Due: c.FirstReplyDue, MetAt: c.FirstReplyAt, Breached: c.wasBreached(ClockFirstReply)}}
	if c.PlanDue != nil {
		list = append(list, Clock{Name: ClockPlan, Due: *c.PlanDue, MetAt: c.PlanAt, Breached: c.wasBreached(ClockPlan)})
	}
	if c.SolutionDue != nil {
		list = append(list, Clock{Name: ClockSolution, Due: *c.SolutionDue, MetAt: c.SolutionAt, Breached: c.wasBreached(ClockSolution)})
	}
	return list
}

// Next returns the clock of an open case that runs out first, promises included; false when nothing is owed.
func (c Case) Next() (next Clock, owed bool) {
	if !c.IsOpen() {
		return Clock{}, false
	}
	clocks := c.Clocks()
	if c.PromiseDue != nil {
		clocks = append(clocks, Clock{Name: ClockPromise, Due: *c.PromiseDue})
	}
	for _, clock := range clocks {
		if clock.MetAt == nil && (!owed || clock.Due.Before(next.Due)) {
			next, owed = clock, true
		}
	}
	return next, owed
}

// missed returns the clocks that have run out by now and were not announced yet.
func (c Case) missed(now time.Time) []Clock {
	clocks := c.Clocks()
	if c.State == Waiting && c.ClaimDue != nil {
		clocks = append(clocks, Clock{Name: ClockUnowned, Due: *c.ClaimDue, Breached: c.wasBreached(ClockUnowned)})
	}
	var out []Clock
	for _, clock := range clocks {
		if clock.MetAt == nil && !clock.Breached && clock.Due.Before(now) {
			out = append(out, clock)
		}
	}
	return out
}

// start sets the clocks of a case that comes to the desk now. Risk does not wait for the morning.
func (c *Case) start(t Terms, now time.Time) {
	from := t.Hours.Next(now)
	claim := t.FirstReply / 2 // an alarm while the clock can still be kept
	if c.Level >= 3 {
		from, claim = now, t.FirstReply/5
	}
	c.CreatedAt, c.FirstReplyDue = now, from.Add(t.FirstReply)
	if c.State == Waiting {
		c.ClaimDue = new(from.Add(claim))
	}
	if c.Level >= 2 {
		c.PlanDue, c.SolutionDue = new(from.Add(t.Plan)), new(from.Add(t.Solution))
	}
}

// owedBy is what a shopper can be told: by when a person writes or, on a complaint, comes with a plan. A closed desk
// promises nothing before it opens.
func (c Case) owedBy(t Terms, now time.Time) time.Time {
	if !t.Hours.Open(now) {
		return t.Hours.Next(now).Add(t.FirstReply)
	}
	if c.PlanDue != nil {
		return *c.PlanDue
	}
	return c.FirstReplyDue
}
