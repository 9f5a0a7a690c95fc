package staff

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// Locked returns until when accounts of the shop are locked after too many wrong passwords.
func (s *Store) Locked(ctx context.Context, shopID uuid.UUID) (map[uuid.UUID]time.Time, error) {
	rows, err := s.pool.Query(ctx, `select staff_id, locked_until from staff where shop_id = $1 and locked_until > now()`, shopID)
	if err != nil {
		return nil, fmt.Errorf("locked accounts of shop %s: %w", shopID, err)
	}
	locked := map[uuid.UUID]time.Time{}
	var id uuid.UUID
	var until time.Time
	_, err = pgx.ForEachRow(rows, []any{&id, &until}, func() error {
		locked[id] = until
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("locked accounts of shop %s: %w", shopID, err)
	}
	return locked, nil
}

// Unlock lifts the lock of a person's account before its time, or returns ErrNotFound.
func (s *Store) Unlock(ctx context.Context, shopID, id uuid.UUID) error {
	tag, err := s.pool.Exec(ctx, `update staff set failed_tries = 0, locked_until = null where shop_id = $1 and staff_id = $2 and not service`, shopID, id)
	if err == nil && tag.RowsAffected() == 0 {
		err = pgx.ErrNoRows
	}
	return translate(err, "account "+id.String())
}

// Accounts returns the accounts of one address that may be signed in to, one a shop.
func (s *Store) Accounts(ctx context.Context, email string) ([]Person, error) {
	rows, err := s.pool.Query(ctx, `select `+columns+` from staff where email = $1 and not disabled and not service order by shop_id`, fold(email))
	if err != nil {
		return nil, fmt.Errorf("accounts of an address: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Person])
}
