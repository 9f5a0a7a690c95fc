package inbox

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// reply sends what was written and attached. Whenever it may not be sent it is kept as a draft, its pictures too, so that
// nothing is lost.
func (f *Face) reply(c echo.Context) error {
	ctx, conv, p := c.Request().Context(), opened(c), person(c)
	pictures, err := f.picturesOf(c)
	body, seen := c.FormValue("body"), seenSeq(c)
	waiting, keepErr := f.keepPictures(c, pictures)
	if err == nil {
		err = keepErr
	}
	if err == nil {
		err = f.answer(c, body, waiting, seen)
	}
	if err == nil {
		return f.done(c, nil, "did.replied")
	}
	if strings.TrimSpace(body) != "" {
		if f.desk.SaveDraft(ctx, conv.ShopID, conv.ID, p.ID, body, seen) != nil {
			return f.show(c, http.StatusUnprocessableEntity, body)
		}
	}
	if errors.Is(err, conversation.ErrMoved) {
		return c.Redirect(http.StatusSeeOther, placeBefore(c).in("/inbox/"+conv.ID.String(), "moved", strconv.FormatInt(seen, 10))+"#standing")
	}
	return f.done(c, err, "")
}

// answer shows the pictures and says the words after them; pictures need no words.
func (f *Face) answer(c echo.Context, body string, pictures []uuid.UUID, seen int64) (err error) {
	ctx, conv, p := c.Request().Context(), opened(c), person(c)
	if len(pictures) > 0 {
		if conversation.Unfinished(body) {
			return handoff.ErrUnfinished
		}
		if seen, err = f.sendPictures(c, pictures, seen); err != nil || strings.TrimSpace(body) == "" {
			return err
		}
	}
	say := f.desk.Reply
	if c.FormValue("plan") != "" {
		say = f.desk.ReplyWithPlan
	}
	_, err = say(ctx, conv.ShopID, conv.ID, p, body, seen)
	return err
}
