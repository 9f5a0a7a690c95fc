package conversation

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Handover is what the bot gives to the human side. Say renders the sentence that the shopper will read, once the
// desk knows the next step and its time; the desk keeps it as its promise.
type Handover struct {
	ShopID         uuid.UUID
	ConversationID uuid.UUID
	Episode        int
	Level          int // 1 needs a person, 2 complaint or anger, 3 risk
	Reasons        []Reason
	Language       string
	Packet         Packet
	Say            func(Ticket) string
}

// Reason is one finding of the judgement, with what in the text moved it.
type Reason struct {
	Kind  string   `json:"kind"`
	Score float64  `json:"score"`
	Words []string `json:"words,omitempty"`
}

// Packet is the context that travels with a case, so that nobody has to repeat anything.
type Packet struct {
	Summary       string      `json:"summary"` // one line: what is wanted
	Star          Star        `json:"star"`
	Wants         []Want      `json:"wants,omitempty"`    // what is asked for, oldest first; the newest may have come after the handover
	Deadline      string      `json:"deadline,omitempty"` // by when it is needed, in the shopper's words
	Threat        string      `json:"threat,omitempty"`   // what they say they will do about it, in their words
	Attempts      []Attempt   `json:"attempts,omitempty"` // what was tried, and by whom
	Numbers       []Number    `json:"numbers,omitempty"`  // of orders and parcels, from any message of the episode
	Shopper       Shopper     `json:"shopper"`
	Page          PageContext `json:"page"`
	Language      string      `json:"language"`
	Mood          float64     `json:"mood"`
	MoodCurve     []float64   `json:"mood_curve"` // one value for each shopper turn of the episode, -1 … 1
	Reasons       []Reason    `json:"reasons"`
	Level         int         `json:"level"`
	Passages      []Evidence  `json:"passages"`
	WouldHaveSaid string      `json:"would_have_said,omitempty"`
	Promises      []Promise   `json:"promises"`
	Draft         ReplyDraft  `json:"draft"`
	Confirmations []string    `json:"confirmations,omitempty"` // address, product, return_policy where an order would change
	Transcript    []Line      `json:"transcript"`
	FromSeq       int64       `json:"from_seq"`
	ToSeq         int64       `json:"to_seq"`
	Advised       string      `json:"advised,omitempty"`    // what the bot told whoever is in danger: injury, self_harm; "" nothing
	Correction    string      `json:"correction,omitempty"` // the shopper's own words about what is being sent
	Wanted        string      `json:"wanted,omitempty"`     // … and about the result that is wanted, in place of Star.Result
}

// Star is what is wanted: situation, task, what was tried, result wanted.
type Star struct {
	Situation string `json:"situation"`
	Task      string `json:"task"`
	Tried     string `json:"tried"`
	Result    string `json:"result"`
	ByModel   bool   `json:"by_model,omitempty"` // a model's words that stand in the chat, not the shopper's own
}

// Promise is something said to a shopper that somebody owes.
type Promise struct {
	Said string    `json:"said"`
	Due  time.Time `json:"due"`
}

// The kinds of a proposed reply.
const (
	DraftAnswer  = "answer"  // from an article that answers what is wanted; or what the bot would have said
	DraftOutline = "outline" // what such a reply would say, with slots to fill in
)

// ReplyDraft is a proposal for the agent's first reply.
type ReplyDraft struct {
	Kind         string   `json:"kind,omitempty"` // answer or outline; "" where there is none
	Text         string   `json:"text"`
	Apology      string   `json:"apology,omitempty"`
	Sorry        bool     `json:"sorry,omitempty"` // Apology is one, and not only a greeting
	Solution     string   `json:"solution,omitempty"`
	Compensation []string `json:"compensation,omitempty"`
	// Pictured stands in place of Solution, and within Text, once the shopper has sent a picture; "" where it makes no difference.
	Pictured string `json:"pictured,omitempty"`
	// Numbered does so, with the number in place of %s, once the shopper has named an order, and Both where there is a picture, too.
	Numbered string `json:"numbered,omitempty"`
	Both     string `json:"both,omitempty"`
}

// Knows is the draft for a shopper who has named this order: it asks for no number.
func (d ReplyDraft) Knows(order string) ReplyDraft {
	if d.Numbered == "" || order == "" {
		return d
	}
	solution := strings.Replace(d.Numbered, "%s", order, 1)
	d.Text = strings.Replace(d.Text, d.Solution, solution, 1)
	d.Solution, d.Numbered, d.Pictured, d.Both = solution, "", strings.Replace(d.Both, "%s", order, 1), ""
	return d
}

