// Package conversation is the transcript: what was said, in which order, and who may speak next.
package conversation

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
)

// Author is who said a message.
type Author string

// The authors. A system message is the shop's own voice while a conversation waits in the queue.
const (
	ByShopper Author = "shopper"
	ByBot     Author = "bot"
	ByAgent   Author = "agent"
	BySystem  Author = "system"
)

// Holder is who may speak to the shopper.
type Holder string

// The holders.
const (
	HeldByBot    Holder = "bot"
	HeldByQueue  Holder = "queue"
	HeldByAgent  Holder = "agent"
	HeldByNobody Holder = "nobody"
)

// Errors of this package; callers match them with errors.Is.
var (
	ErrNotFound  = errors.New("conversation not found")
	ErrNotHolder = errors.New("somebody else holds the conversation")
	ErrStale     = errors.New("the turn was answered already or has moved on")
	ErrMoved     = errors.New("the thread moved under the reply")
	ErrTooMany   = errors.New("the conversation holds as many images as it may")
	ErrFull      = errors.New("the shop has taken as many images as it may within a day")
)

// Conversation is all messages with one shopper at one address of one channel.
type Conversation struct {
	ShopID      uuid.UUID   `db:"shop_id" json:"-"`
	ID          uuid.UUID   `db:"conversation_id" json:"id"`
	ChannelID   uuid.UUID   `db:"channel_id" json:"channel_id"`
	Address     string      `db:"address" json:"address"`
	Holder      Holder      `db:"holder" json:"holder"`
	AgentID     *uuid.UUID  `db:"agent_id" json:"agent_id,omitempty"`
	Episode     int         `db:"episode" json:"episode"`
	LastSeq     int64       `db:"last_seq" json:"last_seq"`
	HeardSeq    int64       `db:"heard_seq" json:"heard_seq"`
	AnsweredSeq int64       `db:"answered_seq" json:"answered_seq"`
	TurnSince   *time.Time  `db:"turn_since" json:"-"`
	NextSeq     int64       `db:"next_seq" json:"-"`
	NextSince   *time.Time  `db:"next_since" json:"-"`
	Locale      string      `db:"locale" json:"locale"`
	Market      string      `db:"market" json:"market,omitempty"`
	Mood        float64     `db:"mood" json:"mood"`
	Shopper     Shopper     `db:"shopper" json:"shopper"`
	Context     PageContext `db:"context" json:"context"`
	TokenHash   []byte      `db:"token_hash" json:"-"`
	CreatedAt   time.Time   `db:"created_at" json:"created_at"`
	UpdatedAt   time.Time   `db:"updated_at" json:"updated_at"`
	BlockedAt   *time.Time  `db:"blocked_at" json:"blocked_at,omitempty"` // since then nothing is answered
	ErasedAt    *time.Time  `db:"erased_at" json:"erased_at,omitempty"`   // since then there is nothing to read
}

// Shopper is what the channel or the shopper told about who writes. Nothing of it is verified.
type Shopper struct {
	ID     string `json:"id,omitempty"`
	Name   string `json:"name,omitempty"`
	Email  string `json:"email,omitempty"`
	Phone  string `json:"phone,omitempty"`
	Locale string `json:"locale,omitempty"`
	Zone   string `json:"zone,omitempty"` // the browser's IANA time zone
}

// PageContext is where the shopper wrote from.
type PageContext struct {
	Page    string `json:"page,omitempty"`
	Product string `json:"product,omitempty"`
	Order   string `json:"order,omitempty"`
}

// Message is one thing said, numbered within its conversation from 1 without gaps.
type Message struct {
	Seq        int64           `db:"seq" json:"seq"`
	Author     Author          `db:"author" json:"author"`
	StaffID    *uuid.UUID      `db:"staff_id" json:"staff_id,omitempty"`
	StaffName  string          `db:"staff_name" json:"staff_name,omitempty"`
	Body       string          `db:"body" json:"body"`
	Language   string          `db:"language" json:"language,omitempty"`
	ExternalID *string         `db:"external_id" json:"external_id,omitempty"`
	Episode    int             `db:"episode" json:"episode"`
	Kind       string          `db:"kind" json:"kind"`
	Options    []Option        `db:"options" json:"options,omitempty"`
	Evidence   []Evidence      `db:"evidence" json:"evidence,omitempty"`
	Verdict    json.RawMessage `db:"verdict" json:"verdict,omitempty"`
	Cost       *Cost           `db:"cost" json:"cost,omitempty"`
	Feedback   int             `db:"feedback" json:"feedback,omitempty"`
	SentAt     *time.Time      `db:"sent_at" json:"sent_at,omitempty"`
	CreatedAt  time.Time       `db:"created_at" json:"created_at"`
}

// Kinds of message.
const (
	KindText     = "text"
	KindAsk      = "ask"
	KindCourtesy = "courtesy"
	KindHandoff  = "handoff"
	KindImage    = "image"
)

// OnlyHandsOver says whether a reply of the bot hands over because the judgement wanted it: then it says nothing of an article, whatever
// the search found on the way.
func (m Message) OnlyHandsOver() bool {
	if m.Kind != KindHandoff {
		return false
	}
	var judged struct{ Verdict struct{ Action string } }
	return json.Unmarshal(m.Verdict, &judged) == nil && judged.Verdict.Action == KindHandoff
}

// Option is one choice of a question back; Ref names the article it stands for.
type Option struct {
	Label string `json:"label"`
	Ref   string `json:"ref,omitempty"`
}

// Evidence is one thing that a reply rests on. Kind is passage, tool or shopper; ID is the editors' id of an article.
type Evidence struct {
	Kind   string  `json:"kind"`
	ID     string  `json:"id"`
	Title  string  `json:"title,omitempty"`
	Text   string  `json:"text,omitempty"`
	Locale string  `json:"locale,omitempty"`
	Score  float64 `json:"score"`
}

// Cost is what a reply took of the model.
type Cost struct {
	Model            string `json:"model,omitempty"`
	Calls            int    `json:"calls"`
	PromptTokens     int    `json:"prompt_tokens"`
	CompletionTokens int    `json:"completion_tokens"`
	Millis           int64  `json:"ms"`
}
