package main

import (
	"context"
	"strings"
	"testing"

	"frontdesk/handoff"
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
	packet, err := p.desk.Packet(ctx, p.shop.ID, after.ID)
	kinds := map[string]bool{}
	for _, r := range packet.Reasons {
		kinds[r.Kind] = true
	}
	if n := len(packet.MoodCurve); err != nil || n < 2 || packet.MoodCurve[n-1] > -0.5 || !kinds["wish"] || !kinds["mood"] {
		t.Errorf("the packet's mood goes %v for %v, %v", packet.MoodCurve, packet.Reasons, err)
	}
	s.say("wait", "m-3", "垃圾！气死我了！")
	s.say("wait", "m-4", "还有，订单号是TW1")
	if got := s.got("wait", "message.created"); len(got) > 2 {
		t.Errorf("told again without news: %+v", got[2].Data)
	}
}

func TestRiskWrittenToAnAgentRaisesTheCaseInSilence(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	s := p.shopSystem(t, "site")
	s.say("held", "m-1", "I want to talk to a human, please")
	s.wait("held", "message.created", 1)
	ch, err := p.channels.ByName(ctx, p.shop.ID, "site")
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.store.ByAddress(ctx, p.shop.ID, ch.ID, "held")
	if err != nil {
		t.Fatal(err)
	}
	before, err := p.desk.CaseOf(ctx, p.shop.ID, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	mia := p.person(t, "agent@demo.frontdesk.example")
	if err := p.desk.Claim(ctx, p.shop.ID, before.ID, mia); err != nil {
		t.Fatal(err)
	}
	if _, err := p.desk.Reply(ctx, p.shop.ID, c.ID, mia, "Hello, this is Mia. How can I help?", 0); err != nil {
		t.Fatal(err)
	}
	s.wait("held", "message.created", 2)
	s.say("held", "m-2", "The cream burned my face, I have an allergic reaction and I am at the hospital now")
	s.wait("held", "handoff.started", 2)
	after, err := p.desk.CaseOf(ctx, p.shop.ID, c.ID)
	if err != nil || after.ID != before.ID || after.Level != 3 || after.State != handoff.Claimed {
		t.Errorf("level %d became %d, %s, %v", before.Level, after.Level, after.State, err)
	}
	if got := s.got("held", "message.created"); len(got) != 2 {
		t.Errorf("somebody spoke in the agent's place: %+v", got[2].Data)
	}
	if now, err := p.store.ByAddress(ctx, p.shop.ID, ch.ID, "held"); err != nil || now.AnsweredSeq >= now.HeardSeq || now.TurnSince == nil {
		t.Errorf("the agent's turn was closed: %+v, %v", now, err)
	}
}
