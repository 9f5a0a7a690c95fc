package storefront

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"frontdesk/bot/channel"

	"github.com/jackc/pgx/v5"
)

func TestASignedMessageIsStoredOnceWithItsJob(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	first := f.post(event("c-1", "m-1", "How long does shipping take?"))
	if first.status != 202 {
		t.Fatalf("%d %s", first.status, first.raw)
	}
	again := f.post(event("c-1", "m-1", "How long does shipping take?"))
	if again.status != 200 || string(again.raw) != string(first.raw) {
		t.Errorf("again: %d %s, first %s", again.status, again.raw, first.raw)
	}
	var r received
	first.into(t, &r)
	if r.Seq != 1 || f.count(`select count(*) from messages where conversation_id = $1`, r.Conversation) != 1 || f.count(`select count(*) from river_job where kind = 'turn'`) != 1 {
		t.Errorf("%+v: not one message with one job", r)
	}
}

func TestDuplicatesThatRaceAreOneMessage(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	stored, bodies := 0, map[string]bool{}
	for i := range 40 {
		wg.Go(func() {
			r := f.post(event("c-1", fmt.Sprint("m-", i%4), "hello"))
			mu.Lock()
			defer mu.Unlock()
			bodies[string(r.raw)] = true
			if r.status == 202 {
				stored++
			} else if r.status != 200 {
				t.Errorf("%d %s", r.status, r.raw)
			}
		})
	}
	wg.Wait()
	if stored != 4 || len(bodies) != 4 || f.count(`select count(*) from messages`) != 4 || f.count(`select max(seq) from messages`) != 4 {
		t.Errorf("%d accepted as new, %d different answers", stored, len(bodies))
	}
}

func TestOnlyAFreshSignatureOfTheChannelsSecretsIsBelieved(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	body, path := event("c-1", "m-1", "hello"), "/webhooks/demo/site"
	secret := f.hook.Secrets[0]
	for name, r := range map[string]reply{
		"another secret": f.postAt(path, channel.NewSecret(), time.Now(), body),
		"a year old":     f.postAt(path, secret, time.Now().AddDate(-1, 0, 0), body),
		"six minutes":    f.postAt(path, secret, time.Now().Add(-6*time.Minute), body),
		"from tomorrow":  f.postAt(path, secret, time.Now().Add(24*time.Hour), body),
		"no signature":   f.do("POST", path, []byte(body)),
	} {
		if r.status != 401 || r.header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s", name, r.status, r.raw)
		}
	}
	for _, path := range []string{"/webhooks/demo/nobody", "/webhooks/nobody/site", "/webhooks/demo/widget"} {
		if r := f.postAt(path, secret, time.Now(), body); r.status != 404 {
			t.Errorf("%s: %d", path, r.status)
		}
	}
	if f.count(`select count(*) from messages`) != 0 {
		t.Error("something was stored")
	}
}

func TestANewSecretIsInForceWithinASecondAndTheOldOneStays(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	f.post(event("c-1", "m-1", "hello"))
	fresh, err := channel.NewStore(f.pool).Rotate(context.Background(), f.shop.ID, f.hook.ID)
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(doorKept + 50*time.Millisecond)
	for i, secret := range []string{fresh, f.hook.Secrets[0]} {
		if r := f.postAt("/webhooks/demo/site", secret, time.Now(), event("c-1", fmt.Sprint("m-", i+2), "hello")); r.status != 202 {
			t.Errorf("secret %d: %d %s", i, r.status, r.raw)
		}
	}
}

