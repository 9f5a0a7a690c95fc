package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/bot/bottest"
	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"
)

func TestThreeQuickMessagesAreOneTurn(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	first := g.hear("c1", "你好")
	second := g.hear("c1", "我想问一下")
	third := g.hear("c1", "怎么退货？")
	id := third.ConversationID
	for _, seq := range []int64{first.Seq, second.Seq} {
		if err := g.work(id, seq, 1); err != nil {
			t.Fatal(err)
		}
	}
	if err := g.work(id, third.Seq, 1); !isSnooze(err) {
		t.Fatalf("a message that is not a second old must wait for more: %v", err)
	}
	g.quiet(id)
	for range 2 { // the job may run twice
		if err := g.work(id, third.Seq, 1); err != nil {
			t.Fatal(err)
		}
	}
	said := g.saidSince(id, 0)
	if len(said) != 1 || !strings.Contains(said[0].Body, "7天") {
		t.Fatalf("said %d times: %+v", len(said), said)
	}
}

func isSnooze(err error) bool {
	var snooze *river.JobSnoozeError
	return errors.As(err, &snooze)
}

// worker works the jobs of the database until the test ends.
func (g *rig) startWorkers() {
	g.t.Helper()
	workers := river.NewWorkers()
	river.AddWorker(workers, g.worker)
	client, err := river.NewClient(riverpgxv5.New(g.pool), &river.Config{
		Workers: workers, Queues: map[string]river.QueueConfig{conversation.QueueTurns: {MaxWorkers: 8}}, Logger: g.log,
		FetchCooldown: 50 * time.Millisecond, FetchPollInterval: 100 * time.Millisecond,
	})
	if err != nil {
		g.t.Fatal(err)
	}
	if err := client.Start(context.WithoutCancel(g.t.Context())); err != nil {
		g.t.Fatal(err)
	}
	g.t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_ = client.Stop(ctx) // the test is over either way
	})
}

