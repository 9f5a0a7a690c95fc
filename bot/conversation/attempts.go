package conversation

import (
	"cmp"
	"slices"
	"strings"
)

// Attempt is one thing that was tried already: what the shopper says they did, what the bot answered (the title of its
// article), what an agent wrote.
type Attempt struct {
	By   Author `json:"by"`
	Name string `json:"name,omitempty"` // an agent's
	Text string `json:"text"`
	Seq  int64  `json:"seq"`
}

// tried notes what the bot answered from and what an agent wrote. What a mere handover found answered nothing.
func (m *Matter) tried(message Message) {
	switch message.Author {
	case ByBot:
		if message.OnlyHandsOver() {
			return
		}
		for _, e := range message.Evidence {
			if e.Title != "" {
				m.attempt(Attempt{By: ByBot, Text: e.Title, Seq: message.Seq})
			}
		}
	case ByAgent:
		if message.Kind != KindImage {
			m.attempt(Attempt{By: ByAgent, Name: message.StaffName, Text: strings.Join(strings.Fields(PlainText(message.Body)), " "), Seq: message.Seq})
		}
	}
}

func (m *Matter) attempt(a Attempt) {
	a.Text = cut(a.Text, attemptLength)
	if !slices.ContainsFunc(m.Attempts, func(b Attempt) bool { return a.By == b.By && a.Text == b.Text }) {
		m.Attempts = append(m.Attempts, a)
	}
	if len(m.Attempts) > mostAttempts {
		m.Attempts = m.Attempts[1:]
	}
}

// TriedLines is what was tried as text, a line each: the shopper's own words, what the bot answered, what agents wrote.
func TriedLines(attempts []Attempt, language string) string {
	label := map[string]string{"zh": "机器人答复过：", "es": "El bot respondió: "}[language]
	lines := make([]string, 0, len(attempts))
	for _, a := range attempts {
		switch a.By {
		case ByBot:
			lines = append(lines, cmp.Or(label, "Bot answered: ")+a.Text)
		case ByAgent:
			lines = append(lines, a.Name+": "+a.Text)
		default:
			lines = append(lines, a.Text)
		}
	}
	return strings.Join(lines, "\n")
}
