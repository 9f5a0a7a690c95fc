package bot

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/bot/conversation"
	"frontdesk/bot/evidence"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

const (
	starTime   = 4 * time.Second // the shopper waits for the handover's sentence meanwhile
	longMatter = 240             // code points from which the shopper's own words take long to read
	starField  = 300
)

// describe lets the model say what is wanted, for a conversation too long to be read in ten seconds. Each field must be
// made of the chat's own words and figures; what is not, or does not come in time, stays empty and the shopper's words
// stand in for it.
func (r *Responder) describe(ctx context.Context, shop knowledge.Shop, q Question, reply *Reply) (star conversation.Star) {
	model := r.model(shop)
	if model == nil || q.WithoutModel || reply.modelGone() || !takesLongToRead(q.Turns) {
		return star
	}
	thinking, cancel := forThinking(ctx, starTime)
	defer cancel()
	var out conversation.Star
	if err := r.ask(thinking, model, shop, starPrompt(q, reply.Language), &reply.Cost, &out, nil); err != nil {
		r.log.Info("the packet goes without the model's summary", "shop", shop.ID, "error", err)
		return star
	}
	chat := chatOf(q)
	for _, f := range []struct{ from, to *string }{
		{&out.Situation, &star.Situation}, {&out.Task, &star.Task}, {&out.Tried, &star.Tried}, {&out.Result, &star.Result},
	} {
		if text := strings.TrimSpace(*f.from); chat.says(text, r.similar) {
			*f.to, star.ByModel = text, true
		}
	}
	return star
}

func takesLongToRead(turns []triage.Turn) bool {
	shopper, length := 0, 0
	for _, t := range turns {
		if t.Role == "shopper" {
			shopper++
			length += utf8.RuneCountInString(t.Text)
		}
	}
	return shopper >= 3 || length >= longMatter
}

// chat is what a summary may rest on.
type chat []evidence.Source

func chatOf(q Question) chat {
	var c chat
	for _, t := range q.Turns {
		c = append(c, evidence.Source{Kind: evidence.Passage, Text: t.Text})
	}
	return c
}

// says tells whether a summary stands in the chat: its figures all do, and each sentence is about what was said.
func (c chat) says(summary string, similar func(a, b string) float64) bool {
	if summary == "" || utf8.RuneCountInString(summary) > starField || markedUp(summary) != "" || len(evidence.Check(summary, c)) > 0 {
		return false
	}
	g := newGround(c, false, similar)
	for _, s := range evidence.Sentences(summary) {
		if !g.holds(s, false) {
			return false
		}
	}
	return true
}
