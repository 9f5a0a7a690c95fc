package bot

import (
	"context"
	"errors"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"

	"github.com/jackc/pgx/v5"
)

// complaint is the level from which a waiting shopper's words make a case more urgent.
const complaint = 2

// errNotMoreUrgent ends the transaction of a reassessment that changes nothing.
var errNotMoreUrgent = errors.New("the case is as urgent as it was")

// reassess judges what a shopper writes while the conversation waits for a person or is with one: the bot does not
// answer, but what it found stands with the messages, and anger and risk raise the case. Who waits is told the new time; an
// agent's shopper is told nothing.
func (r *Responder) reassess(ctx context.Context, c conversation.Conversation, messages []conversation.Message) error {
	shop, err := r.base.Shop(ctx, c.ShopID)
	if err != nil {
		return err
	}
	q := questionOf(c, messages, noChannel)
	if err := r.noteContact(ctx, c, messages, q); err != nil {
		return err
	}
	verdict := triage.Assess(triage.Input{Turns: q.Turns, Locale: orElse(q.Locale, shop.Locale)})
	if err := r.noteJudged(ctx, c, messages, q, verdict); err != nil || verdict.Level < complaint {
		return err
	}
	reply := Reply{Action: ActionHandoff, Language: verdict.Language, Level: verdict.Level, Reasons: verdict.Reasons, Verdict: verdict}
	packet := r.packet(ctx, shop, c, q, reply, messages)
	err = r.store.InTx(ctx, c.ShopID, c.ID, func(tx pgx.Tx) error {
		ticket, err := r.escalator.Enqueue(ctx, tx, conversation.Handover{
			ShopID: c.ShopID, ConversationID: c.ID, Episode: c.Episode, Level: reply.Level, Reasons: packet.Reasons, Language: reply.Language, Packet: packet,
			Say: func(t conversation.Ticket) string {
				return raisedSentence(t, reply.Language, c.Shopper, shop.Location())
			},
		})
		if err != nil {
			return err
		}
		if !ticket.Raised {
			return errNotMoreUrgent
		}
		if ticket.Said == "" {
			return nil
		}
		u := utterance(c, reply, 0)
		u.Author, u.Body, u.Cost = conversation.BySystem, joinText(acknowledge(lastShopperText(q.Turns), reply.Language), ticket.Said), nil
		_, err = r.store.Speak(ctx, tx, u)
		return err
	})
	if errors.Is(err, errNotMoreUrgent) || errors.Is(err, conversation.ErrNotHolder) {
		return nil
	}
	return err
}

// noteContact keeps the e-mail address or phone number that a waiting shopper writes after being asked for one, and says so.
func (r *Responder) noteContact(ctx context.Context, c conversation.Conversation, messages []conversation.Message, q Question) error {
	contact := conversation.ContactIn(openTurn(q.Turns))
	if c.Holder != conversation.HeldByQueue || contact == (conversation.Contact{}) || !askedToReach(messages) {
		return nil
	}
	return r.store.InTx(ctx, c.ShopID, c.ID, func(tx pgx.Tx) error {
		return r.store.TakeContact(ctx, tx, c.ShopID, c.ID, contact)
	})
}

// askedToReach says whether a shopper was asked, or told, how to be reached.
func askedToReach(messages []conversation.Message) bool {
	for _, m := range messages {
		if m.Author != conversation.ByBot && m.Author != conversation.BySystem {
			continue
		}
		for _, language := range []string{"zh", "en", "es"} {
			told, _, _ := strings.Cut(sayReached.in(language), "%s")
			if strings.Contains(m.Body, sayReach.in(language)) || strings.Contains(m.Body, told) {
				return true
			}
		}
	}
	return false
}
