package main

import (
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
)

// How long the shopper has waited who waits longest for the bot is a figure of its own; who waits for a person is none of it.
func TestTheOldestOpenTurnIsAFigure(t *testing.T) {
	t.Parallel()
	pool := knowledgetest.Database(t, conversation.Migrate)
	shop := knowledgetest.Shop(t, knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{})), "demo")
	m := newMetrics(pool)
	oldest := func() float64 {
		t.Helper()
		families, err := m.registry.Gather()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range families {
			if f.GetName() == "frontdesk_oldest_turn_seconds" {
				return f.GetMetric()[0].GetGauge().GetValue()
			}
		}
		t.Fatal("there is no such figure")
		return 0
	}
	if got := oldest(); got != 0 {
		t.Errorf("nobody waits, and it says %g", got)
	}
	channel := uuid.New()
	if _, err := pool.Exec(t.Context(), `
		with c as (insert into channels (shop_id, channel_id, name, kind) values ($1, $2, 'site', 'webhook') returning shop_id, channel_id)
		insert into conversations (shop_id, conversation_id, channel_id, address, holder, turn_since)
		select shop_id, gen_random_uuid(), channel_id, holder || seconds, holder, now() - seconds * interval '1 second' from c,
			(values ('bot', 5), ('bot', 90), ('queue', 500)) as waits (holder, seconds)`, shop.ID, channel); err != nil {
		t.Fatal(err)
	}
	if got := oldest(); got < 90 || got > 120 {
		t.Errorf("somebody has waited for 90 seconds, and it says %g", got)
	}
}
