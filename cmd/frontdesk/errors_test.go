package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"frontdesk/cmd/internal/pages"

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

// Of many tabs each is told by its title.
func TestTheTabOfAPageThatIsNotThereSaysSo(t *testing.T) {
	assets, err := pages.BuildAssets()
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	renderer, err := pages.New(assets, func(echo.Context) *pages.Who { return nil })
	if err != nil {
		t.Fatal(err)
	}
	e.Renderer = renderer
	a := &app{log: slog.New(slog.DiscardHandler)}
	for title, err := range map[string]error{"Aquí no hay nada": echo.ErrNotFound, "Tu cuenta no tiene acceso a esto": echo.ErrForbidden} {
		answer := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/nowhere", nil)
		r.Header.Set("Accept", "text/html")
		r.Header.Set("Accept-Language", "es")
		a.errorHandler(renderer)(err, e.NewContext(r, answer))
		if want := "<title>" + title + " · Frontdesk</title>"; !strings.Contains(answer.Body.String(), want) {
			t.Errorf("the page of %v has no %s:\n%.300s", err, want, answer.Body.String())
		}
	}
}
