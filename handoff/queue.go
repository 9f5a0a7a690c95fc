package handoff

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
)

// The views of the queue.
const (
	ViewMine     = "mine"     // what the agent has
	ViewWaiting  = "waiting"  // what nobody has yet
	ViewAll      = "all"      // both, everybody's
	ViewBot      = "bot"      // conversations in which the bot speaks
	ViewResolved = "resolved" // closed cases, returned ones too
)

// View selects rows of the queue.
type View struct {
	Name   string    // one of the views; waiting when empty
	Agent  uuid.UUID // whose, for mine
	Text   string    // found in the packet: shopper, order, summary, transcript; in what the bot has, in the conversation
	Skill  string
	Limit  int // 50 when 0
	Offset int
}

// Row is one line of the queue. A row of the bot view has no case: its Case.ID is uuid.Nil.
type Row struct {
	Case
	Head    conversation.Head `json:"head"`
	Clock   *Clock            `json:"clock,omitempty"` // what runs out next
	Snoozed bool              `json:"snoozed,omitempty"`
	Awaits  bool              `json:"awaits,omitempty"` // a shopper waits for us here, or something is overdue
	Presses bool              `json:"presses,omitempty"`
	Looking []Looker          `json:"looking,omitempty"`
}

const maxOpen = 5000 // open cases that one shop's queue sorts at once

// Queue returns rows of a view and how many there are in all; of the bot's and the resolved view, which have no end, the
// number is one more than what was shown when there are more. Open cases are sorted so that what is on top is to be answered
// first: those in which a shopper waits for us or something is overdue, then those that were answered and only run on, then
// the snoozed ones. Within each, what presses comes before what has time: a risk that nobody has answered, and every clock that
// has run out or is about to; then by level, then by the clock that runs out next. The other views show the newest first.
func (d *Desk) Queue(ctx context.Context, shopID uuid.UUID, v View) (rows []Row, total int, err error) {
	if v.Limit <= 0 || v.Limit > 500 {
		v.Limit = 50
	}
	v.Offset = max(v.Offset, 0)
	switch v.Name {
	case ViewBot:
		rows, err = d.talking(ctx, shopID, v)
	case ViewResolved:
		rows, err = d.closed(ctx, shopID, v)
	case ViewMentions:
		rows, err = d.mentioning(ctx, shopID, v)
	default:
		rows, err = d.open(ctx, shopID, v)
	}
	if err != nil {
		return nil, 0, err
	}
	total = len(rows)
	rows = rows[min(v.Offset, total):min(v.Offset+v.Limit, total)]
	return rows, total, d.addLookers(ctx, shopID, rows)
}

func (d *Desk) open(ctx context.Context, shopID uuid.UUID, v View) ([]Row, error) {
	states := []string{Waiting, Claimed}
	switch v.Name {
	case ViewMine:
		states = []string{Claimed}
	case ViewWaiting, "":
		states = []string{Waiting}
	}
	cases, err := manyCases(ctx, d.pool, casesSQL+`
		where c.shop_id = $1 and c.state = any($4) and ($5::uuid = $6 or c.agent_id = $5) and ($2 = '' or c.skill = $2) and (`+holdsText+` or `+saidText+`)
		limit $7`, shopID, v.Skill, likePattern(v.Text), states, mine(v), uuid.Nil, maxOpen)
	if err != nil {
		return nil, err
	}
	rows, err := d.withHeads(ctx, shopID, cases)
	if err != nil {
		return nil, err
	}
	terms, err := d.Terms(ctx, shopID)
	if err != nil {
		return nil, err
	}
	now := d.now()
	for i := range rows {
		rows[i].Clock = nextClock(rows[i].Case, rows[i].Head, terms)
		rows[i].Snoozed, rows[i].Awaits, rows[i].Presses = rows[i].snoozed(now), rows[i].awaits(now), rows[i].presses(now)
	}
	slices.SortFunc(rows, byUrgency)
	return rows, nil
}

func (d *Desk) closed(ctx context.Context, shopID uuid.UUID, v View) ([]Row, error) {
	cases, err := manyCases(ctx, d.pool, casesSQL+`
		where c.shop_id = $1 and c.state in ('returned', 'resolved') and ($2 = '' or c.skill = $2) and `+holdsText+`
		order by c.closed_at desc limit $4`, shopID, v.Skill, likePattern(v.Text), v.Offset+v.Limit+1)
	if err != nil {
		return nil, err
	}
	return d.withHeads(ctx, shopID, cases)
}

// holdsText looks for $3 in the packet. A shop has hundreds of open cases, not millions.
const holdsText = `($3 = '' or exists (select from packets k where k.shop_id = c.shop_id and k.case_id = c.case_id and k.packet::text ilike $3))`

// saidText looks for $3 in what was said since: a number that came after the handover is in no packet.
const saidText = `exists (select from messages m where m.shop_id = c.shop_id and m.conversation_id = c.conversation_id and m.episode >= c.episode
	and m.author <> 'bot' and m.body ilike $3)`

