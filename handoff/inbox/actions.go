package inbox

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/google/uuid"

	"github.com/labstack/echo/v4"
	"strconv"
)

// claim takes a waiting case. Whoever comes second reads who was first.
func (f *Face) claim(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.Claim(c.Request().Context(), k.ShopID, k.ID, person(c))
	}
	return f.done(c, err, "did.claimed")
}

// takeOver takes the conversation from the bot, the queue, or nobody.
func (f *Face) takeOver(c echo.Context) error {
	conv := opened(c)
	_, err := f.desk.TakeOver(c.Request().Context(), conv.ShopID, conv.ID, person(c))
	return f.done(c, err, "did.claimed")
}

// draft keeps what is being written, and shows the shopper and colleagues that somebody writes.
func (f *Face) draft(c echo.Context) error {
	ctx, conv, p := c.Request().Context(), opened(c), person(c)
	if err := f.desk.SaveDraft(ctx, conv.ShopID, conv.ID, p.ID, c.FormValue("body"), seenSeq(c)); err != nil {
		if errors.Is(err, handoff.ErrInvalid) {
			return c.NoContent(http.StatusUnprocessableEntity)
		}
		return err
	}
	if conv.AgentID != nil && *conv.AgentID == p.ID {
		f.feed.Typing(conv.ShopID, conv.ID, p.Name)
		if err := f.desk.Touch(ctx, conv.ShopID, conv.ID, p.ID, true); err != nil {
			return err
		}
	}
	return c.NoContent(http.StatusNoContent)
}

// insert adds a macro, a piece of the packet's draft, or an article to the reply, or puts a new wording in its place; the way
// that needs no script.
func (f *Face) insert(c echo.Context) error {
	ctx, conv, p := c.Request().Context(), opened(c), person(c)
	piece := c.FormValue("text")
	if id, err := uuid.Parse(c.FormValue("macro")); err == nil && piece == "" {
		if piece, err = f.macroBody(c, id); err != nil {
			return err
		}
	}
	body := c.FormValue("body")
	if !c.Request().PostForm.Has("body") {
		draft, err := f.desk.Draft(ctx, conv.ShopID, conv.ID, p.ID)
		if err != nil {
			return err
		}
		body = draft.Body
	}
	if c.QueryParam("instead") != "" {
		body = ""
	}
	body = strings.Join(nonEmpty(strings.TrimSpace(body), piece), "\n\n")
	err := f.desk.SaveDraft(ctx, conv.ShopID, conv.ID, p.ID, body, seenSeq(c))
	return f.done(c, err, "")
}

func (f *Face) macroBody(c echo.Context, id uuid.UUID) (string, error) {
	macros, err := f.macrosFor(c.Request().Context(), opened(c), person(c))
	if err != nil {
		return "", err
	}
	for _, m := range macros {
		if m.ID == id {
			return m.Body, nil
		}
	}
	return "", echo.ErrNotFound
}

func (f *Face) note(c echo.Context) error {
	conv := opened(c)
	k, err := f.desk.CaseOf(c.Request().Context(), conv.ShopID, conv.ID)
	if err == nil {
		err = f.desk.Note(c.Request().Context(), k.ShopID, k.ID, person(c), c.FormValue("body"))
	}
	return f.done(c, err, "did.noted")
}

func (f *Face) transfer(c echo.Context) error {
	to := handoff.Transfer{Skill: c.FormValue("skill"), Note: c.FormValue("note")}
	if raw := c.FormValue("to"); raw != "" {
		id, err := uuid.Parse(raw)
		if err != nil {
			return f.done(c, handoff.ErrInvalid, "")
		}
		to.Agent = id
	}
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.Transfer(c.Request().Context(), k.ShopID, k.ID, person(c), to)
	}
	return f.done(c, err, "did.transferred")
}

// giveBack returns the case to the bot. Whoever has promised something has to say that it will not be done.
func (f *Face) giveBack(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil && c.FormValue("settled") == "" {
		t, err := f.threadOf(c)
		if err != nil {
			return err
		}
		if k.IsOpen() && t.Promised {
			refuse(c, "did.promised")
			return f.again(c)
		}
	}
	if err == nil {
		err = f.desk.Return(c.Request().Context(), k.ShopID, k.ID, person(c))
	}
	return f.done(c, err, "did.returned")
}

// resolve ends the case. Whoever would leave something owed has to say that they know.
func (f *Face) resolve(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil && c.FormValue("settled") == "" {
		if owing, err := f.owing(c, k); err != nil || owing {
			if err != nil {
				return err
			}
			refuse(c, "did.owed")
			return f.again(c)
		}
	}
	form, _ := c.FormParams()
	for _, key := range form["kept"] {
		if id, bad := uuid.Parse(key); bad == nil && err == nil {
			err = f.desk.KeepPromise(c.Request().Context(), k.ShopID, k.ID, id, person(c))
		}
	}
	if err == nil {
		err = f.desk.Resolve(c.Request().Context(), k.ShopID, k.ID, person(c), c.FormValue("outcome"), seenSeq(c))
	}
	if errors.Is(err, conversation.ErrMoved) {
		refuse(c, "did.moved")
		return f.again(c)
	}
	return f.done(c, err, "did.resolved")
}

// owing says whether the page shows something that closing the case would leave open.
func (f *Face) owing(c echo.Context, k handoff.Case) (bool, error) {
	t, err := f.threadOf(c)
	return err == nil && k.IsOpen() && (len(t.Owes) > 0 || t.Pledge != nil), err
}

