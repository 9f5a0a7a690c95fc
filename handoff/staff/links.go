package staff

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const secretBytes = 24

// newSecret returns a secret that begins with the shop it belongs to, so that looking it up asks one shop only.
func newSecret(shopID uuid.UUID) string {
	raw := make([]byte, len(shopID)+secretBytes)
	copy(raw, shopID[:])
	rand.Read(raw[len(shopID):]) // never fails
	return base64.RawURLEncoding.EncodeToString(raw)
}

// readSecret returns the shop that a secret names and the hash under which it is kept.
func readSecret(secret string) (shopID uuid.UUID, hash []byte, ok bool) {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(secret)
	if err != nil || len(raw) != len(shopID)+secretBytes {
		return uuid.Nil, nil, false
	}
	copy(shopID[:], raw)
	sum := sha256.Sum256(raw)
	return shopID, sum[:], true
}

// MakeLink returns the token of a link that signs the person in once, within ttl. Only its hash is kept.
func (s *Store) MakeLink(ctx context.Context, shopID, staffID uuid.UUID, ttl time.Duration) (token string, err error) {
	token = newSecret(shopID)
	_, hash, _ := readSecret(token)
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `delete from sign_in_links where shop_id = $1 and expires_at < now()`, shopID); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `insert into sign_in_links (shop_id, token_hash, staff_id, expires_at)
			values ($1, $2, $3, now() + $4::interval)`, shopID, hash, staffID, ttl)
		return err
	})
	if err != nil {
		return "", translate(err, "link for account "+staffID.String())
	}
	return token, nil
}

// LinkStands says whether a link still signs somebody in, and leaves it unused; ErrLink where it does not.
func (s *Store) LinkStands(ctx context.Context, token string) error {
	shopID, hash, ok := readSecret(token)
	if !ok {
		return ErrLink
	}
	var stands bool
	err := s.pool.QueryRow(ctx, `
		select exists (select from sign_in_links l join staff s using (shop_id, staff_id)
			where l.shop_id = $1 and l.token_hash = $2 and l.used_at is null and l.expires_at > now() and not s.disabled and not s.service)`, shopID, hash).Scan(&stands)
	if err == nil && !stands {
		err = ErrLink
	}
	if err != nil {
		return fmt.Errorf("link into shop %s: %w", shopID, err)
	}
	return nil
}

// UseLink returns whom the link signs in, the first time; after that, and when it expired, ErrLink. It lifts the
// account's lock.
func (s *Store) UseLink(ctx context.Context, token string) (Person, error) {
	shopID, hash, ok := readSecret(token)
	if !ok {
		return Person{}, ErrLink
	}
	p, err := s.one(ctx, "link", `
		with link as (
			update sign_in_links set used_at = now()
			where shop_id = $1 and token_hash = $2 and used_at is null and expires_at > now()
			returning shop_id, staff_id
		)
		update staff s set failed_tries = 0, locked_until = null, seen_at = now()
		from link where s.shop_id = link.shop_id and s.staff_id = link.staff_id and not s.disabled and not s.service
		returning s.shop_id, s.staff_id, s.email, s.name, s.locale, s.roles, s.disabled, s.seen_at, s.password_generation`, shopID, hash)
	if errors.Is(err, ErrNotFound) {
		return Person{}, fmt.Errorf("link into shop %s: %w", shopID, ErrLink)
	}
	return p, err
}
