package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/bottest"
	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"
	"frontdesk/knowledge"
	"frontdesk/knowledge/embed"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"
)

// rig is a shop with a bot on a database of its own. Jobs lie in the database until a test works them.
type rig struct {
	*Responder
	t      *testing.T
	pool   *pgxpool.Pool
	jobs   *river.Client[pgx.Tx]
	shop   knowledge.Shop
	hook   channel.Channel
	desk   *desk
	worker *TurnWorker
	sent   int
}

// someArticles are the sample articles and a few that are bound to a market, or written in one language only.
func someArticles() []knowledge.Article {
	return append(knowledgetest.Articles(),
		knowledge.Article{Ref: "gift-wrap", Locale: "en", Question: "Can you gift-wrap my order?", Answer: "Yes, we gift-wrap any order for €4.50 and add a card with your message.",
			Phrasings: []string{"gift wrapping", "is there gift paper", "wrap it as a present"}, Status: knowledge.Published},
		knowledge.Article{Ref: "cod-es", Locale: "es", Market: []string{"es"}, Question: "¿Puedo pagar contra reembolso?", Answer: "Sí, contra reembolso con 3 € de recargo, hasta 300 €.",
			Phrasings: []string{"pago contra reembolso", "pagar al recibir"}, Status: knowledge.Published},
	)
}

func newRig(t *testing.T, script bottest.Script) *rig {
	t.Helper()
	embedder, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	return newRigWith(t, script, embedder, someArticles())
}

