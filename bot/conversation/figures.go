package conversation

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Figures are what was talked about in a span of time. The unit is the episode: what a shopper wrote from the first message until the
// conversation was closed or given back to the bot. It counts for the day on which it began.
type Figures struct {
	Days       []Day
	FirstReply FirstReplies
}

// Day is one day's episodes, on the shop's calendar.
type Day struct {
	Day      time.Time `db:"day"` // midnight UTC of the calendar day
	Episodes int       `db:"episodes"`
	Alone    int       `db:"alone"`  // the bot answered, and no person was asked for or wrote
	Person   int       `db:"person"` // handed over to a person, or a person wrote
	Up       int       `db:"up"`     // thumbs of shoppers under the bot's replies
	Down     int       `db:"down"`
	Calls    int64     `db:"calls"` // of the model
	Tokens   int64     `db:"tokens"`
}

// FirstReplies says how long shoppers waited for the first word of anybody, the bot included.
type FirstReplies struct {
	Episodes int // answered ones
	P50      time.Duration
	P95      time.Duration
}

// The conversations that moved since the span began hold every episode that began in it.
const episodesSQL = `
	with episodes as (
		select m.conversation_id, m.episode,
			min(m.created_at) filter (where m.author = 'shopper') as began,
			min(m.created_at) filter (where m.author in ('bot', 'agent')) as answered,
			bool_or(m.author = 'bot') as bot,
			bool_or(m.author = 'agent' or m.kind = 'handoff') as person,
			count(*) filter (where m.feedback > 0) as up,
			count(*) filter (where m.feedback < 0) as down,
			coalesce(sum((m.cost->>'calls')::bigint), 0) as calls,
			coalesce(sum((m.cost->>'prompt_tokens')::bigint + (m.cost->>'completion_tokens')::bigint), 0) as tokens
		from conversations c join messages m using (shop_id, conversation_id)
		where c.shop_id = $1 and c.updated_at >= $2
		group by m.conversation_id, m.episode
	), spoken as (select * from episodes where began >= $2 and began < $3)
	`

// Figures returns the shop's figures of episodes that began from one time to before another; days are those of the IANA zone.
func (s *Store) Figures(ctx context.Context, shopID uuid.UUID, from, to time.Time, zone string) (f Figures, err error) {
	rows, err := s.pool.Query(ctx, episodesSQL+`
		select (began at time zone $4)::date as day, count(*)::int as episodes,
			count(*) filter (where bot and not person)::int as alone, count(*) filter (where person)::int as person,
			sum(up)::int as up, sum(down)::int as down, sum(calls)::bigint as calls, sum(tokens)::bigint as tokens
		from spoken group by 1 order by 1`, shopID, from, to, zone)
	if err == nil {
		f.Days, err = pgx.CollectRows(rows, pgx.RowToStructByName[Day])
	}
	if err != nil {
		return f, fmt.Errorf("figures of shop %s: %w", shopID, err)
	}
	var p50, p95 float64
	err = s.pool.QueryRow(ctx, episodesSQL+`
		select count(answered),
			coalesce(percentile_cont(0.5) within group (order by extract(epoch from answered - began)), 0),
			coalesce(percentile_cont(0.95) within group (order by extract(epoch from answered - began)), 0)
		from spoken where answered >= began`, shopID, from, to).Scan(&f.FirstReply.Episodes, &p50, &p95)
	if err != nil {
		return f, fmt.Errorf("figures of shop %s: %w", shopID, err)
	}
	f.FirstReply.P50, f.FirstReply.P95 = time.Duration(p50*float64(time.Second)), time.Duration(p95*float64(time.Second))
	return f, nil
}

// Traffic is what came through one channel.
type Traffic struct {
	Conversations int        `db:"conversations"` // that moved since the time asked for
	Last          *time.Time `db:"last"`          // when one moved last, ever; nil for a channel that nobody has used
}

// Traffic returns what came through each of the shop's channels that has been used, by the channel's id.
func (s *Store) Traffic(ctx context.Context, shopID uuid.UUID, since time.Time) (map[uuid.UUID]Traffic, error) {
	rows, err := s.pool.Query(ctx, `
		select channel_id, count(*) filter (where updated_at >= $2)::int, max(updated_at)
		from conversations where shop_id = $1 and last_seq > 0 group by channel_id`, shopID, since)
	if err != nil {
		return nil, fmt.Errorf("traffic of shop %s: %w", shopID, err)
	}
	all := map[uuid.UUID]Traffic{}
	var id uuid.UUID
	var t Traffic
	_, err = pgx.ForEachRow(rows, []any{&id, &t.Conversations, &t.Last}, func() error {
		all[id] = Traffic{Conversations: t.Conversations, Last: t.Last}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("traffic of shop %s: %w", shopID, err)
	}
	return all, nil
}
