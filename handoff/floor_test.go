package handoff_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// floor is one database with a shop, its channel and its desk.
type floor struct {
	t       testing.TB
	pool    *pgxpool.Pool
	store   *conversation.Store
	desk    *handoff.Desk
	staff   *staff.Store
	shop    uuid.UUID
	channel uuid.UUID
	now     time.Time // what the desk's clock shows; zero for the real time
}

func newFloor(t testing.TB) *floor {
	t.Helper()
	pool := knowledgetest.Database(t, conversation.Migrate, handoff.Migrate)
	jobs, err := river.NewClient(riverpgxv5.New(pool), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	f := &floor{t: t, pool: pool, store: conversation.New(pool, jobs, nil), staff: staff.New(pool)}
	f.desk = handoff.New(pool, f.store, slog.New(slog.DiscardHandler))
	f.desk.SetClock(func() time.Time {
		if f.now.IsZero() {
			return time.Now()
		}
		return f.now
	})
	f.shop, f.channel = f.addShop("demo")
	return f
}

func (f *floor) addShop(slug string) (shop, channel uuid.UUID) {
	f.t.Helper()
	shop, channel = uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	f.exec(`insert into shops (shop_id, slug, name, public_key) values ($1, $2, $2, $2)`, shop, slug)
	f.exec(`insert into channels (shop_id, channel_id, name, kind, reply_url) values ($1, $2, 'site', 'webhook', 'http://127.0.0.1/in')`, shop, channel)
	f.must(f.desk.OpenDesk(context.Background(), shop, "UTC"))
	return shop, channel
}

func (f *floor) must(err error) {
	f.t.Helper()
	if err != nil {
		f.t.Fatal(err)
	}
}

func (f *floor) exec(sql string, args ...any) {
	f.t.Helper()
	_, err := f.pool.Exec(context.Background(), sql, args...)
	f.must(err)
}

func (f *floor) count(sql string, args ...any) (n int) {
	f.t.Helper()
	f.must(f.pool.QueryRow(context.Background(), sql, args...).Scan(&n))
	return n
}

func (f *floor) agent(name string, roles ...string) staff.Person {
	f.t.Helper()
	if len(roles) == 0 {
		roles = []string{staff.Agent}
	}
	p, err := f.staff.Add(context.Background(), staff.Person{ShopID: f.shop, Email: name + "@example.com", Name: name, Roles: roles})
	f.must(err)
	return p
}

func (f *floor) hear(address, body string) uuid.UUID {
	f.t.Helper()
	r, err := f.store.Hear(context.Background(), conversation.Heard{ShopID: f.shop, ChannelID: f.channel, Address: address,
		ExternalID: uuid.NewString(), Body: body, Shopper: conversation.Shopper{Name: "Ana"}})
	f.must(err)
	return r.ConversationID
}

func (f *floor) handover(id uuid.UUID, level int) conversation.Handover {
	return conversation.Handover{ShopID: f.shop, ConversationID: id, Episode: 1, Level: level, Language: "en",
		Reasons: []conversation.Reason{{Kind: "wish", Score: 1}},
		Packet:  conversation.Packet{Summary: "a parcel that did not come", Star: conversation.Star{Tried: "Shipping times", Result: "a refund"}},
		Say:     func(t conversation.Ticket) string { return "A colleague writes by " + t.Due.Format(time.RFC3339) }}
}

// escalate does what the bot does: case, sentence and passing on in one transaction.
func (f *floor) escalate(id uuid.UUID, level int) conversation.Ticket {
	f.t.Helper()
	ticket, err := f.tryEscalate(f.handover(id, level))
	f.must(err)
	return ticket
}

func (f *floor) tryEscalate(h conversation.Handover) (ticket conversation.Ticket, err error) {
	ctx := context.Background()
	err = f.store.InTx(ctx, h.ShopID, h.ConversationID, func(tx pgx.Tx) error {
		if ticket, err = f.desk.Enqueue(ctx, tx, h); err != nil {
			return err
		}
		c, err := f.store.Conversation(ctx, h.ShopID, h.ConversationID)
		if err != nil {
			return err
		}
		if _, err := f.store.Speak(ctx, tx, conversation.Utterance{ShopID: h.ShopID, ConversationID: h.ConversationID, Author: conversation.ByBot,
			Body: ticket.Said, Kind: conversation.KindHandoff, UpTo: c.HeardSeq, Language: h.Language}); err != nil {
			return err
		}
		return f.store.Pass(ctx, tx, conversation.Pass{ShopID: h.ShopID, ConversationID: h.ConversationID, From: conversation.HeldByBot, To: conversation.HeldByQueue})
	})
	return ticket, err
}

func (f *floor) holder(id uuid.UUID) conversation.Holder {
	f.t.Helper()
	c, err := f.store.Conversation(context.Background(), f.shop, id)
	f.must(err)
	return c.Holder
}

func (f *floor) events(event string) int {
	f.t.Helper()
	return f.count(`select count(*) from deliveries where type = $1`, event)
}

func wantErr(t testing.TB, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("the error is %v, want %v", err, want)
	}
}

