package storefront

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

type pushed struct {
	name, id, data string
}

// listen reads an event stream until the test or stop ends it.
func (f *front) listen(api, bearer, lastID string) (events <-chan pushed, stop func()) {
	f.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	req, err := http.NewRequestWithContext(ctx, "GET", f.url+api+"/events", nil)
	if err != nil {
		f.t.Fatal(err)
	}
	req.Header.Set("Authorization", bearer)
	if lastID != "" {
		req.Header.Set("Last-Event-ID", lastID)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil || resp.StatusCode != 200 || !strings.HasPrefix(resp.Header.Get("Content-Type"), "text/event-stream") {
		f.t.Fatalf("stream: %v %v", resp, err)
	}
	out := make(chan pushed, 4096)
	go func() {
		defer close(out)
		defer resp.Body.Close()
		var e pushed
		lines := bufio.NewScanner(resp.Body)
		for lines.Scan() {
			name, value, _ := strings.Cut(lines.Text(), ":")
			value = strings.TrimPrefix(value, " ")
			switch name {
			case "event":
				e.name = value
			case "id":
				e.id = value
			case "data":
				e.data += value
			case "":
				if e.data != "" {
					out <- e
				}
				e = pushed{}
			}
		}
	}()
	f.t.Cleanup(cancel)
	return out, cancel
}

// next waits for an event of this name.
func next(t testing.TB, events <-chan pushed, name string) pushed {
	t.Helper()
	limit := time.After(10 * time.Second)
	for {
		select {
		case e, open := <-events:
			if !open {
				t.Fatalf("the stream ended before a %s", name)
			}
			if e.name == name {
				return e
			}
		case <-limit:
			t.Fatalf("no %s", name)
		}
	}
}

func passTo(f *front, conv uuid.UUID, to conversation.Holder) func(pgx.Tx) error {
	return func(tx pgx.Tx) error {
		return f.store.Pass(context.Background(), tx, conversation.Pass{ShopID: f.shop.ID, ConversationID: conv, From: conversation.HeldByBot, To: to})
	}
}

func TestTheStreamShowsWhatHappens(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	api, bearer, conv := f.visit()
	events, _ := f.listen(api, bearer, "")
	next(t, events, "state")
	f.do("POST", api+"/messages", say("1", "hello"), "Authorization", bearer)
	if e := next(t, events, "message"); e.id != "1" || !strings.Contains(e.data, `"id":"1"`) {
		t.Errorf("%+v", e)
	}
	nextState(t, events, `"answering":true`)
	f.feed.Draft(f.shop.ID, conv, "Shipping takes")
	if e := next(t, events, "draft"); e.data != `{"text":"Shipping takes"}` || e.id != "" {
		t.Errorf("%+v", e)
	}
	f.do("POST", api+"/typing", nil, "Authorization", bearer)
	f.feed.Typing(f.shop.ID, conv, "Mia")
	if e := next(t, events, "typing"); e.data != `{"name":"Mia"}` {
		t.Errorf("%+v", e)
	}
	f.say(conv, "Two days.")
	if e := next(t, events, "message"); e.id != "2" {
		t.Errorf("%+v", e)
	}
	f.desk.set(conversation.Place{State: "waiting", Place: 3, Minutes: 6})
	if err := f.store.InTx(context.Background(), f.shop.ID, conv, passTo(f, conv, conversation.HeldByQueue)); err != nil {
		t.Fatal(err)
	}
	nextState(t, events, `"holder":"queue"`)
	f.feed.Draft(f.shop.ID, conv, "What the bot was still writing")
	f.desk.set(conversation.Place{State: "waiting", Place: 2, Minutes: 4}) // the queue moved, nobody told this conversation
	for limit := time.After(10 * time.Second); ; {
		select {
		case e := <-events:
			if e.name == "draft" {
				t.Errorf("a draft is seen after the bot gave the conversation up: %s", e.data)
			}
			if strings.Contains(e.data, `"place":2`) {
				return
			}
		case <-limit:
			t.Fatal("the place in the queue stands still")
		}
	}
}

// nextState waits for a state that shows this; a state may be told more than once.
func nextState(t *testing.T, events <-chan pushed, want string) {
	t.Helper()
	for range 5 {
		if strings.Contains(next(t, events, "state").data, want) {
			return
		}
	}
	t.Errorf("no state with %s", want)
}

func TestAStreamThatBreaksGoesOnWithoutGapOrRepetition(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	api, bearer, conv := f.visit()
	const all = 300
	go func() {
		for i := range all {
			f.say(conv, fmt.Sprint("part ", i))
		}
	}()
	last, seen := "", 0
	for seen < all {
		events, stop := f.listen(api, bearer, last)
		for range 1 + seen%37 {
			e := next(t, events, "message")
			seq, err := strconv.Atoi(e.id)
			if err != nil || seq != seen+1 {
				t.Fatalf("message %q after %d", e.id, seen)
			}
			var m Message
			if err := json.Unmarshal([]byte(e.data), &m); err != nil || m.Seq != int64(seq) {
				t.Fatalf("%s: %v", e.data, err)
			}
			last = e.id
			if seen++; seen == all {
				break
			}
		}
		stop()
	}
}

func TestOneVisitorCannotOpenStreamsWithoutEnd(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	api, bearer, _ := f.visit()
	for range maxStreams {
		f.listen(api, bearer, "")
	}
	if r := f.do("GET", api+"/events", nil, "Authorization", bearer); r.status != 429 {
		t.Errorf("one more stream: %d", r.status)
	}
}
