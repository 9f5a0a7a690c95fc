package handoff_test

import (
	"context"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"

	"github.com/jackc/pgx/v5"
)

func TestABlockedShopperIsToldOnceStoredAndNotAnsweredUntilAnAgentSaysSo(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	mei := f.agent("Mei")
	id := f.hear("c-1", "spam spam spam")
	ticket := f.escalate(id, 1)
	f.exec(`update conversations set locale = 'es' where conversation_id = $1`, id)
	for range 2 {
		f.must(f.desk.Block(ctx, f.shop, id, mei))
	}
	if m := f.last(id); m.Author != conversation.BySystem || m.Body != "La tienda ha cerrado este chat. Lo que escribas aquí a partir de ahora se guardará, pero no tendrá respuesta." {
		t.Errorf("the shopper was told %q", m.Body)
	}
	if n := f.count(`select count(*) from messages where author = 'system'`); n != 1 {
		t.Errorf("told %d times", n)
	}
	if c, err := f.desk.Case(ctx, f.shop, ticket.CaseID); err != nil || c.Outcome != handoff.OutcomeBlocked || c.IsOpen() {
		t.Errorf("the case is %+v (%v)", c, err)
	}
	if f.promises(`kept_at is null and withdrawn_at is null`) != 0 {
		t.Error("a promise stands that nobody will keep")
	}

	jobs := f.count(`select count(*) from river_job where kind = 'turn'`)
	f.hear("c-1", "and more spam")
	c, err := f.store.Conversation(ctx, f.shop, id)
	f.must(err)
	if m := f.last(id); m.Body != "and more spam" || c.Holder != conversation.HeldByNobody || c.TurnSince != nil || c.AnsweredSeq != c.LastSeq {
		t.Errorf("stored is %q, the conversation %+v", m.Body, c)
	}
	if n := f.count(`select count(*) from river_job where kind = 'turn'`); n != jobs {
		t.Error("a job was inserted to answer it")
	}
	err = f.store.Tx(ctx, func(tx pgx.Tx) error {
		_, err := f.store.Speak(ctx, tx, conversation.Utterance{ShopID: f.shop, ConversationID: id, Author: conversation.ByBot, Body: "hello"})
		return err
	})
	wantErr(t, err, conversation.ErrNotHolder)
	for _, to := range []conversation.Holder{conversation.HeldByBot, conversation.HeldByQueue} {
		err := f.store.Tx(ctx, func(tx pgx.Tx) error {
			return f.store.Pass(ctx, tx, conversation.Pass{ShopID: f.shop, ConversationID: id, From: conversation.HeldByNobody, To: to})
		})
		wantErr(t, err, conversation.ErrNotHolder)
	}

	for range 2 {
		f.must(f.desk.Unblock(ctx, f.shop, id, mei))
	}
	f.hear("c-1", "where is my parcel?")
	if c, err = f.store.Conversation(ctx, f.shop, id); err != nil || c.Holder != conversation.HeldByBot || c.TurnSince == nil || c.BlockedAt != nil {
		t.Errorf("after unblocking: %+v (%v)", c, err)
	}
	if n := f.count(`select count(*) from audit where action in ('conversation.block', 'conversation.unblock')`); n != 2 {
		t.Errorf("%d lines of the audit log", n)
	}
}

func TestAnAgentWhoTakesABlockedConversationUnblocksIt(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	mei := f.agent("Mei")
	id := f.hear("c-1", "hello") // the bot has it
	f.must(f.desk.Block(ctx, f.shop, id, mei))
	f.must(f.desk.Block(ctx, f.shop, id, mei))
	_, err := f.desk.TakeOver(ctx, f.shop, id, mei)
	f.must(err)
	_, err = f.desk.Reply(ctx, f.shop, id, mei, "We looked into it again.", 0)
	f.must(err)
	if c, err := f.store.Conversation(ctx, f.shop, id); err != nil || c.BlockedAt != nil || c.Holder != conversation.HeldByAgent {
		t.Errorf("%+v (%v)", c, err)
	}
}
