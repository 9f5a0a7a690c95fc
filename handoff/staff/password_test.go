package staff_test

import (
	"context"
	"testing"

	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
)

// twoAccounts are two shops' accounts with one address: at the first it opens with "correct horse", at the other with "battery
// staple".
func twoAccounts(t *testing.T) (s *staff.Store, pool *pgxpool.Pool, shop, other uuid.UUID) {
	t.Helper()
	s, pool, shop = newStore(t)
	other = addShop(t, pool, "other")
	add(t, s, shop, "mei@example.com", "correct horse", staff.Agent)
	add(t, s, other, "mei@example.com", "battery staple", staff.Agent)
	return s, pool, shop, other
}

func TestSigningInToOneShopLeavesTheAddressOpenInAnother(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, _, shop, other := twoAccounts(t)
	for range 3 * staff.MaxTries {
		if list, err := s.SignIn(ctx, "mei@example.com", "correct horse"); err != nil || len(list) != 1 || list[0].ShopID != shop {
			t.Fatalf("signed in as %+v (%v)", list, err)
		}
	}
	if list, err := s.SignIn(ctx, "mei@example.com", "battery staple"); err != nil || len(list) != 1 || list[0].ShopID != other {
		t.Errorf("the other shop's account is %+v (%v)", list, err)
	}
}

func TestATryThatAnotherAccountFitsCanStillBeTheLastOne(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, pool, _, other := twoAccounts(t)
	if _, err := s.SignIn(ctx, "mei@example.com", "correct horse"); err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(ctx, `update staff set failed_tries = $2 where shop_id = $1`, other, staff.MaxTries-1); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SignIn(ctx, "mei@example.com", "correct horse"); err != nil {
		t.Fatal(err)
	}
	if list, err := s.SignIn(ctx, "mei@example.com", "battery staple"); err != nil || len(list) != 1 {
		t.Errorf("the tenth try was taken back, but not its lock: %+v (%v)", list, err)
	}
}

func TestALockIsToldWhereNothingElseOpens(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, pool, _, other := twoAccounts(t)
	if _, err := pool.Exec(ctx, `update staff set failed_tries = 10, locked_until = now() + interval '10 minutes' where shop_id = $1`, other); err != nil {
		t.Fatal(err)
	}
	_, err := s.SignIn(ctx, "mei@example.com", "battery staple")
	want(t, err, staff.ErrLocked)
	if _, err := s.SignIn(ctx, "mei@example.com", "correct horse"); err != nil {
		t.Errorf("the open account: %v", err)
	}
}

func TestNewPasswordsOfOneAccountAreNoGuessesAtAnother(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, pool, shop := newStore(t)
	mine := add(t, s, shop, "mei@example.com", "", staff.Agent)
	other := addShop(t, pool, "other")
	add(t, s, other, "mei@example.com", "battery staple", staff.Agent)
	for i := range staff.MaxTries {
		guess := "a guess at it " + string(rune('a'+i))
		if err := s.SetPassword(ctx, shop, mine.ID, guess); err != nil {
			t.Fatal(err)
		}
		if _, err := s.SignIn(ctx, "mei@example.com", guess); err != nil {
			t.Fatal(err)
		}
	}
	if locked, err := s.Locked(ctx, other); err != nil || len(locked) != 1 {
		t.Errorf("%d passwords were tried on the other account: locked are %v (%v)", staff.MaxTries, locked, err)
	}
}
