package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const private = "Zanzibar4711"

// talks lets a shopper ask something that nobody can answer, so that the question is missed and a person gets it.
func (p *program) talks(t *testing.T, address, email string) uuid.UUID {
	t.Helper()
	ctx := context.Background()
	ch, err := p.channels.ByName(ctx, p.shop.ID, "webhook")
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.responder.Receive(ctx, ch, channel.Inbound{Type: channel.MessageCreated, Conversation: address, Message: "m-1",
		Text: "Do you rent out hot-air balloons near " + private + "?", Shopper: channel.Shopper{Email: email, Name: private}})
	if err != nil {
		t.Fatal(err)
	}
	waitFor(t, 20*time.Second, "an answer in "+address, func() bool {
		c, err := p.store.Conversation(ctx, p.shop.ID, r.ConversationID)
		return err == nil && c.Holder != conversation.HeldByBot || c.AnsweredSeq >= c.HeardSeq && c.HeardSeq > 0
	})
	return r.ConversationID
}

// says how often every table of the database holds the words, River's and the demo's own aside.
func (p *program) says(t *testing.T, words string) (found []string) {
	t.Helper()
	ctx := context.Background()
	rows, err := p.pool.Query(ctx, `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		var n int
		if err := p.pool.QueryRow(ctx, fmt.Sprintf(`select count(*) from %q t where t::text ilike '%%' || $1 || '%%'`, table), words).Scan(&n); err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			found = append(found, table)
		}
	}
	return found
}

func TestEraseTakesAShopperOutOfEveryTable(t *testing.T) {
	t.Parallel()
	p := boot(t)
	p.talks(t, "one-"+private, private+"@example.com")
	id := p.talks(t, "two-"+private, "")
	if found := p.says(t, private); len(found) < 3 {
		t.Fatalf("only %v know of the shopper", found)
	}
	erase := func(args ...string) (out string, exit int) {
		var b bytes.Buffer
		exit = run(context.Background(), append([]string{"erase", "--shop", p.shop.Slug, "--json", "--database-url", p.config.DatabaseURL}, args...), nil, &b, io.Discard)
		return b.String(), exit
	}
	if _, exit := erase(); exit == 0 {
		t.Error("erasing nobody in particular went well")
	}
	if out, exit := erase("--email", strings.ToUpper(private)+"@EXAMPLE.com", "--dry-run"); exit != 0 || len(p.says(t, private)) < 3 || !strings.Contains(out, `"conversations":1`) {
		t.Errorf("rehearsed: %d %s", exit, out)
	}
	if out, exit := erase("--email", private+"@example.com", "--conversation", id.String()); exit != 0 || !strings.Contains(out, `"conversations":2`) {
		t.Errorf("erased: %d %s", exit, out)
	}
	if found := p.says(t, private); len(found) != 0 {
		t.Errorf("%v still know of the shopper", found)
	}
	var missed int
	if err := p.pool.QueryRow(context.Background(), `select count(*) from questions_missed`).Scan(&missed); err != nil || missed == 0 {
		t.Errorf("%d missed questions are counted (%v)", missed, err)
	}
	if _, exit := erase("--conversation", uuid.NewString()); exit == 0 {
		t.Error("erasing what is not there went well")
	}
}

func TestAnAgentErasesThroughTheAPIWhatTheKnowledgeKeptToo(t *testing.T) {
	t.Parallel()
	p := boot(t)
	id := p.talks(t, "one-"+private, private+"@example.com")
	token, err := p.staff.AddToken(context.Background(), p.shop.ID, staff.Agent, "eraser")
	if err != nil {
		t.Fatal(err)
	}
	if status, body := p.bearer(t, "POST", "/api/inbox/conversations/"+id.String()+"/erase", token); status != 204 {
		t.Fatalf("%d %s", status, body)
	}
	if found := p.says(t, private); len(found) != 0 {
		t.Errorf("%v still know of the shopper", found)
	}
}

func (p *program) bearer(t *testing.T, method, path, token string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequest(method, p.url+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(raw)
}

func TestWhatIsOlderThanTheShopKeepsItIsErased(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	old, waits := p.talks(t, "old-"+private, ""), p.talks(t, "waits", "")
	exec := func(sql string, args ...any) {
		t.Helper()
		if _, err := p.pool.Exec(ctx, sql, args...); err != nil {
			t.Fatal(err)
		}
	}
	person := p.person(t, "agent@demo.frontdesk.example")
	if k, err := p.desk.CaseOf(ctx, p.shop.ID, old); err == nil && k.IsOpen() {
		if err := p.desk.Claim(ctx, p.shop.ID, k.ID, person); err != nil {
			t.Fatal(err)
		}
		if err := p.desk.Resolve(ctx, p.shop.ID, k.ID, person, "solved", 0); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.desk.TakeOver(ctx, p.shop.ID, waits, person); err != nil {
		t.Fatal(err)
	}
	exec(`update conversations set updated_at = updated_at - interval '31 days'`)
	exec(`update questions_missed set asked_at = asked_at - interval '31 days'`)
	exec(`insert into channel_events (shop_id, channel_id, event_id, conversation_id, seq, received_at)
		select shop_id, channel_id, 'evt', conversation_id, 1, now() - interval '31 days' from conversations where conversation_id = $1`, waits)
	if n, err := p.retain(ctx, time.Now()); err != nil || n != 0 {
		t.Errorf("a shop that keeps everything: %d erased (%v)", n, err)
	}
	p.shop.Settings.RetentionDays = 30
	if err := p.base.UpdateShop(ctx, p.shop); err != nil {
		t.Fatal(err)
	}
	if n, err := p.retain(ctx, time.Now()); err != nil || n != 1 {
		t.Errorf("%d were erased (%v)", n, err)
	}
	messages, err := p.store.Messages(ctx, p.shop.ID, waits, conversation.Range{})
	if err != nil || !strings.Contains(messages[0].Body, private) {
		t.Errorf("a conversation that an agent has: %+v (%v)", messages[0], err)
	}
	raw, err := json.Marshal(p.mustMessages(t, old))
	if err != nil || strings.Contains(string(raw), private) {
		t.Errorf("left: %s", raw)
	}
	var events, questions int
	if err := p.pool.QueryRow(ctx, `select (select count(*) from channel_events), (select count(*) from questions_missed where text <> '')`).Scan(&events, &questions); err != nil || events != 0 || questions != 0 {
		t.Errorf("%d old events and %d old questions are kept (%v)", events, questions, err)
	}
	if n, err := p.retain(ctx, time.Now()); err != nil || n != 0 {
		t.Errorf("erased again: %d (%v)", n, err)
	}
}

func (p *program) mustMessages(t *testing.T, id uuid.UUID) []conversation.Message {
	t.Helper()
	all, err := p.store.Messages(context.Background(), p.shop.ID, id, conversation.Range{})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
