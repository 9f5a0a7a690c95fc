package webhook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"frontdesk/bot/channel"
)

// MaxBody is the largest request body accepted, in bytes; MaxText the longest message, in code points.
const (
	MaxBody = 64 << 10
	MaxText = 8000
	maxID   = 200
	maxName = 300
)

// FieldError names the field of a body that cannot be accepted.
type FieldError struct{ Field, Why string }

func (e *FieldError) Error() string { return e.Field + ": " + e.Why }

type body struct {
	Type string `json:"type"`
	Data struct {
		Conversation string          `json:"conversation"`
		Message      string          `json:"message"`
		Text         string          `json:"text"`
		SentAt       string          `json:"sent_at"`
		Shopper      channel.Shopper `json:"shopper"`
		Context      channel.Context `json:"context"`
		Score        int             `json:"score"`
		Comment      string          `json:"comment"`
	} `json:"data"`
}

// Parse reads an event. Every error is a *FieldError. Unknown fields are ignored.
func Parse(raw []byte) (channel.Inbound, error) {
	var b body
	dec := json.NewDecoder(bytes.NewReader(raw))
	if err := dec.Decode(&b); err != nil {
		return channel.Inbound{}, fieldError(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return channel.Inbound{}, &FieldError{"body", "more than one JSON value"}
	}
	if !utf8.Valid(raw) {
		return channel.Inbound{}, &FieldError{"body", "not UTF-8"}
	}
	if err := checkType(b.Type); err != nil {
		return channel.Inbound{}, err
	}
	d := b.Data
	in := channel.Inbound{Type: b.Type, Conversation: d.Conversation, Message: d.Message, Text: Clean(d.Text), Score: d.Score, Comment: Clean(d.Comment)}
	in.Shopper = channel.Shopper{ID: short(d.Shopper.ID), Name: short(d.Shopper.Name), Email: short(d.Shopper.Email), Phone: short(d.Shopper.Phone), Locale: short(d.Shopper.Locale), Market: short(d.Shopper.Market)}
	in.Context = channel.Context{Page: short(d.Context.Page), Product: short(d.Context.Product), Order: short(d.Context.Order)}
	if d.SentAt != "" {
		at, err := time.Parse(time.RFC3339, d.SentAt)
		if err != nil || at.Year() < 2000 || at.Year() > 9000 {
			return in, &FieldError{"data.sent_at", "not an RFC 3339 time"}
		}
		in.SentAt = at
	}
	return in, check(in)
}

func check(in channel.Inbound) error {
	if err := CheckID("data.conversation", in.Conversation); err != nil {
		return err
	}
	switch in.Type {
	case channel.MessageCreated:
		if strings.TrimSpace(in.Text) == "" {
			return &FieldError{"data.text", "empty"}
		}
		if utf8.RuneCountInString(in.Text) > MaxText {
			return &FieldError{"data.text", fmt.Sprintf("longer than %d characters", MaxText)}
		}
		return CheckID("data.message", in.Message)
	case channel.RatingGiven:
		if in.Score < 1 || in.Score > 5 {
			return &FieldError{"data.score", "not a number from 1 to 5"}
		}
	}
	return nil
}

// checkType comes before all else: what an event needs depends on its type.
func checkType(kind string) error {
	switch kind {
	case channel.MessageCreated, channel.HandoffRequested, channel.ConversationClosed, channel.RatingGiven:
		return nil
	case "":
		return &FieldError{"type", "missing"}
	}
	return &FieldError{"type", "not one of message.created, handoff.requested, conversation.closed, rating.given"}
}

// CheckID says with a FieldError why an id that another system made is none that we keep.
func CheckID(field, id string) error {
	switch {
	case id == "":
		return &FieldError{field, "missing"}
	case len(id) > maxID:
		return &FieldError{field, fmt.Sprintf("longer than %d bytes", maxID)}
	case strings.ContainsFunc(id, func(r rune) bool { return unicode.IsControl(r) || r == utf8.RuneError }):
		return &FieldError{field, "has a control character"}
	}
	return nil
}

// Clean drops what PostgreSQL cannot store (NUL) and what only confuses a reader: control characters but for tab and line
// feed, and the characters that turn the direction of writing around what follows them.
func Clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < ' ', r == 0x7f, r >= 0x80 && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

func short(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(Clean(s), "\n", " "))
	if utf8.RuneCountInString(s) > maxName {
		s = string([]rune(s)[:maxName])
	}
	return s
}

func fieldError(err error) error {
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong) && wrong.Field != "":
		return &FieldError{wrong.Field, "a " + wrong.Value + " where a " + wrong.Type.String() + " belongs"}
	case errors.As(err, &wrong):
		return &FieldError{"body", "not a JSON object"}
	}
	return &FieldError{"body", "not JSON"}
}
