package storefront

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/bot/channel/webhook"
	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// postImage keeps an image and a message that shows it.
func (f *Face) postImage(c echo.Context) error {
	ctx := c.Request().Context()
	conv, err := f.writer(ctx)
	if err != nil {
		return err
	}
	id := c.QueryParam("id")
	if err := webhook.CheckID("id", id); err != nil {
		return err
	}
	language := f.texts.spoken(append([]string{conv.Locale, conv.Shopper.Locale}, append(wishes(c.Request()), doorOf(ctx).shop.Locale)...)...)
	leave, err := f.uploads.enter(c.RealIP())
	if err != nil {
		return f.said(err, language, "storefront.images.slowly")
	}
	defer leave()
	raw, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, conversation.MaxPicture))
	if err != nil {
		return bodyError(err)
	}
	kept, err := f.decode(ctx, raw)
	if errors.Is(err, conversation.ErrPicture) {
		return malformed("body", conversation.ErrPicture.Error())
	}
	if err != nil {
		return err
	}
	kept.ShopID, kept.ConversationID = conv.ShopID, conv.ID
	kept.ID, err = f.store.AddImage(ctx, kept, f.imageLimits)
	switch {
	case errors.Is(err, conversation.ErrTooMany):
		return &refusal{status: http.StatusTooManyRequests, detail: f.texts.get(language, "storefront.images.many"), retry: 24 * time.Hour}
	case errors.Is(err, conversation.ErrFull):
		return &refusal{status: http.StatusTooManyRequests, detail: f.texts.get(language, "storefront.images.full"), retry: time.Hour}
	case err != nil:
		return err
	}
	in := channel.Inbound{Type: channel.MessageCreated, Conversation: conv.Address, Message: id, Text: kept.ID.String()}
	receipt, err := f.responder.ReceiveAs(ctx, doorOf(ctx).channel, in, conv.TokenHash, conversation.KindImage)
	if err != nil {
		return err
	}
	answer := Accepted{Seq: receipt.Seq, Holder: AcceptedHolder(receipt.Holder)}
	if receipt.Duplicate {
		return errors.Join(f.store.DropImage(ctx, conv.ShopID, kept.ID), c.JSON(http.StatusOK, answer))
	}
	answer.Image = &kept.ID
	return c.JSON(http.StatusAccepted, answer)
}

// said puts our own words, in the shopper's language, in the place of a refusal's.
func (f *Face) said(err error, language, text string) error {
	var r *refusal
	if !errors.As(err, &r) {
		return err
	}
	mine := *r
	mine.detail = f.texts.get(language, text)
	return &mine
}

// getImage shows an image of the visitor's own conversation.
func (f *Face) getImage(c echo.Context) error {
	ctx := c.Request().Context()
	conv, err := f.visitor(ctx)
	if err != nil {
		return err
	}
	id, err := uuid.Parse(c.Param("image"))
	if err != nil {
		return conversation.ErrNotFound
	}
	img, err := f.store.Image(ctx, conv.ShopID, conv.ID, id)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "private, max-age=86400, immutable")
	c.Response().Header().Set("Content-Security-Policy", "default-src 'none'")
	return c.Blob(http.StatusOK, img.MediaType, img.Bytes)
}

// decode is conversation.Reencode for a few at a time.
func (f *Face) decode(ctx context.Context, raw []byte) (conversation.Image, error) {
	select {
	case f.decodes <- struct{}{}:
		defer func() { <-f.decodes }()
		return conversation.Reencode(raw)
	case <-ctx.Done():
		return conversation.Image{}, ctx.Err()
	}
}
