package bot

import (
	"strings"
	"unicode/utf8"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
)

// readOfTurn is how much of a turn is looked into, in code points: as much as one message may have.
const readOfTurn = 8000

// openTurn returns what the shopper said since the last answer, one message a line; of a flood, what came last.
func openTurn(turns []triage.Turn) string {
	i := len(turns)
	for i > 0 && turns[i-1].Role == "shopper" {
		i--
	}
	lines := make([]string, 0, len(turns)-i)
	for _, t := range turns[i:] {
		lines = append(lines, triage.Once(t.Text))
	}
	text := strings.Join(lines, "\n")
	if n := utf8.RuneCountInString(text); n > readOfTurn {
		text = string([]rune(text)[n-readOfTurn:])
	}
	return text
}

// previousText returns the shopper's last words before the open turn.
func previousText(turns []triage.Turn) string {
	answered := false
	for i := len(turns) - 1; i >= 0; i-- {
		switch {
		case turns[i].Role != "shopper":
			answered = true
		case answered:
			return turns[i].Text
		}
	}
	return ""
}

// turnsOf returns an episode's messages in the form that triage and the model read: what has been answered, in its order,
// and then the open turn, which is the shopper's messages after answered up to heard. A message that came while a turn
// was being answered stands in the transcript before that answer, and is still open after it. Images have no words.
func turnsOf(messages []conversation.Message, answered, heard int64) []triage.Turn {
	var turns, open []triage.Turn
	for _, m := range messages {
		shopper := m.Author == conversation.ByShopper
		switch {
		case m.Kind == conversation.KindImage, shopper && m.Seq > heard:
		case shopper && m.Seq > answered:
			open = append(open, triage.Turn{Role: "shopper", Text: m.Body, At: m.CreatedAt})
		case m.Author == conversation.BySystem:
			turns = append(turns, triage.Turn{Role: "bot", Text: m.Body, At: m.CreatedAt})
		default:
			turns = append(turns, triage.Turn{Role: string(m.Author), Text: m.Body, At: m.CreatedAt})
		}
	}
	return append(turns, open...)
}

func orElse(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func nonEmpty(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			out = append(out, p)
		}
	}
	return out
}