// Seen is the draft for a shopper who has sent a picture: it asks for none.
func (d ReplyDraft) Seen() ReplyDraft {
	if d.Pictured == "" {
		return d
	}
	d.Text = strings.Replace(d.Text, d.Solution, d.Pictured, 1)
	d.Solution, d.Pictured, d.Numbered, d.Both = d.Pictured, "", d.Both, ""
	return d
}

// Line is one line of a transcript.
type Line struct {
	Seq    int64     `json:"seq"`
	Author Author    `json:"author"`
	Name   string    `json:"name,omitempty"`
	Text   string    `json:"text"`
	At     time.Time `json:"at"`
}

// Ticket is the desk's answer to a handover.
type Ticket struct {
	CaseID  uuid.UUID
	Level   int
	Due     time.Time // by when a person writes
	Open    bool      // somebody is on duty now
	OpensAt time.Time // when not open
	Place   int       // in the queue, from 1
	Said    string    // what the shopper is told
	Exists  bool      // the conversation had an open case already
	Raised  bool      // … which has become more urgent with this handover
}

// Place is what a waiting shopper sees.
type Place struct {
	State     string    `json:"state"` // none, waiting, claimed, resolved
	Place     int       `json:"place,omitempty"`
	Minutes   int       `json:"minutes,omitempty"`
	Due       time.Time `json:"due,omitzero"`         // the nearest promise that can still be kept
	Plan      bool      `json:"plan,omitempty"`       // … and what is promised for then is a plan
	Late      bool      `json:"late,omitempty"`       // a promise was not kept
	MayReturn bool      `json:"may_return,omitempty"` // the shopper may give the conversation back to the bot
	Open      bool      `json:"open"`
	OpensAt   time.Time `json:"opens_at,omitzero"`
	AgentName string    `json:"agent_name,omitempty"`
	Typing    bool      `json:"typing,omitempty"`
	Rated     bool      `json:"rated,omitempty"`
}

// Contact is where a shopper wants to be reached.
type Contact struct {
	Email string `json:"email,omitempty"`
	Phone string `json:"phone,omitempty"`
}

// Shared is what a waiting shopper may read, and correct, of what is sent to a colleague.
type Shared struct {
	Summary    string  `json:"summary"`
	Tried      string  `json:"tried,omitempty"`
	Wanted     string  `json:"wanted,omitempty"`
	Order      string  `json:"order,omitempty"`
	Correction string  `json:"correction,omitempty"`
	Reach      Contact `json:"reach"` // as it was left, else as it stands in what the shopper wrote
}

// Correction is what a shopper says of it: more, in their own words, and what is really wanted; an empty part takes back
// what was said before.
type Correction struct {
	Text   string
	Wanted string
}

// EvidenceTitle names an article a reply rests on, for channels.
type EvidenceTitle struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// SaidEvent is the data of an outgoing message.created.
type SaidEvent struct {
	Message    string          `json:"message"`
	Seq        int64           `json:"seq"`
	Author     Author          `json:"author"`
	AuthorName string          `json:"author_name,omitempty"`
	Text       string          `json:"text"`
	Markdown   string          `json:"markdown"`
	Image      string          `json:"image,omitempty"` // where the picture of a message of kind image is; its text and markdown are the same address
	Language   string          `json:"language,omitempty"`
	Kind       string          `json:"kind"`
	Options    []Option        `json:"options,omitempty"`
	Evidence   []EvidenceTitle `json:"evidence,omitempty"`
}

// Delivery is one outgoing event on its way to a channel.
type Delivery struct {
	ShopID         uuid.UUID       `db:"shop_id"`
	ID             uuid.UUID       `db:"delivery_id"`
	ChannelID      uuid.UUID       `db:"channel_id"`
	ConversationID uuid.UUID       `db:"conversation_id"`
	Seq            *int64          `db:"seq"`
	Type           string          `db:"type"`
	Payload        json.RawMessage `db:"payload"`
	State          string          `db:"state"`
	Attempts       int             `db:"attempts"`
	LastError      string          `db:"last_error"`
	CreatedAt      time.Time       `db:"created_at"`
	DoneAt         *time.Time      `db:"done_at"`
}
