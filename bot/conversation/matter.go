package conversation

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Matter is what an episode is about, read from the words of those who wrote it: no model, nothing that nobody said.
type Matter struct {
	Summary  string // one line: what went wrong and what is asked for, with its deadline
	Problem  string // what happened, "" where only a question was asked
	Wants    []Want // what is asked for and not answered yet, oldest first; five at most
	Deadline string // "before Friday", in the shopper's words; of the newest message that names one
	Threat   string // what the shopper says they will do about it: complain to an authority, post a review; their newest such clause
	Result   string // what shall come of it, in the language asked for: a refund, an exchange
	Attempts []Attempt
	Numbers  []Number
	Contact  Contact // the newest that the shopper wrote
}

// Want is one thing that a shopper asked for, in their own words.
type Want struct {
	Text     string `json:"text"`
	Seq      int64  `json:"seq"`
	Question bool   `json:"question,omitempty"`
}

const (
	summaryLength = 160 // characters, as are the others
	wantLength    = 240
	attemptLength = 120
	mostWants     = 5
	mostAttempts  = 12
	shownWants    = 3      // in the summary
	readOf        = 2000   // of a message; who writes more has said it by then
	readOfAll     = 16_000 // of all messages, the newest first: a flood must not keep anybody waiting
	firstReport   = 1      // in score
	mostSaid      = 120    // sentences of an episode, the newest
)

// MatterOf reads an episode's messages, oldest first. What the shopper asks for is what nobody has answered to their
// satisfaction, however loud the last words were. The result is named in this language.
func MatterOf(messages []Message, language string) Matter {
	m := Matter{}
	var all []said
	var last int64 // of the shopper
	messages = readable(messages)
	for i, message := range messages {
		m.tried(message)
		if message.Author != ByShopper || message.Kind == KindImage {
			continue
		}
		last = message.Seq
		all = merge(all, m.read(message, answered(messages, i), satisfied(messages, i)))
		all = all[max(0, len(all)-mostSaid):]
		m.Numbers = addNumbers(m.Numbers, message, askedForNumber(messages[:i]))
		m.Contact = m.Contact.or(ContactIn(message.Body))
		if deadline := deadlineIn(message.Body); deadline != "" {
			m.Deadline = deadline
		}
		m.Threat = cmp.Or(threatIn(message.Body), m.Threat)
	}
	m.decide(all, last, language)
	if m.Summary == "" {
		m.Summary = cut(lastWords(messages), summaryLength)
	}
	return m
}

// readable are the messages as far as they are read.
func readable(messages []Message) []Message {
	messages = slices.Clone(messages)
	left := readOfAll
	for i := len(messages) - 1; i >= 0; i-- {
		if messages[i].Body = cut(messages[i].Body, min(readOf, max(left, 1))); left > 0 {
			left -= utf8.RuneCountInString(messages[i].Body)
		}
	}
	return messages
}

// decide picks what is asked for and what went wrong.
func (m *Matter) decide(all []said, last int64, language string) {
	var wishes, problems []said
	for _, s := range all {
		switch {
		case s.wish && !s.satisfied:
			wishes = append(wishes, s)
		case !s.wish:
			problems = append(problems, s)
		}
	}
	problems = worst(problems, last)
	if len(wishes) == 0 { // everything was answered: the last question is the best guess, unless a report says more
		for i := len(all) - 1; i >= 0 && len(wishes) == 0; i-- {
			if all[i].wish && (len(problems) == 0 || all[i].score > problems[0].score) {
				wishes = append(wishes, all[i])
			}
		}
	}
	wishes = wishes[max(0, len(wishes)-mostWants):]
	for _, s := range wishes {
		m.Wants = append(m.Wants, Want{Text: cut(s.text, wantLength), Seq: s.seq, Question: s.question})
		m.Result = cmp.Or(resultIn(s.text, language), m.Result)
	}
	var told []string
	for _, s := range problems {
		told = append(told, cut(s.text, wantLength))
	}
	m.Problem = strings.Join(told, "\n")
	if m.Result != "" && m.Deadline != "" {
		m.Result += " · " + m.Deadline
	}
	m.Summary = summary(problems, wishes, m.Deadline)
}

// worst is the report that tells most, and the newest other one where it tells of something that went wrong or stands in the shopper's
// last message: that is what a person was called for.
func worst(reports []said, last int64) (out []said) {
	if len(reports) == 0 {
		return nil
	}
	reports[0].score += firstReport // people begin with what happened, and then answer questions about it
	best := slices.MaxFunc(reports, func(a, b said) int { return cmp.Compare(a.score, b.score) })
	newest := reports[len(reports)-1]
	if (newest.problem || newest.seq == last) && newest.text != best.text {
		return []said{best, newest}
	}
	return []said{best}
}

// summary is what went wrong and the best wishes in the order in which they were said, those last that were answered once, cut so
// that each is seen.
func summary(problems, wishes []said, deadline string) string {
	best := slices.Clone(wishes)
	slices.SortStableFunc(best, func(a, b said) int { return cmp.Compare(b.score, a.score) })
	best = best[:min(len(best), shownWants)]
	best = append(slices.Clone(problems), best...)
	slices.SortStableFunc(best, func(a, b said) int { return cmp.Compare(a.seq, b.seq) })
	newest := best[max(0, len(best)-1):]
	slices.SortStableFunc(best, func(a, b said) int { return cmp.Compare(a.stale(newest), b.stale(newest)) })
	lines := make([]string, 0, len(best)+1)
	for _, s := range best {
		lines = append(lines, Bare(s.text))
	}
	if deadline != "" && !strings.Contains(strings.Join(lines, " "), deadline) {
		lines = append(lines, deadline)
	}
	for longest := summaryLength; ; longest -= 10 { // the longest lines give way, so that each is seen
		short := make([]string, 0, len(lines))
		for _, line := range lines {
			short = append(short, cut(line, longest))
		}
		if joined := strings.Join(short, " · "); utf8.RuneCountInString(joined) <= summaryLength || longest <= 20 {
			return cut(joined, summaryLength)
		}
	}
}

// stale is 1 of a question that was answered before the newest of these was said.
func (s said) stale(newest []said) int {
	if s.wish && s.answered && s.seq < newest[0].seq {
		return 1
	}
	return 0
}

// lastWords is the newest thing the shopper wrote, where nothing that they wrote says what it is about.
func lastWords(messages []Message) string {
	for i := len(messages) - 1; i >= 0; i-- {
		if messages[i].Author == ByShopper && messages[i].Kind != KindImage {
			return strings.Join(strings.Fields(messages[i].Body), " ")
		}
	}
	return ""
}

func (c Contact) or(newer Contact) Contact {
	return Contact{Email: cmp.Or(newer.Email, c.Email), Phone: cmp.Or(newer.Phone, c.Phone)}
}

func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
