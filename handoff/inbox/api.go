package inbox

import (
	"context"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v4"
)

// api answers the operations of openapi.yaml.
type api struct{ *Face }

type callerKey struct{}

// callers hands the person of a request on to the operations, which see no echo.Context.
func callers(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.SetRequest(c.Request().WithContext(context.WithValue(c.Request().Context(), callerKey{}, person(c))))
		return next(c)
	}
}

func callerOf(ctx context.Context) staff.Person {
	p, _ := ctx.Value(callerKey{}).(staff.Person)
	return p
}

// ListCases returns one page of a view.
func (a api) ListCases(ctx context.Context, r ListCasesRequestObject) (ListCasesResponseObject, error) {
	p := callerOf(ctx)
	v := handoff.View{Name: handoff.ViewWaiting, Agent: p.ID, Text: given(r.Params.Q), Skill: given(r.Params.Skill),
		Limit: given(r.Params.Limit), Offset: given(r.Params.Offset)}
	if r.Params.View != nil {
		if v.Name = oneOf(string(*r.Params.View), views()...); v.Name == "" {
			return nil, malformed("view: none of mine, waiting, all, bot, resolved")
		}
	}
	rows, total, err := a.desk.Queue(ctx, p.ShopID, v)
	if err != nil {
		return nil, err
	}
	return ListCases200JSONResponse{Cases: orEmpty(rows), Total: total}, nil
}

// GetCase returns a case with everything that belongs to it.
func (a api) GetCase(ctx context.Context, r GetCaseRequestObject) (GetCaseResponseObject, error) {
	shopID := callerOf(ctx).ShopID
	k, err := a.desk.Case(ctx, shopID, r.Case)
	if err != nil {
		return nil, err
	}
	file := GetCase200JSONResponse{Case: k, Clocks: k.Clocks()}
	if file.Packet, err = a.desk.Packet(ctx, shopID, k.ID); err != nil {
		return nil, err
	}
	if file.Promises, err = a.desk.Promises(ctx, shopID, k.ID); err != nil {
		return nil, err
	}
	notes, err := a.desk.Notes(ctx, shopID, k.ConversationID)
	file.Promises, file.Notes = orEmpty(file.Promises), orEmpty(notes)
	return file, err
}

// ClaimCase takes a waiting case.
func (a api) ClaimCase(ctx context.Context, r ClaimCaseRequestObject) (ClaimCaseResponseObject, error) {
	p := callerOf(ctx)
	k, err := a.after(ctx, r.Case, a.desk.Claim(ctx, p.ShopID, r.Case, p))
	return ClaimCase200JSONResponse(k), err
}

// NoteCase leaves a note.
func (a api) NoteCase(ctx context.Context, r NoteCaseRequestObject) (NoteCaseResponseObject, error) {
	p := callerOf(ctx)
	k, err := a.after(ctx, r.Case, a.desk.Note(ctx, p.ShopID, r.Case, p, r.Body.Body))
	return NoteCase200JSONResponse(k), err
}

// TransferCase passes a case on.
func (a api) TransferCase(ctx context.Context, r TransferCaseRequestObject) (TransferCaseResponseObject, error) {
	p := callerOf(ctx)
	to := handoff.Transfer{Agent: given(r.Body.Agent), Skill: given(r.Body.Skill), Note: given(r.Body.Note)}
	k, err := a.after(ctx, r.Case, a.desk.Transfer(ctx, p.ShopID, r.Case, p, to))
	return TransferCase200JSONResponse(k), err
}

// ReturnCase gives the conversation back to the bot.
func (a api) ReturnCase(ctx context.Context, r ReturnCaseRequestObject) (ReturnCaseResponseObject, error) {
	p := callerOf(ctx)
	k, err := a.after(ctx, r.Case, a.desk.Return(ctx, p.ShopID, r.Case, p))
	return ReturnCase200JSONResponse(k), err
}

