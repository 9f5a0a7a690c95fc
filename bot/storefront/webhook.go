package storefront

import (
	"context"
	"errors"
	"io"
	"net/http"

	"frontdesk/bot"
	"frontdesk/bot/channel"
	"frontdesk/bot/channel/webhook"
	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v4"
)

// received is the answer to an event.
type received struct {
	Conversation uuid.UUID `json:"conversation"`
	Seq          int64     `json:"seq"`
	known        bool
}

// webhook takes one signed event: verify the raw bytes, parse, store, answer. Nothing is called outside.
func (f *Face) webhook(c echo.Context) error {
	ctx, cancel := context.WithTimeout(c.Request().Context(), storeTimeout)
	defer cancel()
	d, err := f.doors.webhook(ctx, c.Param("shop"), c.Param("channel"))
	if err != nil {
		return err
	}
	raw, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, webhook.MaxBody))
	if err != nil {
		return bodyError(err)
	}
	if err := webhook.Verify(d.channel, c.Request().Header, raw); err != nil {
		return err
	}
	if err := f.channels.pass(d.channel.ID.String()); err != nil {
		return err
	}
	in, err := webhook.Parse(raw)
	if err != nil {
		return err
	}
	r, err := f.take(ctx, d.channel, in, c.Request().Header.Get("webhook-id"))
	if err != nil {
		return err
	}
	if r.known {
		return c.JSON(http.StatusOK, r)
	}
	return c.JSON(http.StatusAccepted, r)
}

// bodyError tells a body that is too long from one that the sender never finished.
func bodyError(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return err
	}
	return malformed("body", "incomplete")
}

func (f *Face) take(ctx context.Context, ch channel.Channel, in channel.Inbound, id string) (received, error) {
	if in.Type == channel.MessageCreated {
		receipt, err := f.responder.Receive(ctx, ch, in)
		return received{receipt.ConversationID, receipt.Seq, receipt.Duplicate}, err
	}
	if id == "" || len(id) > maxEventID {
		return received{}, &webhook.FieldError{Field: "webhook-id", Why: "missing or longer than 255 bytes"}
	}
	before, err := f.store.Noted(ctx, ch.ShopID, ch.ID, id)
	if err == nil {
		return received{before.ConversationID, before.Seq, true}, nil
	}
	if !errors.Is(err, conversation.ErrNotFound) {
		return received{}, err
	}
	return f.once(ctx, ch, in, id)
}

// maxEventID bounds the webhook-id of an event, in bytes.
const maxEventID = 255

// once lets an event act and notes in the same transaction that it did, so that a sender who tries again, also much later
// or twice at once, is told the same and changes nothing.
func (f *Face) once(ctx context.Context, ch channel.Channel, in channel.Inbound, id string) (received, error) {
	if in.Type == channel.HandoffRequested { // a person is one step away, also before the first word
		if _, err := f.responder.OpenFor(ctx, ch, in); err != nil {
			return received{}, err
		}
	}
	conv, err := f.store.ByAddress(ctx, ch.ShopID, ch.ID, in.Conversation)
	if err != nil {
		return received{}, err
	}
	e := conversation.Event{ShopID: ch.ShopID, ChannelID: ch.ID, ConversationID: conv.ID, ID: id}
	note := func(tx pgx.Tx) error { return f.store.Note(ctx, tx, e) }
	known, err := f.act(ctx, conv, in, note)
	if errors.Is(err, conversation.ErrKnown) {
		known, err = true, nil
	}
	if err != nil {
		return received{}, err
	}
	if err := f.store.Tx(ctx, note); err != nil && !errors.Is(err, conversation.ErrKnown) { // what found nothing to do is noted, too
		return received{}, err
	}
	noted, err := f.store.Noted(ctx, ch.ShopID, ch.ID, id)
	return received{noted.ConversationID, noted.Seq, known}, err
}

// act does what the event asks for; known says that there was nothing left to do.
func (f *Face) act(ctx context.Context, conv conversation.Conversation, in channel.Inbound, note func(pgx.Tx) error) (known bool, err error) {
	switch in.Type {
	case channel.HandoffRequested:
		return f.bringPerson(ctx, conv, note)
	case channel.ConversationClosed:
		return conv.Holder == conversation.HeldByNobody, f.responder.Close(ctx, conv.ShopID, conv.ID, note)
	case channel.RatingGiven:
		return false, f.desk.Rate(ctx, conv.ShopID, conv.ID, in.Score, in.Comment, note)
	}
	return false, nil
}

// bringPerson hands the conversation over; already says that it was before.
func (f *Face) bringPerson(ctx context.Context, conv conversation.Conversation, also ...func(pgx.Tx) error) (already bool, err error) {
	_, err = f.responder.RequestPerson(ctx, conv.ShopID, conv.ID, also...)
	if errors.Is(err, bot.ErrWithPerson) {
		return true, nil
	}
	return false, err
}
