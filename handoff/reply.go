package handoff

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// MaxReply is how many characters a reply or a note has at most.
const MaxReply = 8000

// Reply says something to the shopper as the person who has the case. seenSeq is the newest message the person had
// read; when a newer one is there nothing is said and the error is conversation.ErrMoved. 0 does not check.
//
// It ends the receipt's clock and the shopper's waiting, and keeps the desk's word that a person writes. A plan that was
// promised stays owed: ReplyWithPlan, Planned. A proposal whose slots are not filled in is ErrUnfinished.
func (d *Desk) Reply(ctx context.Context, shopID, conversationID uuid.UUID, p staff.Person, body string, seenSeq int64) (seq int64, err error) {
	return d.reply(ctx, shopID, conversationID, p, body, seenSeq, AwaitsReply)
}

// ReplyWithPlan is Reply with words that are the concrete plan: they end the plan's clock and keep what was promised of it.
func (d *Desk) ReplyWithPlan(ctx context.Context, shopID, conversationID uuid.UUID, p staff.Person, body string, seenSeq int64) (seq int64, err error) {
	return d.reply(ctx, shopID, conversationID, p, body, seenSeq, AwaitsPlan)
}

func (d *Desk) reply(ctx context.Context, shopID, conversationID uuid.UUID, p staff.Person, body string, seenSeq int64, gives string) (seq int64, err error) {
	body, err = text("reply", body)
	if err != nil {
		return 0, err
	}
	if conversation.Unfinished(body) {
		return 0, fmt.Errorf("reply in conversation %s: %w", conversationID, ErrUnfinished)
	}
	err = d.store.InTx(ctx, shopID, conversationID, func(tx pgx.Tx) error {
		c, err := lockOpenCase(ctx, tx, shopID, conversationID)
		if err != nil {
			return err
		}
		if err := mayAnswer(c, p); err != nil {
			return err
		}
		seq, err = d.store.Speak(ctx, tx, conversation.Utterance{ShopID: shopID, ConversationID: conversationID,
			Author: conversation.ByAgent, StaffID: p.ID, StaffName: p.Name, Body: body, SeenSeq: seenSeq})
		if err != nil {
			return err
		}
		if err := replied(ctx, tx, c, gives, d.now()); err != nil {
			return err
		}
		if err := dropDraft(ctx, tx, shopID, conversationID, p.ID); err != nil {
			return err
		}
		return record(ctx, tx, shopID, by(p, "case.reply", c.ID, map[string]any{"seq": seq}))
	})
	return seq, err
}

// replied stops the clocks that an agent's words stop: the receipt's always, the plan's when the words give one.
func replied(ctx context.Context, tx pgx.Tx, c Case, gives string, now time.Time) error {
	_, err := tx.Exec(ctx, `
		update cases set first_reply_at = coalesce(first_reply_at, $3), plan_at = case when plan_due is not null and $4 = 'plan' then coalesce(plan_at, $3) else plan_at end,
			snoozed_until = null, breached = array_remove(array_remove(breached, 'answer'), 'away')
		where shop_id = $1 and case_id = $2`, c.ShopID, c.ID, now, gives)
	if err != nil {
		return translate(err, "case "+c.ID.String())
	}
	return keepDesks(ctx, tx, c, gives, now)
}

// Planned stops the clock of the plan: the shopper knows what is done and by when. Only what was said to the shopper counts,
// so a case without a reply is ErrInvalid.
func (d *Desk) Planned(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person) error {
	return d.act(ctx, shopID, caseID, func(tx pgx.Tx, c Case) error {
		if err := mayAnswer(c, p); err != nil {
			return err
		}
		if c.FirstReplyAt == nil {
			return fmt.Errorf("plan of case %s: %w: nothing was said to the shopper yet", caseID, ErrInvalid)
		}
		if err := given(ctx, tx, c, `plan_at = case when plan_due is not null then coalesce(plan_at, $3) end`, d.now()); err != nil {
			return err
		}
		return record(ctx, tx, shopID, by(p, "case.plan", caseID, nil))
	})
}