func (d *Desk) talking(ctx context.Context, shopID uuid.UUID, v View) ([]Row, error) {
	var talks []conversation.Conversation
	var err error
	if pattern := likePattern(v.Text); pattern != "" {
		talks, err = d.store.Find(ctx, shopID, conversation.HeldByBot, pattern, v.Offset+v.Limit+1)
	} else {
		talks, err = d.store.Recent(ctx, shopID, conversation.HeldByBot, v.Offset+v.Limit+1)
	}
	if err != nil {
		return nil, err
	}
	cases := make([]Case, 0, len(talks))
	for _, c := range talks {
		cases = append(cases, Case{ShopID: shopID, ConversationID: c.ID, Episode: c.Episode, Language: c.Locale, CreatedAt: c.CreatedAt})
	}
	return d.withHeads(ctx, shopID, cases)
}

func (d *Desk) withHeads(ctx context.Context, shopID uuid.UUID, cases []Case) ([]Row, error) {
	ids := make([]uuid.UUID, 0, len(cases))
	for _, c := range cases {
		ids = append(ids, c.ConversationID)
	}
	heads, err := d.store.Heads(ctx, shopID, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, 0, len(cases))
	for _, c := range cases {
		rows = append(rows, Row{Case: c, Head: heads[c.ConversationID]})
	}
	return rows, nil
}

// nextClock is what runs out next on a case, including the shopper's own waiting once the agent has begun to answer.
func nextClock(c Case, head conversation.Head, terms Terms) *Clock {
	next, owed := c.Next()
	if answer, waits := answerClock(c, head, terms); waits && (!owed || answer.Due.Before(next.Due)) {
		next, owed = answer, true
	}
	if !owed {
		return nil
	}
	return &next
}

func answerClock(c Case, head conversation.Head, terms Terms) (Clock, bool) {
	if c.State != Claimed || c.FirstReplyAt == nil || head.TurnSince == nil {
		return Clock{}, false
	}
	return Clock{Name: ClockAnswer, Due: terms.Hours.After(*head.TurnSince, terms.FirstReply), Breached: c.wasBreached(ClockAnswer)}, true
}

func (r Row) snoozed(now time.Time) bool {
	wrote := r.Head.LastAuthor == conversation.ByShopper && r.Head.LastSeq > r.SnoozedSeq && r.Head.TurnSince != nil // thanks want nothing
	return r.SnoozedUntil != nil && r.SnoozedUntil.After(now) && !wrote
}

// awaits says whether a shopper waits for us: nobody has written yet or has the case, they wrote again, or something owed is
// overdue.
func (r Row) awaits(now time.Time) bool {
	return r.State == Waiting || r.FirstReplyAt == nil || r.Head.TurnSince != nil || r.Clock != nil && r.Clock.Standing(now) == StandsOverdue
}

// aboutToRunOut is how long before its end a clock presses.
const aboutToRunOut = 2 * time.Minute

func (r Row) presses(now time.Time) bool {
	return r.Level >= risk && r.FirstReplyAt == nil || r.Clock != nil && r.Clock.Due.Before(now.Add(aboutToRunOut))
}

func byUrgency(a, b Row) int {
	return cmp.Or(truth(a.Snoozed)-truth(b.Snoozed), truth(b.Awaits)-truth(a.Awaits), truth(b.Presses)-truth(a.Presses), cmp.Compare(b.Level, a.Level), dueOf(a).Compare(dueOf(b)), a.CreatedAt.Compare(b.CreatedAt), slices.Compare(a.ID[:], b.ID[:]))
}

func truth(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func dueOf(r Row) time.Time {
	if r.Clock == nil {
		return time.Unix(1<<40, 0) // after everything that is owed
	}
	return r.Clock.Due
}

func mine(v View) uuid.UUID {
	if v.Name == ViewMine {
		return v.Agent
	}
	return uuid.Nil
}

func likePattern(text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(text) + "%"
}

// Counts says how many rows the views of open cases have; those whose row shows a clock that has run out count again under
// "breached", and those of level 3 under "alarm". A shopper's second waiting counts once the sweeper has seen it.
func (d *Desk) Counts(ctx context.Context, shopID, agent uuid.UUID) (map[string]int, error) {
	var mine, waiting, all, breached, alarm int
	err := d.pool.QueryRow(ctx, `
		select count(*) filter (where state = 'claimed' and agent_id = $2), count(*) filter (where state = 'waiting'), count(*),
			count(*) filter (where first_reply_at is null and first_reply_due < $3 or plan_at is null and plan_due < $3
				or solution_at is null and solution_due < $3 or 'answer' = any(breached)
				or exists (select from promises p where p.shop_id = c.shop_id and p.case_id = c.case_id
					and p.kept_at is null and p.withdrawn_at is null and p.due_at < $3)),
			count(*) filter (where level = 3)
		from cases c where shop_id = $1 and state in ('waiting', 'claimed')`, shopID, agent, d.now()).Scan(&mine, &waiting, &all, &breached, &alarm)
	if err != nil {
		return nil, fmt.Errorf("counts of the queue: %w", err)
	}
	return map[string]int{ViewMine: mine, ViewWaiting: waiting, ViewAll: all, "breached": breached, "alarm": alarm}, nil
}
