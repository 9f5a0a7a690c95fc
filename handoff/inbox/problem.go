package inbox

import (
	"encoding/json"
	"errors"
	"net/http"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/labstack/echo/v4"
)

func malformed(detail string) error { return echo.NewHTTPError(http.StatusBadRequest, detail) }

// refusals are the errors that a program can do something about, and their status.
func refusals() []struct {
	is     error
	status int
} {
	return []struct {
		is     error
		status int
	}{
		{handoff.ErrNotFound, http.StatusNotFound},
		{conversation.ErrNotFound, http.StatusNotFound},
		{handoff.ErrTaken, http.StatusConflict},
		{handoff.ErrClosed, http.StatusConflict},
		{handoff.ErrUnclaimed, http.StatusConflict},
		{conversation.ErrMoved, http.StatusConflict},
		{conversation.ErrNotHolder, http.StatusConflict},
		{handoff.ErrForbidden, http.StatusForbidden},
		{handoff.ErrInvalid, http.StatusUnprocessableEntity},
	}
}

// problems answers those errors in problem+json; the others go on to the program's own table, which logs them.
func problems(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if err == nil || c.Response().Committed {
			return err
		}
		p, ok := problemOf(err)
		if !ok {
			return err
		}
		raw, err := json.Marshal(p)
		if err != nil {
			return err
		}
		return c.Blob(p.Status, "application/problem+json", raw)
	}
}

func problemOf(err error) (Problem, bool) {
	for _, r := range refusals() {
		if !errors.Is(err, r.is) {
			continue
		}
		p := Problem{Type: "about:blank", Title: http.StatusText(r.status), Status: r.status}
		if r.status != http.StatusNotFound {
			detail := r.is.Error()
			p.Detail = &detail
		}
		var taken *handoff.TakenError
		if errors.As(err, &taken) {
			p.By = &taken.By
		}
		return p, true
	}
	var he *echo.HTTPError
	if errors.As(err, &he) && he.Code < http.StatusInternalServerError {
		p := Problem{Type: "about:blank", Title: http.StatusText(he.Code), Status: he.Code}
		if detail, ok := he.Message.(string); ok && detail != p.Title {
			p.Detail = &detail
		}
		return p, true
	}
	return Problem{}, false
}
