package staff_test

import (
	"context"
	"testing"
	"time"

	"frontdesk/handoff/staff"

	"github.com/google/uuid"
)

func TestAnAdminLiftsALockBeforeItsTime(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, pool, shop := newStore(t)
	p := add(t, s, shop, "mei@example.com", "correct horse", staff.Agent)
	if _, err := pool.Exec(ctx, `update staff set failed_tries = 10, locked_until = now() + interval '10 minutes'`); err != nil {
		t.Fatal(err)
	}
	if locked, err := s.Locked(ctx, shop); err != nil || len(locked) != 1 || time.Until(locked[p.ID]) < 9*time.Minute {
		t.Errorf("locked are %v (%v)", locked, err)
	}
	want(t, s.Unlock(ctx, addShop(t, pool, "other"), p.ID), staff.ErrNotFound)
	want(t, s.Unlock(ctx, shop, uuid.Must(uuid.NewV7())), staff.ErrNotFound)
	if err := s.Unlock(ctx, shop, p.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SignIn(ctx, "mei@example.com", "correct horse"); err != nil {
		t.Errorf("after the lock was lifted: %v", err)
	}
}

func TestAccountsOfAnAddressAreFoundInEveryShop(t *testing.T) {
	t.Parallel()
	s, pool, shop := newStore(t)
	here := add(t, s, shop, "mei@example.com", "", staff.Admin)
	there := add(t, s, addShop(t, pool, "other"), "mei@example.com", "", staff.Admin)
	add(t, s, shop, "li@example.com", "", staff.Agent)
	there.Disabled = true
	if err := s.Update(context.Background(), there); err != nil {
		t.Fatal(err)
	}
	list, err := s.Accounts(context.Background(), " Mei@example.com")
	if err != nil || len(list) != 1 || list[0].ID != here.ID {
		t.Errorf("accounts are %+v (%v)", list, err)
	}
}