// Solved stops the clock of the solution: the shopper has an apology, a solution and what makes up for it. Who has the
// solution needs no plan any more.
func (d *Desk) Solved(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person) error {
	return d.act(ctx, shopID, caseID, func(tx pgx.Tx, c Case) error {
		if err := mayAnswer(c, p); err != nil {
			return err
		}
		err := given(ctx, tx, c, `solution_at = coalesce(solution_at, $3), plan_at = case when plan_due is not null then coalesce(plan_at, $3) end`, d.now())
		if err != nil {
			return err
		}
		return record(ctx, tx, shopID, by(p, "case.solution", caseID, nil))
	})
}

// given stops clocks of a locked case, and keeps what the desk has promised of a plan.
func given(ctx context.Context, tx pgx.Tx, c Case, set string, now time.Time) error {
	if _, err := tx.Exec(ctx, `update cases set `+set+` where shop_id = $1 and case_id = $2`, c.ShopID, c.ID, now); err != nil {
		return translate(err, "case "+c.ID.String())
	}
	if c.FirstReplyAt == nil { // a shopper was promised that somebody writes
		return nil
	}
	return keepDesks(ctx, tx, c, AwaitsPlan, now)
}

// NoteText is an agent's word to colleagues; shoppers never see it.
type NoteText struct {
	ID        uuid.UUID `db:"note_id" json:"id"`
	CaseID    uuid.UUID `db:"case_id" json:"case_id"`
	StaffID   uuid.UUID `db:"staff_id" json:"staff_id"`
	StaffName string    `db:"staff_name" json:"staff_name"`
	Body      string    `db:"body" json:"body"`
	CreatedAt time.Time `db:"created_at" json:"created_at"`
}

// Note adds a note to a case, open or closed.
func (d *Desk) Note(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person, body string) error {
	body, err := text("note", body)
	if err != nil {
		return err
	}
	return d.act(ctx, shopID, caseID, func(tx pgx.Tx, c Case) error {
		if err := mayWork(shopID, p); err != nil {
			return err
		}
		return d.note(ctx, tx, c, p, body)
	})
}

func (d *Desk) note(ctx context.Context, tx pgx.Tx, c Case, p staff.Person, body string) error {
	id := uuid.Must(uuid.NewV7())
	_, err := tx.Exec(ctx, `insert into notes (shop_id, note_id, case_id, staff_id, body, created_at) values ($1, $2, $3, $4, $5, $6)`,
		c.ShopID, id, c.ID, p.ID, body, d.now())
	if err != nil {
		return translate(err, "note on case "+c.ID.String())
	}
	if err := mention(ctx, tx, c.ShopID, id, p.ID, body); err != nil {
		return err
	}
	return record(ctx, tx, c.ShopID, by(p, "case.note", c.ID, nil))
}

// Notes returns the notes on every case of a conversation, oldest first.
func (d *Desk) Notes(ctx context.Context, shopID, conversationID uuid.UUID) ([]NoteText, error) {
	rows, err := d.pool.Query(ctx, `
		select n.note_id, n.case_id, n.staff_id, s.name as staff_name, n.body, n.created_at
		from notes n join cases c using (shop_id, case_id) join staff s on s.shop_id = n.shop_id and s.staff_id = n.staff_id
		where n.shop_id = $1 and c.conversation_id = $2 order by n.created_at, n.note_id`, shopID, conversationID)
	if err != nil {
		return nil, fmt.Errorf("notes on conversation %s: %w", conversationID, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[NoteText])
}

// text checks what a person has written.
func text(what, body string) (string, error) {
	body = strings.TrimSpace(strings.ToValidUTF8(strings.ReplaceAll(body, "\x00", ""), "\uFFFD"))
	if body == "" || utf8.RuneCountInString(body) > MaxReply {
		return "", fmt.Errorf("%s: %w: 1 to %d characters", what, ErrInvalid, MaxReply)
	}
	return body, nil
}
