package conversation

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Judged is what was found in the words that a shopper wrote while people have the conversation.
type Judged struct {
	ShopID         uuid.UUID
	ConversationID uuid.UUID
	Seq            int64     // the newest of the shopper's messages that were judged
	Mood           float64   // of the conversation from now on
	Findings       []Finding // by message, oldest first
	Nothing        bool      // the messages want nothing: an agent's shopper who only says thanks does not wait for an answer
}

// Finding is the verdict on one message, in the form in which a reply of the bot keeps its own.
type Finding struct {
	Seq     int64           `json:"seq"`
	Verdict json.RawMessage `json:"verdict"`
}

// NoteJudged keeps what was found with the messages, and the mood with the conversation. A message keeps its first verdict.
// Where the shopper has written again meanwhile, or people do not have the conversation any more, nothing changes.
func (s *Store) NoteJudged(ctx context.Context, j Judged) error {
	found, err := json.Marshal(orEmpty(j.Findings))
	if err != nil {
		return fmt.Errorf("findings in conversation %s: %w", j.ConversationID, err)
	}
	return s.InTx(ctx, j.ShopID, j.ConversationID, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			with c as (
				update conversations set mood = $4,
					answered_seq = case when $6 and holder = 'agent' then heard_seq else answered_seq end,
					turn_since = case when $6 and holder = 'agent' then null else turn_since end
				where shop_id = $1 and conversation_id = $2 and heard_seq = $3 and holder in ('queue', 'agent') and erased_at is null
				returning 1)
			update messages m set verdict = f.verdict from jsonb_to_recordset($5) as f(seq bigint, verdict jsonb)
			where m.shop_id = $1 and m.conversation_id = $2 and m.seq = f.seq and m.author = 'shopper' and m.verdict is null and exists (select from c)`,
			j.ShopID, j.ConversationID, j.Seq, j.Mood, found, j.Nothing)
		if err != nil {
			return fmt.Errorf("findings in conversation %s: %w", j.ConversationID, err)
		}
		return nil
	})
}
