package main

import (
	"context"
	"strings"
	"testing"
)

func TestAngerWhileWaitingRaisesTheCaseAndIsAnswered(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	s := p.shopSystem(t, "site")
	s.say("wait", "m-1", "请帮我转人工，谢谢")
	s.wait("wait", "message.created", 1)
	ch, err := p.channels.ByName(ctx, p.shop.ID, "site")
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.store.ByAddress(ctx, p.shop.ID, ch.ID, "wait")
	if err != nil {
		t.Fatal(err)
	}
	before, err := p.desk.CaseOf(ctx, p.shop.ID, c.ID)
	if err != nil || before.Level != 1 || before.PlanDue != nil {
		t.Fatalf("%+v, %v", before, err)
	}
	s.say("wait", "m-2", "等了半天没人理！你们这什么垃圾店，气死我了，我要投诉！")
	told := s.wait("wait", "message.created", 2)
	if told.Data.Author != "system" || !strings.Contains(told.Data.Text, "加急") {
		t.Errorf("the angry shopper was told %+v", told.Data)
	}
	after, err := p.desk.CaseOf(ctx, p.shop.ID, c.ID)
	if err != nil || after.Level < 2 || after.PlanDue == nil || after.FirstReplyDue.After(before.FirstReplyDue) {
		t.Errorf("level %d became %d, plan due %v, first reply due %v then %v, %v", before.Level, after.Level, after.PlanDue, before.FirstReplyDue, after.FirstReplyDue, err)
	}
	s.say("wait", "m-3", "垃圾！气死我了！")
	s.say("wait", "m-4", "还有，订单号是TW1")
	if got := s.got("wait", "message.created"); len(got) > 2 {
		t.Errorf("told again without news: %+v", got[2].Data)
	}
}
