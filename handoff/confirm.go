package handoff

import (
	"context"
	"fmt"
	"slices"
	"time"

	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Confirmations returns what an agent makes sure of before an order changes.
func Confirmations() []string { return []string{"address", "product", "return_policy"} }

// Confirmation says who has made sure of something, and when.
type Confirmation struct {
	Name      string    `db:"name" json:"name"` // one of Confirmations
	StaffID   uuid.UUID `db:"staff_id" json:"staff_id"`
	StaffName string    `db:"staff_name" json:"staff_name"`
	At        time.Time `db:"confirmed_at" json:"at"`
}

// Confirm notes that the person has made sure of one of Confirmations or, with yes false, takes that back. What was
// confirmed stays with its name and time, whoever says so again.
func (d *Desk) Confirm(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person, name string, yes bool) error {
	if !slices.Contains(Confirmations(), name) {
		return fmt.Errorf("confirmation %q: %w", name, ErrInvalid)
	}
	return d.act(ctx, shopID, caseID, func(tx pgx.Tx, c Case) error {
		if err := mayAnswer(c, p); err != nil {
			return err
		}
		sql, args, action := `delete from confirmations where shop_id = $1 and case_id = $2 and name = $3`, []any{shopID, caseID, name}, "case.unconfirm"
		if yes {
			sql, action = `insert into confirmations (shop_id, case_id, name, staff_id, confirmed_at) values ($1, $2, $3, $4, $5) on conflict do nothing`, "case.confirm"
			args = append(args, p.ID, d.now())
		}
		tag, err := tx.Exec(ctx, sql, args...)
		if err != nil || tag.RowsAffected() == 0 {
			return translate(err, "confirmation of case "+caseID.String())
		}
		return record(ctx, tx, shopID, by(p, action, caseID, map[string]any{"what": name}))
	})
}

// Confirmed returns what was confirmed of the case, the oldest first.
func (d *Desk) Confirmed(ctx context.Context, shopID, caseID uuid.UUID) ([]Confirmation, error) {
	rows, err := d.pool.Query(ctx, `
		select k.name, k.staff_id, s.name as staff_name, k.confirmed_at
		from confirmations k join staff s on s.shop_id = k.shop_id and s.staff_id = k.staff_id
		where k.shop_id = $1 and k.case_id = $2 order by k.confirmed_at, k.name`, shopID, caseID)
	if err != nil {
		return nil, fmt.Errorf("confirmations of case %s: %w", caseID, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Confirmation])
}
