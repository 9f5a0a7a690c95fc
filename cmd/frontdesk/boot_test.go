package main

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"
	"frontdesk/knowledge/demo"
	"frontdesk/knowledge/knowledgetest"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// program is Frontdesk, running as it does for people, on a database of its own with the demo shop.
type program struct {
	*app
	url  string
	shop knowledge.Shop
	stop func()
}

// boot starts the program; it stops with the test.
func boot(t testing.TB, configure ...func(*Config)) *program {
	t.Helper()
	return bootOn(t, knowledgetest.URL(t, conversation.Migrate, handoff.Migrate, seeded), configure...)
}

// seeded is the last migration of a test's database: the demo shop stands in it, and what its phrasings teach has been learned.
// Reading and learning thousands of phrasings once for all tests saves most of the time that they would take.
func seeded(ctx context.Context, db *sql.DB) error {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer conn.Close()
	config, err := pgxpool.ParseConfig("")
	if err != nil {
		return err
	}
	config.AfterConnect = knowledge.RegisterTypes
	if err := conn.Raw(func(c any) error {
		config.ConnConfig = c.(*stdlib.Conn).Conn().Config()
		return nil
	}); err != nil {
		return err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return err
	}
	defer pool.Close()
	a, err := newApp(ctx, &Config{}, pool, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer a.close()
	shop, err := a.seed(ctx, io.Discard)
	if err != nil {
		return err
	}
	return a.base.Learn(ctx, shop.ID, shop.ActiveSpace)
}

func bootOn(t testing.TB, url string, configure ...func(*Config)) *program {
	t.Helper()
	config := &Config{DatabaseURL: url, Listen: "127.0.0.1:0", LogLevel: "error", AllowPrivate: []string{"127.0.0.1"}}
	for _, c := range configure {
		c(config)
	}
	ctx, cancel := context.WithCancel(context.Background())
	pool, err := openPool(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	a, err := newApp(ctx, config, pool, slog.New(slog.NewJSONHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError})))
	if err != nil {
		t.Fatal(err)
	}
	shop, err := a.seed(ctx, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	if err := a.desk.SetHours(ctx, shop.ID, nil); err != nil { // always open, whatever the hour of the test
		t.Fatal(err)
	}
	p := &program{app: a, shop: shop}
	listening, ended := make(chan net.Addr, 1), make(chan error, 1)
	go func() { ended <- a.serve(ctx, func(addr net.Addr) { listening <- addr }) }()
	select {
	case addr := <-listening:
		p.url = "http://" + addr.String()
	case err := <-ended:
		t.Fatal(err)
	}
	p.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		a.close()
		pool.Close()
	})
	t.Cleanup(p.stop)
	return p
}

// shopSystem is a shop's own system on the signed webhook: it signs by itself, as any client would, and collects what comes back.
type shopSystem struct {
	t      testing.TB
	p      *program
	name   string
	secret string
	mu     sync.Mutex
	events []event
}

type event struct {
	ID   string
	Type string `json:"type"`
	Data struct {
		Conversation string `json:"conversation"`
		Message      string `json:"message"`
		Seq          int64  `json:"seq"`
		Author       string `json:"author"`
		AuthorName   string `json:"author_name"`
		Text         string `json:"text"`
		Kind         string `json:"kind"`
		Evidence     []struct{ ID, Title string }
	} `json:"data"`
}

func (p *program) shopSystem(t testing.TB, name string) *shopSystem {
	t.Helper()
	s := &shopSystem{t: t, p: p, name: name}
	receiver := httptest.NewServer(http.HandlerFunc(s.receive))
	t.Cleanup(receiver.Close)
	ch, err := p.channels.Add(context.Background(), channel.Channel{ShopID: p.shop.ID, Name: name, Kind: channel.KindWebhook, ReplyURL: receiver.URL})
	if err != nil {
		t.Fatal(err)
	}
	s.secret = ch.Secrets[0]
	return s
}

func (s *shopSystem) sign(id string, at time.Time, body []byte) string {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(s.secret, "whsec_"))
	if err != nil {
		s.t.Fatal(err)
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%d.%s", id, at.Unix(), body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func (s *shopSystem) post(body []byte) (status int, answer string) {
	s.t.Helper()
	status, answer, err := s.tryPost(body)
	if err != nil {
		s.t.Fatal(err)
	}
	return status, answer
}

func (s *shopSystem) tryPost(body []byte) (status int, answer string, err error) {
	req, err := http.NewRequest(http.MethodPost, s.p.url+"/webhooks/"+demo.Slug+"/"+s.name, bytes.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	now := time.Now()
	req.Header.Set("webhook-id", fmt.Sprint("msg_", now.UnixNano()))
	req.Header.Set("webhook-timestamp", fmt.Sprint(now.Unix()))
	req.Header.Set("webhook-signature", s.sign(req.Header.Get("webhook-id"), now, body))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(raw), err
}

func (s *shopSystem) say(conversation, message, text string) (status int, answer string) {
	s.t.Helper()
	return s.post(messageBody(conversation, message, text))
}

func messageBody(conversation, message, text string) []byte {
	body, err := json.Marshal(map[string]any{"type": "message.created", "data": map[string]any{
		"conversation": conversation, "message": message, "text": text, "sent_at": time.Now().Format(time.RFC3339)}})
	if err != nil {
		panic(err)
	}
	return body
}

func (s *shopSystem) receive(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		s.t.Error(err)
	}
	var at int64
	fmt.Sscan(r.Header.Get("webhook-timestamp"), &at)
	id := r.Header.Get("webhook-id")
	if want := s.sign(id, time.Unix(at, 0), raw); r.Header.Get("webhook-signature") != want {
		s.t.Errorf("event %s is signed %q, want %q", id, r.Header.Get("webhook-signature"), want)
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	var e event
	if err := json.Unmarshal(raw, &e); err != nil {
		s.t.Error(err)
	}
	e.ID = id
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events = append(s.events, e)
}

// wait returns the n-th event of a type in a conversation, from 1.
func (s *shopSystem) wait(conversation, kind string, n int) event {
	s.t.Helper()
	deadline := time.Now().Add(time.Minute)
	for time.Now().Before(deadline) {
		if got := s.got(conversation, kind); len(got) >= n {
			return got[n-1]
		}
		time.Sleep(20 * time.Millisecond)
	}
	s.t.Fatalf("no %s number %d in %s; got %+v", kind, n, conversation, s.got(conversation, ""))
	return event{}
}

func (s *shopSystem) got(conversation, kind string) []event {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []event
	seen := map[string]bool{}
	for _, e := range s.events {
		if e.Data.Conversation == conversation && (kind == "" || e.Type == kind) && !seen[e.ID] {
			seen[e.ID] = true
			out = append(out, e)
		}
	}
	return out
}

func (p *program) person(t testing.TB, email string) staff.Person {
	t.Helper()
	got, err := p.staff.ByEmail(context.Background(), p.shop.ID, email)
	if err != nil {
		t.Fatal(err)
	}
	return got
}
