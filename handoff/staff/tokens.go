package staff

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// TokenPrefix begins every bearer token, so that one that leaks is recognised.
const TokenPrefix = "fd_"

var namePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,62}$`)

// Token is what a program shows instead of a password. It acts as a service account with one role.
type Token struct {
	ShopID    uuid.UUID  `db:"shop_id" json:"-"`
	StaffID   uuid.UUID  `db:"staff_id" json:"id"`
	Name      string     `db:"name" json:"name"`
	Role      string     `db:"role" json:"role"`
	CreatedAt time.Time  `db:"created_at" json:"created_at"`
	UsedAt    *time.Time `db:"used_at" json:"used_at,omitempty"`
}

// Person is who acts when the token does.
func (t Token) Person() Person {
	return Person{ShopID: t.ShopID, ID: t.StaffID, Name: t.Name, Roles: []string{t.Role}}
}

// AddToken makes a token and returns its secret, which cannot be read again. ErrExists when the shop has a token with
// this name, ErrInvalid when name or role are not acceptable.
func (s *Store) AddToken(ctx context.Context, shopID uuid.UUID, role, name string) (secret string, err error) {
	if !namePattern.MatchString(name) {
		return "", fmt.Errorf("token name %q: %w: small letters, digits and hyphens, 63 at most", name, ErrInvalid)
	}
	if !slices.Contains(Roles(), role) {
		return "", fmt.Errorf("role %q: %w: one of %s", role, ErrInvalid, strings.Join(Roles(), ", "))
	}
	secret = newSecret(shopID)
	_, hash, _ := readSecret(secret)
	id := uuid.Must(uuid.NewV7())
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		// The name is no address, so that no person ever stands in its way.
		if _, err := tx.Exec(ctx, `insert into staff (shop_id, staff_id, email, name, roles, service) values ($1, $2, $3, $4, $5, true)`,
			shopID, id, "token:"+name, name, []string{role}); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into api_tokens (shop_id, token_hash, staff_id, name, role) values ($1, $2, $3, $4, $5)`,
			shopID, hash, id, name, role)
		return err
	})
	if err != nil {
		return "", translate(err, "token "+name)
	}
	return TokenPrefix + secret, nil
}

// Token returns the token that a bearer shows, or ErrToken.
func (s *Store) Token(ctx context.Context, bearer string) (Token, error) {
	secret, prefixed := strings.CutPrefix(bearer, TokenPrefix)
	shopID, hash, ok := readSecret(secret)
	if !prefixed || !ok {
		return Token{}, ErrToken
	}
	rows, err := s.pool.Query(ctx, `select `+tokenColumns+` from api_tokens where shop_id = $1 and token_hash = $2`, shopID, hash)
	if err != nil {
		return Token{}, translate(err, "token")
	}
	t, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Token])
	if errors.Is(err, pgx.ErrNoRows) {
		return Token{}, ErrToken
	}
	if err == nil && (t.UsedAt == nil || time.Since(*t.UsedAt) > time.Minute) {
		_, err = s.pool.Exec(ctx, `update api_tokens set used_at = now() where shop_id = $1 and token_hash = $2`, shopID, hash)
	}
	return t, translate(err, "token")
}

const tokenColumns = `shop_id, staff_id, name, role, created_at, used_at`

// Tokens returns the shop's tokens, by name.
func (s *Store) Tokens(ctx context.Context, shopID uuid.UUID) ([]Token, error) {
	rows, err := s.pool.Query(ctx, `select `+tokenColumns+` from api_tokens where shop_id = $1 order by name`, shopID)
	if err != nil {
		return nil, fmt.Errorf("tokens of shop %s: %w", shopID, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Token])
}

// Revoke ends a token, or returns ErrToken. Its service account stays, because what it did names it; the account's
// name becomes free.
func (s *Store) Revoke(ctx context.Context, shopID uuid.UUID, name string) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		var id uuid.UUID
		err := tx.QueryRow(ctx, `delete from api_tokens where shop_id = $1 and name = $2 returning staff_id`, shopID, name).Scan(&id)
		if errors.Is(err, pgx.ErrNoRows) {
			return fmt.Errorf("token %s: %w", name, ErrToken)
		}
		if err != nil {
			return translate(err, "token "+name)
		}
		_, err = tx.Exec(ctx, `update staff set disabled = true, email = 'token:' || staff_id where shop_id = $1 and staff_id = $2`, shopID, id)
		return translate(err, "token "+name)
	})
}
