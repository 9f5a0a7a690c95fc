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
	r, err := f.take(ctx, d.channel, in)
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

func (f *Face) take(ctx context.Context, ch channel.Channel, in channel.Inbound) (received, error) {
	if in.Type == channel.MessageCreated {
		receipt, err := f.responder.Receive(ctx, ch, in)
		return received{receipt.ConversationID, receipt.Seq, receipt.Duplicate}, err
	}
	if in.Type == channel.HandoffRequested { // a person is one step away, also before the first word
		if _, err := f.responder.OpenFor(ctx, ch, in); err != nil {
			return received{}, err
		}
	}
	conv, err := f.store.ByAddress(ctx, ch.ShopID, ch.ID, in.Conversation)
	if err != nil {
		return received{}, err
	}
	r := received{Conversation: conv.ID, Seq: conv.LastSeq}
	switch in.Type {
	case channel.HandoffRequested:
		r.known, err = f.bringPerson(ctx, conv)
		if err == nil && !r.known {
			r.Seq, err = f.newest(ctx, conv)
		}
	case channel.ConversationClosed:
		r.known = conv.Holder == conversation.HeldByNobody
		err = f.responder.Close(ctx, conv.ShopID, conv.ID)
	case channel.RatingGiven:
		err = f.desk.Rate(ctx, conv.ShopID, conv.ID, in.Score, in.Comment)
	}
	return r, err
}

// bringPerson hands the conversation over; already says that it was before.
func (f *Face) bringPerson(ctx context.Context, conv conversation.Conversation) (already bool, err error) {
	_, err = f.responder.RequestPerson(ctx, conv.ShopID, conv.ID)
	if errors.Is(err, bot.ErrWithPerson) {
		return true, nil
	}
	return false, err
}

func (f *Face) newest(ctx context.Context, conv conversation.Conversation) (int64, error) {
	now, err := f.store.Conversation(ctx, conv.ShopID, conv.ID)
	return now.LastSeq, err
}
