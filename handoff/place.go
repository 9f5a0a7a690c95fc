package handoff

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
)

// What a shopper sees of a case, in conversation.Place.
const (
	PlaceNone     = "none" // no person is involved
	PlaceWaiting  = "waiting"
	PlaceClaimed  = "claimed"
	PlaceResolved = "resolved" // and may be rated
)

// Place says where a shopper stands: number and minutes in the queue, or who has taken the case. With uuid.Nil, before
// there is a conversation, it says whether anybody is on duty.
func (d *Desk) Place(ctx context.Context, shopID, conversationID uuid.UUID) (conversation.Place, error) {
	place := conversation.Place{State: PlaceNone}
	var talk conversation.Conversation
	if conversationID != uuid.Nil {
		var err error
		if talk, err = d.store.Conversation(ctx, shopID, conversationID); err != nil {
			return place, err
		}
	}
	terms, err := d.Terms(ctx, shopID)
	if err != nil {
		return place, err
	}
	now := d.now()
	if place.Open = terms.Hours.Open(now); !place.Open {
		place.OpensAt = terms.Hours.Next(now)
	}
	c, err := d.CaseOf(ctx, shopID, conversationID)
	if errors.Is(err, ErrNotFound) {
		return place, nil
	}
	if err != nil {
		return place, err
	}
	switch {
	case c.State == Waiting:
		return place, d.placeWaiting(ctx, &place, c, now)
	case c.State == Claimed:
		place.State, place.AgentName = PlaceClaimed, c.AgentName
		if place.Typing, err = d.typing(ctx, shopID, conversationID, c.agent()); err == nil {
			err = d.owed(ctx, &place, c, now)
		}
	case c.State == Resolved && talk.Holder == conversation.HeldByNobody:
		place.State, place.AgentName = PlaceResolved, c.AgentName
		err = d.pool.QueryRow(ctx, `select exists (select from ratings where shop_id = $1 and conversation_id = $2 and episode = $3)`,
			shopID, conversationID, talk.Episode).Scan(&place.Rated)
	}
	if err != nil {
		return place, fmt.Errorf("place of conversation %s: %w", conversationID, err)
	}
	return place, nil
}

func (d *Desk) placeWaiting(ctx context.Context, place *conversation.Place, c Case, now time.Time) (err error) {
	place.State, place.MayReturn = PlaceWaiting, c.Level < risk
	if err = d.owed(ctx, place, c, now); err != nil {
		return err
	}
	if place.Place, err = placeOf(ctx, d.pool, c); err != nil || !place.Open {
		return err
	}
	place.Minutes, err = d.minutes(ctx, c.ShopID, place.Place, now)
	if due := !place.Due.IsZero(); !due && place.Late || due && time.Duration(place.Minutes)*time.Minute > place.Due.Sub(now).Round(time.Minute) {
		place.Minutes = 0 // an estimate beyond what was promised would take the promise back, and who was let down believes none
	}
	return err
}

// owed says by when the shopper was promised to hear, or to have a plan, and whether a promise before was broken. Who has had a
// word from a colleague waits for the plan alone, which the desk has promised; that one is late they can see for themselves.
func (d *Desk) owed(ctx context.Context, place *conversation.Place, c Case, now time.Time) error {
	var due *time.Time
	heard := c.State == Claimed && c.FirstReplyAt != nil
	err := d.pool.QueryRow(ctx, `
		select min(due_at) filter (where due_at > $3), coalesce(bool_or(due_at <= $3), false) and not $4,
			coalesce((array_agg(awaits order by due_at) filter (where due_at > $3))[1], '') = 'plan'
		from promises where shop_id = $1 and case_id = $2 and kept_at is null and withdrawn_at is null
			and (not $4 or staff_id is null and awaits = 'plan')`, c.ShopID, c.ID, now, heard).Scan(&due, &place.Late, &place.Plan)
	if err != nil {
		return fmt.Errorf("promises of case %s: %w", c.ID, err)
	}
	if due != nil {
		place.Due = *due
	}
	return nil
}

const (
	paceWindow   = 2 * time.Hour
	paceClaims   = 20
	defaultPace  = 2 * time.Minute
	fewestClaims = 3
	longestWait  = 120 // minutes; nobody believes more
)

// minutes estimates the wait at a place in the queue by how often cases were claimed of late, up to now, so that it grows
// while nobody claims. A few claims say nothing, and nobody is told less than a minute.
func (d *Desk) minutes(ctx context.Context, shopID uuid.UUID, place int, now time.Time) (int, error) {
	var claims int
	var first *time.Time
	err := d.pool.QueryRow(ctx, `
		select count(*), min(claimed_at) from (
			select claimed_at from cases where shop_id = $1 and claimed_at > $2 order by claimed_at desc limit $3) recent`,
		shopID, now.Add(-paceWindow), paceClaims).Scan(&claims, &first)
	if err != nil {
		return 0, fmt.Errorf("pace of the queue: %w", err)
	}
	pace := defaultPace
	if claims >= fewestClaims {
		pace = now.Sub(*first) / time.Duration(claims)
	}
	minutes := math.Round((time.Duration(place) * pace).Minutes())
	return int(min(max(minutes, 1), longestWait)), nil
}
