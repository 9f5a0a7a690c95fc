package handoff

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Draft is a reply that an agent is writing, kept so that a crash of the browser costs nothing.
type Draft struct {
	Body      string    `json:"body"`
	SeenSeq   int64     `json:"seen_seq"` // the newest message the agent had read
	UpdatedAt time.Time `json:"updated_at"`
	// Pictures are those of a reply that was refused, which wait to be sent.
	Pictures []uuid.UUID `json:"pictures,omitempty"`
}

// SaveDraft keeps the words of the person's draft in this conversation; empty ones take them away, and the draft with them
// where no pictures wait.
func (d *Desk) SaveDraft(ctx context.Context, shopID, conversationID, staffID uuid.UUID, body string, seenSeq int64) error {
	if body == "" {
		_, err := d.pool.Exec(ctx, `update reply_drafts set body = '' where shop_id = $1 and conversation_id = $2 and staff_id = $3`, shopID, conversationID, staffID)
		if err == nil {
			err = dropEmpty(ctx, d.pool, shopID, conversationID, staffID)
		}
		return translate(err, "draft in conversation "+conversationID.String())
	}
	body, err := text("draft", body)
	if err != nil {
		return err
	}
	_, err = d.pool.Exec(ctx, `
		insert into reply_drafts (shop_id, conversation_id, staff_id, body, seen_seq) values ($1, $2, $3, $4, $5)
		on conflict (shop_id, conversation_id, staff_id) do update set body = excluded.body, seen_seq = excluded.seen_seq, updated_at = now()`,
		shopID, conversationID, staffID, body, seenSeq)
	return translate(err, "draft in conversation "+conversationID.String())
}

// saidSince tells a draft d whose words its writer has sent since: a save of them that is slower than the reply comes after it,
// and nobody is to send them twice.
const saidSince = `d.seen_seq > 0 and exists (select from messages m where m.shop_id = d.shop_id and m.conversation_id = d.conversation_id
	and m.seq > d.seen_seq and m.staff_id = d.staff_id and starts_with(m.body, d.body))`

// Draft returns the person's draft in this conversation; an empty one when there is none.
func (d *Desk) Draft(ctx context.Context, shopID, conversationID, staffID uuid.UUID) (draft Draft, err error) {
	err = d.pool.QueryRow(ctx, `select case when `+saidSince+` then '' else d.body end, d.seen_seq, d.updated_at, d.pictures from reply_drafts d
		where d.shop_id = $1 and d.conversation_id = $2 and d.staff_id = $3`, shopID, conversationID, staffID).
		Scan(&draft.Body, &draft.SeenSeq, &draft.UpdatedAt, &draft.Pictures)
	if errors.Is(err, pgx.ErrNoRows) {
		return Draft{}, nil
	}
	return draft, translate(err, "draft in conversation "+conversationID.String())
}

func dropDraft(ctx context.Context, q querier, shopID, conversationID, staffID uuid.UUID) error {
	_, err := q.Exec(ctx, `delete from reply_drafts where shop_id = $1 and conversation_id = $2 and staff_id = $3`, shopID, conversationID, staffID)
	return translate(err, "draft in conversation "+conversationID.String())
}

// KeepPictures lets pictures of the conversation wait in the person's draft, in place of those that waited.
func (d *Desk) KeepPictures(ctx context.Context, shopID, conversationID, staffID uuid.UUID, pictures []uuid.UUID) error {
	if pictures == nil {
		pictures = []uuid.UUID{}
	}
	_, err := d.pool.Exec(ctx, `
		insert into reply_drafts (shop_id, conversation_id, staff_id, body, pictures) values ($1, $2, $3, '', $4)
		on conflict (shop_id, conversation_id, staff_id) do update set pictures = excluded.pictures, updated_at = now()`,
		shopID, conversationID, staffID, pictures)
	if err == nil {
		err = dropEmpty(ctx, d.pool, shopID, conversationID, staffID)
	}
	return translate(err, "pictures of a draft in conversation "+conversationID.String())
}

func dropEmpty(ctx context.Context, q querier, shopID, conversationID, staffID uuid.UUID) error {
	_, err := q.Exec(ctx, `delete from reply_drafts where shop_id = $1 and conversation_id = $2 and staff_id = $3 and body = '' and pictures = '{}'`,
		shopID, conversationID, staffID)
	return err
}
