package bot

import (
	"context"
	"errors"
	"fmt"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// handOver opens the case, tells the shopper the next step and its time, and passes the word to the queue, all in one
// transaction: the sentence stands exactly when the case does.
func (r *Responder) handOver(ctx context.Context, shop knowledge.Shop, c conversation.Conversation, q Question, reply Reply,
	messages []conversation.Message, upTo int64, also ...func(pgx.Tx) error) (ticket conversation.Ticket, err error) {
	packet := r.packet(ctx, shop, c, q, reply, messages)
	err = r.store.InTx(ctx, c.ShopID, c.ID, func(tx pgx.Tx) error {
		if err := r.stillTrue(ctx, tx, shop, q, reply); err != nil {
			return err
		}
		if err := r.reopen(ctx, tx, c); err != nil {
			return err
		}
		ticket, err = r.escalator.Enqueue(ctx, tx, conversation.Handover{
			ShopID: c.ShopID, ConversationID: c.ID, Episode: c.Episode, Level: reply.Level, Reasons: packet.Reasons,
			Language: reply.Language, Packet: packet,
			Say: func(t conversation.Ticket) string {
				return handoverSentence(t, reply.Language, c.Shopper, shop.Location())
			},
		})
		if err != nil {
			return err
		}
		said := reply
		said.Text = joinText(reply.Text, ticket.Said)
		u := utterance(c, said, upTo)
		u.SeenSeq = c.LastSeq
		if _, err := r.store.Speak(ctx, tx, u); err != nil {
			return err
		}
		if err := r.store.Pass(ctx, tx, conversation.Pass{ShopID: c.ShopID, ConversationID: c.ID, From: conversation.HeldByBot, To: conversation.HeldByQueue}); err != nil {
			return err
		}
		return conversation.Also(tx, also)
	})
	return ticket, err
}

// packet is packetOf, or the transcript alone when judging it fails: a case without its summary is better than no case.
func (r *Responder) packet(ctx context.Context, shop knowledge.Shop, c conversation.Conversation, q Question, reply Reply,
	messages []conversation.Message) (p conversation.Packet) {
	defer func() {
		if fault := recover(); fault != nil {
			r.log.Error("panic while making a packet", "conversation", c.ID, "fault", fault)
			p = conversation.Packet{Summary: cutText(lastShopperText(q.Turns), summaryLength), Shopper: c.Shopper, Page: c.Context,
				Language: reply.Language, Reasons: reasonsOf(reply.Reasons), Level: reply.Level, MoodCurve: []float64{}}
			addTranscript(&p, messages)
		}
	}()
	return packetOf(c, q, reply, messages, r.knows(ctx, shop, q, reply.Language, messages))
}

// reopen gives a closed conversation back to the bot, so that it may hand it over.
func (r *Responder) reopen(ctx context.Context, tx pgx.Tx, c conversation.Conversation) error {
	if c.Holder != conversation.HeldByNobody {
		return nil
	}
	return r.store.Pass(ctx, tx, conversation.Pass{ShopID: c.ShopID, ConversationID: c.ID, From: conversation.HeldByNobody, To: conversation.HeldByBot, NewEpisode: true})
}

// ErrWithPerson says that a person has the conversation already, or it waits for one.
var ErrWithPerson = errors.New("the conversation is with a person already")

// RequestPerson hands a conversation over because the shopper pressed the button or the channel asks for it. The bot's
// answer in flight, if there is one, is dropped by the guard of Speak. ErrWithPerson when there is nothing left to do. What
// also does stands exactly when the handover does.
func (r *Responder) RequestPerson(ctx context.Context, shopID, conversationID uuid.UUID, also ...func(pgx.Tx) error) (conversation.Ticket, error) {
	c, err := r.store.Conversation(ctx, shopID, conversationID)
	if err != nil {
		return conversation.Ticket{}, err
	}
	if c.BlockedAt != nil {
		return conversation.Ticket{}, fmt.Errorf("person for conversation %s: %w", conversationID, conversation.ErrBlocked)
	}
	if c.Holder == conversation.HeldByQueue || c.Holder == conversation.HeldByAgent {
		return conversation.Ticket{}, ErrWithPerson
	}
	shop, err := r.base.Shop(ctx, shopID)
	if err != nil {
		return conversation.Ticket{}, err
	}
	messages, err := r.store.Messages(ctx, shopID, conversationID, conversation.Range{Episode: c.Episode, Limit: 200})
	if err != nil {
		return conversation.Ticket{}, err
	}
	q := questionOf(c, messages, noChannel)
	q.Turns, q.Introduce = turnsOf(messages, c.AnsweredSeq, c.LastSeq), false
	if c.Holder == conversation.HeldByNobody { // what was settled is no part of what begins now, and raises no alarm again
		c.Episode, q.Turns = c.Episode+1, nil
	}
	reply := pressed(shop, q)
	ticket, err := r.handOver(ctx, shop, c, q, reply, messages, 0, also...)
	if errors.Is(err, conversation.ErrNotHolder) {
		return ticket, ErrWithPerson
	}
	return ticket, err
}

// pressed judges the episode so far for the packet; the button's wish stands whatever the judgement says.
func pressed(shop knowledge.Shop, q Question) Reply {
	verdict := triage.Assess(triage.Input{Turns: q.Turns, Locale: orElse(q.Locale, shop.Locale)})
	reply := Reply{Action: ActionHandoff, Language: verdict.Language, Level: max(verdict.Level, 1), Verdict: verdict}
	if len(q.Turns) == 0 {
		reply.Language = orElse(q.Locale, shop.Locale)
	}
	reply.Reasons = append([]triage.Reason{{Kind: triage.Wish, Score: 1}}, without(verdict.Reasons, triage.Wish)...)
	return reply
}

func without(reasons []triage.Reason, kind triage.Kind) []triage.Reason {
	var out []triage.Reason
	for _, reason := range reasons {
		if reason.Kind != kind {
			out = append(out, reason)
		}
	}
	return out
}
