package handoff

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Shared returns what of the open case's packet its shopper may read; ErrNotFound when no case is open.
func (d *Desk) Shared(ctx context.Context, shopID, conversationID uuid.UUID) (conversation.Shared, error) {
	var caseID uuid.UUID
	err := d.pool.QueryRow(ctx, `
		select case_id from cases where shop_id = $1 and conversation_id = $2 and state in ('waiting', 'claimed')`, shopID, conversationID).Scan(&caseID)
	if err != nil {
		return conversation.Shared{}, translate(err, "open case of conversation "+conversationID.String())
	}
	p, err := d.Packet(ctx, shopID, caseID)
	if err != nil {
		return conversation.Shared{}, err
	}
	return conversation.Shared{Summary: p.Summary, Tried: p.Star.Tried, Wanted: wanted(p), Order: p.Page.Order, Correction: p.Correction,
		Reach: conversation.Contact{Email: p.Shopper.Email, Phone: p.Shopper.Phone}}, nil
}

// wanted is the result that is wanted: what the shopper says of it, else what the chat says.
func wanted(p conversation.Packet) string {
	if p.Wanted != "" {
		return p.Wanted
	}
	return p.Star.Result
}

// Correct keeps the shopper's own words about what is being sent, in place of those before; empty ones take them back.
// ErrNotFound when no case is open.
func (d *Desk) Correct(ctx context.Context, shopID, conversationID uuid.UUID, words conversation.Correction) error {
	return d.store.InTx(ctx, shopID, conversationID, func(tx pgx.Tx) error {
		c, err := lockOpenCase(ctx, tx, shopID, conversationID)
		if err != nil {
			return err
		}
		return patchPacket(ctx, tx, c, `packet || jsonb_build_object('correction', $3::text) ||
			case when $4::text = coalesce(packet #>> '{star,result}', '') then jsonb_build_object('wanted', '') else jsonb_build_object('wanted', $4::text) end`,
			cut(clean(words.Text), 1000), cut(clean(words.Wanted), 1000))
	})
}

// clean takes out what a text column does not hold.
func clean(words string) string {
	return strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(words, "\x00", ""), "\uFFFD"))
}

// LeaveContact keeps where the shopper wants to be reached, with the conversation and in the packet of its open case; who
// waits is told that it is noted.
// An address or number that cannot be one is ErrInvalid and a conversation.ContactError; at least one of the two must be given.
func (d *Desk) LeaveContact(ctx context.Context, shopID, conversationID uuid.UUID, contact conversation.Contact) error {
	contact, err := contact.Checked()
	if err != nil {
		return fmt.Errorf("contact: %w: %w", ErrInvalid, err)
	}
	return d.store.InTx(ctx, shopID, conversationID, func(tx pgx.Tx) error {
		c, err := lockOpenCase(ctx, tx, shopID, conversationID)
		if err == nil {
			err = patchPacket(ctx, tx, c, `jsonb_set(packet, '{shopper}', coalesce(packet->'shopper', '{}') ||
				jsonb_strip_nulls(jsonb_build_object('email', nullif($3::text, ''), 'phone', nullif($4::text, ''))))`, contact.Email, contact.Phone)
		} else if errors.Is(err, ErrNotFound) {
			err = nil
		}
		if err != nil {
			return err
		}
		return d.store.TakeContact(ctx, tx, shopID, conversationID, contact)
	})
}

// patchPacket rewrites the packet of a locked case; the expression's parameters begin at $3.
func patchPacket(ctx context.Context, tx pgx.Tx, c Case, expression string, args ...any) error {
	_, err := tx.Exec(ctx, `update packets set packet = `+expression+` where shop_id = $1 and case_id = $2`, append([]any{c.ShopID, c.ID}, args...)...)
	return translate(err, "packet of case "+c.ID.String())
}
