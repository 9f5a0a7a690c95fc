package storefront

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// front is a shop with its side open, on a database and a port of its own.
type front struct {
	t       testing.TB
	pool    *pgxpool.Pool
	base    *knowledge.Base
	store   *conversation.Store
	feed    *conversation.Feed
	desk    *humans
	shop    knowledge.Shop
	hook    channel.Channel
	site    channel.Channel
	url     string
	answers chan answered // what the contract test looks at
}

type answered struct {
	request  *http.Request
	body     []byte
	response *http.Response
	sent     []byte
}

func newFront(t testing.TB, limits Limits) *front {
	t.Helper()
	ctx := context.Background()
	pool := knowledgetest.Database(t, conversation.Migrate)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	f := &front{t: t, pool: pool, base: base, desk: &humans{open: true}, shop: knowledgetest.Shop(t, base, "demo", knowledgetest.Articles()...)}
	channels := channel.NewStore(pool)
	var err error
	if f.hook, err = channels.Add(ctx, channel.Channel{ShopID: f.shop.ID, Name: "site", Kind: channel.KindWebhook}); err != nil {
		t.Fatal(err)
	}
	if f.site, err = channels.Add(ctx, channel.Channel{ShopID: f.shop.ID, Name: "widget", Kind: channel.KindWidget}); err != nil {
		t.Fatal(err)
	}
	jobs, err := river.NewClient(riverpgxv5.New(pool), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.DiscardHandler)
	f.feed = conversation.NewFeed(pool, log)
	f.store = conversation.New(pool, jobs, f.feed)
	f.desk.store = f.store
	responder := bot.New(bot.Config{Base: base, Store: f.store, Channels: channels, Escalator: f.desk, Feed: f.feed, Log: log})
	face, err := New(Config{Base: base, Store: f.store, Channels: channels, Responder: responder, Feed: f.feed, Desk: f.desk, Tokens: tokens(t), Limits: limits, Log: log})
	if err != nil {
		t.Fatal(err)
	}
	e := echo.New()
	face.Routes(e)
	server := httptest.NewServer(e)
	f.url = server.URL
	t.Cleanup(func() { face.Close(); f.feed.Close(); server.Close() })
	return f
}

// humans stand in for the human side.
type humans struct {
	store   *conversation.Store
	mu      sync.Mutex
	open    bool
	place   conversation.Place
	scores  []int
	contact conversation.Contact
	shared  conversation.Shared
}

func (h *humans) Enqueue(_ context.Context, _ pgx.Tx, o conversation.Handover) (conversation.Ticket, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.place = conversation.Place{State: "waiting", Place: 2, Minutes: 4}
	h.shared = conversation.Shared{Summary: o.Packet.Summary, Tried: "reiniciar\nesperar"}
	t := conversation.Ticket{CaseID: uuid.Must(uuid.NewV7()), Level: o.Level, Due: time.Now().Add(30 * time.Minute), Open: true, Place: 2}
	t.Said = o.Say(t)
	return t, nil
}

func (h *humans) Withdraw(ctx context.Context, shopID, id uuid.UUID) (bool, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.place.MayReturn {
		return false, nil
	}
	h.place = conversation.Place{State: "none"}
	return true, h.store.InTx(ctx, shopID, id, func(tx pgx.Tx) error {
		return h.store.Pass(ctx, tx, conversation.Pass{ShopID: shopID, ConversationID: id, From: conversation.HeldByQueue, To: conversation.HeldByBot, NewEpisode: true})
	})
}

func (h *humans) Place(context.Context, uuid.UUID, uuid.UUID) (conversation.Place, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	p := h.place
	p.Open = h.open
	return p, nil
}

func (h *humans) Rate(ctx context.Context, _, _ uuid.UUID, score int, _ string, also ...func(pgx.Tx) error) error {
	return h.store.Tx(ctx, func(tx pgx.Tx) error {
		if err := conversation.Also(tx, also); err != nil {
			return err
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		h.scores = append(h.scores, score)
		return nil
	})
}

func (h *humans) LeaveContact(ctx context.Context, shopID, id uuid.UUID, c conversation.Contact) error {
	c, err := c.Checked()
	if err != nil {
		return err
	}
	h.mu.Lock()
	h.contact = c
	h.mu.Unlock()
	return h.store.InTx(ctx, shopID, id, func(tx pgx.Tx) error { return h.store.TakeContact(ctx, tx, shopID, id, c) })
}

func (h *humans) Shared(context.Context, uuid.UUID, uuid.UUID) (conversation.Shared, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.shared
	s.Reach = h.contact
	return s, nil
}

func (h *humans) Correct(_ context.Context, _, _ uuid.UUID, words conversation.Correction) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.shared.Correction, h.shared.Wanted = words.Text, words.Wanted
	return nil
}

