// Package bot answers first: it hears a shopper, looks up what the shop knows, and answers, asks back or brings in a person.
package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Escalator is the human side: it opens a case for a handover inside the caller's transaction.
type Escalator interface {
	Enqueue(ctx context.Context, tx pgx.Tx, h conversation.Handover) (conversation.Ticket, error)
}

// Config is what a Responder is made of. Models may be nil: then no shop has a model.
type Config struct {
	Base      *knowledge.Base
	Store     *conversation.Store
	Channels  *channel.Store
	Escalator Escalator
	Feed      *conversation.Feed
	Models    Models
	Log       *slog.Logger

	// Similar says how near two texts are in meaning, −1 … 1, in whichever language each of them is. Drafts are held
	// against the articles with it; nil leaves that to their words alone, which stops more of them.
	Similar func(a, b string) float64
}

// Responder answers turns.
type Responder struct {
	base      *knowledge.Base
	store     *conversation.Store
	channels  *channel.Store
	escalator Escalator
	feed      *conversation.Feed
	models    Models
	similar   func(a, b string) float64
	log       *slog.Logger
}

// New returns a responder.
func New(c Config) *Responder {
	return &Responder{base: c.Base, store: c.Store, channels: c.Channels, escalator: c.Escalator, feed: c.Feed, models: c.Models, similar: c.Similar, log: c.Log}
}

// Receive stores a shopper's message and the job that will answer it in one transaction; nothing is called outside.
// The message is kept when Receive returns without an error.
func (r *Responder) Receive(ctx context.Context, ch channel.Channel, in channel.Inbound) (receipt conversation.Receipt, err error) {
	return r.receive(ctx, heard(ch, in))
}

// ReceiveAs is Receive for a visitor of the storefront, who is known by the hash of a token.
func (r *Responder) ReceiveAs(ctx context.Context, ch channel.Channel, in channel.Inbound, tokenHash []byte, kind string) (conversation.Receipt, error) {
	h := heard(ch, in)
	h.TokenHash, h.Kind = tokenHash, kind
	return r.receive(ctx, h)
}

func (r *Responder) receive(ctx context.Context, h conversation.Heard) (receipt conversation.Receipt, err error) {
	receipt, err = r.store.Hear(ctx, h)
	if err == nil && !receipt.Duplicate {
		r.store.Wake(h.ShopID, receipt.ConversationID)
	}
	return receipt, err
}

func heard(ch channel.Channel, in channel.Inbound) conversation.Heard {
	return conversation.Heard{
		ShopID: ch.ShopID, ChannelID: ch.ID, Address: in.Conversation, ExternalID: in.Message, Body: in.Text, SentAt: in.SentAt,
		Locale: in.Shopper.Locale, Market: in.Shopper.Market,
		Shopper: conversation.Shopper{ID: in.Shopper.ID, Name: in.Shopper.Name, Email: in.Shopper.Email, Phone: in.Shopper.Phone, Locale: in.Shopper.Locale},
		Context: conversation.PageContext{Page: in.Context.Page, Product: in.Context.Product, Order: in.Context.Order},
	}
}

// Close ends a conversation that the bot holds and has answered. One with an open turn gets its answer and stays; one that
// waits for or has a person is closed by the person. What also does stands exactly when the conversation is closed.
func (r *Responder) Close(ctx context.Context, shopID, conversationID uuid.UUID, also ...func(pgx.Tx) error) error {
	err := r.store.InTx(ctx, shopID, conversationID, func(tx pgx.Tx) error {
		err := r.store.Pass(ctx, tx, conversation.Pass{ShopID: shopID, ConversationID: conversationID, From: conversation.HeldByBot, To: conversation.HeldByNobody, OnlyAnswered: true})
		if err != nil {
			return err
		}
		return conversation.Also(tx, also)
	})
	if errors.Is(err, conversation.ErrNotHolder) {
		return nil
	}
	return err
}

// UnansweredAfter is how old an open turn is when the sweeper takes its job for lost; SweepEvery, how often it looks.
// Together with the time of a turn they keep the promise that every turn is answered within 75 seconds.
const (
	UnansweredAfter = 30 * time.Second
	SweepEvery      = 10 * time.Second
)

// Sweep inserts the jobs of turns that are heard but unanswered for too long again, and returns how many there were. It does
// the same for deliveries that no job carries any more.
func (r *Responder) Sweep(ctx context.Context) (int, error) {
	stale, err := r.store.Unanswered(ctx, UnansweredAfter, 500)
	if err != nil {
		return 0, fmt.Errorf("sweep unanswered turns: %w", err)
	}
	for _, c := range stale {
		if err := r.store.Reinsert(ctx, c); err != nil {
			return 0, fmt.Errorf("sweep unanswered turns: %w", err)
		}
	}
	if err := r.store.RedeliverLost(ctx); err != nil {
		return 0, fmt.Errorf("sweep lost deliveries: %w", err)
	}
	return len(stale), nil
}

// OpenFor finds or makes the conversation that an event of a channel is about.
func (r *Responder) OpenFor(ctx context.Context, ch channel.Channel, in channel.Inbound) (id uuid.UUID, err error) {
	err = r.store.Tx(ctx, func(tx pgx.Tx) error {
		id, err = r.store.Open(ctx, tx, heard(ch, in))
		return err
	})
	return id, err
}

// RunSweeper sweeps until the context ends.
func (r *Responder) RunSweeper(ctx context.Context) {
	conversation.Every(ctx, SweepEvery, func(ctx context.Context) {
		if n, err := r.Sweep(ctx); err != nil && ctx.Err() == nil {
			r.log.Warn("sweeper", "error", err)
		} else if n > 0 {
			r.log.Warn("turns were left unanswered; their jobs are inserted again", "turns", n)
		}
	})
}
