package main

import (
	"context"
	"net/http"
	"strings"
	"testing"
)

// The whole story on the signed webhook, in three languages: question, duplicate, anger, a person, and back to the bot.
func TestSignedWebhookWalk(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	s := p.shopSystem(t, "site")
	for _, c := range []struct{ language, question, article, angry, reply, again string }{
		{"zh", "优惠券可以叠加使用吗？", "coupon-stacking", "都第三次问了！垃圾客服，气死我了，给我转人工！", "您好，我是小米，马上帮您处理。", "礼品卡可以和优惠码一起用吗？"},
		{"en", "Can I combine two discount codes?", "coupon-stacking", "This is the third time I ask!! Useless bot, I am furious, get me a human!", "Hello, this is Mia, I'm on it.", "Can I use two discount codes together?"},
		{"es", "¿Puedo usar dos códigos de descuento a la vez?", "coupon-stacking", "¡Es la tercera vez que pregunto! Vaya basura de bot, estoy harto, quiero hablar con una persona", "Hola, soy Mia, me pongo con ello.", "¿Se pueden combinar dos códigos de descuento?"},
	} {
		id := "walk-" + c.language
		status, answer := s.say(id, "m-1", c.question)
		if status != http.StatusAccepted || !strings.Contains(answer, `"seq":1`) {
			t.Fatalf("%s: %d %s", c.language, status, answer)
		}
		if status, again := s.say(id, "m-1", c.question); status != http.StatusOK || again != answer {
			t.Errorf("%s: the same message again: %d %s, want 200 %s", c.language, status, again, answer)
		}
		got := s.wait(id, "message.created", 1)
		if got.Data.Author != "bot" || len(got.Data.Evidence) == 0 || got.Data.Evidence[0].ID != c.article {
			t.Errorf("%s: answered with %+v", c.language, got.Data)
		}
		s.say(id, "m-2", c.angry)
		if started := s.wait(id, "handoff.started", 1); started.ID == "" {
			t.Errorf("%s: the event has no id", c.language)
		}
		told := s.wait(id, "message.created", 2)
		if told.Data.Kind != "handoff" {
			t.Errorf("%s: told %+v", c.language, told.Data)
		}
		agentTakes(ctx, t, p, s, id, c.reply)
		s.say(id, "m-3", c.again)
		if over := s.wait(id, "message.created", 4); over.Data.Author != "system" {
			t.Errorf("%s: the return is told by %+v", c.language, over.Data)
		}
		back := s.wait(id, "message.created", 5)
		if back.Data.Author != "bot" {
			t.Errorf("%s: after the return %+v", c.language, back.Data)
		}
	}
}

// agentTakes claims the conversation's case, replies, and gives it back to the bot.
func agentTakes(ctx context.Context, t *testing.T, p *program, s *shopSystem, address, reply string) {
	t.Helper()
	mia := p.person(t, "agent@demo.frontdesk.example")
	ch, err := p.channels.ByName(ctx, p.shop.ID, s.name)
	if err != nil {
		t.Fatal(err)
	}
	c, err := p.store.ByAddress(ctx, p.shop.ID, ch.ID, address)
	if err != nil {
		t.Fatal(err)
	}
	got, err := p.desk.CaseOf(ctx, p.shop.ID, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	packet, err := p.desk.Packet(ctx, p.shop.ID, got.ID)
	if err != nil {
		t.Fatal(err)
	}
	if packet.Summary == "" || packet.Star.Task == "" || len(packet.Transcript) < 3 || len(packet.MoodCurve) < 2 || len(packet.Promises) == 0 {
		t.Errorf("the packet makes somebody ask again: %+v", packet)
	}
	for _, step := range []func() error{
		func() error { return p.desk.Claim(ctx, p.shop.ID, got.ID, mia) },
		func() error { _, err := p.desk.Reply(ctx, p.shop.ID, c.ID, mia, reply, 0); return err },
	} {
		if err := step(); err != nil {
			t.Fatal(err)
		}
	}
	said := s.wait(address, "message.created", 3)
	if said.Data.Author != "agent" || said.Data.Text != reply || said.Data.AuthorName != "Mia" {
		t.Errorf("the agent's reply came as %+v", said.Data)
	}
	if err := p.desk.Return(ctx, p.shop.ID, got.ID, mia); err != nil {
		t.Fatal(err)
	}
	s.wait(address, "handoff.returned", 1)
	if after, err := p.desk.Case(ctx, p.shop.ID, got.ID); err != nil || after.IsOpen() {
		t.Errorf("after the return the case is %+v, %v", after, err)
	}
}
