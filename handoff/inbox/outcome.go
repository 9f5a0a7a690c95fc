package inbox

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/labstack/echo/v4"
)

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

// again goes back to the conversation, beside the list as it was.
func (f *Face) again(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, placeBefore(c).in("/inbox/"+opened(c).ID.String()))
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
