package conversation

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Settled is how long a conversation must be quiet before it is certain that nobody was needed for it: a shopper who comes back
// sooner goes on with the same one.
const Settled = 72 * time.Hour

// Figures are what was talked about in a span of time. What they count is what a shopper wrote from a first message until the
// episode ended, because the conversation was closed or given back to the bot, or until it was quiet for as long as Settled. It
// counts for the day on which it began. Every figure of conversations is counted by the one statement below.
type Figures struct {
	Days       []Day
	FirstReply FirstReplies
}

// Day is what began on one day, on the shop's calendar.
type Day struct {
	Day      time.Time `db:"day"` // midnight UTC of the calendar day
	Episodes int       `db:"episodes"`
	Settled  int       `db:"settled"` // quiet for as long as Settled
	Alone    int       `db:"alone"`   // settled: the bot answered, and no person was asked for or wrote
	Young    int       `db:"young"`   // so far the same, but not settled: the shopper may still come back, or be handed over
	Person   int       `db:"person"`  // handed over to a person, or a person wrote
	Waited   float64   `db:"waited"`  // seconds to the first words of anybody, the median; 0 for none
	Up       int       `db:"up"`      // thumbs of shoppers under the bot's replies
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

// The conversations that moved since the span began hold everything that began in it. $4 is when a conversation that has
// been quiet since then is settled.
const episodesSQL = `
	with said as (
		select m.*, c.channel_id,
			m.episode is distinct from lag(m.episode) over talk
				or m.created_at - lag(m.created_at) over talk > interval '72 hours' as opens
		from conversations c join messages m using (shop_id, conversation_id)
		where c.shop_id = $1 and c.updated_at >= $2
		window talk as (partition by m.conversation_id order by m.seq)
	), parts as (
		select *, count(*) filter (where opens) over (partition by conversation_id order by seq) as part from said
	), episodes as (
		select channel_id, max(m.created_at) < $4 as settled,
			min(m.created_at) filter (where m.author = 'shopper') as began,
			min(m.created_at) filter (where m.author in ('bot', 'agent')) as answered,
			bool_or(m.author = 'bot') as bot,
			bool_or(m.author = 'agent' or m.kind = 'handoff') as person,
			count(*) filter (where m.feedback > 0) as up,
			count(*) filter (where m.feedback < 0) as down,
			coalesce(sum((m.cost->>'calls')::bigint), 0) as calls,
			coalesce(sum((m.cost->>'prompt_tokens')::bigint + (m.cost->>'completion_tokens')::bigint), 0) as tokens
		from parts m group by conversation_id, part, channel_id
	), spoken as (select * from episodes where began >= $2 and began < $3)
	`

// Figures returns the shop's figures of episodes that began from one time to before another; days are those of the IANA zone.
func (s *Store) Figures(ctx context.Context, shopID uuid.UUID, from, to time.Time, zone string) (f Figures, err error) {
	rows, err := s.pool.Query(ctx, episodesSQL+`
		select (began at time zone $5)::date as day, count(*)::int as episodes, count(*) filter (where settled)::int as settled,
			count(*) filter (where bot and not person and settled)::int as alone, count(*) filter (where bot and not person and not settled)::int as young,
			count(*) filter (where person)::int as person,
			coalesce(percentile_cont(0.5) within group (order by extract(epoch from answered - began)) filter (where answered >= began), 0)::float8 as waited,
			sum(up)::int as up, sum(down)::int as down, sum(calls)::bigint as calls, sum(tokens)::bigint as tokens
		from spoken group by 1 order by 1`, shopID, from, to, time.Now().Add(-Settled), zone)
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
		from spoken where answered >= began`, shopID, from, to, time.Now().Add(-Settled)).Scan(&f.FirstReply.Episodes, &p50, &p95)
	if err != nil {
		return f, fmt.Errorf("figures of shop %s: %w", shopID, err)
	}
	f.FirstReply.P50, f.FirstReply.P95 = time.Duration(p50*float64(time.Second)), time.Duration(p95*float64(time.Second))
	return f, nil
}

// Traffic is what came through one channel.
type Traffic struct {
	Conversations int        // that began in the span asked for, counted as Figures does
	Last          *time.Time // when one moved last, ever; nil for a channel that nobody has used
}

// Traffic returns what came through each of the shop's channels from one time to before another, by the channel's id.
func (s *Store) Traffic(ctx context.Context, shopID uuid.UUID, from, to time.Time) (map[uuid.UUID]Traffic, error) {
	rows, err := s.pool.Query(ctx, episodesSQL+`, begun as (select channel_id, count(*)::int as n from spoken group by 1)
		select channel_id, coalesce(n, 0), last
		from (select channel_id, max(updated_at) as last from conversations where shop_id = $1 and last_seq > 0 group by 1) used left join begun using (channel_id)`,
		shopID, from, to, time.Now().Add(-Settled))
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
