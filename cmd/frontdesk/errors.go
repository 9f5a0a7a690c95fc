package main

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"frontdesk/bot"
	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/cmd/internal/pages"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/labstack/echo/v4"
)

// errorTable says what an error means to a visitor: its status, and the text that tells what happened and what to do.
var errorTable = []struct {
	is     error
	status int
	text   string
}{
	{echo.ErrUnauthorized, http.StatusUnauthorized, "error.unauthorized"},
	{echo.ErrForbidden, http.StatusForbidden, "error.forbidden"},
	{echo.ErrNotFound, http.StatusNotFound, "error.not_found"},
	{echo.ErrMethodNotAllowed, http.StatusMethodNotAllowed, "error.not_found"},
	{echo.ErrStatusRequestEntityTooLarge, http.StatusRequestEntityTooLarge, "error.too_large"},
	{echo.ErrTooManyRequests, http.StatusTooManyRequests, "error.too_many"},
	{knowledge.ErrNotFound, http.StatusNotFound, "error.not_found"},
	{conversation.ErrNotFound, http.StatusNotFound, "error.not_found"},
	{channel.ErrNotFound, http.StatusNotFound, "error.not_found"},
	{handoff.ErrNotFound, http.StatusNotFound, "error.not_found"},
	{staff.ErrNotFound, http.StatusNotFound, "error.not_found"},
	{staff.ErrToken, http.StatusUnauthorized, "error.unauthorized"},
	{handoff.ErrForbidden, http.StatusForbidden, "error.forbidden"},
	{importer.ErrTooLarge, http.StatusRequestEntityTooLarge, "error.too_large"},
	{knowledge.ErrInvalid, http.StatusUnprocessableEntity, "error.invalid"},
	{channel.ErrInvalid, http.StatusUnprocessableEntity, "error.invalid"},
	{staff.ErrInvalid, http.StatusUnprocessableEntity, "error.invalid"},
	{handoff.ErrInvalid, http.StatusUnprocessableEntity, "error.invalid"},
	{knowledge.ErrExists, http.StatusConflict, "error.exists"},
	{knowledge.ErrOvertaken, http.StatusConflict, "error.overtaken"},
	{channel.ErrExists, http.StatusConflict, "error.exists"},
	{staff.ErrExists, http.StatusConflict, "error.exists"},
	{conversation.ErrNotHolder, http.StatusConflict, "error.not_holder"},
	{conversation.ErrMoved, http.StatusConflict, "error.moved"},
	{conversation.ErrStale, http.StatusConflict, "error.moved"},
	{handoff.ErrTaken, http.StatusConflict, "error.not_holder"},
	{handoff.ErrClosed, http.StatusConflict, "error.moved"},
	{handoff.ErrUnclaimed, http.StatusConflict, "error.moved"},
	{handoff.ErrExists, http.StatusConflict, "error.exists"},
	{handoff.ErrRated, http.StatusConflict, "error.moved"},
	{importer.ErrRunning, http.StatusConflict, "error.moved"},
	{conversation.ErrBlocked, http.StatusForbidden, "error.forbidden"},
	{conversation.ErrTooMany, http.StatusTooManyRequests, "error.too_many"},
	{bot.ErrWithPerson, http.StatusConflict, "error.not_holder"},
}

// errorHandler is the one place where errors become answers: a page for people, problem+json for programs. What is nobody's
// mistake is logged once, with the number that the visitor sees.
func (a *app) errorHandler(renderer *pages.Renderer) echo.HTTPErrorHandler {
	return func(err error, c echo.Context) {
		if c.Response().Committed {
			return
		}
		if errors.Is(err, context.Canceled) && c.Request().Context().Err() != nil {
			_ = c.NoContent(http.StatusServiceUnavailable) // they left, or the program is ending: there is nobody to tell, and nothing is wrong
			return
		}
		status, text := meaning(err)
		if status >= http.StatusInternalServerError {
			a.log.Error("request failed", "route", c.Path(), "status", status, "request", requestID(c), "error", err)
		}
		if status == http.StatusServiceUnavailable {
			c.Response().Header().Set("Retry-After", "5")
		}
		var failed error
		if wantsJSON(c) {
			failed = problem(c, status, renderer.Text(c, text), err)
		} else {
			sentence := renderer.Text(c, text)
			failed = c.Render(status, "pages/error", map[string]any{"Title": strings.TrimRight(sentence, ".。"), "Sentence": sentence,
				"Advice": renderer.Text(c, text+".advice"), "RequestID": requestID(c)})
		}
		if failed != nil {
			a.log.Warn("an error could not be shown", "request", requestID(c), "error", failed)
		}
	}
}

func meaning(err error) (status int, text string) {
	for _, row := range errorTable {
		if errors.Is(err, row.is) {
			return row.status, row.text
		}
	}
	var he *echo.HTTPError
	if errors.As(err, &he) && he.Code < http.StatusInternalServerError {
		return he.Code, "error.invalid"
	}
	var connect *pgconn.ConnectError
	if errors.As(err, &connect) || pgconn.SafeToRetry(err) {
		return http.StatusServiceUnavailable, "error.unavailable"
	}
	return http.StatusInternalServerError, "error.internal"
}

func wantsJSON(c echo.Context) bool {
	path := c.Request().URL.Path
	return strings.HasPrefix(path, "/api/") || strings.HasPrefix(path, "/webhooks/") || !strings.Contains(c.Request().Header.Get("Accept"), "text/html")
}

func problem(c echo.Context, status int, title string, err error) error {
	body := map[string]any{"type": "about:blank", "title": title, "status": status, "instance": requestID(c)}
	var he *echo.HTTPError
	if errors.As(err, &he) && he.Code == status && status < http.StatusInternalServerError {
		if detail, ok := he.Message.(string); ok {
			body["detail"] = detail
		}
	}
	c.Response().Header().Set(echo.HeaderContentType, "application/problem+json")
	c.Response().WriteHeader(status)
	return c.Echo().JSONSerializer.Serialize(c, body, "")
}
