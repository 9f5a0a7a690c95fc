package bot

import (
	"strings"
	"testing"

	"frontdesk/bot/conversation"
)

func TestAContactIsReadOnlyWhereItsFormLeavesNoDoubt(t *testing.T) {
	for text, want := range map[string]conversation.Contact{
		"我的邮箱是ana.li@example.com，谢谢":                {Email: "ana.li@example.com"},
		"手机：13812345678":                            {Phone: "13812345678"},
		"１３８-１２３４-５６７８":                             {Phone: "13812345678"},
		"call me at +34 612 345 678 please":         {Phone: "+34612345678"},
		"Mi móvil es 612 34 56 78.":                 {Phone: "612345678"},
		"(415) 555-0134 or ana@mail.example.co.uk.": {Phone: "4155550134", Email: "ana@mail.example.co.uk"},
		"订单号13812345678":                            {},
		"my order is 612345678":                     {},
		"TW13812345678":                             {},
		"20261123001234":                            {},
		"2026-11-23 10:30":                          {},
		"write to me at home":                       {},
		"a@b":                                       {},
		"13812345678901":                            {},
	} {
		if got := conversation.ContactIn(text); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

func TestAContactThatWasAskedForIsKeptAndConfirmedOnce(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	for address, open := range map[string]bool{"asked": false, "not asked": true} {
		g.desk.open = open
		g.exchange(address, "转人工")
		m := g.hear(address, "我的邮箱是ana@example.com")
		g.quiet(m.ConversationID)
		if err := g.work(m.ConversationID, m.Seq, 1); err != nil {
			t.Fatal(err)
		}
		if err := g.work(m.ConversationID, m.Seq, 2); err != nil { // a job that runs twice says it once
			t.Fatal(err)
		}
		thanks := 0
		for _, said := range g.messages(m.ConversationID) {
			if said.Author == conversation.BySystem && said.Body == "谢谢，已记下您的联系方式：ana@example.com。客服回复时如果您不在，会通过它联系您。" {
				thanks++
			}
		}
		if (thanks == 1) == open {
			t.Errorf("%s: the shopper was thanked %d times", address, thanks)
		}
		if c := g.conversation(m.ConversationID); (c.Shopper.Email == "ana@example.com") == open || c.Holder != conversation.HeldByQueue {
			t.Errorf("%s: %s, the shopper is %+v", address, c.Holder, c.Shopper)
		}
	}
}

func FuzzContactIn(f *testing.F) {
	for _, text := range []string{"我的邮箱是ana.li@example.com", "(415) 555-0134 or ana@mail.example.co.uk.", "+34 612 345 678", "订单号13812345678", "１３８-１２３４-５６７８"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c := conversation.ContactIn(text)
		if c.Email != "" && strings.Count(c.Email, "@") != 1 || strings.Trim(c.Phone, "+0123456789") != "" || len(c.Phone) > 20 {
			t.Fatalf("%q: %+v", text, c)
		}
	})
}

func TestWhoHasSaidWhereToBeReachedIsNotAskedAgain(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.desk.open = false
	m := g.hear("known", "hola")
	g.quiet(m.ConversationID)
	if _, err := g.pool.Exec(t.Context(), `update conversations set shopper = shopper || '{"phone":"+34612345678"}' where conversation_id = $1`, m.ConversationID); err != nil {
		t.Fatal(err)
	}
	g.exchange("known", "quiero hablar con una persona")
	all := g.messages(m.ConversationID)
	if got := all[len(all)-1].Body; !strings.HasSuffix(got, "Si entonces no estás aquí, te localizaremos en +34612345678.") || strings.Contains(got, "Déjanos") {
		t.Errorf("the shopper is told %q", got)
	}
	if !askedToReach(all) {
		t.Error("another number would not be noted")
	}
}
