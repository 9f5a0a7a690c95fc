package conversation_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"frontdesk/bot/conversation"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// A message's job is inserted by the statement that stores the message. It must be the row that River's client would insert.
func TestTheJobOfAMessageIsWhatRiverWouldInsert(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, false)
	r, err := d.store.Hear(ctx, conversation.Heard{ShopID: d.shop, ChannelID: d.channel, Address: "c-1", ExternalID: "m-1", Body: "hello"})
	if err != nil {
		t.Fatal(err)
	}
	client, err := river.NewClient(riverpgxv5.New(d.pool), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	args := conversation.TurnArgs{ShopID: d.shop, ConversationID: r.ConversationID, Seq: r.Seq}
	if _, err := client.Insert(ctx, args, &river.InsertOpts{Queue: conversation.QueueTurns}); err != nil {
		t.Fatal(err)
	}
	rows, err := d.pool.Query(ctx, `select to_jsonb(j) - 'id' - 'created_at' - 'scheduled_at' from river_job j order by id`)
	if err != nil {
		t.Fatal(err)
	}
	jobs, err := pgx.CollectRows(rows, pgx.RowTo[map[string]any])
	if err != nil || len(jobs) != 2 {
		t.Fatalf("%d jobs, %v", len(jobs), err)
	}
	if diff := cmp.Diff(jobs[1], jobs[0]); diff != "" {
		t.Error(diff)
	}
	var late bool
	if err := d.pool.QueryRow(ctx, `select bool_or(abs(extract(epoch from scheduled_at - created_at)) > 1) from river_job`).Scan(&late); err != nil || late {
		t.Errorf("a job waits for another time than its own (%v)", err)
	}
}

func TestCopiesThatRaceAreOneMessageInItsOrder(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	d := newDesk(t, false)
	var wg sync.WaitGroup
	var mu sync.Mutex
	seqs := map[string]map[int64]bool{}
	for i := range 120 {
		wg.Go(func() {
			id := fmt.Sprint("m-", i%20)
			r, err := d.store.Hear(ctx, conversation.Heard{ShopID: d.shop, ChannelID: d.channel, Address: fmt.Sprint("c-", i%2), ExternalID: id, Body: id})
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			defer mu.Unlock()
			if seqs[id] == nil {
				seqs[id] = map[int64]bool{}
			}
			seqs[id][r.Seq] = true
		})
	}
	wg.Wait()
	for id, numbers := range seqs {
		if len(numbers) != 1 {
			t.Errorf("copies of %s were told %v", id, numbers)
		}
	}
	for _, check := range []struct {
		sql  string
		want int
	}{
		{`select count(*) from messages`, 20},
		{`select count(*) from river_job where kind = 'turn'`, 20},
		{`select sum(last_seq)::int from conversations`, 20},
		{`select count(*) from conversations where last_seq <> heard_seq or last_seq <> (select count(*) from messages m where m.conversation_id = conversations.conversation_id)`, 0},
	} {
		var got int
		if err := d.pool.QueryRow(ctx, check.sql).Scan(&got); err != nil || got != check.want {
			t.Errorf("%s: %d, want %d (%v)", check.sql, got, check.want, err)
		}
	}
}
