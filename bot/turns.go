package bot

import (
	"slices"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"

	"golang.org/x/text/unicode/norm"
)

// openTurn returns what the shopper said since the last answer, one message a line.
func openTurn(turns []triage.Turn) string {
	i := len(turns)
	for i > 0 && turns[i-1].Role == "shopper" {
		i--
	}
	lines := make([]string, 0, len(turns)-i)
	for _, t := range turns[i:] {
		lines = append(lines, t.Text)
	}
	return strings.Join(lines, "\n")
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

// ordinals are the ways to name one of three choices.
var ordinals = [][]string{
	{"1", "一", "第一", "第一个", "一号", "first", "the first", "first one", "the first one", "one", "number one", "primera", "la primera", "el primero", "primero", "uno", "la 1"},
	{"2", "二", "第二", "第二个", "二号", "second", "the second", "second one", "the second one", "two", "number two", "segunda", "la segunda", "el segundo", "segundo", "dos", "la 2"},
	{"3", "三", "第三", "第三个", "三号", "third", "the third", "third one", "the third one", "three", "number three", "tercera", "la tercera", "el tercero", "tercero", "tres", "la 3"},
}

// pickOption lets a shopper pick from a question back by its number; anything else stays as it is.
func pickOption(text string, offered []conversation.Option) string {
	said := strings.ToLower(strings.Trim(norm.NFKC.String(text), " \n.,。，)）!！第个"))
	for i, names := range ordinals[:min(len(ordinals), len(offered))] {
		if slices.Contains(names, said) || said == strings.Trim(names[2], "第个") {
			return offered[i].Label
		}
	}
	return text
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
