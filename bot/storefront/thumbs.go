package storefront

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/knowledge"

	"github.com/google/uuid"
)

// Thumb keeps whether a reply of the bot helped. The question of one that did not is listed for the editors, with why where the
// visitor says so, and no longer when they take it back.
func (f *Face) Thumb(ctx context.Context, r ThumbRequestObject) (ThumbResponseObject, error) {
	conv, err := f.writer(ctx)
	if err != nil {
		return nil, err
	}
	why := value(r.Body.Why)
	switch {
	case r.Body.Thumb < -1 || r.Body.Thumb > 1:
		return nil, malformed("thumb", "not -1, 0 or 1")
	case why != "" && !why.Valid():
		return nil, malformed("why", "not mistaken, beside or outdated")
	}
	if err := f.store.Rate(ctx, conv.ShopID, conv.ID, r.Body.Seq, r.Body.Thumb); err != nil {
		return nil, err
	}
	// The id follows from the reply, so that a reason given later is the same question's.
	id := uuid.NewSHA1(conv.ID, strconv.AppendInt(nil, r.Body.Seq, 10))
	if r.Body.Thumb >= 0 {
		return Thumb204Response{}, f.base.NotMissed(ctx, conv.ShopID, id)
	}
	missed, err := f.unhelped(ctx, conv, r.Body.Seq)
	if err != nil || missed.Text == "" {
		return Thumb204Response{}, err
	}
	if missed.ID, missed.Outcome = id, knowledge.MissedDisliked; why != "" {
		missed.Outcome = string(why)
	}
	return Thumb204Response{}, f.base.Missed(ctx, conv.ShopID, missed)
}

// turnLength is how many messages before a reply may belong to what it answers.
const turnLength = 20

// unhelped is the question that a reply answered, in the visitor's words, and the article that it was answered from.
func (f *Face) unhelped(ctx context.Context, conv conversation.Conversation, seq int64) (knowledge.Missed, error) {
	messages, err := f.store.Messages(ctx, conv.ShopID, conv.ID, conversation.Range{Before: seq + 1, Limit: turnLength})
	if err != nil || len(messages) == 0 {
		return knowledge.Missed{}, err
	}
	reply := messages[len(messages)-1]
	missed := knowledge.Missed{Text: asked(messages), Locale: reply.Language, Conversation: conv.ID}
	if sources := sourcesOf(reply); len(sources) > 0 {
		missed.Best = sources[0].Ref
	}
	var judged struct{ Confidence float64 }
	if json.Unmarshal(reply.Verdict, &judged) == nil {
		missed.Confidence = judged.Confidence
	}
	return missed, nil
}

// asked is what the visitor wrote before the last of the messages and after the reply before it.
func asked(messages []conversation.Message) string {
	episode := messages[len(messages)-1].Episode
	var lines []string
	for i := len(messages) - 2; i >= 0 && messages[i].Episode == episode; i-- {
		switch m := messages[i]; {
		case m.Author == conversation.ByShopper && m.Kind == conversation.KindText:
			lines = append([]string{strings.TrimSpace(m.Body)}, lines...)
		case m.Author != conversation.ByShopper && len(lines) > 0:
			return strings.Join(lines, "\n")
		}
	}
	return strings.Join(lines, "\n")
}
