package handoff

import (
	"context"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Picture is an image of the conversation that an agent shows the shopper.
type Picture struct {
	ID   uuid.UUID
	Link func(key string) string // the address under which a channel finds it
}

// Show is Reply with a picture that is kept already (conversation.Store.AddImage).
func (d *Desk) Show(ctx context.Context, shopID, conversationID uuid.UUID, p staff.Person, picture Picture, seenSeq int64) (seq int64, err error) {
	err = d.store.InTx(ctx, shopID, conversationID, func(tx pgx.Tx) error {
		c, err := lockOpenCase(ctx, tx, shopID, conversationID)
		if err != nil {
			return err
		}
		if err := mayAnswer(c, p); err != nil {
			return err
		}
		key, err := d.store.LinkImage(ctx, tx, shopID, picture.ID)
		if err != nil {
			return err
		}
		seq, err = d.store.Speak(ctx, tx, conversation.Utterance{ShopID: shopID, ConversationID: conversationID, Author: conversation.ByAgent,
			StaffID: p.ID, StaffName: p.Name, Kind: conversation.KindImage, Body: picture.ID.String(), Link: picture.Link(key), SeenSeq: seenSeq})
		if err != nil {
			return err
		}
		if err := replied(ctx, tx, c, AwaitsReply, d.now()); err != nil {
			return err
		}
		return record(ctx, tx, shopID, by(p, "case.picture", c.ID, map[string]any{"seq": seq}))
	})
	return seq, err
}
