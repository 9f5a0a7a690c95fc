package admin

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/bot/channel/webhook"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// ping is the event that the test button sends: signed like every other, and about no conversation.
type ping struct {
	Type      string    `json:"type"`
	Timestamp time.Time `json:"timestamp"`
	Data      struct {
		Channel string `json:"channel"`
	} `json:"data"`
}

// sendTest posts a signed test event to the channel's reply URL at once, and says how it went.
func (f *Face) sendTest(c echo.Context) error {
	ch, err := f.theChannel(c)
	if err != nil {
		return err
	}
	if ch.Kind != channel.KindWebhook || ch.ReplyURL == "" {
		return echo.ErrNotFound
	}
	event := ping{Type: "test.ping", Timestamp: time.Now().UTC().Truncate(time.Millisecond)}
	event.Data.Channel = ch.Name
	body, err := json.Marshal(event)
	if err != nil {
		return err
	}
	start := time.Now()
	result := wentHow(f.Sender.Send(c.Request().Context(), ch, "test_"+uuid.Must(uuid.NewV7()).String(), body))
	if result.Good {
		result.Number = int(time.Since(start).Milliseconds())
	}
	if err := f.keep(c, result); err != nil {
		return err
	}
	if err := f.record(c, "channel.test", ch.Name, map[string]any{"host": host(ch.ReplyURL), "ok": result.Good}); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, here(ch)+"#test")
}

// wentHow puts the outcome of a try into words.
func wentHow(err error) once {
	var status webhook.StatusError
	var called *url.Error
	switch {
	case err == nil:
		return once{Text: "admin.once.ping.ok", Good: true}
	case errors.Is(err, webhook.ErrGone):
		return once{Text: "admin.once.ping.gone"}
	case errors.Is(err, webhook.ErrPrivate):
		return once{Text: "admin.once.ping.private"}
	case errors.As(err, &status) && (status == http.StatusUnauthorized || status == http.StatusForbidden):
		return once{Text: "admin.once.ping.refused", Number: int(status)}
	case errors.As(err, &status):
		return once{Text: "admin.once.ping.status", Number: int(status)}
	case errors.As(err, &called) && called.Timeout():
		return once{Text: "admin.once.ping.slow"}
	}
	return once{Text: "admin.once.ping.unreachable"}
}
