package conversation

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"regexp"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// ContactError is an address or a number that cannot be one.
type ContactError struct{ Field, Why string } // the field is email or phone

func (e *ContactError) Error() string { return e.Field + ": " + e.Why }

// dialled takes what E.164 allows, 15 digits at most.
var dialled = regexp.MustCompile(`^\+?[0-9]{6,15}$`)

// Checked is the contact without what people put around and between its signs. What cannot be an address or a number, or is
// neither, is a ContactError.
func (c Contact) Checked() (Contact, error) {
	c.Email = strings.TrimSpace(c.Email)
	c.Phone = strings.NewReplacer(" ", "", "-", "", ".", "", "(", "", ")", "", "\u00a0", "").Replace(strings.TrimSpace(c.Phone))
	if c.Email == "" && c.Phone == "" {
		return c, &ContactError{"email", "missing, and so is the phone number"}
	}
	if c.Email != "" {
		a, err := mail.ParseAddress(c.Email)
		if err != nil || a.Address != c.Email || len(c.Email) > 254 || !strings.Contains(c.Email[strings.LastIndex(c.Email, "@"):], ".") {
			return c, &ContactError{"email", "not an e-mail address"}
		}
	}
	if c.Phone != "" && !dialled.MatchString(c.Phone) {
		return c, &ContactError{"phone", "not a phone number"}
	}
	return c, nil
}

// TakeContact keeps where the shopper wants to be reached. While the conversation waits for a person, the shopper is told in
// the shop's own voice that it was noted, once for each address or number: who types it wrong should see it.
func (s *Store) TakeContact(ctx context.Context, tx pgx.Tx, shopID, id uuid.UUID, contact Contact) error {
	var holder Holder
	var language string
	var news bool
	err := tx.QueryRow(ctx, `
		with before as (
			select shopper, holder, coalesce(nullif(locale, ''), shopper->>'locale', '') as locale from conversations
			where shop_id = $1 and conversation_id = $2 for no key update
		), given as (select jsonb_strip_nulls(jsonb_build_object('email', nullif($3, ''), 'phone', nullif($4, ''))) as contact)
		update conversations c set shopper = c.shopper || contact, updated_at = now() from before, given
		where c.shop_id = $1 and c.conversation_id = $2
		returning before.holder, before.locale, not before.shopper @> contact`,
		shopID, id, contact.Email, contact.Phone).Scan(&holder, &language, &news)
	if errors.Is(err, pgx.ErrNoRows) {
		err = ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("contact of conversation %s: %w", id, err)
	}
	if !news || holder != HeldByQueue {
		return nil
	}
	_, err = s.Speak(ctx, tx, Utterance{ShopID: shopID, ConversationID: id, Author: BySystem, Language: language, Body: noted(contact, language)})
	return err
}

// noted says that a contact was taken down. It promises what the packet makes possible, and no time.
func noted(contact Contact, language string) string {
	language, _, _ = strings.Cut(language, "-")
	say := "Thank you. If you're not here when a colleague answers, they'll reach you at %s."
	switch language {
	case "zh":
		say = "谢谢，已记下您的联系方式：%s。客服回复时如果您不在，会通过它联系您。"
	case "es":
		say = "Gracias. Si no estás aquí cuando te responda un compañero, te localizará en %s."
	}
	where := contact.Email
	if where == "" {
		where = contact.Phone
	} else if contact.Phone != "" {
		where += " / " + contact.Phone
	}
	return fmt.Sprintf(say, where)
}
