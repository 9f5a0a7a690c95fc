// Package staff is who works here: accounts, roles, one-time links, tokens.
package staff

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// The roles. An admin may do everything; a supervisor may do what an agent may, and more.
const (
	Agent      = "agent"
	Supervisor = "supervisor"
	Editor     = "editor"
	Admin      = "admin"
)

// Roles returns every role there is.
func Roles() []string { return []string{Agent, Supervisor, Editor, Admin} }

// Errors of this package; callers match them with errors.Is.
var (
	ErrNotFound = errors.New("no such account")
	ErrExists   = errors.New("the name is taken already")
	ErrInvalid  = errors.New("not acceptable")
	ErrWrong    = errors.New("e-mail address or password is wrong")
	ErrLocked   = errors.New("too many wrong tries; locked for a while")
	ErrLink     = errors.New("the link was used already or has expired")
	ErrToken    = errors.New("no such token")
)

// Person is somebody who works for a shop. The same e-mail address in two shops is two persons.
type Person struct {
	ShopID   uuid.UUID  `db:"shop_id" json:"-"`
	ID       uuid.UUID  `db:"staff_id" json:"id"`
	Email    string     `db:"email" json:"email"` // lower case
	Name     string     `db:"name" json:"name"`   // as shoppers see it
	Locale   string     `db:"locale" json:"locale"`
	Roles    []string   `db:"roles" json:"roles"`
	Disabled bool       `db:"disabled" json:"disabled"`
	SeenAt   *time.Time `db:"seen_at" json:"seen_at,omitempty"`
	// Generation counts the person's passwords; a session that began under an older one is over.
	Generation int `db:"password_generation" json:"-"`
}

// Has says whether the person may do what the role may.
func (p Person) Has(role string) bool {
	return !p.Disabled && (slices.Contains(p.Roles, role) || slices.Contains(p.Roles, Admin) ||
		role == Agent && slices.Contains(p.Roles, Supervisor))
}

// Store keeps accounts, links and tokens. Its methods may be called concurrently.
type Store struct {
	pool   *pgxpool.Pool
	hashes chan struct{} // room for password hashes in work; each takes 19 MiB
}

// New returns the store on this pool.
func New(pool *pgxpool.Pool) *Store {
	return &Store{pool: pool, hashes: make(chan struct{}, 4)}
}

const columns = `shop_id, staff_id, email, name, locale, roles, disabled, seen_at, password_generation`

// Add adds a person, who has no password yet: give one with SetPassword or let them in with MakeLink. ErrExists when
// the shop has somebody with this address, ErrInvalid when address, name or roles are not acceptable.
func (s *Store) Add(ctx context.Context, p Person) (added Person, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		added, err = s.AddTx(ctx, tx, p)
		return err
	})
	return added, err
}

// AddTx is Add in the caller's transaction.
func (s *Store) AddTx(ctx context.Context, tx pgx.Tx, p Person) (Person, error) {
	p, err := check(p)
	if err != nil {
		return Person{}, err
	}
	if p.ID == uuid.Nil {
		p.ID = uuid.Must(uuid.NewV7())
	}
	_, err = tx.Exec(ctx, `
		insert into staff (shop_id, staff_id, email, name, roles, locale, disabled) values ($1, $2, $3, $4, $5, $6, $7)`,
		p.ShopID, p.ID, p.Email, p.Name, p.Roles, p.Locale, p.Disabled)
	return p, translate(err, "account "+p.Email)
}

// Update changes address, name, locale, roles and whether the account is disabled.
func (s *Store) Update(ctx context.Context, p Person) error {
	p, err := check(p)
	if err != nil {
		return err
	}
	tag, err := s.pool.Exec(ctx, `
		update staff set email = $3, name = $4, roles = $5, locale = $6, disabled = $7
		where shop_id = $1 and staff_id = $2 and not service`, p.ShopID, p.ID, p.Email, p.Name, p.Roles, p.Locale, p.Disabled)
	if err == nil && tag.RowsAffected() == 0 {
		err = pgx.ErrNoRows
	}
	return translate(err, "account "+p.ID.String())
}

// List returns the shop's people, by name. Tokens are not people.
func (s *Store) List(ctx context.Context, shopID uuid.UUID) ([]Person, error) {
	rows, err := s.pool.Query(ctx, `select `+columns+` from staff where shop_id = $1 and not service order by disabled, name, staff_id`, shopID)
	if err != nil {
		return nil, fmt.Errorf("people of shop %s: %w", shopID, err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[Person])
}

// Person returns one person, or ErrNotFound.
func (s *Store) Person(ctx context.Context, shopID, id uuid.UUID) (Person, error) {
	return s.one(ctx, "account "+id.String(), `select `+columns+` from staff where shop_id = $1 and staff_id = $2`, shopID, id)
}

// ByEmail returns the person with this address, or ErrNotFound.
func (s *Store) ByEmail(ctx context.Context, shopID uuid.UUID, email string) (Person, error) {
	return s.one(ctx, "account "+email, `select `+columns+` from staff where shop_id = $1 and email = $2 and not service`, shopID, fold(email))
}

// Seen notes that the person is at work now. It writes at most twice a minute.
func (s *Store) Seen(ctx context.Context, shopID, id uuid.UUID) error {
	_, err := s.pool.Exec(ctx, `update staff set seen_at = now()
		where shop_id = $1 and staff_id = $2 and (seen_at is null or seen_at < now() - interval '30 seconds')`, shopID, id)
	return translate(err, "account "+id.String())
}

func (s *Store) one(ctx context.Context, what, sql string, args ...any) (Person, error) {
	rows, err := s.pool.Query(ctx, sql, args...)
	if err != nil {
		return Person{}, translate(err, what)
	}
	p, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Person])
	return p, translate(err, what)
}

func fold(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func check(p Person) (Person, error) {
	p.Email, p.Name = fold(p.Email), strings.TrimSpace(p.Name)
	if a, err := mail.ParseAddress(p.Email); err != nil || a.Address != p.Email || len(p.Email) > 254 {
		return p, fmt.Errorf("e-mail address %q: %w", p.Email, ErrInvalid)
	}
	if p.Name == "" {
		p.Name, _, _ = strings.Cut(p.Email, "@")
	}
	if utf8.RuneCountInString(p.Name) > 80 {
		return p, fmt.Errorf("name of %s: %w: 80 characters at most", p.Email, ErrInvalid)
	}
	if len(p.Roles) == 0 {
		return p, fmt.Errorf("roles of %s: %w: at least one", p.Email, ErrInvalid)
	}
	for _, role := range p.Roles {
		if !slices.Contains(Roles(), role) {
			return p, fmt.Errorf("role %q: %w: one of %s", role, ErrInvalid, strings.Join(Roles(), ", "))
		}
	}
	return p, nil
}

// translate turns the driver's errors into those of this package; what names the thing asked for.
func translate(err error, what string) error { return Translate(err, what, ErrNotFound, ErrExists) }

// Translate says what went wrong with what, nil for nothing: a row, or one that it refers to, that does not exist as missing, one
// that stands in the way as exists, and everything else as the driver has it.
func Translate(err error, what string, missing, exists error) error {
	var refused *pgconn.PgError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, pgx.ErrNoRows):
		err = missing
	case errors.As(err, &refused) && refused.Code == "23505": // unique_violation
		err = exists
	case errors.As(err, &refused) && refused.Code == "23503": // foreign_key_violation
		err = missing
	}
	return fmt.Errorf("%s: %w", what, err)
}
