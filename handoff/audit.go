package handoff

import (
	"context"
	"fmt"
	"time"

	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Entry is one line of the audit log: who did what to what. Detail never holds a secret or a shopper's words.
type Entry struct {
	ID      uuid.UUID      `db:"audit_id" json:"id"`
	StaffID *uuid.UUID     `db:"staff_id" json:"staff_id,omitempty"` // nil: the bot or the command line
	Who     string         `db:"who" json:"who"`
	Action  string         `db:"action" json:"action"`   // e.g. case.claim, channel.add
	Subject string         `db:"subject" json:"subject"` // an id or a name
	Detail  map[string]any `db:"detail" json:"detail,omitempty"`
	At      time.Time      `db:"at" json:"at"`
}

// Record adds a line to the shop's audit log; ID and At are given by the desk.
func (d *Desk) Record(ctx context.Context, shopID uuid.UUID, e Entry) error {
	return record(ctx, d.pool, shopID, e)
}

// AuditFilter selects lines of the audit log; zero values select all.
type AuditFilter struct {
	StaffID uuid.UUID
	Action  string // a beginning, e.g. "case."
	Subject string
	Before  uuid.UUID // older than this line, for paging
	Limit   int       // 100 when 0
}

// Audit returns lines of the shop's audit log, newest first.
func (d *Desk) Audit(ctx context.Context, shopID uuid.UUID, f AuditFilter) ([]Entry, error) {
	if f.Limit <= 0 || f.Limit > 1000 {
		f.Limit = 100
	}
	rows, err := d.pool.Query(ctx, `
		select audit_id, staff_id, who, action, subject, detail, at from audit
		where shop_id = $1 and ($2::uuid = $7 or staff_id = $2) and ($3 = '' or starts_with(action, $3))
			and ($4 = '' or subject = $4) and ($5::uuid = $7 or audit_id < $5)
		order by audit_id desc limit $6`, shopID, f.StaffID, f.Action, f.Subject, f.Before, f.Limit, uuid.Nil)
	if err != nil {
		return nil, fmt.Errorf("audit log of shop %s: %w", shopID, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Entry])
}

func record(ctx context.Context, q querier, shopID uuid.UUID, e Entry) error {
	if e.Detail == nil {
		e.Detail = map[string]any{}
	}
	_, err := q.Exec(ctx, `insert into audit (shop_id, audit_id, staff_id, who, action, subject, detail) values ($1, $2, $3, $4, $5, $6, $7)`,
		shopID, uuid.Must(uuid.NewV7()), e.StaffID, e.Who, e.Action, e.Subject, e.Detail)
	return translate(err, "audit "+e.Action)
}

func by(p staff.Person, action string, subject uuid.UUID, detail map[string]any) Entry {
	return Entry{StaffID: &p.ID, Who: p.Name, Action: action, Subject: subject.String(), Detail: detail}
}
