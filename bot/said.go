package bot

import (
	"encoding/json"
	"fmt"

	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
)

// questionOf is what the open turn asks, read from the transcript.
func questionOf(c conversation.Conversation, messages []conversation.Message, ch channel.Channel) Question {
	q := Question{
		Turns: turnsOf(messages, c.AnsweredSeq, c.HeardSeq), Context: c.Context, Shopper: c.Shopper, Market: c.Market,
		Locale: orElse(c.Locale, c.Shopper.Locale), Introduce: ch.Kind != channel.KindWidget,
	}
	for _, m := range messages {
		if m.Author != conversation.ByShopper {
			q.Introduce = false
		}
		if m.Kind == conversation.KindImage && m.Seq > c.AnsweredSeq && m.Seq <= c.HeardSeq {
			q.Picture = true
		}
		if m.Author == conversation.ByBot {
			q.Offered, q.AskedBack = m.Options, m.Kind == conversation.KindAsk
			if len(m.Evidence) > 0 {
				q.Previous = m.Evidence
			}
		}
	}
	return q
}

func utterance(c conversation.Conversation, reply Reply, upTo int64) conversation.Utterance {
	kind := conversation.KindText
	switch reply.Action {
	case ActionAsk:
		kind = conversation.KindAsk
	case ActionCourtesy:
		kind = conversation.KindCourtesy
	case ActionHandoff:
		kind = conversation.KindHandoff
	}
	return conversation.Utterance{
		ShopID: c.ShopID, ConversationID: c.ID, Author: conversation.ByBot, Body: reply.Text, Language: reply.Language, Kind: kind,
		Options: reply.Options, Evidence: reply.Evidence, Verdict: judgement(reply), Cost: &reply.Cost, Mood: &reply.Verdict.Mood, UpTo: upTo,
	}
}

// judgement is what is kept with a reply: the verdict, and what the search made of the question.
func judgement(reply Reply) json.RawMessage {
	type candidate struct {
		Ref        string  `json:"ref"`
		Title      string  `json:"title"`
		Confidence float64 `json:"confidence"`
		Score      float64 `json:"score"`
	}
	top := make([]candidate, 0, 5)
	for _, hit := range reply.Candidates[:min(5, len(reply.Candidates))] {
		top = append(top, candidate{hit.Ref, hit.Question, hit.Confidence, hit.Score})
	}
	verdict := reply.Verdict
	verdict.Reasons = reply.Reasons // with those that were found after the text was judged
	raw, err := json.Marshal(struct {
		Action     string         `json:"reply"`
		Decision   string         `json:"search,omitempty"`
		Confidence float64        `json:"confidence"`
		Verdict    triage.Verdict `json:"verdict"`
		Candidates []candidate    `json:"candidates,omitempty"`
	}{reply.Action, reply.Decision, reply.Confidence, verdict, top})
	if err != nil {
		panic(fmt.Sprintf("a verdict that is no JSON: %v", err)) // finite numbers and strings only
	}
	return raw
}
