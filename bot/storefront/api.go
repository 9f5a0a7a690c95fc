package storefront

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/bot/channel"
	"frontdesk/bot/channel/webhook"
	"frontdesk/bot/conversation"

	"github.com/jackc/pgx/v5"
)

// StartConversation makes an empty conversation and the token that opens it.
func (f *Face) StartConversation(ctx context.Context, r StartConversationRequestObject) (StartConversationResponseObject, error) {
	d := doorOf(ctx)
	address, token, hash := newToken()
	in := *r.Body
	heard := conversation.Heard{
		ShopID: d.shop.ID, ChannelID: d.channel.ID, Address: address, TokenHash: hash,
		Locale: line(in.Locale), Market: strings.ToUpper(line(in.Market)),
		Shopper: conversation.Shopper{Name: line(in.Name), Locale: line(in.Locale), Zone: zone(in.Zone)}, Context: pageContext(in.Context),
	}
	var conv conversation.Conversation
	err := f.store.Tx(ctx, func(tx pgx.Tx) error {
		id, err := f.store.Open(ctx, tx, heard)
		conv.ShopID, conv.ID, conv.Holder = d.shop.ID, id, conversation.HeldByBot
		return err
	})
	if err != nil {
		return nil, err
	}
	state, err := f.state(ctx, conv)
	if err != nil {
		return nil, err
	}
	return StartConversation201JSONResponse{Token: token, Conversation: conv.ID, State: state}, nil
}

// PostMessage stores what the visitor says and the job that will answer it.
func (f *Face) PostMessage(ctx context.Context, r PostMessageRequestObject) (PostMessageResponseObject, error) {
	conv, err := f.writer(ctx)
	if err != nil {
		return nil, err
	}
	in, err := message(conv, *r.Body)
	if err != nil {
		return nil, err
	}
	receipt, err := f.responder.ReceiveAs(ctx, doorOf(ctx).channel, in, conv.TokenHash, conversation.KindText)
	if err != nil {
		return nil, err
	}
	answer := Accepted{Seq: receipt.Seq, Holder: AcceptedHolder(receipt.Holder)}
	if receipt.Duplicate {
		return PostMessage200JSONResponse(answer), nil
	}
	return PostMessage202JSONResponse(answer), nil
}

// message checks a message as the webhook does: the same bounds, the same cleaning.
func message(conv conversation.Conversation, m NewMessage) (channel.Inbound, error) {
	text := webhook.Clean(m.Text)
	if err := webhook.CheckID("id", m.Id); err != nil {
		return channel.Inbound{}, err
	}
	switch {
	case strings.TrimSpace(text) == "":
		return channel.Inbound{}, malformed("text", "empty")
	case utf8.RuneCountInString(text) > webhook.MaxText:
		return channel.Inbound{}, malformed("text", "longer than 8000 characters")
	}
	at := pageContext(m.Context)
	return channel.Inbound{
		Type: channel.MessageCreated, Conversation: conv.Address, Message: m.Id, Text: text,
		Shopper: channel.Shopper{Locale: line(m.Locale)},
		Context: channel.Context{Page: at.Page, Product: at.Product, Order: at.Order},
	}, nil
}

// ListMessages returns a part of the thread.
func (f *Face) ListMessages(ctx context.Context, r ListMessagesRequestObject) (ListMessagesResponseObject, error) {
	conv, err := f.visitor(ctx)
	if err != nil {
		return nil, err
	}
	want := conversation.Range{After: value(r.Params.After), Before: value(r.Params.Before), Limit: value(r.Params.Limit)}
	if want.Limit < 1 || want.Limit > 200 {
		want.Limit = 200
	}
	if want.After < 0 || want.Before < 0 {
		return nil, malformed("after", "negative")
	}
	messages, err := f.store.Messages(ctx, conv.ShopID, conv.ID, want)
	if err != nil {
		return nil, err
	}
	state, err := f.state(ctx, conv)
	if err != nil {
		return nil, err
	}
	return ListMessages200JSONResponse{Messages: shown(messages), State: state}, nil
}

// zone is a time zone that there is; any other is none.
func zone(given *string) string {
	name := line(given)
	if _, err := time.LoadLocation(name); err != nil || len(name) > 64 {
		return ""
	}
	return name
}

// Typing shows agents that the visitor is writing: a change without a name.
func (f *Face) Typing(ctx context.Context, _ TypingRequestObject) (TypingResponseObject, error) {
	conv, err := f.writer(ctx)
	if err != nil {
		return nil, err
	}
	f.feed.Typing(conv.ShopID, conv.ID, "")
	return Typing204Response{}, nil
}

func pageContext(p *PageContext) conversation.PageContext {
	if p == nil {
		return conversation.PageContext{}
	}
	return conversation.PageContext{Page: line(p.Page), Product: line(p.Product), Order: line(p.Order)}
}

// line is an optional field of one line, cleaned and bounded.
func line(s *string) string {
	clean := strings.Join(strings.Fields(webhook.Clean(text(s))), " ")
	if utf8.RuneCountInString(clean) > 300 {
		clean = string([]rune(clean)[:300])
	}
	return clean
}

func text(s *string) string { return value(s) }

func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// given is nil for a zero value, so that it stays out of the JSON.
func given[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
