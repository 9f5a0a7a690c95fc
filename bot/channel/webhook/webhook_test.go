package webhook

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/channel"
)

const good = `{"type":"message.created","data":{"conversation":"c-1","message":"m-1","text":"几天发货？","sent_at":"2026-11-22T10:00:00Z"}}`

func TestASignatureOfEitherSecretIsAccepted(t *testing.T) {
	older, newer := channel.NewSecret(), channel.NewSecret()
	c := channel.Channel{Secrets: []string{newer, older}}
	for _, secret := range c.Secrets {
		h, err := Sign(channel.Channel{Secrets: []string{secret}}, "m-1", time.Now(), []byte(good))
		if err != nil {
			t.Fatal(err)
		}
		if err := Verify(c, h, []byte(good)); err != nil {
			t.Error(err)
		}
		if err := Verify(c, h, []byte(good+" ")); !errors.Is(err, ErrSignature) {
			t.Errorf("a changed body: %v", err)
		}
	}
}

func TestOldEmptyAndShortSecretsAreRefused(t *testing.T) {
	c := channel.Channel{Secrets: []string{channel.NewSecret()}}
	for _, age := range []time.Duration{-6 * time.Minute, 6 * time.Minute, -365 * 24 * time.Hour} {
		h, err := Sign(c, "m-1", time.Now().Add(age), []byte(good))
		if err != nil {
			t.Fatal(err)
		}
		if err := Verify(c, h, []byte(good)); !errors.Is(err, ErrSignature) {
			t.Errorf("signed %v from now: %v", age, err)
		}
	}
	for _, secret := range []string{"", "whsec_", "whsec_c2hvcnQ=", "not base64!"} {
		weak := channel.Channel{Secrets: []string{secret}}
		if _, err := Sign(weak, "m-1", time.Now(), nil); err == nil {
			t.Errorf("signed with %q", secret)
		}
		if err := Verify(weak, http.Header{}, nil); !errors.Is(err, ErrSignature) {
			t.Errorf("verified with %q", secret)
		}
	}
}

func TestAMalformedBodyNamesItsField(t *testing.T) {
	for raw, field := range map[string]string{
		`nonsense`:  "body",
		`[1]`:       "body",
		good + good: "body",
		`{"type":"message.created","data":{"conversation":7}}`:                                                                 "data.conversation",
		`{"type":"message.created","data":{"message":"m","text":"x"}}`:                                                         "data.conversation",
		`{"type":"message.created","data":{"conversation":"c","text":"x"}}`:                                                    "data.message",
		`{"type":"message.created","data":{"conversation":"c","message":"m","text":" \u0000 "}}`:                               "data.text",
		`{"type":"message.created","data":{"conversation":"c","message":"m","text":"x","sent_at":"yesterday"}}`:                "data.sent_at",
		`{"type":"message.created","data":{"conversation":"c","message":"m","text":"` + strings.Repeat("长", MaxText+1) + `"}}`: "data.text",
		`{"type":"message.created","data":{"conversation":"` + strings.Repeat("c", 201) + `","message":"m","text":"x"}}`:       "data.conversation",
		`{"type":"rating.given","data":{"conversation":"c","score":6}}`:                                                        "data.score",
		`{"type":"order.created","data":{"conversation":"c"}}`:                                                                 "type",
		`{"type":"order.created","data":{}}`:                                                                                   "type", // before what another type would need
		`{"data":{"text":"x","sent_at":"no"}}`:                                                                                 "type",
		"{\"type\":\"message.created\",\"data\":{\"conversation\":\"c\",\"message\":\"m\\u0000\",\"text\":\"x\"}}":             "data.message",
		"{\"type\":\"message.created\",\"data\":{\"conversation\":\"c\",\"message\":\"m\",\"text\":\"\xff\xfe\"}}":             "body",
	} {
		_, err := Parse([]byte(raw))
		var fe *FieldError
		if !errors.As(err, &fe) || fe.Field != field {
			t.Errorf("%.80s: %v, want field %s", raw, err, field)
		}
	}
	if in, err := Parse([]byte(good)); err != nil || in.Text != "几天发货？" || in.SentAt.IsZero() {
		t.Errorf("%+v, %v", in, err)
	}
}

func TestRepliesNeverReachPrivateNetworks(t *testing.T) {
	hit := false
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hit = true }))
	defer srv.Close()
	port := srv.URL[strings.LastIndex(srv.URL, ":"):]
	s := NewSender(nil)
	for _, url := range []string{srv.URL, "http://localhost" + port, "http://localhost:8080/", "http://[::1]:8080/", "http://2130706433:8080/", "http://169.254.169.254/", "http://10.0.0.1/", "http://0.0.0.0:8080/"} {
		c := channel.Channel{ReplyURL: url, Secrets: []string{channel.NewSecret()}}
		if err := s.Send(context.Background(), c, "d-1", []byte(`{}`)); err == nil {
			t.Errorf("sent to %s", url)
		}
	}
	if hit {
		t.Error("a request got through")
	}
}

func TestAListedHostGetsASignedEvent(t *testing.T) {
	c := channel.Channel{Secrets: []string{channel.NewSecret()}}
	status := http.StatusOK
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		if err := Verify(c, r.Header, raw); err != nil {
			t.Error(err)
		}
		w.WriteHeader(status)
	}))
	defer srv.Close()
	c.ReplyURL = srv.URL
	s := NewSender([]string{"127.0.0.1"})
	if err := s.Send(context.Background(), c, "d-1", []byte(`{"a":1}`)); err != nil {
		t.Error(err)
	}
	status = http.StatusGone
	if err := s.Send(context.Background(), c, "d-1", []byte(`{"a":1}`)); !errors.Is(err, ErrGone) {
		t.Errorf("410: %v", err)
	}
	status = http.StatusFound
	if err := s.Send(context.Background(), c, "d-1", []byte(`{"a":1}`)); err == nil {
		t.Error("a redirect counted as delivered")
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add([]byte(`{"type":"rating.given","data":{"conversation":"c","score":5}}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		in, err := Parse(raw)
		var fe *FieldError
		if err != nil && !errors.As(err, &fe) {
			t.Fatalf("%T", err)
		}
		if err == nil && (in.Conversation == "" || strings.ContainsRune(in.Text, 0)) {
			t.Fatalf("accepted %q", raw)
		}
	})
}
