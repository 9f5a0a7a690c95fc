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

// Attempt is one thing that was tried already: what the shopper says they did, what the bot answered (the title of its
// article), what an agent wrote.
type Attempt struct {
	By   Author `json:"by"`
	Name string `json:"name,omitempty"` // an agent's
	Text string `json:"text"`
	Seq  int64  `json:"seq"`
}

const (
	summaryLength = 160 // characters, as are the others
	wantLength    = 240
	attemptLength = 120
	mostWants     = 5
	mostAttempts  = 12
	shownWants    = 3      // in the summary
	readOf        = 2000   // of a message; who writes more has said it by then
	readOfAll     = 30_000 // of all messages, the newest first: a flood must not keep anybody waiting
	firstReport   = 1      // in score
	mostSaid      = 120    // sentences of an episode, the newest
)

// said is one sentence of the shopper that says something, without the anger, the greetings and the calls for a person
// around it.
type said struct {
	text      string
	seq       int64
	wish      bool // asks for something
	question  bool
	problem   bool // tells what went wrong
	score     float64
	words     map[string]bool
	satisfied bool // the bot has answered it, and nobody complained
}

// MatterOf reads an episode's messages, oldest first. What the shopper asks for is what nobody has answered to their
// satisfaction, however loud the last words were. The result is named in this language.
func MatterOf(messages []Message, language string) Matter {
	m := Matter{}
	var all []said
	messages = readable(messages)
	for i, message := range messages {
		m.tried(message)
		if message.Author != ByShopper || message.Kind == KindImage {
			continue
		}
		all = merge(all, m.read(message, satisfied(messages, i)))
		all = all[max(0, len(all)-mostSaid):]
		m.Numbers = addNumbers(m.Numbers, message, askedForNumber(messages[:i]))
		m.Contact = m.Contact.or(ContactIn(message.Body))
		if deadline := deadlineIn(message.Body); deadline != "" {
			m.Deadline = deadline
		}
		m.Threat = cmp.Or(threatIn(message.Body), m.Threat)
	}
	m.decide(all, language)
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
func (m *Matter) decide(all []said, language string) {
	var wishes, problems []said
	for _, s := range all {
		switch {
		case s.wish && !s.satisfied:
			wishes = append(wishes, s)
		case !s.wish:
			problems = append(problems, s)
		}
	}
	problems = worst(problems)
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

// worst is the report that tells most, and the newest other one where it tells of something that went wrong.
func worst(reports []said) (out []said) {
	if len(reports) == 0 {
		return nil
	}
	reports[0].score += firstReport // people begin with what happened, and then answer questions about it
	best := slices.MaxFunc(reports, func(a, b said) int { return cmp.Compare(a.score, b.score) })
	newest := reports[len(reports)-1]
	if newest.problem && newest.text != best.text {
		return []said{best, newest}
	}
	return []said{best}
}

// summary is what went wrong and the best wishes in the order in which they were said, cut so that each is seen.
func summary(problems, wishes []said, deadline string) string {
	best := slices.Clone(wishes)
	slices.SortStableFunc(best, func(a, b said) int { return cmp.Compare(b.score, a.score) })
	best = best[:min(len(best), shownWants)]
	best = append(slices.Clone(problems), best...)
	slices.SortStableFunc(best, func(a, b said) int { return cmp.Compare(a.seq, b.seq) })
	lines := make([]string, 0, len(best)+1)
	for _, s := range best {
		lines = append(lines, strings.TrimRight(s.text, "。.!！ "))
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

// read takes a message of the shopper apart. What it tells of attempts goes to them.
func (m *Matter) read(message Message, satisfied bool) (out []said) {
	for _, sentence := range sentencesOf(message.Body) {
		text, tried := mattering(sentence)
		for _, t := range tried {
			m.attempt(Attempt{By: ByShopper, Text: t, Seq: message.Seq})
		}
		if text == "" {
			continue
		}
		s := judge(text)
		s.seq, s.satisfied = message.Seq, satisfied
		out = append(out, s)
	}
	return out
}

// judge scores one sentence: a wish by what it asks for, a report by how much it tells.
func judge(text string) said {
	lower := normal(text)
	s := said{text: text, words: contentOf(lower), problem: problemPattern.MatchString(lower)}
	s.question = strings.ContainsAny(text, "?？¿") || questionPattern.MatchString(lower)
	s.wish = s.question || requestPattern.MatchString(lower)
	for _, p := range []struct {
		found  bool
		weight float64
	}{
		{s.wish, 1}, {s.problem, 2}, {resultOf(lower) >= 0, 1.5}, {thingPattern.MatchString(lower), 1},
		{deadlineIn(text) != "", 1}, {len(NumbersIn(text)) > 0, 1}, {outburstPattern.MatchString(lower), -1.5},
	} {
		if p.found {
			s.score += p.weight
		}
	}
	s.score += 0.2 * float64(min(len(s.words), 8))
	return s
}

// merge adds what is new. Who says a thing again does not want it twice, and what is said again was not answered.
func merge(all, more []said) []said {
	for _, s := range more {
		i := slices.IndexFunc(all, func(before said) bool { return before.wish == s.wish && alike(before.words, s.words) })
		if i < 0 {
			all = append(all, s)
			continue
		}
		if s.score >= all[i].score {
			all[i].text, all[i].score, all[i].words = s.text, s.score, s.words
		}
		all[i].satisfied = false
	}
	return all
}

// alike says whether one has most of the other's words.
func alike(a, b map[string]bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	shared := 0
	for w := range a {
		if b[w] {
			shared++
		}
	}
	return len(a) > 0 && 10*shared >= 7*len(a)
}

// satisfied says whether the bot has answered the message at i from an article, and the shopper then went on to something else
// or was content. Who complains, calls for a person or only tells more was not helped.
func satisfied(messages []Message, i int) bool {
	answered := false
	for _, m := range messages[i+1:] {
		switch {
		case m.Author == ByBot && !answered:
			if answered = len(m.Evidence) > 0 && m.Kind != KindAsk && m.Kind != KindHandoff; !answered { // who is handed over is not helped yet
				return false
			}
		case m.Author == ByShopper && answered:
			return content(cut(m.Body, readOf))
		case m.Author != ByShopper && answered:
			return true
		}
	}
	return answered
}

// content says whether what a shopper writes after an answer lets it be.
func content(body string) bool {
	lower, tells := normal(body), false
	if dismissPattern.MatchString(lower) || outburstPattern.MatchString(lower) {
		return false
	}
	for _, sentence := range sentencesOf(body) {
		if text, _ := mattering(sentence); text != "" {
			if judge(text).wish {
				return true
			}
			tells = true
		}
	}
	return !tells && thanksPattern.MatchString(lower) && !personPattern.MatchString(lower)
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

// lastWords is the newest thing the shopper wrote, where nothing that they wrote says what it is about.
func lastWords(messages []Message) string {
	for i := len(messages) - 1; i >= 0; i-- {
		if messages[i].Author == ByShopper && messages[i].Kind != KindImage {
			return strings.Join(strings.Fields(messages[i].Body), " ")
		}
	}
	return ""
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

func (c Contact) or(newer Contact) Contact {
	return Contact{Email: cmp.Or(newer.Email, c.Email), Phone: cmp.Or(newer.Phone, c.Phone)}
}

func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}

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

// NewWants are those that came after what the packet was made of.
func (p Packet) NewWants() (out []Want) {
	for _, w := range p.Wants {
		if w.Seq > p.ToSeq {
			out = append(out, w)
		}
	}
	return out
}

func wantLines(wants []Want) string {
	lines := make([]string, 0, len(wants))
	for _, w := range wants {
		lines = append(lines, w.Text)
	}
	return strings.Join(lines, "\n")
}
