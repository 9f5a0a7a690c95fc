package webhook

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"frontdesk/bot/channel"

	"github.com/doyensec/safeurl"
)

// ErrGone says that the receiver answered 410: it wants no more events.
var ErrGone = errors.New("the receiver wants no more events (410)")

// ErrPrivate says that an address leads into a private network.
var ErrPrivate = errors.New("the address leads into a private network or to a port that is not allowed")

// StatusError is the HTTP status of a receiver that did not take an event.
type StatusError int

func (e StatusError) Error() string { return fmt.Sprintf("the receiver answered %d", int(e)) }

const (
	sendTimeout = 5 * time.Second
	userAgent   = "Frontdesk-Webhook/1"
)

// Sender posts signed events, to addresses that its guard lets pass.
type Sender struct {
	Guard
	public *safeurl.WrappedClient
	listed *http.Client
}

// NewSender returns a sender. The hosts allowed (host or host:port) may be private: loopback in the demo, or what the operator lists.
func NewSender(allowed []string) *Sender {
	guard := NewGuard(allowed)
	return &Sender{Guard: guard, public: safeurl.Client(guard.config()), listed: &http.Client{Timeout: sendTimeout, CheckRedirect: noRedirect}}
}

// CheckURL says what is wrong with a reply URL before it is stored. Where it leads is checked at every dial.
func (s *Sender) CheckURL(raw string) error { return s.Check("reply_url", raw) }

// Send posts one event. The id is the webhook-id and stays the same over all tries.
func (s *Sender) Send(ctx context.Context, c channel.Channel, id string, payload []byte) error {
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	header, err := Sign(c, id, time.Now(), payload)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.ReplyURL, bytes.NewReader(payload))
	if err != nil {
		return fmt.Errorf("channel %s: reply URL cannot be used", c.ID)
	}
	header.Set("Content-Type", "application/json")
	header.Set("User-Agent", userAgent)
	req.Header = header
	resp, err := s.do(req)
	if err != nil {
		return fmt.Errorf("channel %s: %w", c.ID, err)
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, 4<<10)
	switch {
	case resp.StatusCode == http.StatusGone:
		return fmt.Errorf("channel %s: %w", c.ID, ErrGone)
	case resp.StatusCode < 200 || resp.StatusCode > 299:
		return fmt.Errorf("channel %s: %w", c.ID, StatusError(resp.StatusCode))
	}
	return nil
}

func (s *Sender) do(req *http.Request) (*http.Response, error) {
	if s.isListed(req.URL) {
		resp, err := s.listed.Do(req)
		return resp, withoutAddress(err)
	}
	resp, err := s.public.Do(req)
	var ip *safeurl.AllowedIPError
	var port *safeurl.AllowedPortError
	if errors.As(err, &ip) || errors.As(err, &port) {
		return nil, ErrPrivate
	}
	return resp, withoutAddress(err)
}

// withoutAddress takes the URL out of a client's error: a reply URL may carry a token.
func withoutAddress(err error) error {
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		return wrapped.Err
	}
	return err
}
