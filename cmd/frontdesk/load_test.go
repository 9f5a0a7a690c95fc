package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// 2,000 messages, each sent one to five times, in any order, to two servers on one database.
func TestTwoServersStoreEveryMessageOnceAndAnswerEveryTurnOnce(t *testing.T) {
	t.Parallel()
	const conversations, each = 400, 5
	url := knowledgetest.URL(t, conversation.Migrate, handoff.Migrate, seeded)
	first := bootOn(t, url)
	second := bootOn(t, url)
	s := first.shopSystem(t, "load")
	other := &shopSystem{t: t, p: second, name: "load", secret: s.secret}

	var posts [][]byte
	for c := range conversations {
		for m := range each {
			body := messageBody(fmt.Sprint("c-", c), fmt.Sprint("m-", m), "Can I combine two discount codes?")
			for range 1 + rand.IntN(5) {
				posts = append(posts, body)
			}
		}
	}
	rand.Shuffle(len(posts), func(i, j int) { posts[i], posts[j] = posts[j], posts[i] })
	sendAll(t, posts, s, other)

	ctx := context.Background()
	count := func(sql string) (n int) {
		if err := first.pool.QueryRow(ctx, sql).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := count(`select count(*) from messages where author = 'shopper'`); n != conversations*each {
		t.Errorf("%d messages stored, want %d", n, conversations*each)
	}
	waitFor(t, 3*time.Minute, "every turn to be answered", func() bool {
		return count(`select count(*) from conversations where turn_since is not null and holder = 'bot'`) == 0
	})
	if n := count(`select count(*) from conversations where last_seq <> (select count(*) from messages m where m.conversation_id = conversations.conversation_id)`); n != 0 {
		t.Errorf("%d conversations have gaps in their numbers", n)
	}
	if n := twiceAnswered(t, first.pool); n != 0 {
		t.Errorf("%d turns were answered twice", n)
	}
}

// twiceAnswered counts replies that were said although nothing was left to answer. It plays each conversation: a message that
// comes ten seconds after its turn's first one begins the next turn, and a reply answers the turn that is open.
func twiceAnswered(t *testing.T, pool *pgxpool.Pool) (twice int) {
	t.Helper()
	type line struct {
		Conversation uuid.UUID
		Author       string
		At           time.Time
	}
	rows, err := pool.Query(context.Background(), `select conversation_id, author, created_at from messages order by conversation_id, seq`)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowToStructByPos[line])
	if err != nil {
		t.Fatal(err)
	}
	var open, next []time.Time
	for i, l := range lines {
		if i == 0 || l.Conversation != lines[i-1].Conversation {
			open, next = nil, nil
		}
		switch {
		case l.Author == "shopper" && len(open) > 0 && l.At.Sub(open[0]) >= conversation.KeepTyping-time.Second:
			next = append(next, l.At)
		case l.Author == "shopper":
			open = append(open, l.At)
		case len(open) == 0:
			twice++
		default:
			open, next = next, nil
		}
	}
	return twice
}

func sendAll(t *testing.T, posts [][]byte, systems ...*shopSystem) {
	t.Helper()
	work := make(chan int)
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			for i := range work {
				for {
					status, answer, err := systems[(i+w)%len(systems)].tryPost(posts[i])
					if err == nil && (status == http.StatusAccepted || status == http.StatusOK) {
						break
					}
					if err == nil && status != http.StatusTooManyRequests {
						t.Errorf("%d %s", status, answer)
						break
					}
					time.Sleep(50 * time.Millisecond)
				}
			}
		})
	}
	for i := range posts {
		work <- i
	}
	close(work)
	wg.Wait()
}

func waitFor(t testing.TB, limit time.Duration, what string, done func() bool) {
	t.Helper()
	deadline := time.Now().Add(limit)
	for !done() {
		if time.Now().After(deadline) {
			t.Fatalf("waited %s for %s", limit, what)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// 200 agents press "take over" while the answer is on its way; whatever the order, the bot says nothing after them.
func TestNoBotWordAfterATakeover(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	s := p.shopSystem(t, "takeover")
	mia := p.person(t, "agent@demo.frontdesk.example")
	ch, err := p.channels.ByName(ctx, p.shop.ID, s.name)
	if err != nil {
		t.Fatal(err)
	}
	after, ids := make([]int64, 200), make([]uuid.UUID, 200)
	var wg sync.WaitGroup
	gate := make(chan struct{}, 20)
	for i := range 200 {
		gate <- struct{}{}
		wg.Go(func() {
			defer func() { <-gate }()
			address := fmt.Sprint("t-", i)
			s.say(address, "m-1", "Can I combine two discount codes?")
			c, err := p.store.ByAddress(ctx, p.shop.ID, ch.ID, address)
			if err != nil {
				t.Error(err)
				return
			}
			time.Sleep(time.Duration(rand.IntN(1500)) * time.Millisecond)
			if _, err := p.desk.TakeOver(ctx, p.shop.ID, c.ID, mia); err != nil {
				t.Error(err)
				return
			}
			after[i] = lastSeq(ctx, t, p, c.ID)
			ids[i] = c.ID
		})
	}
	wg.Wait()
	time.Sleep(2 * time.Second) // answers in flight have landed or were dropped
	for i, id := range ids {
		if now := lastSeq(ctx, t, p, id); now != after[i] {
			t.Errorf("conversation %d: message %d came after the takeover at %d", i, now, after[i])
		}
	}
}

func lastSeq(ctx context.Context, t *testing.T, p *program, id uuid.UUID) int64 {
	c, err := p.store.Conversation(ctx, p.shop.ID, id)
	if err != nil || c.Holder != conversation.HeldByAgent {
		t.Errorf("conversation %s: held by %s, %v", id, c.Holder, err)
	}
	return c.LastSeq
}
