package handoff

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// PresentFor is how long a sign of life holds; pages touch every ten seconds or so.
const PresentFor = 30 * time.Second

// Looker is somebody who has a conversation on the screen.
type Looker struct {
	ID     uuid.UUID `json:"id"`
	Name   string    `json:"name"`
	Typing bool      `json:"typing,omitempty"`
}

// Touch notes that the person looks at the conversation, and whether they type. Those who watch it are woken when
// something about it is new.
func (d *Desk) Touch(ctx context.Context, shopID, conversationID, staffID uuid.UUID, typing bool) error {
	var known bool
	err := d.pool.QueryRow(ctx, `
		with before as (
			select typing, seen_at from presence where shop_id = $1 and conversation_id = $2 and staff_id = $3
		), here as (
			insert into presence (shop_id, conversation_id, staff_id, typing) values ($1, $2, $3, $4)
			on conflict (shop_id, conversation_id, staff_id) do update set typing = excluded.typing, seen_at = now()
		), seen as (
			update staff set seen_at = now()
			where shop_id = $1 and staff_id = $3 and (seen_at is null or seen_at < now() - interval '30 seconds')
		)
		select exists (select from before where typing = $4 and seen_at > now() - $5::interval)`,
		shopID, conversationID, staffID, typing, PresentFor).Scan(&known)
	if err != nil {
		return translate(err, "presence in conversation "+conversationID.String())
	}
	if !known {
		d.store.Wake(shopID, conversationID)
	}
	return nil
}

// Leave notes that the person looks no longer.
func (d *Desk) Leave(ctx context.Context, shopID, conversationID, staffID uuid.UUID) error {
	tag, err := d.pool.Exec(ctx, `delete from presence where shop_id = $1 and conversation_id = $2 and staff_id = $3`, shopID, conversationID, staffID)
	if err != nil {
		return translate(err, "presence in conversation "+conversationID.String())
	}
	if tag.RowsAffected() > 0 {
		d.store.Wake(shopID, conversationID)
	}
	return nil
}

// Looking returns who looks at each of these conversations.
func (d *Desk) Looking(ctx context.Context, shopID uuid.UUID, conversationIDs ...uuid.UUID) (map[uuid.UUID][]Looker, error) {
	rows, err := d.pool.Query(ctx, `
		select p.conversation_id, s.staff_id, s.name, p.typing
		from presence p join staff s on s.shop_id = p.shop_id and s.staff_id = p.staff_id
		where p.shop_id = $1 and p.conversation_id = any($2) and p.seen_at > now() - $3::interval
		order by s.name, s.staff_id`, shopID, conversationIDs, PresentFor)
	if err != nil {
		return nil, fmt.Errorf("who looks: %w", err)
	}
	lookers := map[uuid.UUID][]Looker{}
	var conversationID uuid.UUID
	var l Looker
	_, err = pgx.ForEachRow(rows, []any{&conversationID, &l.ID, &l.Name, &l.Typing}, func() error {
		lookers[conversationID] = append(lookers[conversationID], l)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("who looks: %w", err)
	}
	return lookers, nil
}

func (d *Desk) addLookers(ctx context.Context, shopID uuid.UUID, rows []Row) error {
	ids := make([]uuid.UUID, 0, len(rows))
	for _, r := range rows {
		ids = append(ids, r.ConversationID)
	}
	lookers, err := d.Looking(ctx, shopID, ids...)
	for i := range rows {
		rows[i].Looking = lookers[rows[i].ConversationID]
	}
	return err
}

// OnDuty is one person of the shop, as supervisors see who is at work.
type OnDuty struct {
	ID      uuid.UUID  `db:"staff_id" json:"id"`
	Name    string     `db:"name" json:"name"`
	SeenAt  *time.Time `db:"seen_at" json:"seen_at,omitempty"`
	Online  bool       `db:"online" json:"online"`   // seen within the last two minutes
	Claimed int        `db:"claimed" json:"claimed"` // open cases
}

// Team returns who can answer, those at work first, with their load.
func (d *Desk) Team(ctx context.Context, shopID uuid.UUID) ([]OnDuty, error) {
	rows, err := d.pool.Query(ctx, `
		select s.staff_id, s.name, s.seen_at, coalesce(s.seen_at > now() - interval '2 minutes', false) as online,
			(select count(*) from cases c where c.shop_id = s.shop_id and c.agent_id = s.staff_id and c.state = 'claimed')::int as claimed
		from staff s
		where s.shop_id = $1 and not s.disabled and s.roles && '{agent,supervisor,admin}'
			and (not s.service or exists (select from cases c where c.shop_id = s.shop_id and c.agent_id = s.staff_id and c.state = 'claimed'))
		order by online desc, s.name, s.staff_id`, shopID)
	if err != nil {
		return nil, fmt.Errorf("team of shop %s: %w", shopID, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[OnDuty])
}

// typing says whether the agent writes to the shopper right now.
func (d *Desk) typing(ctx context.Context, shopID, conversationID, staffID uuid.UUID) (typing bool, err error) {
	err = d.pool.QueryRow(ctx, `select typing and seen_at > now() - $4::interval from presence
		where shop_id = $1 and conversation_id = $2 and staff_id = $3`, shopID, conversationID, staffID, PresentFor).Scan(&typing)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	return typing, translate(err, "presence in conversation "+conversationID.String())
}
