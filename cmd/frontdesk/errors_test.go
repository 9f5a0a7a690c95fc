package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"
)

// Somebody who closes a page while it is made must neither fill the log nor, where they are still there, read that all went well.
func TestAVisitorWhoLeftIsNoFault(t *testing.T) {
	var logged bytes.Buffer
	a := &app{log: slog.New(slog.NewTextHandler(&logged, nil))}
	ctx, leave := context.WithCancel(t.Context())
	leave()
	answer := httptest.NewRecorder()
	c := echo.New().NewContext(httptest.NewRequestWithContext(ctx, http.MethodGet, "/inbox", nil), answer)
	a.errorHandler(nil)(fmt.Errorf("the queue: %w", context.Canceled), c)
	if answer.Code != http.StatusServiceUnavailable || logged.Len() > 0 {
		t.Errorf("answered %d, logged %q", answer.Code, logged.String())
	}
}
