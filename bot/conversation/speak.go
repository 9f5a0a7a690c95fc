package conversation

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Utterance is something that the shop wants to say.
type Utterance struct {
	ShopID         uuid.UUID
	ConversationID uuid.UUID
	Author         Author
	StaffID        uuid.UUID // an agent's
	StaffName      string
	Body           string
	Language       string
	Kind           string // KindText when empty
	Link           string // where a channel finds what a message of KindImage shows
	Options        []Option
	Evidence       []Evidence
	Verdict        json.RawMessage
	Cost           *Cost
	Mood           *float64
	UpTo           int64 // the bot's: the newest shopper message that this answers; 0 = unprompted, only the holder is checked
	SeenSeq        int64 // an agent's: the newest message the agent had read; 0 = not checked. The bot's, unprompted: what came after it stays open
}

// Speak writes what is said, if the author still may say it: one SQL statement checks the holder and the turn and
// writes the message. A bot whose turn was taken over, answered or joined by a new message gets ErrNotHolder or ErrStale;
// an agent whose thread moved gets ErrMoved. Where the channel wants events, the message's delivery is queued with it.
func (s *Store) Speak(ctx context.Context, tx pgx.Tx, u Utterance) (seq int64, err error) {
	if u.Kind == "" {
		u.Kind = KindText
	}
	var next int64
	err = tx.QueryRow(ctx, speakSQL, u.ShopID, u.ConversationID, u.Author, nullUUID(u.StaffID), u.UpTo, u.SeenSeq,
		u.Body, u.Language, u.Kind, orEmpty(u.Options), orEmpty(u.Evidence), nullJSON(u.Verdict), u.Cost, u.StaffName, u.Mood).Scan(&seq, &next)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, s.whyNot(ctx, tx, u)
	}
	if err != nil {
		return 0, fmt.Errorf("speak in conversation %s: %w", u.ConversationID, err)
	}
	if next > 0 {
		if err := s.insertTurn(ctx, tx, u.ShopID, u.ConversationID, next); err != nil {
			return 0, err
		}
	}
	body := u.Body
	if u.Kind == KindImage {
		body = u.Link
	}
	return seq, s.Announce(ctx, tx, u.ShopID, u.ConversationID, seq, "message.created", SaidEvent{
		Message: fmt.Sprintf("%s-%d", u.ConversationID, seq), Seq: seq, Author: u.Author, AuthorName: u.StaffName,
		Markdown: body, Image: u.Link, Language: u.Language, Kind: u.Kind, Options: u.Options, Evidence: titles(u.Evidence)})
}

// What the bot answers moves the turn that was heard on to answered and opens the next one; what an agent says
// answers everything heard so far; the system voice speaks only while the conversation waits in the queue.
const speakSQL = `
	with c as (
		update conversations set
			last_seq = last_seq + 1,
			answered_seq = case
				when $3 = 'bot' and $5 > 0 then $5
				when $3 = 'system' then answered_seq
				when $3 = 'bot' and $6 > 0 and greatest(heard_seq, next_seq) > $6 then greatest(answered_seq, $6)
				else greatest(heard_seq, next_seq) end,
			heard_seq  = greatest(heard_seq, next_seq),
			turn_since = case when $3 = 'bot' and $5 > 0 then next_since when $3 = 'system' then turn_since
				when $3 = 'bot' and $6 > 0 and greatest(heard_seq, next_seq) > $6 then coalesce(turn_since, now()) end,
			next_seq = 0, next_since = null,
			locale = case when $8 <> '' then $8 else locale end,
			mood = coalesce($15, mood),
			updated_at = now()
		where shop_id = $1 and conversation_id = $2 and case $3
			when 'bot'    then holder = 'bot' and ($5 = 0 or (heard_seq = $5 and answered_seq < $5))
			when 'agent'  then holder = 'agent' and agent_id = $4 and ($6 = 0 or last_seq <= $6)
			when 'system' then holder = 'queue'
			else false end
		returning last_seq, episode, case when $3 = 'bot' and turn_since is not null then heard_seq else 0 end as next
	), m as (
		insert into messages (shop_id, conversation_id, seq, author, staff_id, staff_name, body, language, kind, episode, options, evidence, verdict, cost)
		select $1, $2, last_seq, $3, $4, $14, $7, $8, $9, episode, $10, $11, $12, $13 from c
	)
	select last_seq, next from c`

func (s *Store) whyNot(ctx context.Context, tx pgx.Tx, u Utterance) error {
	var holder Holder
	var agent *uuid.UUID
	err := tx.QueryRow(ctx, `select holder, agent_id from conversations where shop_id = $1 and conversation_id = $2`,
		u.ShopID, u.ConversationID).Scan(&holder, &agent)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return fmt.Errorf("speak in conversation %s: %w", u.ConversationID, ErrNotFound)
	case err != nil:
		return fmt.Errorf("speak in conversation %s: %w", u.ConversationID, err)
	case u.Author == ByBot && holder == HeldByBot:
		return fmt.Errorf("speak in conversation %s: %w", u.ConversationID, ErrStale)
	case u.Author == ByAgent && holder == HeldByAgent && agent != nil && *agent == u.StaffID:
		return fmt.Errorf("speak in conversation %s: %w", u.ConversationID, ErrMoved)
	}
	return fmt.Errorf("speak in conversation %s: %w", u.ConversationID, ErrNotHolder)
}

// CloseTurn marks a turn as needing no words (a bare "thanks" after an answer), under the same guard as Speak.
func (s *Store) CloseTurn(ctx context.Context, tx pgx.Tx, shopID, conversationID uuid.UUID, upTo int64) error {
	var next int64
	err := tx.QueryRow(ctx, `
		update conversations set answered_seq = $3, heard_seq = greatest(heard_seq, next_seq), turn_since = next_since,
			next_seq = 0, next_since = null, updated_at = now()
		where shop_id = $1 and conversation_id = $2 and holder = 'bot' and heard_seq = $3 and answered_seq < $3
		returning case when turn_since is not null then heard_seq else 0 end`, shopID, conversationID, upTo).Scan(&next)
	if errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("close the turn of conversation %s: %w", conversationID, ErrStale)
	}
	if err != nil || next == 0 {
		return err
	}
	return s.insertTurn(ctx, tx, shopID, conversationID, next)
}

func titles(ev []Evidence) []EvidenceTitle {
	out := make([]EvidenceTitle, 0, len(ev))
	for _, e := range ev {
		if e.Title != "" {
			out = append(out, EvidenceTitle{ID: e.ID, Title: e.Title})
		}
	}
	return out
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func nullUUID(id uuid.UUID) *uuid.UUID {
	if id == uuid.Nil {
		return nil
	}
	return &id
}

func nullJSON(raw json.RawMessage) any {
	if len(raw) == 0 {
		return nil
	}
	return raw
}
