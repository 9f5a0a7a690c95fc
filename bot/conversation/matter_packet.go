package conversation

import (
	"cmp"
	"strings"
)

// Into puts what the episode is about into a packet: into the fields that a model has not filled, and beside what is there.
// Where nothing says what it is about, what the packet has stands.
func (m Matter) Into(p *Packet) {
	p.Wants, p.Deadline, p.Threat, p.Attempts, p.Numbers = m.Wants, m.Deadline, m.Threat, m.Attempts, m.Numbers
	if found := len(m.Wants) > 0 || m.Problem != ""; !p.Star.ByModel && (found || p.Summary == "") {
		p.Summary = m.Summary
		p.Star.Situation, p.Star.Task, p.Star.Result = m.Problem, wantLines(m.Wants), m.Result
		if p.Star.Task == "" {
			p.Star.Situation, p.Star.Task = "", cmp.Or(m.Problem, m.Summary)
		}
	}
	if tried := TriedLines(m.Attempts, p.Language); tried != "" {
		p.Star.Tried = tried
	}
	for _, n := range m.Numbers {
		if n.Kind == NumberOrder {
			p.Page.Order = cmp.Or(p.Page.Order, n.Value)
		}
	}
	p.Shopper.Email, p.Shopper.Phone = cmp.Or(p.Shopper.Email, m.Contact.Email), cmp.Or(p.Shopper.Phone, m.Contact.Phone)
}

func wantLines(wants []Want) string {
	lines := make([]string, 0, len(wants))
	for _, w := range wants {
		lines = append(lines, w.Text)
	}
	return strings.Join(lines, "\n")
}
