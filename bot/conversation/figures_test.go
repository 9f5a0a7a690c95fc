package conversation_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"frontdesk/bot/conversation"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

func TestFiguresCountEpisodesOnTheShopsCalendar(t *testing.T) {
	t.Parallel()
	d := newDesk(t, false)
	say := func(id uuid.UUID, seq, episode int, author, kind, at string, feedback int) {
		d.exec(t, `insert into messages (shop_id, conversation_id, seq, author, kind, body, episode, feedback, created_at, cost)
			values ($1, $2, $3, $4, $5, 'x', $6, $7, $8, case when $4 = 'bot' then '{"calls":1,"prompt_tokens":100,"completion_tokens":20}'::jsonb end)`,
			d.shop, id, seq, author, kind, episode, feedback, at)
	}
	open := func(address string) uuid.UUID {
		id := uuid.Must(uuid.NewV7())
		d.exec(t, `insert into conversations (shop_id, conversation_id, channel_id, address, last_seq, updated_at) values ($1, $2, $3, $4, 9, '2026-03-04T00:00:00Z')`,
			d.shop, id, d.channel, address)
		return id
	}
	alone := open("alone")
	say(alone, 1, 1, "shopper", "text", "2026-03-01T23:30:00Z", 0) // 2 March in Madrid
	say(alone, 2, 1, "bot", "text", "2026-03-01T23:30:04Z", 1)
	say(alone, 3, 2, "shopper", "text", "2026-03-03T10:00:00Z", 0)
	say(alone, 4, 2, "bot", "handoff", "2026-03-03T10:00:02Z", 0)
	say(alone, 5, 2, "agent", "text", "2026-03-03T10:05:00Z", 0)
	waiting := open("waiting")
	say(waiting, 1, 1, "shopper", "text", "2026-03-03T11:00:00Z", 0)
	before := open("before")
	say(before, 1, 1, "shopper", "text", "2026-02-01T11:00:00Z", 0)

	from, to := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 4, 0, 0, 0, 0, time.UTC)
	got, err := d.store.Figures(context.Background(), d.shop, from, to, "Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	want := conversation.Figures{
		Days: []conversation.Day{
			{Day: time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), Episodes: 1, Settled: 1, Alone: 1, Waited: 4, Up: 1, Calls: 1, Tokens: 120},
			{Day: time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC), Episodes: 2, Settled: 2, Person: 1, Waited: 2, Calls: 1, Tokens: 120},
		},
		FirstReply: conversation.FirstReplies{Episodes: 2, P50: 3 * time.Second, P95: 3900 * time.Millisecond},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if other, err := d.store.Figures(context.Background(), uuid.Must(uuid.NewV7()), from, to, "UTC"); err != nil || len(other.Days) > 0 {
		t.Errorf("another shop sees %+v (%v)", other, err)
	}
	traffic, err := d.store.Traffic(context.Background(), d.shop, from, to)
	if err != nil || traffic[d.channel].Conversations != 3 || traffic[d.channel].Last == nil {
		t.Errorf("traffic %+v (%v)", traffic, err)
	}
}

func TestAnAnswerIsVerifiedWhenNobodyCameBackForThreeDays(t *testing.T) {
	t.Parallel()
	d := newDesk(t, false)
	now := time.Now()
	talk := func(address string, said ...any) { // an author, or one with ":kind", and how many hours ago, in turns
		id := uuid.Must(uuid.NewV7())
		d.exec(t, `insert into conversations (shop_id, conversation_id, channel_id, address, last_seq) values ($1, $2, $3, $4, 9)`, d.shop, id, d.channel, address)
		for i := 0; i < len(said); i += 2 {
			author, kind, _ := strings.Cut(said[i].(string)+":", ":")
			if kind = strings.Trim(kind, ":"); kind == "" {
				kind = "text"
			}
			d.exec(t, `insert into messages (shop_id, conversation_id, seq, author, kind, body, episode, created_at) values ($1, $2, $3, $4, $5, 'x', 1, $6)`,
				d.shop, id, i/2+1, author, kind, now.Add(-time.Duration(said[i+1].(int))*time.Hour))
		}
	}
	talk("quiet for four days", "shopper", 100, "bot", 99)
	talk("answered yesterday", "shopper", 24, "bot", 23)
	talk("came back after two days and got a person", "shopper", 150, "bot", 150, "shopper", 100, "bot:handoff", 100)
	talk("came back after five days: two conversations", "shopper", 220, "bot", 220, "shopper", 100, "agent", 99)
	talk("nobody answered", "shopper", 90)

	from, to := now.Add(-30*24*time.Hour), now.Add(time.Hour)
	got, err := d.store.Figures(context.Background(), d.shop, from, to, "UTC")
	if err != nil {
		t.Fatal(err)
	}
	var sum conversation.Day
	for _, day := range got.Days {
		sum.Episodes, sum.Settled, sum.Alone = sum.Episodes+day.Episodes, sum.Settled+day.Settled, sum.Alone+day.Alone
		sum.Young, sum.Person = sum.Young+day.Young, sum.Person+day.Person
	}
	if want := (conversation.Day{Episodes: 6, Settled: 5, Alone: 2, Young: 1, Person: 2}); sum != want {
		t.Errorf("%+v, want %+v", sum, want)
	}
	traffic, err := d.store.Traffic(context.Background(), d.shop, from, to)
	if err != nil || traffic[d.channel].Conversations != sum.Episodes {
		t.Errorf("the channel counts %d, the figures %d (%v)", traffic[d.channel].Conversations, sum.Episodes, err)
	}
}
