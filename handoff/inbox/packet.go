package inbox

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
)

// packet is the context pane: what an agent has to know before the first word.
type packet struct {
	Wanted, Correction, Deadline       string
	Threat, Advised                    string
	News                               []string // what was asked for since the handover
	Curve                              curve
	Promises                           []owed
	Confirm                            []confirmation
	Order, Product, Page, Email, Phone string
	Star                               conversation.Star
	Tried                              []conversation.Attempt
	Numbers                            []conversation.Number
	Reasons                            []reason
	Apology, Solution                  string
	Sorry                              bool // Apology is one, and not only a greeting
	Compensation                       []string
	Passages                           []source
	WouldHaveSaid                      string
	Earlier                            []earlier
	Proposal                           string // a reply to begin with
	Outline                            bool   // it has slots to fill in
}

// owed is one promise with its clock.
type owed struct {
	clock
	Key  string
	Said string
	Kept bool
	Gone bool   // withdrawn: nobody did it, and nobody will
	Own  bool   // an agent's, which is marked as kept by hand
	What string // reply or plan: what the desk's own sentence comes to
}

// confirmation is one of the things to make sure of before an order changes.
type confirmation struct {
	Name string
	By   string // who has made sure of it; "" nobody yet
	At   string
}

// earlier is a case of the same shopper before this one.
type earlier struct {
	At      time.Time
	State   string
	Outcome string
	Agent   string
}

// packetOf gathers the context of a case; nil when it has none.
func (f *Face) packetOf(ctx context.Context, v view, conv conversation.Conversation, k handoff.Case, cases []handoff.Case) (*packet, error) {
	p, err := f.desk.Packet(ctx, k.ShopID, k.ID)
	if errors.Is(err, handoff.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	promises, err := f.desk.Promises(ctx, k.ShopID, k.ID)
	if err != nil {
		return nil, err
	}
	out := v.packet(p, conv)
	if len(out.Confirm) > 0 {
		done, err := f.desk.Confirmed(ctx, k.ShopID, k.ID)
		if err != nil {
			return nil, err
		}
		for i, c := range out.Confirm {
			for _, d := range done {
				if d.Name == c.Name {
					out.Confirm[i].By, out.Confirm[i].At = d.StaffName, v.moment(d.At)
				}
			}
		}
	}
	for _, promise := range promises {
		out.Promises = append(out.Promises, v.owed(promise))
	}
	for _, c := range cases {
		if c.ID != k.ID {
			out.Earlier = append(out.Earlier, earlier{At: c.CreatedAt.In(v.Zone), State: oneOf(c.State, "waiting", "claimed", "returned", "resolved"),
				Outcome: knownOutcome(c.Outcome), Agent: c.AgentName})
		}
	}
	return out, nil
}

func (v view) owed(p handoff.Promise) owed {
	c := v.clock(p.Clock())
	c.Their = v.theirs(p.Due)
	return owed{clock: c, Key: p.ID.String(), Said: p.Said,
		Kept: p.KeptAt != nil, Gone: p.WithdrawnAt != nil, Own: p.StaffID != nil, What: oneOf(p.Awaits, handoff.AwaitsReply, handoff.AwaitsPlan)}
}

// worthShowing is the score from which an article is shown to an agent; what is below it has other words in common.
const worthShowing = 0.1

// packet takes from the packet what is shown. Contact and page may have become known since the packet was made.
func (v view) packet(p conversation.Packet, conv conversation.Conversation) *packet {
	out := &packet{
		Wanted: firstOf(p.Summary, p.Star.Task, p.Star.Situation), Correction: p.Correction, Deadline: p.Deadline, Threat: p.Threat, Advised: oneOf(p.Advised, "injury", "self_harm"), Curve: curveOf(p.MoodCurve),
		Order: firstOf(p.Page.Order, conv.Context.Order), Product: firstOf(p.Page.Product, conv.Context.Product),
		Page: firstOf(p.Page.Page, conv.Context.Page), Email: firstOf(conv.Shopper.Email, p.Shopper.Email),
		Phone: firstOf(conv.Shopper.Phone, p.Shopper.Phone), Star: p.Star, Tried: p.Attempts, Reasons: reasonsOf(p.Reasons),
		Apology: p.Draft.Apology, Sorry: p.Draft.Sorry, Solution: p.Draft.Solution, Compensation: p.Draft.Compensation,
		Passages: v.sources(p.Passages), WouldHaveSaid: p.WouldHaveSaid, Proposal: p.Draft.Text, Outline: p.Draft.Kind == conversation.DraftOutline,
	}
	out.Passages = slices.DeleteFunc(out.Passages, func(s source) bool { return s.Score < worthShowing })
	if len(p.Wants) < 2 { // one matter told at length is one matter
		out.Reasons = slices.DeleteFunc(out.Reasons, func(r reason) bool { return r.Kind == "several_intents" })
	}
	for _, w := range p.Wants {
		if p.ToSeq > 0 && w.Seq > p.ToSeq && !tells(out.Wanted, w.Text) {
			out.News = append(out.News, w.Text)
		}
	}
	for _, n := range p.Numbers {
		if n.Value != out.Order {
			out.Numbers = append(out.Numbers, n)
		}
	}
	if len(out.Tried) == 0 { // a packet of before attempts were kept one by one
		for _, line := range linesOf(p.Star.Tried) {
			out.Tried = append(out.Tried, conversation.Attempt{Text: line})
		}
	}
	if out.Star.Situation == out.Star.Task || tells(out.Wanted, out.Star.Situation) { // one message says both
		out.Star.Situation = ""
	}
	if tells(out.Wanted, out.Star.Task) {
		out.Star.Task = ""
	}
	for _, c := range p.Confirmations {
		if known := oneOf(c, handoff.Confirmations()...); known != "" {
			out.Confirm = append(out.Confirm, confirmation{Name: known})
		}
	}
	return out
}

// tells says whether the line above the story says the same already.
func tells(wanted, part string) bool {
	lines := linesOf(part)
	return len(lines) > 0 && !slices.ContainsFunc(lines, func(line string) bool {
		return !strings.Contains(wanted, strings.TrimRight(line, "。.!！?？ "))
	})
}

// linesOf splits what was tried into its steps; the same article tried twice is one.
func linesOf(text string) []string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
