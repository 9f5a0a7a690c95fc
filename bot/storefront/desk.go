package storefront

import (
	"context"
	"strings"
	"unicode/utf8"

	"frontdesk/bot/channel/webhook"
	"frontdesk/bot/conversation"
)

// RequestPerson hands the conversation over; asked twice it does so once.
func (f *Face) RequestPerson(ctx context.Context, _ RequestPersonRequestObject) (RequestPersonResponseObject, error) {
	conv, err := f.writer(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := f.bringPerson(ctx, conv); err != nil {
		return nil, err
	}
	state, err := f.stands(ctx, conv)
	return RequestPerson200JSONResponse(state), err
}

// ReturnToBot takes the conversation out of the queue; where it is in none, or must stay there, it says how things stand.
func (f *Face) ReturnToBot(ctx context.Context, _ ReturnToBotRequestObject) (ReturnToBotResponseObject, error) {
	conv, err := f.writer(ctx)
	if err != nil {
		return nil, err
	}
	if botAnswers(ctx) {
		if _, err := f.desk.Withdraw(ctx, conv.ShopID, conv.ID); err != nil {
			return nil, err
		}
	}
	state, err := f.stands(ctx, conv)
	return ReturnToBot200JSONResponse(state), err
}

// stands is the state as it is after something was done.
func (f *Face) stands(ctx context.Context, conv conversation.Conversation) (State, error) {
	conv, err := f.store.Conversation(ctx, conv.ShopID, conv.ID)
	if err != nil {
		return State{}, err
	}
	return f.state(ctx, conv)
}

// LeaveContact keeps where the visitor wants to be reached, if it looks like an address or a number.
func (f *Face) LeaveContact(ctx context.Context, r LeaveContactRequestObject) (LeaveContactResponseObject, error) {
	conv, err := f.writer(ctx)
	if err != nil {
		return nil, err
	}
	return LeaveContact204Response{}, f.desk.LeaveContact(ctx, conv.ShopID, conv.ID, conversation.Contact{Email: line(r.Body.Email), Phone: line(r.Body.Phone)})
}

// GetShared returns what a colleague is told.
func (f *Face) GetShared(ctx context.Context, _ GetSharedRequestObject) (GetSharedResponseObject, error) {
	conv, err := f.visitor(ctx)
	if err != nil {
		return nil, err
	}
	s, err := f.desk.Shared(ctx, conv.ShopID, conv.ID)
	return GetShared200JSONResponse{Summary: s.Summary, Tried: given(s.Tried), Wanted: given(s.Wanted), Order: given(s.Order), Correction: given(s.Correction),
		Reach: reachOf(s.Reach.Email, s.Reach.Phone)}, err
}

// CorrectShared adds the visitor's own words to it.
func (f *Face) CorrectShared(ctx context.Context, r CorrectSharedRequestObject) (CorrectSharedResponseObject, error) {
	conv, err := f.writer(ctx)
	if err != nil {
		return nil, err
	}
	text := strings.TrimSpace(webhook.Clean(r.Body.Text))
	wanted := strings.TrimSpace(webhook.Clean(value(r.Body.Wanted)))
	switch {
	case utf8.RuneCountInString(text) > 2000:
		return nil, malformed("text", "longer than 2000 characters")
	case utf8.RuneCountInString(wanted) > 2000:
		return nil, malformed("wanted", "longer than 2000 characters")
	}
	return CorrectShared204Response{}, f.desk.Correct(ctx, conv.ShopID, conv.ID, conversation.Correction{Text: text, Wanted: wanted})
}

// Rate keeps how it went.
func (f *Face) Rate(ctx context.Context, r RateRequestObject) (RateResponseObject, error) {
	conv, err := f.writer(ctx)
	if err != nil {
		return nil, err
	}
	comment := strings.TrimSpace(webhook.Clean(text(r.Body.Comment)))
	switch {
	case r.Body.Score < 1 || r.Body.Score > 5:
		return nil, malformed("score", "not a number from 1 to 5")
	case utf8.RuneCountInString(comment) > 2000:
		return nil, malformed("comment", "longer than 2000 characters")
	}
	return Rate204Response{}, f.desk.Rate(ctx, conv.ShopID, conv.ID, r.Body.Score, comment)
}