// ResolveCase ends a case.
func (a api) ResolveCase(ctx context.Context, r ResolveCaseRequestObject) (ResolveCaseResponseObject, error) {
	p := callerOf(ctx)
	k, err := a.after(ctx, r.Case, a.desk.Resolve(ctx, p.ShopID, r.Case, p, string(r.Body.Outcome), given(r.Body.SeenSeq)))
	return ResolveCase200JSONResponse(k), err
}

// ListMessages returns a part of the thread.
func (a api) ListMessages(ctx context.Context, r ListMessagesRequestObject) (ListMessagesResponseObject, error) {
	conv, err := a.store.Conversation(ctx, callerOf(ctx).ShopID, r.Conversation)
	if err != nil {
		return nil, err
	}
	limit := 100
	if r.Params.Limit != nil {
		limit = min(max(*r.Params.Limit, 1), 500)
	}
	messages, err := a.store.Messages(ctx, conv.ShopID, conv.ID, conversation.Range{After: max(0, given(r.Params.After)), Before: max(0, given(r.Params.Before)), Limit: limit})
	if err != nil {
		return nil, err
	}
	return ListMessages200JSONResponse{Messages: orEmpty(messages), LastSeq: conv.LastSeq, Holder: ThreadHolder(conv.Holder),
		Blocked: orNil(conv.BlockedAt != nil), Erased: orNil(conv.ErasedAt != nil)}, nil
}

// Reply writes to the shopper.
func (a api) Reply(ctx context.Context, r ReplyRequestObject) (ReplyResponseObject, error) {
	p := callerOf(ctx)
	seq, err := a.desk.Reply(ctx, p.ShopID, r.Conversation, p, r.Body.Body, given(r.Body.SeenSeq))
	return Reply201JSONResponse{Seq: seq}, err
}

// TakeOver takes the conversation from whoever has it but a colleague.
func (a api) TakeOver(ctx context.Context, r TakeOverRequestObject) (TakeOverResponseObject, error) {
	p := callerOf(ctx)
	k, err := a.desk.TakeOver(ctx, p.ShopID, r.Conversation, p)
	return TakeOver200JSONResponse(k), err
}

// Block ends the conversation for good.
func (a api) Block(ctx context.Context, r BlockRequestObject) (BlockResponseObject, error) {
	p := callerOf(ctx)
	return Block204Response{}, a.desk.Block(ctx, p.ShopID, r.Conversation, p)
}

// Unblock lets the shopper be answered again.
func (a api) Unblock(ctx context.Context, r UnblockRequestObject) (UnblockResponseObject, error) {
	p := callerOf(ctx)
	return Unblock204Response{}, a.desk.Unblock(ctx, p.ShopID, r.Conversation, p)
}

// Erase takes out everything that the shopper said and is known by.
func (a api) Erase(ctx context.Context, r EraseRequestObject) (EraseResponseObject, error) {
	p := callerOf(ctx)
	return Erase204Response{}, a.erase(ctx, r.Conversation, p)
}

// erase is for the page and the API: what the desk keeps, and what others keep of the conversation.
func (f *Face) erase(ctx context.Context, conversationID uuid.UUID, p staff.Person) error {
	if f.forget == nil {
		return f.desk.Erase(ctx, p.ShopID, conversationID, p)
	}
	return f.desk.Erase(ctx, p.ShopID, conversationID, p, func(tx pgx.Tx) error { return f.forget(ctx, tx, p.ShopID, conversationID) })
}

// after returns the case as it stands after what was done to it.
func (a api) after(ctx context.Context, caseID uuid.UUID, err error) (handoff.Case, error) {
	if err != nil {
		return handoff.Case{}, err
	}
	return a.desk.Case(ctx, callerOf(ctx).ShopID, caseID)
}

func given[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// orNil leaves what is not so out of the answer.
func orNil(yes bool) *bool {
	if !yes {
		return nil
	}
	return &yes
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
