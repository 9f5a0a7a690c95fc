package handoff

import (
	"context"
	"fmt"
	"strings"
	"time"

	"frontdesk/bot/conversation"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Rating is what a shopper says of one episode.
type Rating struct {
	ConversationID uuid.UUID `db:"conversation_id" json:"conversation_id"`
	Episode        int       `db:"episode" json:"episode"`
	Score          int       `db:"score" json:"score"` // 1 … 5
	Comment        string    `db:"comment" json:"comment,omitempty"`
	RatedAt        time.Time `db:"rated_at" json:"rated_at"`
}

// Rate keeps the shopper's rating, 1 to 5, of the conversation's current episode. An episode is rated once: another
// score is ErrRated, the same again changes nothing. What also does stands exactly when the rating does.
func (d *Desk) Rate(ctx context.Context, shopID, conversationID uuid.UUID, score int, comment string, also ...func(pgx.Tx) error) error {
	if score < 1 || score > 5 {
		return fmt.Errorf("rating %d: %w: 1 to 5", score, ErrInvalid)
	}
	c, err := d.store.Conversation(ctx, shopID, conversationID)
	if err != nil {
		return err
	}
	return d.store.InTx(ctx, shopID, conversationID, func(tx pgx.Tx) error {
		comment = cut(strings.TrimSpace(strings.ReplaceAll(comment, "\x00", "")), 1000)
		tag, err := tx.Exec(ctx, `insert into ratings (shop_id, conversation_id, episode, score, comment, rated_at)
			values ($1, $2, $3, $4, $5, $6) on conflict do nothing`, shopID, conversationID, c.Episode, score, comment, d.now())
		if err != nil {
			return translate(err, "rating of conversation "+conversationID.String())
		}
		if tag.RowsAffected() == 1 {
			err := record(ctx, tx, shopID, Entry{Who: "shopper", Action: "conversation.rate", Subject: conversationID.String(), Detail: map[string]any{"score": score}})
			if err != nil {
				return err
			}
			return conversation.Also(tx, also)
		}
		var before int
		err = tx.QueryRow(ctx, `select score from ratings where shop_id = $1 and conversation_id = $2 and episode = $3`,
			shopID, conversationID, c.Episode).Scan(&before)
		if err == nil && before != score {
			err = fmt.Errorf("episode %d of conversation %s: %w", c.Episode, conversationID, ErrRated)
		}
		if err != nil {
			return err
		}
		return conversation.Also(tx, also)
	})
}

// Ratings returns the conversation's ratings, one an episode, oldest first.
func (d *Desk) Ratings(ctx context.Context, shopID, conversationID uuid.UUID) ([]Rating, error) {
	rows, err := d.pool.Query(ctx, `select conversation_id, episode, score, comment, rated_at from ratings
		where shop_id = $1 and conversation_id = $2 order by episode`, shopID, conversationID)
	if err != nil {
		return nil, fmt.Errorf("ratings of conversation %s: %w", conversationID, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Rating])
}
