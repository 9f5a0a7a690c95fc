package handoff

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// longestSkill is how many characters the name of a skill has at most.
const longestSkill = 60

// Skills returns what the team of the shop can do, by name, and what open cases wait for besides.
func (d *Desk) Skills(ctx context.Context, shopID uuid.UUID) ([]string, error) {
	rows, err := d.pool.Query(ctx, `
		select name from skills where shop_id = $1
		union select skill from cases where shop_id = $1 and state in ('waiting', 'claimed') and skill <> '' order by 1`, shopID)
	if err != nil {
		return nil, fmt.Errorf("skills of shop %s: %w", shopID, err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// AddSkill adds a skill to those that agents choose from; one that is there stays.
func (d *Desk) AddSkill(ctx context.Context, shopID uuid.UUID, name string) error {
	name = strings.Join(strings.Fields(clean(name)), " ")
	if name == "" || utf8.RuneCountInString(name) > longestSkill {
		return fmt.Errorf("skill: %w: 1 to %d characters", ErrInvalid, longestSkill)
	}
	_, err := d.pool.Exec(ctx, `insert into skills (shop_id, name) values ($1, $2) on conflict do nothing`, shopID, name)
	return translate(err, "skill "+name)
}

// RemoveSkill takes a skill off the list, or returns ErrNotFound. Cases that wait for it go on waiting for it.
func (d *Desk) RemoveSkill(ctx context.Context, shopID uuid.UUID, name string) error {
	tag, err := d.pool.Exec(ctx, `delete from skills where shop_id = $1 and name = $2`, shopID, name)
	if err == nil && tag.RowsAffected() == 0 {
		err = pgx.ErrNoRows
	}
	return translate(err, "skill "+name)
}
