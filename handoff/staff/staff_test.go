package staff_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
)

func newStore(t testing.TB) (*staff.Store, *pgxpool.Pool, uuid.UUID) {
	t.Helper()
	pool := knowledgetest.Database(t, conversation.Migrate, handoff.Migrate)
	return staff.New(pool), pool, addShop(t, pool, "demo")
}

func addShop(t testing.TB, pool *pgxpool.Pool, slug string) uuid.UUID {
	t.Helper()
	id := uuid.Must(uuid.NewV7())
	if _, err := pool.Exec(context.Background(), `insert into shops (shop_id, slug, name, public_key) values ($1, $2, $2, $2)`, id, slug); err != nil {
		t.Fatal(err)
	}
	return id
}

func add(t testing.TB, s *staff.Store, shop uuid.UUID, email, password string, roles ...string) staff.Person {
	t.Helper()
	p, err := s.Add(context.Background(), staff.Person{ShopID: shop, Email: email, Roles: roles})
	if err != nil {
		t.Fatal(err)
	}
	if password != "" {
		if err := s.SetPassword(context.Background(), shop, p.ID, password); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

func want(t testing.TB, err, target error) {
	t.Helper()
	if !errors.Is(err, target) {
		t.Errorf("the error is %v, want %v", err, target)
	}
}

func TestRolesIncludeOthers(t *testing.T) {
	for _, c := range []struct{ has, may string }{
		{staff.Agent, "agent"}, {staff.Supervisor, "agent supervisor"}, {staff.Editor, "editor"}, {staff.Admin, "agent supervisor editor admin"},
	} {
		p := staff.Person{Roles: []string{c.has}}
		for _, role := range staff.Roles() {
			if got, ok := p.Has(role), strings.Contains(c.may, role); got != ok {
				t.Errorf("%s may do what %s may: %v, want %v", c.has, role, got, ok)
			}
		}
		p.Disabled = true
		if p.Has(c.has) {
			t.Errorf("a disabled %s may still work", c.has)
		}
	}
}

func TestAccountsAreUniqueWithinAShop(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, pool, shop := newStore(t)
	p := add(t, s, shop, " Mei@Example.com ", "", staff.Agent)
	if p.Email != "mei@example.com" || p.Name != "mei" {
		t.Errorf("added %+v", p)
	}
	_, err := s.Add(ctx, staff.Person{ShopID: shop, Email: "mei@example.com", Roles: []string{staff.Editor}})
	want(t, err, staff.ErrExists)
	add(t, s, addShop(t, pool, "other"), "mei@example.com", "", staff.Agent)
	for _, bad := range []staff.Person{
		{ShopID: shop, Email: "nobody", Roles: []string{staff.Agent}}, {ShopID: shop, Email: "a@example.com"},
		{ShopID: shop, Email: "a@example.com", Roles: []string{"owner"}}, {ShopID: shop, Email: "A <a@example.com>", Roles: []string{staff.Agent}},
	} {
		_, err := s.Add(ctx, bad)
		want(t, err, staff.ErrInvalid)
	}
	p.Name, p.Roles, p.Disabled = "Mei", []string{staff.Agent, staff.Editor}, true
	if err := s.Update(ctx, p); err != nil {
		t.Fatal(err)
	}
	list, err := s.List(ctx, shop)
	if err != nil || len(list) != 1 || list[0].Name != "Mei" || !list[0].Disabled {
		t.Errorf("the list is %+v (%v)", list, err)
	}
	_, err = s.Person(ctx, addShop(t, pool, "third"), p.ID)
	want(t, err, staff.ErrNotFound)
}

func TestSignInOpensTheAccountsThatThePasswordFits(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, pool, shop := newStore(t)
	other := addShop(t, pool, "other")
	add(t, s, shop, "mei@example.com", "correct horse", staff.Agent)
	add(t, s, other, "mei@example.com", "battery staple", staff.Agent)
	list, err := s.SignIn(ctx, "MEI@example.com", "battery staple")
	if err != nil || len(list) != 1 || list[0].ShopID != other {
		t.Errorf("signed in as %+v (%v)", list, err)
	}
	for _, c := range [][2]string{{"mei@example.com", "wrong password"}, {"nobody@example.com", "correct horse"}, {"mei@example.com", ""}} {
		_, err := s.SignIn(ctx, c[0], c[1])
		want(t, err, staff.ErrWrong)
	}
	p := add(t, s, shop, "new@example.com", "", staff.Agent)
	_, err = s.SignIn(ctx, "new@example.com", "")
	want(t, err, staff.ErrWrong)
	want(t, s.SetPassword(ctx, shop, p.ID, "short"), staff.ErrInvalid)
	if has, err := s.HasPassword(ctx, shop, p.ID); has || err != nil {
		t.Errorf("has a password: %v (%v)", has, err)
	}
	p.Disabled = true
	if err := errors.Join(s.SetPassword(ctx, shop, p.ID, "long enough"), s.Update(ctx, p)); err != nil {
		t.Fatal(err)
	}
	_, err = s.SignIn(ctx, "new@example.com", "long enough")
	want(t, err, staff.ErrWrong)
}

func TestTenWrongTriesLockTheAccount(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, pool, shop := newStore(t)
	add(t, s, shop, "mei@example.com", "correct horse", staff.Agent)
	var wrong, locked atomic.Int32
	var wg sync.WaitGroup
	for range 2 * staff.MaxTries { // at once, so that counting after comparing would let more through
		wg.Go(func() {
			switch _, err := s.SignIn(ctx, "mei@example.com", "a guess at it"); {
			case errors.Is(err, staff.ErrWrong):
				wrong.Add(1)
			case errors.Is(err, staff.ErrLocked):
				locked.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if wrong.Load() != staff.MaxTries || locked.Load() != staff.MaxTries {
		t.Errorf("%d tries were compared and %d locked out, want %d of each", wrong.Load(), locked.Load(), staff.MaxTries)
	}
	_, err := s.SignIn(ctx, "mei@example.com", "correct horse")
	want(t, err, staff.ErrLocked)
	if _, err := pool.Exec(ctx, `update staff set locked_until = now() - interval '1 second'`); err != nil {
		t.Fatal(err)
	}
	if list, err := s.SignIn(ctx, "mei@example.com", "correct horse"); err != nil || len(list) != 1 {
		t.Errorf("after the lock: %+v (%v)", list, err)
	}
	_, err = s.SignIn(ctx, "mei@example.com", "one wrong try")
	want(t, err, staff.ErrWrong)
	if _, err = s.SignIn(ctx, "mei@example.com", "correct horse"); err != nil {
		t.Errorf("one wrong try after the lock: %v", err)
	}
}

func TestALinkSignsInOnce(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, pool, shop := newStore(t)
	p := add(t, s, shop, "mei@example.com", "", staff.Agent)
	token, err := s.MakeLink(ctx, shop, p.ID, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		want(t, s.LinkStands(ctx, token), nil)
	}
	var won atomic.Int32
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			got, err := s.UseLink(ctx, token)
			if err == nil && got.ID == p.ID {
				won.Add(1)
			} else {
				want(t, err, staff.ErrLink)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 {
		t.Errorf("the link signed in %d times", won.Load())
	}
	var clear bool
	if err := pool.QueryRow(ctx, `select exists (select from sign_in_links where position(convert_to($1, 'utf8') in token_hash) > 0)`, token).Scan(&clear); err != nil || clear {
		t.Errorf("the token is kept in clear: %v (%v)", clear, err)
	}
	late, err := s.MakeLink(ctx, shop, p.ID, -time.Second)
	if err != nil {
		t.Fatal(err)
	}
	want(t, s.LinkStands(ctx, token), staff.ErrLink)
	for _, token := range []string{late, "", "nonsense", token + "A", "💥", strings.Repeat("A", 54)} {
		_, err := s.UseLink(ctx, token)
		want(t, err, staff.ErrLink)
		want(t, s.LinkStands(ctx, token), staff.ErrLink)
	}
	_, err = s.MakeLink(ctx, addShop(t, pool, "other"), p.ID, time.Minute)
	want(t, err, staff.ErrNotFound)
}

func TestTokensActAsServiceAccounts(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s, pool, shop := newStore(t)
	secret, err := s.AddToken(ctx, shop, staff.Agent, "crm")
	if err != nil || !strings.HasPrefix(secret, staff.TokenPrefix) {
		t.Fatalf("the secret is %q (%v)", secret, err)
	}
	_, err = s.AddToken(ctx, shop, staff.Agent, "crm")
	want(t, err, staff.ErrExists)
	for _, bad := range [][2]string{{staff.Agent, "Has Spaces"}, {"owner", "crm2"}} {
		_, err = s.AddToken(ctx, shop, bad[0], bad[1])
		want(t, err, staff.ErrInvalid)
	}
	if _, err := s.AddToken(ctx, addShop(t, pool, "other"), staff.Agent, "crm"); err != nil {
		t.Fatal(err)
	}
	token, err := s.Token(ctx, secret)
	if p := token.Person(); err != nil || token.ShopID != shop || !p.Has(staff.Agent) || p.Has(staff.Editor) || p.Name != "crm" {
		t.Errorf("the token is %+v (%v)", token, err)
	}
	for _, bearer := range []string{"", "fd_", "fd_nonsense", secret[3:], secret + "A"} {
		_, err := s.Token(ctx, bearer)
		want(t, err, staff.ErrToken)
	}
	if list, err := s.List(ctx, shop); err != nil || len(list) != 0 {
		t.Errorf("the token is listed among people: %+v (%v)", list, err)
	}
	if list, err := s.Tokens(ctx, shop); err != nil || len(list) != 1 || list[0].UsedAt == nil {
		t.Errorf("the tokens are %+v (%v)", list, err)
	}
	if err := s.Revoke(ctx, shop, "crm"); err != nil {
		t.Fatal(err)
	}
	want(t, s.Revoke(ctx, shop, "crm"), staff.ErrToken)
	_, err = s.Token(ctx, secret)
	want(t, err, staff.ErrToken)
	if _, err := s.AddToken(ctx, shop, staff.Editor, "crm"); err != nil {
		t.Errorf("the name of a revoked token is still taken: %v", err)
	}
}
