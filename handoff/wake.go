package handoff

import (
	"context"
	"time"

	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// UntilHeard is for how long a case is snoozed that should only come back when its shopper writes.
const UntilHeard = 30 * 24 * time.Hour

// WaitsForShopper says whether the case is out of sight until its shopper writes.
func (c Case) WaitsForShopper(now time.Time) bool {
	return c.SnoozedUntil != nil && c.SnoozedUntil.Sub(now) > UntilHeard/2
}

// WakeUp brings a snoozed case back into sight.
func (d *Desk) WakeUp(ctx context.Context, shopID, caseID uuid.UUID, p staff.Person) error {
	return d.act(ctx, shopID, caseID, func(tx pgx.Tx, c Case) error {
		if err := mayClose(c, p); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `update cases set snoozed_until = null where shop_id = $1 and case_id = $2`, shopID, caseID); err != nil {
			return translate(err, "case "+caseID.String())
		}
		return record(ctx, tx, shopID, by(p, "case.wake", caseID, nil))
	})
}

// Asleep says until when the row is out of sight, nil when it is not: a shopper who writes wakes it.
func (r Row) Asleep() *time.Time {
	if !r.Snoozed {
		return nil
	}
	return r.SnoozedUntil
}