func newRigWith(t *testing.T, script bottest.Script, embedder knowledge.Embedder, articles []knowledge.Article) *rig {
	t.Helper()
	pool := knowledgetest.Database(t, conversation.Migrate)
	if _, err := pool.Exec(t.Context(), `create table desk_cases (shop_id uuid, conversation_id uuid, packet jsonb, said text, level int)`); err != nil {
		t.Fatal(err)
	}
	base := knowledge.New(pool, knowledge.Fixed(embedder))
	jobs, err := river.NewClient(riverpgxv5.New(pool), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	store := conversation.New(pool, jobs, nil)
	c := Config{Base: base, Store: store, Channels: channel.NewStore(pool), Similar: builtinSimilarity(t), Log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	g := &rig{t: t, pool: pool, jobs: jobs, desk: &desk{open: true}}
	c.Escalator = g.desk
	if script != nil {
		server := bottest.Serve(script)
		t.Cleanup(server.Close)
		endpoint := newEndpoint(EndpointConfig{BaseURL: server.URL, Model: "small"}, quickLimits())
		c.Models = func(knowledge.Shop) Model { return endpoint }
	}
	g.Responder = New(c)
	g.worker = NewTurnWorker(g.Responder)
	g.shop = knowledgetest.Shop(t, base, "demo", articles...)
	g.shop.TimeZone = "Europe/Madrid"
	g.shop.Settings.Names = map[string]string{"en": "Linden", "zh": "林登", "es": "Linden"}
	if err := base.UpdateShop(t.Context(), g.shop); err != nil {
		t.Fatal(err)
	}
	g.hook = g.channel("site", channel.ModeAuto, "")
	return g
}

func (g *rig) channel(name, mode, replyURL string) channel.Channel {
	g.t.Helper()
	ch, err := g.channels.Add(g.t.Context(), channel.Channel{ShopID: g.shop.ID, Name: name, Kind: channel.KindWebhook, Mode: mode, ReplyURL: replyURL})
	if err != nil {
		g.t.Fatal(err)
	}
	return ch
}

// unsure makes the shop so careful that whatever is found is asked back, however confidence is calibrated.
func (g *rig) unsure() { g.thresholds(0.9999, 0.0001) }

// thresholds are the confidence to answer from and to ask back from; zeros are the product's own.
func (g *rig) thresholds(answer, ask float64) {
	g.t.Helper()
	g.shop.Settings.AnswerAbove, g.shop.Settings.AskAbove = answer, ask
	if err := g.base.UpdateShop(g.t.Context(), g.shop); err != nil {
		g.t.Fatal(err)
	}
}

// useModel answers with this model from now on.
func (g *rig) useModel(m Model) { g.models = func(knowledge.Shop) Model { return m } }

// hear sends a shopper's message.
func (g *rig) hear(address, text string) conversation.Receipt { return g.hearOn(g.hook, address, text) }

func (g *rig) hearOn(ch channel.Channel, address, text string) conversation.Receipt {
	g.t.Helper()
	g.sent++
	receipt, err := g.Receive(g.t.Context(), ch, channel.Inbound{Type: channel.MessageCreated, Conversation: address, Message: fmt.Sprint("m", g.sent), Text: text})
	if err != nil {
		g.t.Fatal(err)
	}
	return receipt
}

// settle makes the messages old enough that the shopper has stopped typing.
func (g *rig) quiet(id uuid.UUID) {
	g.t.Helper()
	if _, err := g.pool.Exec(g.t.Context(), `update messages set created_at = created_at - interval '2 seconds' where conversation_id = $1`, id); err != nil {
		g.t.Fatal(err)
	}
}

// work works the job of a message once.
func (g *rig) work(id uuid.UUID, seq int64, attempt int) error {
	return g.worker.Work(g.t.Context(), &river.Job[conversation.TurnArgs]{
		JobRow: &rivertype.JobRow{Attempt: attempt}, Args: conversation.TurnArgs{ShopID: g.shop.ID, ConversationID: id, Seq: seq},
	})
}

// exchange sends a message, has it answered and returns the newest message of the shop.
func (g *rig) exchange(address, text string) conversation.Message {
	g.t.Helper()
	return g.exchangeOn(g.hook, address, text)
}

func (g *rig) exchangeOn(ch channel.Channel, address, text string) conversation.Message {
	g.t.Helper()
	receipt := g.hearOn(ch, address, text)
	g.quiet(receipt.ConversationID)
	if err := g.work(receipt.ConversationID, receipt.Seq, 1); err != nil {
		g.t.Fatalf("turn %q: %v", text, err)
	}
	said := g.saidSince(receipt.ConversationID, receipt.Seq)
	if len(said) > 1 {
		g.t.Fatalf("%q was answered %d times", text, len(said))
	}
	if len(said) == 0 {
		return conversation.Message{}
	}
	return said[0]
}

func (g *rig) saidSince(id uuid.UUID, seq int64) (out []conversation.Message) {
	g.t.Helper()
	for _, m := range g.messages(id) {
		if m.Seq > seq && m.Author == conversation.ByBot {
			out = append(out, m)
		}
	}
	return out
}

func (g *rig) messages(id uuid.UUID) []conversation.Message {
	g.t.Helper()
	all, err := g.store.Messages(g.t.Context(), g.shop.ID, id, conversation.Range{Limit: 500})
	if err != nil {
		g.t.Fatal(err)
	}
	return all
}

func (g *rig) conversation(id uuid.UUID) conversation.Conversation {
	g.t.Helper()
	c, err := g.store.Conversation(g.t.Context(), g.shop.ID, id)
	if err != nil {
		g.t.Fatal(err)
	}
	return c
}

// compose asks without a conversation.
func (g *rig) compose(text string) Reply {
	return g.composeQuestion(Question{Turns: shopperSays(text)})
}

func (g *rig) composeQuestion(q Question) Reply {
	g.t.Helper()
	reply, err := g.Compose(g.t.Context(), g.shop, q, nil)
	if err != nil {
		g.t.Fatal(err)
	}
	return reply
}

func shopperSays(texts ...string) (turns []triage.Turn) {
	for _, text := range texts {
		turns = append(turns, triage.Turn{Role: "shopper", Text: text, At: time.Now()})
	}
	return turns
}

func kindsOf(reasons []triage.Reason) (kinds []triage.Kind) {
	for _, r := range reasons {
		kinds = append(kinds, r.Kind)
	}
	return kinds
}

// verdictReasons reads the reasons that were kept with a message.
func verdictReasons(t *testing.T, m conversation.Message) []triage.Kind {
	t.Helper()
	var v struct{ Verdict triage.Verdict }
	if err := json.Unmarshal(m.Verdict, &v); err != nil {
		t.Fatal(err)
	}
	return kindsOf(v.Verdict.Reasons)
}

// desk stands in for the human side: it keeps its cases in the bot's transaction.
type desk struct {
	mu      sync.Mutex
	open    bool
	broken  bool
	level   int
	episode int
}

func (d *desk) Enqueue(ctx context.Context, tx pgx.Tx, h conversation.Handover) (conversation.Ticket, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	at := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC)
	t := conversation.Ticket{CaseID: uuid.Must(uuid.NewV7()), Level: h.Level, Due: at, Open: d.open, OpensAt: at.Add(24 * time.Hour), Place: 3}
	t.Said = h.Say(t)
	d.level, d.episode = h.Level, h.Episode
	if _, err := tx.Exec(ctx, `insert into desk_cases values ($1, $2, $3, $4, $5)`, h.ShopID, h.ConversationID, h.Packet, t.Said, h.Level); err != nil {
		return t, err
	}
	if d.broken {
		return t, errors.New("the desk is broken")
	}
	return t, nil
}

func (g *rig) cases(id uuid.UUID) (n int) {
	g.t.Helper()
	if err := g.pool.QueryRow(g.t.Context(), `select count(*) from desk_cases where conversation_id = $1`, id).Scan(&n); err != nil {
		g.t.Fatal(err)
	}
	return n
}

func (g *rig) packet(id uuid.UUID) (p conversation.Packet) {
	g.t.Helper()
	if err := g.pool.QueryRow(g.t.Context(), `select packet from desk_cases where conversation_id = $1`, id).Scan(&p); err != nil {
		g.t.Fatal(err)
	}
	return p
}

// scripted is a model inside the test.
type scripted func(ctx context.Context, p Prompt, delta func(string)) (Completion, error)

func (scripted) Name() string { return "scripted" }

func (s scripted) Complete(ctx context.Context, p Prompt, delta func(string)) (Completion, error) {
	return s(ctx, p, delta)
}
