package handoff_test

import (
	"context"
	"strings"
	"testing"

	"frontdesk/bot/conversation"
)

func TestWhatComesAfterTheHandoverReachesThePacket(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	for language, c := range map[string]struct{ first, later, contact, reply, summary, number, tried string }{
		"zh": {"收到的台灯灯罩碎了，转人工", "订单TW20261108，周五之前能补发一个吗？", "电话13812345678", "您好，我帮您查一下。", "周五之前能补发一个吗", "TW20261108", "Mei: 您好，我帮您查一下。"},
		"en": {"the lampshade arrived broken, agent please", "order TW20261108: can you send another one before Friday?", "me@example.com", "Hello, let me look.", "send another one before Friday", "TW20261108", "Mei: Hello, let me look."},
		"es": {"la pantalla llegó rota, quiero un agente", "pedido 55821: ¿podéis enviar otra antes del viernes?", "soy@example.es", "Hola, lo miro.", "enviar otra antes del viernes", "55821", "Mei: Hola, lo miro."},
	} {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			f := newFloor(t)
			id := f.hear("c-1", c.first)
			h := f.handover(id, 1)
			h.Language, h.Packet.Language, h.Packet.Summary, h.Packet.ToSeq, h.Packet.Star = language, language, c.first, 1, conversation.Star{Task: c.first}
			ticket, err := f.tryEscalate(h)
			f.must(err)
			if p := f.packetOf(ticket.CaseID); p.Summary != c.first || len(newWants(p)) != 0 || len(p.Numbers) != 0 {
				t.Errorf("before anything is written the packet is %+v", p)
			}
			f.hear("c-1", c.later)
			f.hear("c-1", c.contact)
			mei := f.agent("Mei")
			f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
			_, err = f.desk.Reply(ctx, f.shop, id, mei, c.reply, 0)
			f.must(err)
			p := f.packetOf(ticket.CaseID)
			if !strings.Contains(p.Summary, c.summary) || p.Deadline == "" || len(newWants(p)) != 1 {
				t.Errorf("wanted is %q by %q, new is %+v", p.Summary, p.Deadline, newWants(p))
			}
			if p.Page.Order != c.number || p.Shopper.Email+p.Shopper.Phone != strings.TrimPrefix(c.contact, "电话") {
				t.Errorf("order %q, reached at %+v", p.Page.Order, p.Shopper)
			}
			if n := len(p.Attempts); n == 0 || p.Attempts[n-1].By != conversation.ByAgent || !strings.HasSuffix(p.Star.Tried, c.tried) {
				t.Errorf("tried is %q: %+v", p.Star.Tried, p.Attempts)
			}
			shared, err := f.desk.Shared(ctx, f.shop, id)
			f.must(err)
			if shared.Summary != p.Summary || shared.Order != c.number {
				t.Errorf("the shopper reads %+v", shared)
			}
		})
	}
}

func TestARaiseKeepsWhatIsToBeConfirmed(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "please change the address of order TW20261108")
	h := f.handover(id, 1)
	h.Packet.Confirmations, h.Packet.ToSeq = []string{"address", "product", "return_policy"}, 1
	ticket, err := f.tryEscalate(h)
	f.must(err)
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, f.agent("Mei")))
	f.hear("c-1", "and where is my refund? this is a scam")
	f.raise(id, 2)
	if p := f.packetOf(ticket.CaseID); len(p.Confirmations) != 3 || p.ToSeq != 1 || len(newWants(p)) != 1 {
		t.Errorf("after the raise the packet is %+v", p)
	}
}

func TestAReopenedCaseKeepsWhatWasWantedAndTried(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "The pan arrived cracked, I want a refund")
	h := f.handover(id, 1)
	h.Packet.Summary, h.Packet.FromSeq, h.Packet.ToSeq = "cracked pan · refund", 1, 1
	ticket, err := f.tryEscalate(h)
	f.must(err)
	mei := f.agent("Mei")
	f.must(f.desk.Claim(ctx, f.shop, ticket.CaseID, mei))
	_, err = f.desk.Reply(ctx, f.shop, id, mei, "I am asking our team.", 0)
	f.must(err)
	before := f.packetOf(ticket.CaseID)
	caseID := ticket.CaseID
	for range 2 {
		f.must(f.desk.Resolve(ctx, f.shop, caseID, mei, "solved", 0))
		again, err := f.desk.TakeOver(ctx, f.shop, id, mei)
		f.must(err)
		caseID = again.ID
		p := f.packetOf(caseID)
		if p.Summary != before.Summary || p.Star.Result != before.Star.Result || len(p.Attempts) != 1 || p.Attempts[0].By != conversation.ByAgent || p.Star.Tried != before.Star.Tried {
			t.Errorf("of %+v is left %+v", before, p)
		}
	}
	f.hear("c-1", "Where is the label for the return?")
	if p := f.packetOf(caseID); len(newWants(p)) != 1 {
		t.Errorf("what came since is %+v of %+v", newWants(p), p.Wants)
	}
}

func TestAPictureTakesTheQuestionForOneOutOfTheProposal(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	f := newFloor(t)
	id := f.hear("c-1", "The pan arrived cracked, I want a refund")
	h := f.handover(id, 1)
	h.Packet.Draft = conversation.ReplyDraft{Text: "Hello. Send a photo. Then [x].", Solution: "Send a photo.", Pictured: "I see the photo.", Numbered: "Send a photo of %s.", Both: "I see the photo of %s."}
	ticket, err := f.tryEscalate(h)
	f.must(err)
	if d := f.packetOf(ticket.CaseID).Draft; d.Text != "Hello. Send a photo. Then [x]." {
		t.Errorf("without a photo: %+v", d)
	}
	if _, err := f.pool.Exec(ctx, `insert into messages (shop_id, conversation_id, seq, author, body, episode, kind)
		select shop_id, conversation_id, 100, 'shopper', '', episode, 'image' from messages where shop_id = $1 and conversation_id = $2 and seq = 1`, f.shop, id); err != nil {
		t.Fatal(err)
	}
	if d := f.packetOf(ticket.CaseID).Draft; d.Text != "Hello. I see the photo. Then [x]." || d.Solution != "I see the photo." {
		t.Errorf("with a photo: %+v", d)
	}
	f.hear("c-1", "It is order TW-1234, by the way.")
	if d := f.packetOf(ticket.CaseID).Draft; d.Text != "Hello. I see the photo of TW-1234. Then [x]." {
		t.Errorf("with a photo and a number: %+v", d)
	}
}

// newWants are those that came after what the packet was made of.
func newWants(p conversation.Packet) (out []conversation.Want) {
	for _, w := range p.Wants {
		if w.Seq > p.ToSeq {
			out = append(out, w)
		}
	}
	return out
}
