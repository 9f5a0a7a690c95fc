// Package webhook is the signed webhook channel: Standard Webhooks (standardwebhooks.com) in both directions.
package webhook

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"frontdesk/bot/channel"

	standardwebhooks "github.com/standard-webhooks/standard-webhooks/libraries/go"
)

// ErrSignature says that a request is not signed by the channel's secret, or not now (± 5 minutes).
var ErrSignature = errors.New("the signature is missing, wrong or older than five minutes")

// minSecret is the shortest key accepted, in bytes. The library would verify with an empty one.
const minSecret = 24

// Verify checks the raw body against the Standard Webhooks headers and any of the channel's secrets.
func Verify(c channel.Channel, header http.Header, body []byte) error {
	cause := errors.New("the channel has no usable secret")
	for _, secret := range c.Secrets {
		wh, err := signer(secret)
		if err == nil {
			err = wh.Verify(body, header)
		}
		if err == nil {
			return nil
		}
		cause = err
	}
	return fmt.Errorf("channel %s: %w (%w)", c.ID, ErrSignature, cause)
}

// Sign returns the headers for a body. The id is the same over all tries of one event.
func Sign(c channel.Channel, id string, at time.Time, body []byte) (http.Header, error) {
	var signatures []string
	for _, secret := range c.Secrets {
		wh, err := signer(secret)
		if err != nil {
			return nil, fmt.Errorf("channel %s: %w", c.ID, err)
		}
		signature, err := wh.Sign(id, at, body)
		if err != nil {
			return nil, fmt.Errorf("channel %s: %w", c.ID, err)
		}
		signatures = append(signatures, signature)
	}
	if len(signatures) == 0 {
		return nil, fmt.Errorf("channel %s has no secret", c.ID)
	}
	h := http.Header{}
	h.Set(standardwebhooks.HeaderWebhookID, id)
	h.Set(standardwebhooks.HeaderWebhookTimestamp, fmt.Sprint(at.Unix()))
	h.Set(standardwebhooks.HeaderWebhookSignature, strings.Join(signatures, " "))
	return h, nil
}

func signer(secret string) (*standardwebhooks.Webhook, error) {
	wh, err := standardwebhooks.NewWebhook(secret)
	if err != nil {
		return nil, errors.New("the secret is not base64 behind whsec_")
	}
	if len(strings.TrimPrefix(secret, "whsec_")) < minSecret*4/3 {
		return nil, fmt.Errorf("the secret is shorter than %d bytes", minSecret)
	}
	return wh, nil
}
