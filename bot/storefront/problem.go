package storefront

import (
	"encoding/json"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/bot/channel/webhook"
	"frontdesk/bot/conversation"
	"frontdesk/knowledge"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/labstack/echo/v4"
)

// refusal is an error that says itself what the caller is told.
type refusal struct {
	status int
	field  string
	detail string
	retry  time.Duration // for Retry-After
}

func (r *refusal) Error() string { return strings.TrimSpace(r.field + " " + r.detail) }

func malformed(field, detail string) error {
	return &refusal{status: http.StatusBadRequest, field: field, detail: detail}
}

// problems answers the errors that callers can do something about in problem+json. The others go on to the program's
// own table, which logs them.
func (f *Face) problems(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		if err == nil || c.Response().Committed {
			return err
		}
		r := refusalOf(err)
		if r == nil {
			return err
		}
		if r.status == http.StatusServiceUnavailable {
			f.log.Warn("a shopper's request could not be stored", "path", c.Path(), "error", err)
		}
		return answerProblem(c, r)
	}
}

func answerProblem(c echo.Context, r *refusal) error {
	p := Problem{Type: "about:blank", Title: http.StatusText(r.status), Status: r.status}
	if r.detail != "" {
		p.Detail = &r.detail
	}
	if r.field != "" {
		p.Field = &r.field
	}
	if r.retry > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(r.retry.Seconds()))))
	}
	raw, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return c.Blob(r.status, "application/problem+json", raw)
}

// refusalOf returns nil for an error that no caller can mend.
func refusalOf(err error) *refusal {
	var r *refusal
	var field *webhook.FieldError
	var contact *conversation.ContactError
	var large *http.MaxBytesError
	var he *echo.HTTPError
	switch {
	case errors.As(err, &r):
		return r
	case errors.As(err, &large):
		return &refusal{status: http.StatusRequestEntityTooLarge, detail: "the body is larger than " + strconv.FormatInt(large.Limit>>10, 10) + " KiB"}
	case errors.As(err, &field):
		return &refusal{status: http.StatusBadRequest, field: field.Field, detail: field.Why}
	case errors.As(err, &contact):
		return &refusal{status: http.StatusBadRequest, field: contact.Field, detail: contact.Why}
	case errors.Is(err, webhook.ErrSignature):
		return &refusal{status: http.StatusUnauthorized, detail: webhook.ErrSignature.Error()}
	case errors.Is(err, knowledge.ErrNotFound), errors.Is(err, channel.ErrNotFound), errors.Is(err, conversation.ErrNotFound):
		return &refusal{status: http.StatusNotFound}
	case errors.Is(err, conversation.ErrBlocked):
		return &refusal{status: http.StatusForbidden, detail: conversation.ErrBlocked.Error()}
	case errors.As(err, &he):
		return refusalOfEcho(he)
	case unavailable(err):
		return &refusal{status: http.StatusServiceUnavailable, detail: "it could not be stored; send it again", retry: 2 * time.Second}
	}
	return nil
}

func refusalOfEcho(he *echo.HTTPError) *refusal {
	if he.Code >= 500 {
		return nil
	}
	r := &refusal{status: he.Code}
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(he, &wrong) && wrong.Field != "":
		r.field, r.detail = wrong.Field, "a "+wrong.Value+" where a "+wrong.Type.String()+" belongs"
	case he.Code == http.StatusBadRequest:
		r.field, r.detail = "body", "not the JSON that belongs here"
	}
	return r
}

// unavailable reports whether the database could not be reached, or was too busy or on its way down: the same request
// may succeed later. Classes of SQLSTATE: 08 connection, 53 resources, 57 operator, 40 rolled back, 55P03 lock.
func unavailable(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code[:2] {
		case "08", "53", "57", "40", "55":
			return true
		}
		return pg.Code == "25006" // a standby takes no writes
	}
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) ||
		errors.Is(err, net.ErrClosed) || pgconn.Timeout(err) || pgconn.SafeToRetry(err) || strings.Contains(err.Error(), "conn closed") || strings.Contains(err.Error(), "closed pool")
}