func TestABadEventNamesItsField(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	for name, c := range map[string]struct {
		body   string
		status int
		field  string
	}{
		"not JSON":           {"nonsense", 400, "body"},
		"empty":              {"", 400, "body"},
		"an array":           {"[]", 400, "body"},
		"a wrong type":       {`{"type":"message.created","data":{"conversation":1,"message":"m","text":"x"}}`, 400, "data.conversation"},
		"no text":            {event("c", "m", ""), 400, "data.text"},
		"only NUL":           {event("c", "m", "\x00"), 400, "data.text"},
		"no message id":      {event("c", "", "x"), 400, "data.message"},
		"invalid UTF-8":      {`{"type":"message.created","data":{"conversation":"c","message":"m","text":"` + "\xff" + `"}}`, 400, "body"},
		"too long a text":    {event("c", "m", strings.Repeat("长", 9000)), 400, "data.text"},
		"100,000 characters": {event("c", "m", strings.Repeat("a", 100_000)), 413, ""},
		"an unknown type":    {`{"type":"order.paid","data":{"conversation":"c"}}`, 400, "type"},
		"a bad time":         {`{"type":"message.created","data":{"conversation":"c","message":"m","text":"x","sent_at":"noon"}}`, 400, "data.sent_at"},
		"a bad score":        {`{"type":"rating.given","data":{"conversation":"c","score":9}}`, 400, "data.score"},
		"a stranger's":       {`{"type":"conversation.closed","data":{"conversation":"nobody"}}`, 404, ""},
	} {
		if r := f.post(c.body); r.status != c.status || r.field() != c.field {
			t.Errorf("%s: %d %q %s", name, r.status, r.field(), r.raw)
		}
	}
	for i, odd := range []string{"😀😀", "שלום עולם", "a\u200bb\u200e", "before\x00after", "\u202egnp.exe"} {
		if r := f.post(event("odd", fmt.Sprint("m", i), odd)); r.status != 202 {
			t.Errorf("%q: %d %s", odd, r.status, r.raw)
		}
	}
	yearOld := `{"type":"message.created","data":{"conversation":"odd","message":"old","text":"x","sent_at":"2020-01-01T00:00:00Z"}}`
	if r := f.post(yearOld); r.status != 202 {
		t.Errorf("a message written long ago: %d", r.status)
	}
}

func TestTooManyEventsAreToldWhenToComeBack(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{Channel: 0.5, ChannelBurst: 3})
	for i := range 5 {
		r := f.post(event("c-1", fmt.Sprint("m-", i), "hello"))
		if want := 202; i < 3 && r.status != want {
			t.Errorf("event %d: %d", i, r.status)
		}
		if i >= 3 && (r.status != 429 || r.header.Get("Retry-After") != "2") {
			t.Errorf("event %d: %d, Retry-After %q", i, r.status, r.header.Get("Retry-After"))
		}
	}
}

func TestWhileTheDatabaseIsAwayTheSenderIsToldToSendAgain(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	f.post(event("c-1", "m-1", "hello"))
	config := f.pool.Config().ConnConfig.Copy()
	name := config.Database
	config.Database = "postgres"
	admin, err := pgx.ConnectConfig(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer admin.Close(context.Background())
	do := func(sql string) {
		if _, err := admin.Exec(context.Background(), sql); err != nil {
			t.Fatal(err)
		}
	}
	do("alter database " + name + " allow_connections false")
	do("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'")
	for range 3 {
		if r := f.post(event("c-1", "m-2", "hello")); r.status != 503 || r.header.Get("Retry-After") == "" {
			t.Errorf("away: %d %s", r.status, r.raw)
		}
	}
	do("alter database " + name + " allow_connections true")
	if r := f.post(event("c-1", "m-2", "hello")); r.status != 202 {
		t.Errorf("back: %d %s", r.status, r.raw)
	}
}

func TestTheOtherEventsDoWhatTheyName(t *testing.T) {
	t.Parallel()
	f := newFront(t, Limits{})
	f.post(event("c-1", "m-1", "How long does shipping take?"))
	ask := `{"type":"handoff.requested","data":{"conversation":"c-1"}}`
	if r := f.post(ask); r.status != 202 {
		t.Fatalf("handoff: %d %s", r.status, r.raw)
	}
	if r := f.post(ask); r.status != 200 {
		t.Errorf("handoff again: %d %s", r.status, r.raw)
	}
	if f.count(`select count(*) from conversations where holder = 'queue'`) != 1 {
		t.Error("the conversation does not wait for a person")
	}
	if r := f.post(`{"type":"handoff.requested","data":{"conversation":"c-3"}}`); r.status != 202 {
		t.Errorf("handoff before the first word: %d %s", r.status, r.raw)
	}
	f.post(event("c-2", "m-1", "hello"))
	f.post(`{"type":"conversation.closed","data":{"conversation":"c-2"}}`)
	if f.count(`select count(*) from conversations where holder = 'nobody'`) != 0 {
		t.Error("the conversation was closed over an unanswered message")
	}
	f.count(`with answered as (update conversations set answered_seq = heard_seq, turn_since = null where address = 'c-2' returning 1) select count(*) from answered`)
	if r := f.post(`{"type":"conversation.closed","data":{"conversation":"c-2"}}`); r.status != 202 {
		t.Errorf("close: %d %s", r.status, r.raw)
	}
	if f.count(`select count(*) from conversations where holder = 'nobody'`) != 1 {
		t.Error("the conversation is not closed")
	}
	if r := f.post(`{"type":"rating.given","data":{"conversation":"c-1","score":4}}`); r.status != 202 || len(f.desk.scores) != 1 {
		t.Errorf("rating: %d %s", r.status, r.raw)
	}
}
