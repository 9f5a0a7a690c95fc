package handoff

import (
	"slices"
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

// How a clock stands, in Clock.Standing.
const (
	StandsRunning  = "running"
	StandsOverdue  = "overdue"   // not met, and too late already
	StandsKept     = "kept"      // met in time
	StandsKeptLate = "kept_late" // met, but too late
)

// Clock is one thing owed by a time.
type Clock struct {
	Name     string     `json:"name"`
	Due      time.Time  `json:"due"`
	MetAt    *time.Time `json:"met_at,omitempty"`
	Breached bool       `json:"breached,omitempty"` // announced as breached
}

// Standing says how the clock stands now. Every page and figure that calls something done or late asks this, so that they agree.
func (c Clock) Standing(now time.Time) string {
	switch {
	case c.MetAt != nil && c.MetAt.After(c.Due):
		return StandsKeptLate
	case c.MetAt != nil:
		return StandsKept
	case c.Due.Before(now):
		return StandsOverdue
	}
	return StandsRunning
}

// LateBy is how much too late it was met or, while it is not, how much too late it is by now; 0 where it is not late.
func (c Clock) LateBy(now time.Time) time.Duration {
	if c.MetAt != nil {
		now = *c.MetAt
	}
	return max(0, now.Sub(c.Due))
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

// Alarms returns what stands against an open case now: clocks and promises that are overdue, and what the sweeper has found
// and nobody has mended yet. A clock that was met, if late, alarms no longer.
func (c Case) Alarms(now time.Time) []Clock {
	if !c.IsOpen() {
		return nil
	}
	clocks := c.Clocks()
	if c.PromiseDue != nil {
		clocks = append(clocks, Clock{Name: ClockPromise, Due: *c.PromiseDue})
	}
	if c.State == Waiting && c.ClaimDue != nil {
		clocks = append(clocks, Clock{Name: ClockUnowned, Due: *c.ClaimDue, Breached: c.wasBreached(ClockUnowned)})
	}
	clocks = slices.DeleteFunc(clocks, func(clock Clock) bool { return clock.Standing(now) != StandsOverdue })
	for _, name := range []string{ClockAnswer, ClockAway} {
		if c.wasBreached(name) {
			clocks = append(clocks, Clock{Name: name, Breached: true})
		}
	}
	return clocks
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

// start sets the clocks of a case that comes to the desk now. They stand still while the desk is closed, except those of a
// risk, which does not wait for the morning.
func (c *Case) start(t Terms, now time.Time) {
	due, claim := func(d time.Duration) time.Time { return t.Hours.After(now, d) }, t.FirstReply/2 // an alarm while the clock can still be kept
	if c.Level >= 3 {
		due, claim = now.Add, t.FirstReply/5
	}
	c.CreatedAt, c.FirstReplyDue = now, due(t.FirstReply)
	if c.State == Waiting {
		c.ClaimDue = new(due(claim))
	}
	if c.Level >= 2 {
		c.PlanDue, c.SolutionDue = new(due(t.Plan)), new(due(t.Solution))
	}
}

// owes is what a shopper can be told: by when a person writes or, on a complaint, comes with a plan. Nothing is promised for
// a time when nobody is there; a closed desk promises that a person writes.
func (c Case) owes(t Terms, now time.Time) (awaits string, due time.Time) {
	open := t.Hours.Open(now)
	switch {
	case open && c.PlanDue != nil && t.Hours.Open(*c.PlanDue):
		return AwaitsPlan, *c.PlanDue
	case open && c.PlanDue != nil:
		return AwaitsPlan, t.Hours.After(now, t.Plan)
	case open && t.Hours.Open(c.FirstReplyDue):
		return AwaitsReply, c.FirstReplyDue
	}
	return AwaitsReply, t.Hours.After(now, t.FirstReply)
}
