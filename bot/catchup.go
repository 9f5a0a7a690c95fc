package bot

import (
	"context"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

// mostMissed is how many messages are looked up one by one when the bot gets a conversation back; the rest is named.
const mostMissed = 6

var (
	sayLeft = phrase{
		zh: "这些我没有准确答案：%s",
		en: "I have no reliable answer to this: %s",
		es: "Para esto no tengo una respuesta segura: %s"}
	sayLeftOffer = phrase{
		zh: "需要人工客服核实的话，回复“转人工”就可以。",
		en: "If you'd like a colleague to look into it, just write “agent”.",
		es: "Si quieres que lo mire un compañero, escribe «agente»."}
)

// collected are the messages of the open turn where they came one by one while nobody answered, as before a shopper goes back
// from the queue to the bot: each is a question of its own. Nil where they are one turn.
func collected(turns []triage.Turn) (messages []string) {
	i := len(turns)
	for i > 0 && turns[i-1].Role == "shopper" {
		i--
	}
	open := turns[i:]
	if len(open) < 2 || open[len(open)-1].At.Sub(open[0].At) <= conversation.KeepTyping {
		return nil
	}
	for _, t := range open {
		if strings.TrimSpace(t.Text) != "" && !wordless(t.Text) {
			messages = append(messages, t.Text)
		}
	}
	return messages
}

// catchUp looks up each of these messages by itself, without those that are mere thanks. What is one too many is named.
func (e *enquiry) catchUp(ctx context.Context, messages []string) (found []finding, err error) {
	for i, text := range messages {
		f := finding{text: text, result: knowledge.Result{Decision: knowledge.DecideNone}}
		if i < mostMissed {
			if f, err = e.search(ctx, text); err != nil {
				return nil, err
			}
		}
		if v := triage.Assess(triage.Input{Turns: []triage.Turn{{Role: "shopper", Text: text}}, Locale: e.language}); !f.sure() && social(v, text, probablySocial) != triage.NoCourtesy {
			continue
		}
		if found = append(found, f); f.sure() {
			e.earlier = &exchange{article: f.result.Hits[0], known: true, within: true}
		}
	}
	return found, nil
}

// nameLeft says which of the messages the reply does not answer, and offers a person for them: who has just left the queue
// is not put back into it unasked.
func (reply *Reply) nameLeft(found []finding) {
	var left []string
	for _, f := range found {
		if !f.sure() && f.guessed == 0 {
			left = append(left, "\n- "+strings.TrimSpace(f.text))
		}
	}
	if len(left) > 0 {
		reply.Text = joinText(reply.Text, sayLeft.in(reply.Language, strings.Join(left, "")), sayLeftOffer.in(reply.Language))
	}
}