// wake brings a snoozed case back into sight.
func (f *Face) wake(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.WakeUp(c.Request().Context(), k.ShopID, k.ID, person(c))
	}
	return f.done(c, err, "did.woken")
}

// suggestArticle tells the editors what was asked here and answered by hand.
func (f *Face) suggestArticle(c echo.Context) error {
	t, err := f.threadOf(c)
	if err != nil {
		return err
	}
	question := ""
	if t.Context != nil {
		question = t.Context.Wanted
	}
	for _, e := range t.Entries {
		if question == "" && e.Kind == string(conversation.ByShopper) && e.Image == "" {
			question = e.Text
		}
	}
	if !t.CanSuggest || question == "" {
		return f.done(c, handoff.ErrInvalid, "")
	}
	conv := opened(c)
	return f.done(c, f.suggest(c.Request().Context(), conv.ShopID, conv.ID, question, firstOf(conv.Locale, "en")), "did.suggested")
}

func (f *Face) block(c echo.Context) error {
	conv := opened(c)
	return f.done(c, f.desk.Block(c.Request().Context(), conv.ShopID, conv.ID, person(c)), "did.blocked")
}

func (f *Face) unblock(c echo.Context) error {
	conv := opened(c)
	return f.done(c, f.desk.Unblock(c.Request().Context(), conv.ShopID, conv.ID, person(c)), "did.unblocked")
}

// eraseAll takes out what the shopper said and is known by. It cannot be undone, so it has to be ticked first.
func (f *Face) eraseAll(c echo.Context) error {
	if c.FormValue("sure") == "" {
		return f.done(c, handoff.ErrInvalid, "")
	}
	return f.done(c, f.erase(c.Request().Context(), opened(c).ID, person(c)), "did.erased")
}

func (f *Face) snooze(c echo.Context) error {
	minutes, err := minutesOf(c)
	if err != nil {
		return f.done(c, err, "")
	}
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.Snooze(c.Request().Context(), k.ShopID, k.ID, person(c), time.Now().Add(minutes))
	}
	return f.done(c, err, "did.snoozed")
}

func (f *Face) solved(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.Solved(c.Request().Context(), k.ShopID, k.ID, person(c))
	}
	return f.done(c, err, "did.solved")
}

func (f *Face) planned(c echo.Context) error {
	k, err := f.openCase(c)
	if err == nil {
		err = f.desk.Planned(c.Request().Context(), k.ShopID, k.ID, person(c))
	}
	return f.done(c, err, "did.planned")
}

// confirm keeps what is ticked of what the page offers to tick, and takes back the rest.
func (f *Face) confirm(c echo.Context) error {
	k, err := f.openCase(c)
	if err != nil {
		return f.done(c, err, "")
	}
	form, err := c.FormParams()
	if err != nil {
		return f.done(c, handoff.ErrInvalid, "")
	}
	for _, name := range handoff.Confirmations() {
		if slices.Contains(form["offered"], name) && err == nil {
			err = f.desk.Confirm(c.Request().Context(), k.ShopID, k.ID, person(c), name, slices.Contains(form["confirmed"], name))
		}
	}
	return f.done(c, err, "did.confirmed")
}

// openCase is the case that an action is about. A conversation whose case has ended says so instead of "not found".
func (f *Face) openCase(c echo.Context) (handoff.Case, error) {
	conv := opened(c)
	k, err := f.desk.CaseOf(c.Request().Context(), conv.ShopID, conv.ID)
	if errors.Is(err, handoff.ErrNotFound) {
		return k, handoff.ErrUnclaimed
	}
	return k, err
}

// done goes back to the conversation with a sentence on how it went. What the person can do nothing about is returned.
func (f *Face) done(c echo.Context, err error, said string) error {
	var taken *handoff.TakenError
	switch {
	case err == nil && said != "":
		flash(c, said)
	case err == nil:
	case errors.As(err, &taken):
		refuse(c, "did.taken", "Name", taken.By)
	case errors.Is(err, handoff.ErrClosed):
		refuse(c, "did.closed")
	case errors.Is(err, handoff.ErrUnclaimed), errors.Is(err, conversation.ErrNotHolder):
		refuse(c, "did.unclaimed")
	case errors.Is(err, conversation.ErrPicture):
		refuse(c, "did.picture")
	case errors.Is(err, conversation.ErrTooMany), errors.Is(err, conversation.ErrFull):
		refuse(c, "did.pictures")
	case errors.Is(err, handoff.ErrUnfinished):
		refuse(c, "did.unfinished")
	case errors.Is(err, handoff.ErrInvalid):
		refuse(c, "did.invalid")
	case errors.Is(err, handoff.ErrForbidden):
		refuse(c, "did.forbidden")
	default:
		return err
	}
	return f.again(c)
}

func (f *Face) again(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, "/inbox/"+opened(c).ID.String())
}

func seenSeq(c echo.Context) int64 {
	n, _ := strconv.ParseInt(c.FormValue("seen_seq"), 10, 64)
	return max(0, n)
}

// minutesOf reads a number of minutes between one and a month.
func minutesOf(c echo.Context) (time.Duration, error) {
	n, err := strconv.Atoi(c.FormValue("minutes"))
	if err != nil || n < 1 || n > 31*24*60 {
		return 0, handoff.ErrInvalid
	}
	return time.Duration(n) * time.Minute, nil
}

func nonEmpty(texts ...string) []string {
	var out []string
	for _, t := range texts {
		if t != "" {
			out = append(out, t)
		}
	}
	return out
}
