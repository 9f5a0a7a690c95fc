package staff

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const (
	// MinPassword is how many characters a password has at least.
	MinPassword = 10
	maxPassword = 1024 // bytes; longer ones only cost time

	// MaxTries wrong passwords in a row lock an account for LockedFor.
	MaxTries  = 10
	LockedFor = 15 * time.Minute
)

// strangerHash is compared with when the address is unknown, so that the answer takes as long. It is of no account.
const strangerHash = "$argon2id$v=19$m=19456,t=2,p=1$c29tZSBzaG9wIHNhbHQhIQ$a9bQ6PxRcJcDJ2D2hDV2SWCsRZkJmDhJxSBTTUTBHHg"

// params are those that OWASP's password storage cheat sheet gives for argon2id with 19 MiB.
func params() *argon2id.Params {
	return &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// SetPassword gives the account a new password, which ends the sessions of the old one, and lifts its lock. ErrInvalid for one that is too short or too long.
func (s *Store) SetPassword(ctx context.Context, shopID, id uuid.UUID, password string) error {
	if utf8.RuneCountInString(password) < MinPassword || len(password) > maxPassword {
		return fmt.Errorf("password: %w: %d characters at least", ErrInvalid, MinPassword)
	}
	if err := s.begin(ctx); err != nil {
		return err
	}
	hash, err := argon2id.CreateHash(password, params())
	s.end()
	if err != nil {
		return fmt.Errorf("password: %w", err)
	}
	tag, err := s.pool.Exec(ctx, `update staff set password_hash = $3, password_generation = password_generation + 1,
			failed_tries = 0, locked_until = null
		where shop_id = $1 and staff_id = $2 and not service`, shopID, id, hash)
	if err == nil && tag.RowsAffected() == 0 {
		err = pgx.ErrNoRows
	}
	return translate(err, "account "+id.String())
}

// HasPassword says whether the account can sign in with a password.
func (s *Store) HasPassword(ctx context.Context, shopID, id uuid.UUID) (has bool, err error) {
	err = s.pool.QueryRow(ctx, `select password_hash <> '' from staff where shop_id = $1 and staff_id = $2`, shopID, id).Scan(&has)
	return has, translate(err, "account "+id.String())
}

// SignIn returns the accounts, one a shop, that this address and password open. ErrWrong when there is none, in the
// same time for an unknown address; ErrLocked when there is none and an account of the address is locked.
func (s *Store) SignIn(ctx context.Context, email, password string) ([]Person, error) {
	tries, locked, err := s.tries(ctx, fold(email))
	if err != nil {
		return nil, err
	}
	if len(tries) == 0 {
		if _, err := s.matches(ctx, password, strangerHash); err != nil {
			return nil, err
		}
	}
	var open []Person
	var others []uuid.UUID
	known := false
	for _, t := range tries {
		ok, err := s.matches(ctx, password, t.Hash)
		switch {
		case err != nil:
			return nil, err
		case ok:
			open, known = append(open, t.Person), known || t.Signed == t.Generation
		default:
			others = append(others, t.ID)
		}
	}
	if len(open) == 0 {
		if locked {
			return nil, ErrLocked
		}
		return nil, ErrWrong
	}
	for _, p := range open {
		if _, err := s.pool.Exec(ctx, `update staff set failed_tries = 0, locked_until = null, seen_at = now(), signed_generation = $3
			where shop_id = $1 and staff_id = $2`, p.ShopID, p.ID, p.Generation); err != nil {
			return nil, translate(err, "sign-in")
		}
	}
	if known {
		err = s.takeBack(ctx, fold(email), others)
	}
	return open, err
}

type try struct {
	Person
	Hash   string `db:"password_hash"`
	Signed int    `db:"signed_generation"`
}

// takeBack uncounts one try on each account that the password was not meant for. Only a password that has signed in
// before is harmless to them: whoever may give one account of an address new passwords could else try them all on the others.
func (s *Store) takeBack(ctx context.Context, email string, ids []uuid.UUID) error {
	_, err := s.pool.Exec(ctx, `
		update staff set failed_tries = greatest(failed_tries - 1, 0), locked_until = case when failed_tries > $3 then locked_until end
		where email = $1 and staff_id = any($2)`, email, ids, MaxTries)
	return translate(err, "sign-in")
}

// tries counts the try before the password is looked at, so that many at once get no more than MaxTries, and returns
// the accounts that may be tried, and whether there are others that are locked.
func (s *Store) tries(ctx context.Context, email string) (list []try, locked bool, err error) {
	rows, err := s.pool.Query(ctx, `
		update staff set
			failed_tries = case when locked_until is null then failed_tries + 1 else 1 end,
			locked_until = case when locked_until is null and failed_tries + 1 >= $2 then now() + $3::interval end
		where email = $1 and not disabled and not service and password_hash <> '' and (locked_until is null or locked_until <= now())
		returning `+columns+`, password_hash, signed_generation`, email, MaxTries, LockedFor)
	if err == nil {
		list, err = pgx.CollectRows(rows, pgx.RowToStructByName[try])
	}
	if err != nil {
		return nil, false, translate(err, "sign-in")
	}
	ids := make([]uuid.UUID, 0, len(list))
	for _, t := range list {
		ids = append(ids, t.ID)
	}
	err = s.pool.QueryRow(ctx, `select exists (select from staff where email = $1 and not disabled and locked_until > now() and staff_id <> all($2))`,
		email, ids).Scan(&locked)
	return list, locked, translate(err, "sign-in")
}

func (s *Store) matches(ctx context.Context, password, hash string) (bool, error) {
	if err := s.begin(ctx); err != nil {
		return false, err
	}
	defer s.end()
	ok, err := argon2id.ComparePasswordAndHash(password[:min(len(password), maxPassword)], hash)
	if err != nil {
		return false, fmt.Errorf("compare a password: %w", err)
	}
	return ok, nil
}

func (s *Store) begin(ctx context.Context) error {
	select {
	case s.hashes <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Store) end() { <-s.hashes }
