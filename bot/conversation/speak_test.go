package conversation_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

type desk struct {
	pool    *pgxpool.Pool
	store   *conversation.Store
	shop    uuid.UUID
	channel uuid.UUID
}

func newDesk(t testing.TB, feed bool) *desk {
	t.Helper()
	pool := knowledgetest.Database(t, conversation.Migrate)
	jobs, err := river.NewClient(riverpgxv5.New(pool), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	var f *conversation.Feed
	if feed {
		f = conversation.NewFeed(pool, slog.New(slog.DiscardHandler))
		t.Cleanup(f.Close)
	}
	d := &desk{pool: pool, store: conversation.New(pool, jobs, f), shop: uuid.Must(uuid.NewV7()), channel: uuid.Must(uuid.NewV7())}
	d.exec(t, `insert into shops (shop_id, slug, name, public_key) values ($1, 'demo', 'Demo', 'k')`, d.shop)
	d.exec(t, `insert into channels (shop_id, channel_id, name, kind, reply_url) values ($1, $2, 'site', 'webhook', 'http://127.0.0.1/in')`, d.shop, d.channel)
	return d
}

func (d *desk) exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	if _, err := d.pool.Exec(context.Background(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

func (d *desk) hear(t testing.TB, address, id, body string) conversation.Receipt {
	t.Helper()
	r, err := d.tryHear(address, id, body)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (d *desk) tryHear(address, id, body string) (r conversation.Receipt, err error) {
	return d.store.Hear(context.Background(), conversation.Heard{ShopID: d.shop, ChannelID: d.channel, Address: address, ExternalID: id, Body: body})
}

func (d *desk) speak(u conversation.Utterance) (seq int64, err error) {
	u.ShopID = d.shop
	err = d.store.InTx(context.Background(), d.shop, u.ConversationID, func(tx pgx.Tx) error {
		seq, err = d.store.Speak(context.Background(), tx, u)
		return err
	})
	return seq, err
}

func (d *desk) pass(p conversation.Pass) error {
	p.ShopID = d.shop
	return d.store.InTx(context.Background(), d.shop, p.ConversationID, func(tx pgx.Tx) error {
		return d.store.Pass(context.Background(), tx, p)
	})
}

func (d *desk) count(t testing.TB, sql string, args ...any) (n int) {
	t.Helper()
	if err := d.pool.QueryRow(context.Background(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func bot(id uuid.UUID, upTo int64) conversation.Utterance {
	return conversation.Utterance{ConversationID: id, Author: conversation.ByBot, Body: "In 3 days.", UpTo: upTo}
}

func TestTheSameMessageTwiceIsOneMessage(t *testing.T) {
	t.Parallel()
	d := newDesk(t, false)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := d.tryHear("c-1", "m-1", "hello"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := d.count(t, `select count(*) from messages`); n != 1 {
		t.Errorf("%d messages stored, want 1", n)
	}
	if n := d.count(t, `select count(*) from river_job where kind = 'turn'`); n != 1 {
		t.Errorf("%d turn jobs, want 1", n)
	}
	if r := d.hear(t, "c-1", "m-1", "hello"); !r.Duplicate || r.Seq != 1 {
		t.Errorf("the repeat said %+v", r)
	}
}

func TestMessagesAreNumberedWithoutGaps(t *testing.T) {
	t.Parallel()
	d := newDesk(t, false)
	var wg sync.WaitGroup
	for i := range 30 {
		wg.Go(func() {
			if _, err := d.tryHear("c-1", fmt.Sprint("m-", i%25), "hello"); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := d.count(t, `select count(*) from messages where seq between 1 and 25`); n != 25 {
		t.Errorf("%d of the numbers 1 to 25 are taken", n)
	}
}

func TestOneTurnHasOneReply(t *testing.T) {
	t.Parallel()
	d := newDesk(t, false)
	r := d.hear(t, "c-1", "m-1", "when does it ship?")
	var wg sync.WaitGroup
	var mu sync.Mutex
	spoken := 0
	for range 10 {
		wg.Go(func() {
			_, err := d.speak(bot(r.ConversationID, r.Seq))
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				spoken++
			case !errors.Is(err, conversation.ErrStale):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if spoken != 1 {
		t.Errorf("%d replies, want 1", spoken)
	}
	if n := d.count(t, `select count(*) from deliveries`); n != 1 {
		t.Errorf("%d deliveries, want 1", n)
	}
}

func TestAnAnswerToAnOlderTurnIsDropped(t *testing.T) {
	t.Parallel()
	d := newDesk(t, false)
	first := d.hear(t, "c-1", "m-1", "when does it ship?")
	second := d.hear(t, "c-1", "m-2", "to Spain, I mean")
	if _, err := d.speak(bot(first.ConversationID, first.Seq)); !errors.Is(err, conversation.ErrStale) {
		t.Errorf("the older turn's answer: %v, want ErrStale", err)
	}
	if _, err := d.speak(bot(first.ConversationID, second.Seq)); err != nil {
		t.Error(err)
	}
}

func TestWhoKeepsTypingIsAnsweredAndThenTheRestIs(t *testing.T) {
	t.Parallel()
	d := newDesk(t, false)
	first := d.hear(t, "c-1", "m-1", "hi")
	d.exec(t, `update conversations set turn_since = now() - interval '11 seconds'`)
	late := d.hear(t, "c-1", "m-2", "still typing")
	d.exec(t, `delete from river_job`)
	if _, err := d.speak(bot(first.ConversationID, first.Seq)); err != nil {
		t.Fatalf("the cut turn is not answered: %v", err)
	}
	c, err := d.store.Conversation(context.Background(), d.shop, first.ConversationID)
	if err != nil {
		t.Fatal(err)
	}
	if c.HeardSeq != late.Seq || c.AnsweredSeq != first.Seq || c.TurnSince == nil {
		t.Errorf("after the answer: heard %d, answered %d, since %v", c.HeardSeq, c.AnsweredSeq, c.TurnSince)
	}
	if n := d.count(t, `select count(*) from river_job where kind = 'turn' and (args->>'seq')::int = $1`, late.Seq); n != 1 {
		t.Errorf("%d jobs for what came late, want 1", n)
	}
	if _, err := d.speak(bot(first.ConversationID, late.Seq)); err != nil {
		t.Error(err)
	}
}

func TestTakeoverSilencesTheBot(t *testing.T) {
	t.Parallel()
	d := newDesk(t, false)
	agent := uuid.Must(uuid.NewV7())
	for i := range 200 {
		r := d.hear(t, fmt.Sprint("c-", i), "m-1", "when does it ship?")
		var wg sync.WaitGroup
		wg.Go(func() { _, _ = d.speak(bot(r.ConversationID, r.Seq)) })
		wg.Go(func() {
			if err := d.pass(conversation.Pass{ConversationID: r.ConversationID, From: conversation.HeldByBot, To: conversation.HeldByAgent, ToAgent: agent}); err != nil {
				t.Error(err)
			}
		})
		wg.Wait()
		before := d.count(t, `select count(*) from messages where conversation_id = $1`, r.ConversationID)
		if _, err := d.speak(bot(r.ConversationID, r.Seq)); !errors.Is(err, conversation.ErrNotHolder) {
			t.Fatalf("the bot spoke after the takeover: %v", err)
		}
		if after := d.count(t, `select count(*) from messages where conversation_id = $1`, r.ConversationID); after != before {
			t.Fatalf("%d messages became %d", before, after)
		}
	}
}

func TestOnlyTheHoldingAgentSpeaks(t *testing.T) {
	t.Parallel()
	d := newDesk(t, false)
	mia, leo := uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())
	r := d.hear(t, "c-1", "m-1", "hello")
	if err := d.pass(conversation.Pass{ConversationID: r.ConversationID, From: conversation.HeldByBot, To: conversation.HeldByAgent, ToAgent: mia}); err != nil {
		t.Fatal(err)
	}
	say := func(who uuid.UUID, seen int64) error {
		_, err := d.speak(conversation.Utterance{ConversationID: r.ConversationID, Author: conversation.ByAgent, StaffID: who, Body: "Hello", SeenSeq: seen})
		return err
	}
	if err := say(leo, 0); !errors.Is(err, conversation.ErrNotHolder) {
		t.Errorf("another agent: %v", err)
	}
	d.hear(t, "c-1", "m-2", "and one more thing")
	if err := say(mia, r.Seq); !errors.Is(err, conversation.ErrMoved) {
		t.Errorf("a reply to a thread that moved: %v", err)
	}
	if err := say(mia, 2); err != nil {
		t.Error(err)
	}
	if n := d.count(t, `select count(*) from conversations where answered_seq = 2 and turn_since is null`); n != 1 {
		t.Error("the agent's reply did not answer the turn")
	}
}

func TestABotThatGetsTheWordBackAnswersWhatIsOpen(t *testing.T) {
	t.Parallel()
	d := newDesk(t, false)
	agent := uuid.Must(uuid.NewV7())
	r := d.hear(t, "c-1", "m-1", "hello")
	must(t, d.pass(conversation.Pass{ConversationID: r.ConversationID, From: conversation.HeldByBot, To: conversation.HeldByAgent, ToAgent: agent}))
	d.exec(t, `delete from river_job`)
	must(t, d.pass(conversation.Pass{ConversationID: r.ConversationID, From: conversation.HeldByAgent, ByAgent: agent, To: conversation.HeldByBot, NewEpisode: true}))
	if n := d.count(t, `select count(*) from river_job where kind = 'turn'`); n != 1 {
		t.Errorf("%d turn jobs after the return, want 1", n)
	}
}

func TestAResolvedConversationBeginsANewEpisode(t *testing.T) {
	t.Parallel()
	d := newDesk(t, false)
	r := d.hear(t, "c-1", "m-1", "hello")
	must(t, d.pass(conversation.Pass{ConversationID: r.ConversationID, From: conversation.HeldByBot, To: conversation.HeldByNobody}))
	if again := d.hear(t, "c-1", "m-2", "me again"); again.Holder != conversation.HeldByBot {
		t.Errorf("held by %s", again.Holder)
	}
	if n := d.count(t, `select episode from messages where seq = 2`); n != 2 {
		t.Errorf("episode %d, want 2", n)
	}
}

func TestAWatcherIsWokenAfterTheCommit(t *testing.T) {
	t.Parallel()
	d := newDesk(t, true)
	feed := conversation.NewFeed(d.pool, slog.New(slog.DiscardHandler))
	t.Cleanup(feed.Close)
	changes, cancel := feed.Subscribe(d.shop, uuid.Nil)
	defer cancel()
	if c := <-changes; c.What != conversation.Resync {
		t.Fatalf("first %+v, want a resync", c)
	}
	r := d.hear(t, "c-1", "m-1", "hello")
	d.store.Wake(d.shop, r.ConversationID)
	select {
	case c := <-changes:
		if c.ConversationID != r.ConversationID || c.What != conversation.Changed {
			t.Errorf("woken by %+v", c)
		}
	case <-time.After(5 * time.Second):
		t.Error("nobody was woken")
	}
}

func TestDeadLettersCanBeSentAgain(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, false)
	r := d.hear(t, "c-1", "m-1", "hello")
	if _, err := d.speak(bot(r.ConversationID, r.Seq)); err != nil {
		t.Fatal(err)
	}
	pending, err := d.store.Deliveries(ctx, d.shop, "pending", 10)
	if err != nil || len(pending) != 1 {
		t.Fatalf("%d pending, %v", len(pending), err)
	}
	must(t, d.store.DeliveryFailed(ctx, pending[0], "refused", true))
	must(t, d.store.SendAgain(ctx, d.shop, pending[0].ID))
	if n := d.count(t, `select count(*) from river_job where kind = 'deliver'`); n != 2 {
		t.Errorf("%d delivery jobs, want 2", n)
	}
	if err := d.store.SendAgain(ctx, d.shop, pending[0].ID); !errors.Is(err, conversation.ErrNotFound) {
		t.Errorf("a letter that is not dead: %v", err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestADeliveryWhoseJobDiedWithItsWorkerIsCarriedAgain(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, false)
	r := d.hear(t, "c-1", "m-1", "hello")
	if _, err := d.speak(bot(r.ConversationID, r.Seq)); err != nil {
		t.Fatal(err)
	}
	must(t, d.store.RedeliverLost(ctx))
	if n := d.count(t, `select count(*) from river_job where kind = 'deliver'`); n != 1 {
		t.Fatalf("%d jobs for a delivery that has one", n)
	}
	d.exec(t, `delete from river_job`)
	d.exec(t, `update deliveries set created_at = now() - interval '3 minutes'`)
	must(t, d.store.RedeliverLost(ctx))
	must(t, d.store.RedeliverLost(ctx))
	if n := d.count(t, `select count(*) from river_job where kind = 'deliver'`); n != 1 {
		t.Errorf("%d jobs for the lost delivery, want 1", n)
	}
	d.exec(t, `delete from river_job`)
	d.exec(t, `update deliveries set attempts = $1`, conversation.DeliveryTries)
	must(t, d.store.RedeliverLost(ctx))
	if n := d.count(t, `select count(*) from deliveries where state = 'dead'`); n != 1 {
		t.Error("a delivery that had all its tries is no dead letter")
	}
}

func TestAConversationWithAnOpenTurnIsNotClosedOverIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t, false)
	r := d.hear(t, "c-1", "m-1", "hello")
	closing := conversation.Pass{ConversationID: r.ConversationID, From: conversation.HeldByBot, To: conversation.HeldByNobody, OnlyAnswered: true}
	if err := d.pass(closing); !errors.Is(err, conversation.ErrNotHolder) {
		t.Errorf("closed over an open turn: %v", err)
	}
	if _, err := d.speak(bot(r.ConversationID, r.Seq)); err != nil {
		t.Fatal(err)
	}
	must(t, d.pass(closing))
}

func TestSweepersDoNotPileUpJobs(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, false)
	r := d.hear(t, "c-1", "m-1", "hello")
	c, err := d.store.Conversation(ctx, d.shop, r.ConversationID)
	must(t, err)
	d.exec(t, `delete from river_job`)
	for range 5 {
		must(t, d.store.Reinsert(ctx, c))
	}
	if n := d.count(t, `select count(*) from river_job where kind = 'turn'`); n < 1 || n > 2 { // two where a period ends in between
		t.Errorf("%d jobs for one turn", n)
	}
}