func TestWhoKeepsTypingIsAnsweredAfterTenSeconds(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.startWorkers()
	start := time.Now()
	r := g.hear("c1", "怎么退货？")
	for time.Since(start) < 13*time.Second && len(g.saidSince(r.ConversationID, 0)) == 0 {
		g.hear("c1", "还有")
		time.Sleep(500 * time.Millisecond)
	}
	took := time.Since(start)
	if n := len(g.saidSince(r.ConversationID, 0)); n != 1 || took < 9*time.Second || took > 13*time.Second {
		t.Fatalf("answered %d times after %v", n, took)
	}
	for range 40 {
		if c := g.conversation(r.ConversationID); c.AnsweredSeq == c.HeardSeq || c.Holder != conversation.HeldByBot {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("what came after the cut was never answered")
}

func TestAMessageWhileTheModelThinksIsNeitherLostNorAnsweredTwice(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.unsure()
	var second conversation.Receipt
	var once atomic.Bool
	g.useModel(scripted(func(_ context.Context, p Prompt, _ func(string)) (Completion, error) {
		if once.CompareAndSwap(false, true) {
			second = g.hear("c1", "¿Y cuánto tarda el envío?")
		}
		return Completion{Text: bottest.Draft{Text: "Sí, envolvemos cualquier pedido para regalo por 4,50 €.", Articles: []string{"gift-wrap"}, Sure: true}.JSON()}, nil
	}))
	first := g.hear("c1", abroad)
	g.quiet(first.ConversationID)
	if err := g.work(first.ConversationID, first.Seq, 1); err != nil {
		t.Fatal(err)
	}
	if said := g.saidSince(first.ConversationID, 0); len(said) != 0 {
		t.Fatalf("half a turn was answered: %q", said[0].Body)
	}
	g.quiet(first.ConversationID)
	if err := g.work(first.ConversationID, second.Seq, 1); err != nil {
		t.Fatal(err)
	}
	if said := g.saidSince(first.ConversationID, 0); len(said) != 1 {
		t.Fatalf("said %d times", len(said))
	}
	if c := g.conversation(first.ConversationID); c.AnsweredSeq != second.Seq {
		t.Errorf("answered up to %d of %d", c.AnsweredSeq, second.Seq)
	}
}

// TestTakeoverSilencesTheBot races 200 takeovers against an answer that the model is writing.
func TestTakeoverSilencesTheBot(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.unsure()
	agent := uuid.Must(uuid.NewV7())
	dropped := 0
	for i := range 200 {
		thinking := make(chan struct{})
		g.useModel(scripted(func(context.Context, Prompt, func(string)) (Completion, error) {
			close(thinking)
			time.Sleep(time.Duration(i%10) * 200 * time.Microsecond)
			return Completion{Text: bottest.Draft{Text: "Sí, envolvemos cualquier pedido para regalo por 4,50 €.", Articles: []string{"gift-wrap"}, Sure: true}.JSON()}, nil
		}))
		r := g.hear(fmt.Sprint("race", i), abroad)
		g.quiet(r.ConversationID)
		done := make(chan error, 1)
		go func() { done <- g.work(r.ConversationID, r.Seq, 1) }()
		<-thinking
		time.Sleep(time.Duration(i%7) * 300 * time.Microsecond)
		err := g.store.InTx(t.Context(), g.shop.ID, r.ConversationID, func(tx pgx.Tx) error {
			return g.store.Pass(t.Context(), tx, conversation.Pass{ShopID: g.shop.ID, ConversationID: r.ConversationID, From: conversation.HeldByBot, To: conversation.HeldByAgent, ToAgent: agent})
		})
		if err != nil {
			t.Fatal(err)
		}
		saidBefore := len(g.saidSince(r.ConversationID, 0))
		if err := <-done; err != nil {
			t.Fatalf("race %d: %v", i, err)
		}
		if after := len(g.saidSince(r.ConversationID, 0)); after != saidBefore {
			t.Fatalf("race %d: the bot spoke after the takeover", i)
		}
		if saidBefore == 0 {
			dropped++
		}
	}
	t.Logf("%d of 200 answers were dropped", dropped)
	if dropped == 0 || dropped == 200 {
		t.Log("every race went the same way: the delays are wrong for this machine")
	}
}

func TestALostJobIsInsertedAgain(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	r := g.hear("c1", "怎么退货？")
	if _, err := g.pool.Exec(t.Context(), `delete from river_job`); err != nil {
		t.Fatal(err)
	}
	if n, err := g.Sweep(t.Context()); n != 0 || err != nil {
		t.Fatalf("a fresh turn was swept: %d, %v", n, err)
	}
	if _, err := g.pool.Exec(t.Context(), `update conversations set turn_since = now() - interval '40 seconds'`); err != nil {
		t.Fatal(err)
	}
	if n, err := g.Sweep(t.Context()); n != 1 || err != nil {
		t.Fatalf("swept %d, %v", n, err)
	}
	if n, err := g.Sweep(t.Context()); n != 0 || err != nil { // it waits for its worker, however long
		t.Fatalf("a turn that has a job was swept: %d, %v", n, err)
	}
	g.startWorkers()
	for range 50 {
		if len(g.saidSince(r.ConversationID, 0)) == 1 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("never answered")
}

func TestATurnThatKeepsFailingGoesToAPerson(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	r := g.hear("c1", "怎么退货？")
	g.quiet(r.ConversationID)
	if _, err := g.pool.Exec(t.Context(), `alter table passages rename to passages_away`); err != nil {
		t.Fatal(err)
	}
	for attempt := 1; attempt < giveUpAfter; attempt++ {
		if err := g.work(r.ConversationID, r.Seq, attempt); err == nil {
			t.Fatal("the search's failure was swallowed")
		}
	}
	if err := g.work(r.ConversationID, r.Seq, giveUpAfter); err != nil {
		t.Fatal(err)
	}
	said := g.saidSince(r.ConversationID, 0)
	if len(said) != 1 || said[0].Kind != conversation.KindHandoff || !slices.Contains(verdictReasons(t, said[0]), triage.ModelFailed) || g.cases(r.ConversationID) != 1 {
		t.Fatalf("%+v", said)
	}
}

func TestATurnThatHangsGoesToAPerson(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	r := g.hear("c1", "怎么退货？")
	g.quiet(r.ConversationID)
	tx, err := g.pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }()
	if _, err := tx.Exec(t.Context(), `lock table passages in access exclusive mode`); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond) // the job's own time is 20 s
	defer cancel()
	job := &river.Job[conversation.TurnArgs]{JobRow: &rivertype.JobRow{Attempt: giveUpAfter}, Args: conversation.TurnArgs{ShopID: g.shop.ID, ConversationID: r.ConversationID, Seq: r.Seq}}
	if err := g.worker.Work(ctx, job); err != nil {
		t.Fatal(err)
	}
	if said := g.saidSince(r.ConversationID, 0); len(said) != 1 || said[0].Kind != conversation.KindHandoff || g.cases(r.ConversationID) != 1 {
		t.Fatalf("%+v", said)
	}
}

func TestAFloodOfLongMessagesIsOneTurnLikeAnyOther(t *testing.T) {
	t.Parallel()
	var turns []triage.Turn
	for range 190 {
		turns = append(turns, triage.Turn{Role: "shopper", Text: strings.Repeat("where is my parcel? ", 400)})
	}
	turns = append(turns, triage.Turn{Role: "shopper", Text: "and my refund?"})
	if text := openTurn(turns); len(text) > readOfTurn || !strings.HasSuffix(text, "and my refund?") {
		t.Errorf("%d bytes, ending in %q", len(text), text[len(text)-20:])
	}
}

func TestNobodySeesTheBotWriteAfterATakeover(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.unsure()
	g.feed = conversation.NewFeed(g.pool, g.log)
	t.Cleanup(g.feed.Close)
	changes, cancel := g.feed.Subscribe(g.shop.ID, uuid.Nil)
	defer cancel()
	if c := <-changes; c.What != conversation.Resync { // it listens
		t.Fatalf("%+v", c)
	}
	r := g.hear("c1", abroad)
	g.quiet(r.ConversationID)
	g.useModel(scripted(func(ctx context.Context, _ Prompt, delta func(string)) (Completion, error) {
		err := g.store.InTx(ctx, g.shop.ID, r.ConversationID, func(tx pgx.Tx) error {
			return g.store.Pass(ctx, tx, conversation.Pass{ShopID: g.shop.ID, ConversationID: r.ConversationID, From: conversation.HeldByBot, To: conversation.HeldByAgent, ToAgent: uuid.Must(uuid.NewV7())})
		})
		if err != nil {
			return Completion{}, err
		}
		text := bottest.Draft{Text: "Sí, envolvemos cualquier pedido para regalo por 4,50 €.", Articles: []string{"gift-wrap"}, Sure: true}.JSON()
		delta(text)
		return Completion{Text: text}, nil
	}))
	if err := g.work(r.ConversationID, r.Seq, 1); err != nil {
		t.Fatal(err)
	}
	for end := time.After(300 * time.Millisecond); ; {
		select {
		case c := <-changes:
			if c.What == conversation.Drafting && c.Text != "" {
				t.Fatalf("shown: %q", c.Text)
			}
		case <-end:
			return
		}
	}
}