// close sends everybody home.
func (h *humans) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.open = false
}

func (h *humans) reached() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.contact.Email
}

func (h *humans) set(p conversation.Place) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.place = p
}

// reply is an answer read whole.
type reply struct {
	status int
	header http.Header
	raw    []byte
}

func (r reply) into(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal(r.raw, v); err != nil {
		t.Fatalf("%d %s: %v", r.status, r.raw, err)
	}
}

func (r reply) field() string {
	var p Problem
	_ = json.Unmarshal(r.raw, &p)
	return value(p.Field)
}

func (f *front) do(method, path string, body []byte, header ...string) reply {
	f.t.Helper()
	req, err := http.NewRequest(method, f.url+path, bytes.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	if body != nil && req.Header.Get("Content-Type") == "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		f.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	if f.answers != nil {
		f.answers <- answered{req, body, resp, raw}
	}
	return reply{resp.StatusCode, resp.Header, raw}
}

// sign is an independent reading of Standard Webhooks: HMAC-SHA256 over "id.timestamp.body", base64, behind "v1,".
func sign(secret, id string, at time.Time, body []byte) string {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		panic(err)
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%d.", id, at.Unix())
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// post sends a signed event to the shop's webhook.
func (f *front) post(body string) reply {
	f.t.Helper()
	return f.postAt("/webhooks/demo/site", f.hook.Secrets[0], time.Now(), body)
}

func (f *front) postAt(path, secret string, at time.Time, body string) reply {
	f.t.Helper()
	id := "msg_" + uuid.NewString()
	return f.do("POST", path, []byte(body), "webhook-id", id, "webhook-timestamp", fmt.Sprint(at.Unix()),
		"webhook-signature", sign(secret, id, at, []byte(body)))
}

func event(conv, id, text string) string {
	raw, _ := json.Marshal(map[string]any{"type": "message.created", "data": map[string]any{"conversation": conv, "message": id, "text": text}})
	return string(raw)
}

// visit begins a conversation on the storefront and returns the path of its API and the header that opens it.
func (f *front) visit() (api, bearer string, conv uuid.UUID) {
	f.t.Helper()
	api = "/api/storefront/" + f.shop.PublicKey
	r := f.do("POST", api+"/conversations", []byte(`{"locale":"en","context":{"page":"https://shop.example/coat"}}`))
	if r.status != 201 {
		f.t.Fatalf("start: %d %s", r.status, r.raw)
	}
	var s Started
	r.into(f.t, &s)
	return api, "Bearer " + s.Token, s.Conversation
}

func (f *front) count(sql string, args ...any) (n int) {
	f.t.Helper()
	if err := f.pool.QueryRow(context.Background(), sql, args...).Scan(&n); err != nil {
		f.t.Fatal(err)
	}
	return n
}

// until waits for what counts one row.
func (f *front) until(sql string, args ...any) {
	f.t.Helper()
	for limit := time.Now().Add(15 * time.Second); f.count(sql, args...) != 1; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(limit) {
			f.t.Fatalf("not one: %s %v", sql, args)
		}
	}
}

// say lets the bot speak unprompted; near are the questions that came near the one it answers.
func (f *front) say(conv uuid.UUID, text string, near ...string) int64 {
	f.t.Helper()
	var candidates []map[string]any
	for _, title := range near {
		candidates = append(candidates, map[string]any{"ref": title, "title": title, "score": 0.7})
	}
	verdict, err := json.Marshal(map[string]any{"candidates": candidates})
	if err != nil {
		f.t.Fatal(err)
	}
	var seq int64
	err = f.store.InTx(context.Background(), f.shop.ID, conv, func(tx pgx.Tx) (err error) {
		seq, err = f.store.Speak(context.Background(), tx, conversation.Utterance{ShopID: f.shop.ID, ConversationID: conv, Author: conversation.ByBot, Body: text, Verdict: verdict,
			Evidence: []conversation.Evidence{{Kind: "passage", ID: "shipping", Title: "How long does shipping take?"}}})
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return seq
}

// only is the id of the one conversation that there is.
func (f *front) only() (id uuid.UUID) {
	f.t.Helper()
	if err := f.pool.QueryRow(context.Background(), `select conversation_id from conversations`).Scan(&id); err != nil {
		f.t.Fatal(err)
	}
	return id
}
