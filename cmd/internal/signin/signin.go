// Package signin is the door for staff: sessions, the sign-in page, one-time links, bearer tokens, and who may pass.
package signin

import (
	"context"
	"embed"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"frontdesk/cmd/internal/pages"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"

	"github.com/alexedwards/scs/pgxstore"
	"github.com/alexedwards/scs/v2"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/labstack/echo/v4"
)

// Pages and Locales are this part's templates and texts.
var (
	//go:embed pages/*.html
	Pages embed.FS
	//go:embed locales/*.json
	Locales embed.FS
)

const (
	sessionFor = 12 * time.Hour
	personKey  = "frontdesk.person"
	shopKey    = "frontdesk.shop"
)

// Door lets people in.
type Door struct {
	sessions *scs.SessionManager
	stop     context.CancelFunc
	staff    *staff.Store
	base     *knowledge.Base
}

// New returns a door with its sessions in PostgreSQL. Secure says that the site is served over TLS.
func New(pool *pgxpool.Pool, people *staff.Store, base *knowledge.Base, secure bool) *Door {
	store := pgxstore.NewWithCleanupInterval(pool, 0) // its own cleaning cannot be stopped without a race
	sessions := scs.New()
	sessions.Store = store
	sessions.Lifetime = sessionFor
	sessions.Cookie.Name = "frontdesk_session"
	sessions.Cookie.HttpOnly = true
	sessions.Cookie.SameSite = http.SameSiteLaxMode
	sessions.Cookie.Secure = secure
	sessions.HashTokenInStore = true
	ctx, stop := context.WithCancel(context.Background())
	go forgetOldSessions(ctx, pool)
	return &Door{sessions: sessions, stop: stop, staff: people, base: base}
}

// Close stops clearing out old sessions.
func (d *Door) Close() { d.stop() }

// forgetOldSessions deletes what has expired, now and then. A database that is away is tried again the next time.
func forgetOldSessions(ctx context.Context, pool *pgxpool.Pool) {
	tick := time.NewTicker(5 * time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			_, _ = pool.Exec(ctx, `delete from sessions where expiry < now()`)
		}
	}
}

// Sessions is the middleware that loads the session and whose it is; it comes before every page.
func (d *Door) Sessions(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		d.sessions.LoadAndSave(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			c.SetRequest(r)
			c.SetResponse(echo.NewResponse(w, c.Echo()))
			if err = d.identify(c); err == nil {
				err = next(c)
			}
			if err != nil {
				c.Error(err) // inside, so that the session's cookie still goes out
				err = nil
			}
		})).ServeHTTP(c.Response().Writer, c.Request())
		return err
	}
}

func (d *Door) identify(c echo.Context) error {
	ctx := c.Request().Context()
	shopID, err := uuid.FromBytes(d.sessions.GetBytes(ctx, "shop"))
	if err != nil {
		return nil
	}
	id, err := uuid.FromBytes(d.sessions.GetBytes(ctx, "staff"))
	if err != nil {
		return nil
	}
	person, err := d.staff.Person(ctx, shopID, id)
	if errors.Is(err, staff.ErrNotFound) || person.Disabled {
		return nil
	}
	if err != nil {
		return err
	}
	if person.Generation != d.sessions.GetInt(ctx, "generation") { // the password has changed since
		return nil
	}
	return d.enter(c, person)
}

func (d *Door) enter(c echo.Context, person staff.Person) error {
	shop, err := d.base.Shop(c.Request().Context(), person.ShopID)
	if err != nil {
		return err
	}
	c.Set(personKey, person)
	c.Set(shopKey, shop)
	return nil
}

// Person tells who is signed in.
func Person(c echo.Context) (staff.Person, bool) {
	p, ok := c.Get(personKey).(staff.Person)
	return p, ok
}

// Shop tells which shop the signed-in person works for.
func Shop(c echo.Context) knowledge.Shop {
	shop, _ := c.Get(shopKey).(knowledge.Shop)
	return shop
}

// Who is Person in the form that the pages' shell shows.
func Who(c echo.Context) *pages.Who {
	p, ok := Person(c)
	if !ok {
		return nil
	}
	shop := Shop(c)
	return &pages.Who{Name: p.Name, ShopName: shop.DisplayName, Roles: p.Roles, Locale: p.Locale, Zone: shop.Location().String()}
}

// Require lets only people with one of the roles pass: others are asked to sign in, or told that it is not for them.
func (d *Door) Require(roles ...string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			p, ok := Person(c)
			if !ok {
				if c.Request().Method == http.MethodGet && strings.Contains(c.Request().Header.Get("Accept"), "text/html") {
					return c.Redirect(http.StatusSeeOther, "/sign-in?next="+url.QueryEscape(c.Request().URL.RequestURI()))
				}
				return echo.ErrUnauthorized
			}
			return pass(c, p, roles, next)
		}
	}
}

// RequireToken is Require for programs: an Authorization header with a bearer token of one of the roles.
func (d *Door) RequireToken(roles ...string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			bearer, ok := strings.CutPrefix(c.Request().Header.Get("Authorization"), "Bearer ")
			if !ok {
				return echo.ErrUnauthorized
			}
			token, err := d.staff.Token(c.Request().Context(), bearer)
			if errors.Is(err, staff.ErrToken) {
				return echo.ErrUnauthorized
			}
			if err != nil {
				return err
			}
			if err := d.enter(c, token.Person()); err != nil {
				return err
			}
			return pass(c, token.Person(), roles, next)
		}
	}
}

func pass(c echo.Context, p staff.Person, roles []string, next echo.HandlerFunc) error {
	for _, role := range roles {
		if p.Has(role) {
			return next(c)
		}
	}
	return echo.ErrForbidden
}

func (d *Door) signIn(c echo.Context, p staff.Person) error {
	ctx := c.Request().Context()
	if err := d.sessions.RenewToken(ctx); err != nil {
		return err
	}
	d.sessions.Put(ctx, "shop", p.ShopID[:])
	d.sessions.Put(ctx, "staff", p.ID[:])
	d.sessions.Put(ctx, "generation", p.Generation)
	return nil
}
