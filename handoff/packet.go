package handoff

import (
	"context"
	"strings"
	"unicode/utf8"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Packet returns what travels with the case. Its promises are the open ones as they stand now.
func (d *Desk) Packet(ctx context.Context, shopID, caseID uuid.UUID) (conversation.Packet, error) {
	var p conversation.Packet
	err := d.pool.QueryRow(ctx, `select packet from packets where shop_id = $1 and case_id = $2`, shopID, caseID).Scan(&p)
	if err != nil {
		return p, translate(err, "packet of case "+caseID.String())
	}
	p.Star.Result = wanted(p)
	promises, err := d.Promises(ctx, shopID, caseID)
	p.Promises = []conversation.Promise{}
	for _, owed := range promises {
		if owed.KeptAt == nil && owed.WithdrawnAt == nil {
			p.Promises = append(p.Promises, conversation.Promise{Said: owed.Said, Due: owed.Due})
		}
	}
	return p, err
}

func insertPacket(ctx context.Context, tx pgx.Tx, c Case, p conversation.Packet) error {
	_, err := tx.Exec(ctx, `insert into packets (shop_id, case_id, packet) values ($1, $2, $3)`, c.ShopID, c.ID, p)
	return translate(err, "packet of case "+c.ID.String())
}

const (
	summaryLength    = 160 // characters
	transcriptLength = 60  // messages
)

// packetFrom gathers what the transcript alone tells, for an agent who takes over before the bot hands over.
func packetFrom(c conversation.Conversation, messages []conversation.Message) conversation.Packet {
	p := conversation.Packet{Shopper: c.Shopper, Page: c.Context, Language: c.Locale, Mood: c.Mood, MoodCurve: []float64{},
		Reasons: []conversation.Reason{}, Level: 1, Passages: []conversation.Evidence{}, Promises: []conversation.Promise{}}
	var tried []string
	for _, m := range messages {
		p.Transcript = append(p.Transcript, conversation.Line{Seq: m.Seq, Author: m.Author, Name: m.StaffName, Text: m.Body, At: m.CreatedAt})
		switch {
		case m.Author == conversation.ByShopper && m.Kind != conversation.KindImage:
			if p.Star.Situation == "" {
				p.Star.Situation = m.Body
			}
			p.Star.Task = m.Body
		case m.Author == conversation.ByBot:
			for _, e := range m.Evidence {
				if e.Title != "" {
					tried = append(tried, e.Title)
				}
			}
			if len(m.Evidence) > 0 {
				p.Passages = m.Evidence
			}
		}
	}
	if n := len(messages); n > 0 {
		p.FromSeq, p.ToSeq = messages[0].Seq, messages[n-1].Seq
	}
	p.Star.Tried = strings.Join(tried, "\n")
	p.Summary = cut(p.Star.Task, summaryLength)
	return p
}

func cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n-1]) + "…"
}
