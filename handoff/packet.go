package handoff

import (
	"context"
	"errors"
	"math"
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

// told are the messages that a packet speaks of: those of its episode and, where a closed case was opened again, of those before.
func (d *Desk) told(ctx context.Context, shopID, conversationID uuid.UUID, episode int, p conversation.Packet) ([]conversation.Message, error) {
	if p.FromSeq == 0 {
		return d.store.Messages(ctx, shopID, conversationID, conversation.Range{Episode: episode, Limit: 2 * transcriptLength})
	}
	messages, err := d.store.Messages(ctx, shopID, conversationID, conversation.Range{After: p.FromSeq - 1, Before: math.MaxInt32, Limit: 2 * transcriptLength})
	return slices.DeleteFunc(messages, func(m conversation.Message) bool { return m.Episode > episode }), err
}

// reopened is the packet of a case that was closed and goes on: what was wanted and tried then stands, what was proposed does not.
func (d *Desk) reopened(ctx context.Context, talk conversation.Conversation, messages []conversation.Message) (conversation.Packet, error) {
	fresh := packetFrom(talk, messages)
	before, err := d.CaseOf(ctx, talk.ShopID, talk.ID)
	if errors.Is(err, ErrNotFound) {
		return fresh, nil
	}
	if err != nil {
		return fresh, err
	}
	p, err := d.Packet(ctx, talk.ShopID, before.ID)
	if errors.Is(err, ErrNotFound) {
		return fresh, nil
	}
	p.Level, p.Promises, p.Draft, p.WouldHaveSaid, p.ToSeq = fresh.Level, fresh.Promises, fresh.Draft, "", max(p.ToSeq, fresh.ToSeq)
	if p.FromSeq == 0 {
		p.FromSeq = fresh.FromSeq
	}
	if n := len(p.Transcript); n > 0 {
		fresh.Transcript = slices.DeleteFunc(fresh.Transcript, func(l conversation.Line) bool { return l.Seq <= p.Transcript[n-1].Seq })
	}
	p.Transcript = append(p.Transcript, fresh.Transcript...)
	return p, err
}

// refresh reads the case's episode again. Where the shopper has written nothing since the packet was made, what it says
// they want stands.
func (d *Desk) refresh(ctx context.Context, shopID, conversationID uuid.UUID, episode int, p *conversation.Packet) error {
	messages, err := d.told(ctx, shopID, conversationID, episode, *p)
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
	if slices.ContainsFunc(messages, func(m conversation.Message) bool {
		return m.Author == conversation.ByShopper && m.Kind == conversation.KindImage
	}) {
		p.Draft = p.Draft.Seen()
	}
	p.Draft = p.Draft.Knows(p.Page.Order)
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
