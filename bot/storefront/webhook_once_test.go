package storefront

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/conversation"

	"github.com/jackc/pgx/v5"
)

// postAs sends a signed event under this webhook-id, as a sender does who tries again.
func (f *front) postAs(id, body string) reply {
	f.t.Helper()
	at := time.Now()
	return f.do("POST", "/webhooks/demo/site", []byte(body), "webhook-id", id, "webhook-timestamp", fmt.Sprint(at.Unix()),
		"webhook-signature", sign(f.hook.Secrets[0], id, at, []byte(body)))
}

// handBack lets a person finish with the conversation, and the bot have it again, answered.
func (f *front) handBack(holder conversation.Holder) {
	f.t.Helper()
	c := f.only()
	err := f.store.Tx(context.Background(), func(tx pgx.Tx) error {
		return f.store.Pass(context.Background(), tx, conversation.Pass{ShopID: f.shop.ID, ConversationID: c, From: holder, To: conversation.HeldByNobody})
	})
	if err == nil {
		_, err = f.pool.Exec(context.Background(), `update conversations set holder = 'bot' where conversation_id = $1`, c)
	}
	if err != nil {
		f.t.Fatal(err)
	}
}

func TestAHandoverThatIsAskedForAgainUnderTheSameIdHappensOnce(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	f.post(event("c-1", "m-1", "How long does shipping take?"))
	ask := `{"type":"handoff.requested","data":{"conversation":"c-1"}}`
	first := f.postAs("evt-1", ask)
	if first.status != http.StatusAccepted {
		t.Fatalf("%d %s", first.status, first.raw)
	}
	f.handBack(conversation.HeldByQueue) // the case is solved; then the sender's queue tries again
	for range 2 {
		if again := f.postAs("evt-1", ask); again.status != http.StatusOK || string(again.raw) != string(first.raw) {
			t.Errorf("again: %d %s, first %s", again.status, again.raw, first.raw)
		}
	}
	if n := f.count(`select count(*) from conversations where holder = 'queue'`); n != 0 {
		t.Error("the same event asked for a person twice")
	}
	if r := f.postAs("evt-2", ask); r.status != http.StatusAccepted || f.count(`select count(*) from conversations where holder = 'queue'`) != 1 {
		t.Errorf("another event: %d %s", r.status, r.raw)
	}
}

func TestTheSameEventSentManyTimesAtOnceActsOnce(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	f.post(event("c-1", "m-1", "hello"))
	for id, body := range map[string]string{
		"evt-person": `{"type":"handoff.requested","data":{"conversation":"c-1"}}`,
		"evt-rating": `{"type":"rating.given","data":{"conversation":"c-1","score":4}}`,
	} {
		var wg sync.WaitGroup
		var mu sync.Mutex
		answers := map[string]int{}
		for range 12 {
			wg.Go(func() {
				r := f.postAs(id, body)
				mu.Lock()
				defer mu.Unlock()
				answers[string(r.raw)]++
				if r.status != http.StatusAccepted && r.status != http.StatusOK {
					t.Errorf("%s: %d %s", id, r.status, r.raw)
				}
			})
		}
		wg.Wait()
		if len(answers) != 1 {
			t.Errorf("%s was answered differently: %v", id, answers)
		}
	}
	if len(f.desk.scores) != 1 {
		t.Errorf("rated %d times", len(f.desk.scores))
	}
	if n := f.count(`select count(*) from messages where kind = 'handoff'`); n != 1 {
		t.Errorf("%d sentences about a colleague", n)
	}
}

func TestAClosingThatIsSentAgainDoesNotCloseWhatWasBegunSince(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	answered := func() {
		f.count(`with a as (update conversations set answered_seq = heard_seq, turn_since = null returning 1) select count(*) from a`)
	}
	closing := `{"type":"conversation.closed","data":{"conversation":"c-1"}}`
	f.post(event("c-1", "m-1", "hello"))
	answered()
	first := f.postAs("evt-close", closing)
	if first.status != http.StatusAccepted || f.count(`select count(*) from conversations where holder = 'nobody'`) != 1 {
		t.Fatalf("%d %s", first.status, first.raw)
	}
	f.post(event("c-1", "m-2", "one more thing"))
	answered()
	if again := f.postAs("evt-close", closing); again.status != http.StatusOK || string(again.raw) != string(first.raw) {
		t.Errorf("again: %d %s", again.status, again.raw)
	}
	if f.count(`select count(*) from conversations where holder = 'bot' and episode = 2`) != 1 {
		t.Error("the retry closed the next episode")
	}
}

func TestAnEventThatFailedMayActWhenItIsSentAgain(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	rate := `{"type":"rating.given","data":{"conversation":"c-1","score":5}}`
	if r := f.postAs("evt-1", rate); r.status != http.StatusNotFound {
		t.Fatalf("a rating of no conversation: %d", r.status)
	}
	f.post(event("c-1", "m-1", "hello"))
	if r := f.postAs("evt-1", rate); r.status != http.StatusAccepted || len(f.desk.scores) != 1 {
		t.Errorf("%d %s", r.status, r.raw)
	}
	if r := f.do("POST", "/webhooks/demo/site", []byte(rate)); r.status != http.StatusUnauthorized {
		t.Errorf("without an id: %d", r.status)
	}
}
