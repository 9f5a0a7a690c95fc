package admin

import (
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"
)

// Without a renderer a text is its id, so that the ids can be read here.
func TestWhatKeptAnEventFromItsReceiverIsSaidInThePagesLanguage(t *testing.T) {
	c := echo.New().NewContext(httptest.NewRequest("GET", "/", nil), httptest.NewRecorder())
	for why, want := range map[string]string{
		"the receiver answered 500":                                   "admin.dead.status",
		"the receiver wants no more events (410)":                     "admin.dead.gone",
		`Post "https://x": context deadline exceeded`:                 "admin.dead.slow",
		`Post "https://x": dial tcp 1.2.3.4:443: connection refused`:  "admin.dead.unreachable",
		"something that nobody has thought of, the receiver answered": "something that nobody has thought of, the receiver answered",
	} {
		if got := undelivered(c, why); got != want {
			t.Errorf("%q is said as %q, want %q", why, got, want)
		}
	}
}
