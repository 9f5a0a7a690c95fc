package handoff

import (
	"context"
	"errors"
	"fmt"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Erase takes everything that a shopper said, and by which they are known, out of a conversation, its cases, packets,
// promises, notes and ratings, and ends it. Counts, times, levels and the kinds of reasons stay. It cannot be undone. Any agent
// may erase; a conversation that a colleague has, only a supervisor. What also does stands exactly when the erasure does.
func (d *Desk) Erase(ctx context.Context, shopID, conversationID uuid.UUID, p staff.Person, also ...func(pgx.Tx) error) error {
	if err := mayWork(shopID, p); err != nil {
		return err
	}
	return d.erase(ctx, erasure{shop: shopID, conversation: conversationID, may: func(c Case) error { return mayEnd(c, p) },
		entry: by(p, "conversation.erase", conversationID, nil)}, also)
}

// EraseFor is Erase on the installation's own behalf; who is what the audit log says.
func (d *Desk) EraseFor(ctx context.Context, shopID, conversationID uuid.UUID, who string, also ...func(pgx.Tx) error) error {
	return d.erase(ctx, erasure{shop: shopID, conversation: conversationID,
		entry: Entry{Who: who, Action: "conversation.erase", Subject: conversationID.String()}}, also)
}

// EraseOld is EraseFor for a conversation in which nobody waits for anybody and nobody has written since a time; any other
// is conversation.ErrNotFound, and stays.
func (d *Desk) EraseOld(ctx context.Context, shopID, conversationID uuid.UUID, who string, before time.Time, also ...func(pgx.Tx) error) error {
	return d.erase(ctx, erasure{shop: shopID, conversation: conversationID, before: before,
		entry: Entry{Who: who, Action: "conversation.erase", Subject: conversationID.String()}}, also)
}

type erasure struct {
	shop, conversation uuid.UUID
	may                func(open Case) error // nil: nobody asks
	before             time.Time             // zero: at any time
	entry              Entry
}

// errOpened says that a case was opened while the erasure waited for the conversation.
var errOpened = errors.New("a case was opened in the meantime")

func (d *Desk) erase(ctx context.Context, e erasure, also []func(pgx.Tx) error) (err error) {
	for range 3 {
		err = d.store.InTx(ctx, e.shop, e.conversation, func(tx pgx.Tx) error { return d.eraseTx(ctx, tx, e, also) })
		if !errors.Is(err, errOpened) {
			return err
		}
	}
	return fmt.Errorf("erase conversation %s: %w", e.conversation, err)
}

// eraseTx locks the cases before the conversation, as everybody does. A case that a handover opens between the two would
// keep its packet: the erasure begins anew then.
func (d *Desk) eraseTx(ctx context.Context, tx pgx.Tx, e erasure, also []func(pgx.Tx) error) error {
	open, err := lockOpenCase(ctx, tx, e.shop, e.conversation)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return err
	}
	if err == nil && e.may != nil {
		if err := e.may(open); err != nil {
			return err
		}
	}
	if err := d.eraseCases(ctx, tx, e); err != nil {
		return err
	}
	if e.before.IsZero() {
		err = d.store.Erase(ctx, tx, e.shop, e.conversation)
	} else {
		err = d.store.EraseOld(ctx, tx, e.shop, e.conversation, e.before)
	}
	if err != nil {
		return err
	}
	var opened bool
	err = tx.QueryRow(ctx, `select exists (select from cases where shop_id = $1 and conversation_id = $2 and state in ('waiting', 'claimed'))`,
		e.shop, e.conversation).Scan(&opened)
	if err == nil && opened {
		err = errOpened
	}
	if err != nil {
		return err
	}
	if err := record(ctx, tx, e.shop, e.entry); err != nil {
		return err
	}
	return conversation.Also(tx, also)
}

// eraseCases empties what the desk keeps of the conversation. Of a packet its level, language and mood stay, of a reason its
// kind and score.
func (d *Desk) eraseCases(ctx context.Context, tx pgx.Tx, e erasure) error {
	nothing := conversation.Packet{MoodCurve: []float64{}, Reasons: []conversation.Reason{}, Passages: []conversation.Evidence{}, Promises: []conversation.Promise{}, Transcript: []conversation.Line{}}
	for _, step := range []struct {
		sql  string
		args []any
	}{
		{`update cases set reasons = (select coalesce(jsonb_agg(r - 'words'), '[]') from jsonb_array_elements(reasons) r),
			outcome = case when state in ('waiting', 'claimed') then $3 else outcome end, closed_at = coalesce(closed_at, $4),
			state = case when state in ('waiting', 'claimed') then 'resolved' else state end, claim_due = null, snoozed_until = null
			where shop_id = $1 and conversation_id = $2`, []any{OutcomeErased, d.now()}},
		{`update packets p set packet = $3::jsonb || jsonb_build_object('level', packet->'level', 'language', packet->'language', 'mood', packet->'mood')
			from cases c where p.shop_id = $1 and c.shop_id = $1 and c.case_id = p.case_id and c.conversation_id = $2`, []any{nothing}},
		{`update promises p set said = '', withdrawn_at = case when p.kept_at is null then coalesce(p.withdrawn_at, $3) end
			from cases c where p.shop_id = $1 and c.shop_id = $1 and c.case_id = p.case_id and c.conversation_id = $2`, []any{d.now()}},
		{`delete from notes n using cases c where n.shop_id = $1 and c.shop_id = $1 and c.case_id = n.case_id and c.conversation_id = $2`, nil},
		{`update ratings set comment = '' where shop_id = $1 and conversation_id = $2`, nil},
		{`delete from confirmations k using cases c where k.shop_id = $1 and c.shop_id = $1 and c.case_id = k.case_id and c.conversation_id = $2`, nil},
		{`delete from reply_drafts where shop_id = $1 and conversation_id = $2`, nil},
		{`delete from presence where shop_id = $1 and conversation_id = $2`, nil},
	} {
		if _, err := tx.Exec(ctx, step.sql, append([]any{e.shop, e.conversation}, step.args...)...); err != nil {
			return translate(err, "erase conversation "+e.conversation.String())
		}
	}
	return nil
}
