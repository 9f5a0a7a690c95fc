package bot

import (
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"

	"github.com/google/uuid"
)

// What a turn can end in.
const (
	ActionAnswer   = "answer"
	ActionAsk      = "ask"
	ActionHandoff  = "handoff"
	ActionCourtesy = "courtesy"
	ActionSilent   = "silent"
)

// Question is a turn with everything that its answer may depend on.
type Question struct {
	Turns     []triage.Turn // the episode in order, the open turn last
	Context   conversation.PageContext
	Shopper   conversation.Shopper
	Market    string
	Locale    string // a hint; the language is decided from the text
	At        time.Time
	Previous  []conversation.Evidence // what the bot's last reply rested on
	Offered   []conversation.Option   // the choices of the bot's last message
	AskedBack bool                    // the bot's last message was a question back
	Introduce bool                    // the bot has not yet said that it is one
	Picture   bool                    // the open turn has a picture, which the bot does not look at

	WithoutModel bool // the reply will not be said, so that no model shall be paid for it
}

// Reply is what a turn ends in. Nothing of it has been said yet.
type Reply struct {
	Action     string                  `json:"action"`
	Text       string                  `json:"text"`
	Language   string                  `json:"language"`
	Level      int                     `json:"level"`
	Reasons    []triage.Reason         `json:"reasons"`
	Evidence   []conversation.Evidence `json:"evidence"`
	Options    []conversation.Option   `json:"options,omitempty"`
	Confidence float64                 `json:"confidence"`
	ModelCalls int                     `json:"model_calls"`
	Opening    string                  `json:"-"` // what Text begins with: who speaks, and a word for the shopper's mood
	Draft      string                  `json:"-"` // Text without its opening
	Star       conversation.Star       `json:"-"` // what is wanted, as far as a model could say it in the shopper's words
	// LeftToAgents says that nothing spoke against the Draft but that people answer on this channel.
	LeftToAgents bool                 `json:"-"`
	Cost         conversation.Cost    `json:"-"`
	Verdict      triage.Verdict       `json:"-"`
	Candidates   []knowledge.Hit      `json:"-"` // what the search found, for the packet
	Decision     string               `json:"-"` // the search's decision: answer, ask or none
	asked        []float64            // log-odds that each question has an answer; none where nobody asked anything
	announced    []uuid.UUID          // incidents whose statements stand in the Opening
	ahead        map[string]time.Time // when what it says of an article begins to hold, of what has not
	catchingUp   bool                 // it answers messages that came one by one while nobody answered
}
