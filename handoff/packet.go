package handoff

import (
	"context"
	"slices"
	"unicode/utf8"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Packet returns what travels with the case, as it stands now: with the open promises, with what was tried since, with what
// the shopper has written since the handover, and how they felt about it.
func (d *Desk) Packet(ctx context.Context, shopID, caseID uuid.UUID) (conversation.Packet, error) {
	var p conversation.Packet
	var conversationID uuid.UUID
	var episode int
	err := d.pool.QueryRow(ctx, `
		select k.packet, c.conversation_id, c.episode from packets k join cases c using (shop_id, case_id)
		where k.shop_id = $1 and k.case_id = $2`, shopID, caseID).Scan(&p, &conversationID, &episode)
	if err != nil {
		return p, translate(err, "packet of case "+caseID.String())
	}
	if err := d.refresh(ctx, shopID, conversationID, episode, &p); err != nil {
		return p, err
	}
	promises, err := d.Promises(ctx, shopID, caseID)
	p.Promises = []conversation.Promise{}
	for _, owed := range promises {
		if owed.KeptAt == nil && owed.WithdrawnAt == nil {
			p.Promises = append(p.Promises, conversation.Promise{Said: owed.Said, Due: owed.Due})
		}
	}
	return p, err
}

// refresh reads the case's episode again. Where the shopper has written nothing since the packet was made, what it says
// they want stands.
func (d *Desk) refresh(ctx context.Context, shopID, conversationID uuid.UUID, episode int, p *conversation.Packet) error {
	messages, err := d.store.Messages(ctx, shopID, conversationID, conversation.Range{Episode: episode, Limit: 2 * transcriptLength})
	if err != nil {
		return err
	}
	matter := conversation.MatterOf(messages, base(p.Language))
	news := slices.ContainsFunc(messages, func(m conversation.Message) bool {
		return p.ToSeq > 0 && m.Author == conversation.ByShopper && m.Seq > p.ToSeq
	})
	stood, summary := p.Star, p.Summary
	if matter.Into(p); !news && summary != "" {
		stood.Tried = p.Star.Tried
		p.Star, p.Summary = stood, summary
	}
	p.Star.Result = wanted(*p)
	follow(p, messages)
	return nil
}

func insertPacket(ctx context.Context, tx pgx.Tx, c Case, p conversation.Packet) error {
	_, err := tx.Exec(ctx, `insert into packets (shop_id, case_id, packet) values ($1, $2, $3)`, c.ShopID, c.ID, p)
	return translate(err, "packet of case "+c.ID.String())
}

const transcriptLength = 60 // messages

// packetFrom gathers what the transcript alone tells, for an agent who takes over before the bot hands over.
func packetFrom(c conversation.Conversation, messages []conversation.Message) conversation.Packet {
	p := conversation.Packet{Shopper: c.Shopper, Page: c.Context, Language: c.Locale, Mood: c.Mood, MoodCurve: []float64{},
		Reasons: []conversation.Reason{}, Level: 1, Passages: []conversation.Evidence{}, Promises: []conversation.Promise{}}
	for _, m := range messages {
		p.Transcript = append(p.Transcript, conversation.Line{Seq: m.Seq, Author: m.Author, Name: m.StaffName, Text: m.Body, At: m.CreatedAt})
		if m.Author == conversation.ByBot && len(m.Evidence) > 0 {
			p.Passages = m.Evidence
		}
	}
	if n := len(messages); n > 0 {
		p.FromSeq, p.ToSeq = messages[0].Seq, messages[n-1].Seq
	}
	conversation.MatterOf(messages, base(p.Language)).Into(&p)
	return p
}

func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
