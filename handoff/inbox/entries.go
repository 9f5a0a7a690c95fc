package inbox

import (
	"encoding/json"
	"fmt"
	"math"
	"net/url"
	"slices"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/google/uuid"
)

// window is how many messages of a thread a page holds.
const window = 60

// entry is one line of the log: a message, a note, or the line between two episodes.
type entry struct {
	Key      string // unique on the page
	Kind     string // shopper, bot, agent, system, note or episode
	Who      string
	At       time.Time
	Time     string
	Text     string
	Markdown bool
	Lang     string // in which it is written, where that is known
	Image    string // where the picture is
	Options  []conversation.Option
	Thumb    int
	New      bool // it came under the reply that was refused
	Episode  int
	Why      *why
}

// why is what a reply of the bot rests on.
type why struct {
	Key        string
	Reply      string
	Confidence float64
	Sure       string // how sure, as a word: high, fair or low; "" where there is no confidence to show
	Rests      bool   // what is said stands or falls with it
	Evidence   []source
	Reasons    []reason
	Judged     bool // there is a verdict
	Mood       mood
	MoodValue  float64
	Cost       *conversation.Cost
}

// source is a piece of evidence; Href opens its article for whoever may edit it.
type source struct {
	conversation.Evidence
	Href string
}

func (v view) sources(list []conversation.Evidence) []source {
	out := make([]source, 0, len(list))
	for _, e := range list {
		s := source{Evidence: e}
		if v.Editor && e.Kind == "passage" && e.ID != "" {
			s.Href = "/knowledge/ref/" + url.PathEscape(e.ID) + "?locale=" + url.QueryEscape(e.Locale)
		}
		out = append(out, s)
	}
	return out
}

// judgement is what is stored with a reply, as far as the page shows it.
type judgement struct {
	Reply      string  `json:"reply"`
	Confidence float64 `json:"confidence"`
	Verdict    struct {
		Mood    float64               `json:"mood"`
		Reasons []conversation.Reason `json:"reasons"`
	} `json:"verdict"`
}

// entriesOf puts messages and notes in the order in which they were written. Messages after seen are new; 0 marks none.
func (v view) entriesOf(conversationID uuid.UUID, messages []conversation.Message, notes []handoff.NoteText, seen int64) []entry {
	list := make([]entry, 0, len(messages)+len(notes)+1)
	for i, m := range messages {
		for len(notes) > 0 && notes[0].CreatedAt.Before(m.CreatedAt) {
			list, notes = append(list, v.noteOf(notes[0])), notes[1:]
		}
		if i > 0 && m.Episode != messages[i-1].Episode {
			list = append(list, entry{Kind: "episode", Episode: m.Episode, At: m.CreatedAt.In(v.Zone)})
		}
		e := v.entryOf(conversationID, m)
		e.New = seen > 0 && m.Seq > seen && (m.StaffID == nil || *m.StaffID != v.Me)
		list = append(list, e)
	}
	for _, n := range notes {
		list = append(list, v.noteOf(n))
	}
	return list
}

func (v view) entryOf(conversationID uuid.UUID, m conversation.Message) entry {
	e := entry{Key: fmt.Sprint(m.Seq), Kind: string(m.Author), Who: m.StaffName, At: m.CreatedAt.In(v.Zone), Time: v.moment(m.CreatedAt),
		Text: m.Body, Lang: spoken(m.Language), Markdown: m.Author != conversation.ByShopper, Options: m.Options, Thumb: m.Feedback}
	if m.Kind == conversation.KindImage {
		if id, err := uuid.Parse(m.Body); err == nil {
			e.Image = fmt.Sprintf("/inbox/%s/images/%s", conversationID, id)
		}
	}
	if m.Author == conversation.ByBot {
		e.Why = v.whyOf(m)
		e.Why.Key = e.Key
	}
	return e
}

func (v view) noteOf(n handoff.NoteText) entry {
	return entry{Key: "note-" + n.ID.String(), Kind: "note", Who: n.StaffName, At: n.CreatedAt.In(v.Zone), Time: v.moment(n.CreatedAt), Text: n.Body}
}

func (v view) whyOf(m conversation.Message) *why {
	w := &why{Evidence: v.sources(m.Evidence), Cost: m.Cost}
	var j judgement
	if len(m.Verdict) == 0 || json.Unmarshal(m.Verdict, &j) != nil {
		return w
	}
	w.Judged, w.Reply = true, oneOf(j.Reply, "answer", "ask", "handoff", "courtesy", "silent")
	w.Confidence, w.Sure, w.Rests = j.Confidence, sureness(j.Confidence), w.Reply == "answer" || w.Reply == "ask"
	w.Reasons, w.Mood, w.MoodValue = reasonsOf(j.Verdict.Reasons), moodOf(j.Verdict.Mood), math.Round(10*j.Verdict.Mood)/10+0 // never -0
	w.Reasons = slices.DeleteFunc(w.Reasons, func(r reason) bool { return r.Score < worthTelling })
	return w
}

// worthTelling is the score from which a finding is shown; what is below it decided nothing.
const worthTelling = 0.2

// sureness puts a word to a probability.
func sureness(p float64) string {
	switch {
	case p <= 0:
		return ""
	case p < 0.6:
		return "low"
	case p < 0.9:
		return "fair"
	}
	return "high"
}

// notesWithin keeps the notes that belong among these messages. With nothing earlier, those before the first belong too;
// with nothing later, those after the last.
func notesWithin(notes []handoff.NoteText, messages []conversation.Message, earlier, later bool) []handoff.NoteText {
	if len(messages) == 0 {
		return notes
	}
	first, last := messages[0].CreatedAt, messages[len(messages)-1].CreatedAt
	var out []handoff.NoteText
	for _, n := range notes {
		if (earlier && n.CreatedAt.Before(first)) || (later && n.CreatedAt.After(last)) {
			continue
		}
		out = append(out, n)
	}
	return out
}
