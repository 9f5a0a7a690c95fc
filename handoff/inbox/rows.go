package inbox

import (
	"slices"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// row is one conversation in the queue.
type row struct {
	ID, Href          string
	Name              string // never empty
	Channel, Language string
	Last, LastBy      string
	LastImage         bool
	LastAt            time.Time
	Mood              mood
	Level             int
	Skill             string // that the case waits for
	Clock             *clock
	Snoozed           string // until when it is out of sight
	ForShopper        bool   // it is out of sight until the shopper writes
	Outcome           string
	Returned          bool
	Agent             string
	Mine              bool
	Looking           []string
	Current           bool
}

// rows are the lines of the queue with the last words of their shoppers, one for each conversation.
func (f *Face) rows(c echo.Context, list []handoff.Row, at place, current uuid.UUID) ([]row, error) {
	p, v := person(c), f.viewOf(c)
	ids := make([]uuid.UUID, 0, len(list))
	for _, r := range list {
		ids = append(ids, r.ConversationID)
	}
	said, err := f.store.LastWords(c.Request().Context(), p.ShopID, ids)
	if err != nil {
		return nil, err
	}
	out := make([]row, 0, len(list))
	for i, r := range list {
		if slices.Contains(ids[:i], r.ConversationID) {
			continue
		}
		one := v.row(r, p, at, current)
		if words, ok := said[r.ConversationID]; ok {
			one.Last, one.LastBy, one.LastImage = oneLine(conversation.ByShopper, words.Body), "", words.Kind == conversation.KindImage
		}
		if one.Name == "" {
			one.Name = visitor(c, r.ConversationID)
		}
		out = append(out, one)
	}
	return out, nil
}

func (v view) row(r handoff.Row, p staff.Person, at place, current uuid.UUID) row {
	out := row{ID: r.ConversationID.String(), Href: at.in("/inbox/" + r.ConversationID.String()), Name: r.Head.Shopper.Name,
		Channel: channelOf(r.Head), Language: languageOf(firstOf(r.Language, r.Head.Locale)), Last: oneLine(r.Head.LastAuthor, r.Head.LastLine),
		LastBy:    oneOf(string(r.Head.LastAuthor), "bot", "agent", "system"),
		LastImage: r.Head.LastKind == conversation.KindImage, LastAt: r.Head.LastAt, Mood: moodOf(r.Head.Mood),
		Outcome: knownOutcome(r.Outcome), Returned: r.State == handoff.Returned, Agent: r.AgentName, Mine: r.AgentID != nil && *r.AgentID == p.ID,
		Current: r.ConversationID == current}
	if r.IsOpen() {
		out.Level, out.Skill = r.Level, r.Skill
	}
	if r.Clock != nil {
		due := v.clock(*r.Clock)
		out.Clock = &due
	}
	if until := r.Asleep(); until != nil {
		out.Snoozed, out.ForShopper = v.moment(*until), r.WaitsForShopper(v.Now)
	}
	for _, l := range r.Looking {
		if l.ID != p.ID {
			out.Looking = append(out.Looking, l.Name)
		}
	}
	out.Looking = slices.Compact(out.Looking)
	return out
}
