package bot

import (
	"encoding/json"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/bot/triage"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// claimed gives a conversation that waits to an agent, who says something.
func (g *rig) claimed(id uuid.UUID, says string) {
	g.t.Helper()
	agent := uuid.Must(uuid.NewV7())
	err := g.store.InTx(g.t.Context(), g.shop.ID, id, func(tx pgx.Tx) error {
		if err := g.store.Pass(g.t.Context(), tx, conversation.Pass{ShopID: g.shop.ID, ConversationID: id, From: conversation.HeldByQueue, To: conversation.HeldByAgent, ToAgent: agent}); err != nil {
			return err
		}
		_, err := g.store.Speak(g.t.Context(), tx, conversation.Utterance{ShopID: g.shop.ID, ConversationID: id, Author: conversation.ByAgent, StaffID: agent, StaffName: "Mia", Body: says})
		return err
	})
	if err != nil {
		g.t.Fatal(err)
	}
}

func TestThanksAfterAnAgentsReplyStartsNoWaiting(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	for i, c := range []struct {
		agent, shopper string
		waits          bool
	}{
		{"退款已经提交，三天内到账。", "好的谢谢", false},
		{"Your refund is on its way.", "thanks!", false},
		{"Tu reembolso está en camino. ¿Te puedo ayudar en algo más?", "no, gracias", false},
		{"Your refund is on its way. Anything else I can help with?", "no thanks, bye", false},
		{"已经为您补发了。", "👍", false},
		{"Shall I refund it to your card?", "ok thanks", true},
		{"请确认收货地址。", "好的", true},
		{"Your refund is on its way.", "thanks, and when will it arrive?", true},
		{"Your refund is on its way.", "hello?", true},
		{"Your refund is on its way.", "thanks for nothing, this is a disgrace", true},
	} {
		address := string(rune('a' + i))
		g.exchange(address, "转人工")
		id := g.hear(address, "我的包裹没到").ConversationID
		g.claimed(id, c.agent)
		m := g.hear(address, c.shopper)
		g.quiet(id)
		if err := g.work(id, m.Seq, 1); err != nil {
			t.Fatal(err)
		}
		if got := g.conversation(id); (got.TurnSince != nil) != c.waits || (got.AnsweredSeq < m.Seq) != c.waits {
			t.Errorf("%q after %q: waiting since %v, want waiting %v", c.shopper, c.agent, got.TurnSince, c.waits)
		}
	}
}

func TestThanksInTheQueueLeaveWhatWasAskedOpen(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.exchange("q", "转人工")
	id := g.hear("q", "我的包裹没到").ConversationID
	m := g.hear("q", "谢谢")
	g.quiet(id)
	if err := g.work(id, m.Seq, 1); err != nil {
		t.Fatal(err)
	}
	if c := g.conversation(id); c.TurnSince == nil {
		t.Error("whoever waits for a person waits no longer after a word of thanks")
	}
}

func TestWhatIsWrittenWhileWaitingIsJudgedAndTheMoodFollows(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.exchange("w", "转人工")
	id := g.hear("w", "我的包裹没到").ConversationID
	m := g.hear("w", "等了半天没人理！你们这什么垃圾店，气死我了！我要找真人！")
	g.quiet(id)
	before := g.conversation(id).Mood
	for range 2 {
		if err := g.work(id, m.Seq, 1); err != nil {
			t.Fatal(err)
		}
	}
	if after := g.conversation(id).Mood; after > -0.5 || after >= before {
		t.Errorf("the mood was %.2f and is %.2f", before, after)
	}
	judged := 0
	for _, said := range g.messages(id) {
		if said.Author != conversation.ByShopper || said.Seq == 1 {
			continue
		}
		var found struct{ Verdict triage.Verdict }
		if err := json.Unmarshal(said.Verdict, &found); err != nil {
			t.Fatalf("message %d: %v", said.Seq, err)
		}
		judged++
		if said.Seq != m.Seq {
			continue
		}
		kinds := map[triage.Kind]bool{}
		for _, r := range found.Verdict.Reasons {
			kinds[r.Kind] = true
		}
		if found.Verdict.Mood > -0.5 || !kinds[triage.Mood] || !kinds[triage.Wish] {
			t.Errorf("found %+v", found.Verdict)
		}
	}
	if judged != 2 {
		t.Errorf("%d messages were judged, want both", judged)
	}
}

func TestAVerdictThatWasOvertakenIsDropped(t *testing.T) {
	t.Parallel()
	g := newRig(t, nil)
	g.exchange("o", "转人工")
	m := g.hear("o", "垃圾！气死我了！")
	g.hear("o", "谢谢")
	j := conversation.Judged{ShopID: g.shop.ID, ConversationID: m.ConversationID, Seq: m.Seq, Mood: -1, Findings: []conversation.Finding{{Seq: m.Seq, Verdict: json.RawMessage(`{}`)}}}
	if err := g.store.NoteJudged(t.Context(), j); err != nil {
		t.Fatal(err)
	}
	if c := g.conversation(m.ConversationID); c.Mood == -1 {
		t.Error("the mood of an overtaken judgement was kept")
	}
}