func (f *floor) promises(where string) int {
	f.t.Helper()
	return f.count(`select count(*) from promises where ` + where)
}

func (f *floor) last(id uuid.UUID) conversation.Message {
	f.t.Helper()
	messages, err := f.store.Messages(context.Background(), f.shop, id, conversation.Range{})
	f.must(err)
	return messages[len(messages)-1]
}

// packetOf is the packet as somebody reads it now.
func (f *floor) packetOf(caseID uuid.UUID) conversation.Packet {
	f.t.Helper()
	p, err := f.desk.Packet(context.Background(), f.shop, caseID)
	f.must(err)
	return p
}

// feels judges the shopper's newest message as the bot would.
func (f *floor) feels(address, body string, mood float64, reasons ...conversation.Reason) {
	f.t.Helper()
	id := f.hear(address, body)
	seq := f.last(id).Seq
	verdict, err := json.Marshal(map[string]any{"verdict": map[string]any{"mood": mood, "reasons": reasons}})
	f.must(err)
	f.must(f.store.NoteJudged(context.Background(), conversation.Judged{ShopID: f.shop, ConversationID: id, Seq: seq, Mood: mood,
		Findings: []conversation.Finding{{Seq: seq, Verdict: verdict}}}))
}

func (f *floor) stands(id uuid.UUID, want ...string) {
	f.t.Helper()
	if got := f.standings(id); !slices.Equal(got, want) {
		f.t.Errorf("the clocks stand %q, want %q", got, want)
	}
}

// standings is how each clock of the case stands, and each promise.
func (f *floor) standings(id uuid.UUID) (out []string) {
	f.t.Helper()
	for _, clock := range f.theCase(id).Clocks() {
		out = append(out, clock.Name+" "+clock.Standing(f.now))
	}
	promises, err := f.desk.Promises(context.Background(), f.shop, id)
	f.must(err)
	for _, p := range promises {
		out = append(out, p.Awaits+" promised "+p.Clock().Standing(f.now))
	}
	return out
}

func (f *floor) theCase(id uuid.UUID) handoff.Case {
	f.t.Helper()
	c, err := f.desk.Case(context.Background(), f.shop, id)
	f.must(err)
	return c
}

// claimed is a conversation whose case somebody has.
func (f *floor) claimed(address string, level int) (conversationID, caseID uuid.UUID, p staff.Person) {
	f.t.Helper()
	id := f.hear(address, "a person please")
	ticket := f.escalate(id, level)
	p = f.agent("Mei-" + address)
	f.must(f.desk.Claim(context.Background(), f.shop, ticket.CaseID, p))
	f.must(f.desk.Touch(context.Background(), f.shop, id, p.ID, false)) // who claims a case has its page open
	return id, ticket.CaseID, p
}

func (f *floor) queue(v handoff.View) []handoff.Row {
	f.t.Helper()
	rows, total, err := f.desk.Queue(context.Background(), f.shop, v)
	f.must(err)
	if total < len(rows) {
		f.t.Errorf("%d rows, %d in all", len(rows), total)
	}
	return rows
}

// raise judges the conversation's open case anew.
func (f *floor) raise(id uuid.UUID, level int) conversation.Ticket {
	return f.raiseWith(f.handover(id, level))
}

func (f *floor) raiseWith(h conversation.Handover) (ticket conversation.Ticket) {
	f.t.Helper()
	f.must(f.store.Tx(context.Background(), func(tx pgx.Tx) (err error) {
		ticket, err = f.desk.Enqueue(context.Background(), tx, h)
		return err
	}))
	return ticket
}

func (f *floor) breaches(clock string) int {
	f.t.Helper()
	return f.count(`select count(*) from deliveries where type = 'clock.breached' and payload->'data'->>'clock' = $1`, clock)
}

// sweep sweeps twice at once and returns the alarms of both.
func (f *floor) sweep() int {
	f.t.Helper()
	var alarms atomic.Int32
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			n, err := f.desk.Sweep(context.Background())
			if err != nil {
				f.t.Error(err)
			}
			alarms.Add(int32(n))
		})
	}
	wg.Wait()
	return int(alarms.Load())
}
