// Package inbox is the agents' pages and their JSON API.
package inbox

import (
	"context"
	"embed"
	"log/slog"
	"net/http"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v4"
)

//go:generate go tool oapi-codegen -config oapi.yaml openapi.yaml

// OpenAPI describes the agents' JSON API.
//
//go:embed openapi.yaml
var OpenAPI []byte

// Pages are the templates "inbox/queue" and "inbox/team".
//
//go:embed pages/*.html
var Pages embed.FS

// Locales are the texts of the pages, their ids beginning with "inbox.".
//
//go:embed locales/*.json
var Locales embed.FS

// Styles are what the pages need beyond the shell's.
//
//go:embed inbox.css
var Styles string

// Config is what a Face is made of.
type Config struct {
	Desk  *handoff.Desk
	Store *conversation.Store
	Staff *staff.Store
	Feed  *conversation.Feed
	// Who tells who is signed in, or whose token a call of the API bears; false for nobody.
	Who func(echo.Context) (staff.Person, bool)
	// Zone is the clock that times are shown on.
	Zone func(ctx context.Context, shopID uuid.UUID) *time.Location
	// Forget takes out what others keep of a conversation that is erased, in the same transaction; nil: nobody keeps anything.
	Forget func(ctx context.Context, tx pgx.Tx, shopID, conversationID uuid.UUID) error
	// Suggest puts a question, in this language, that an agent had to answer before the editors; nil: nobody edits.
	Suggest func(ctx context.Context, shopID, conversationID uuid.UUID, question, language string) error
	// Find searches the published articles for an agent, best first; nil: there is nothing to search.
	Find func(ctx context.Context, l Lookup) ([]Article, error)
	// Rewords asks a shop's model about an agent's words; nil: there is no model anywhere.
	Rewords Rewords
	// Public is the site's own address as others see it: links to pictures that agents send begin with it.
	Public string
	Log    *slog.Logger
}

// Rewords is a model that helps with the wording of replies.
type Rewords interface {
	// Can says whether this shop has one.
	Can(ctx context.Context, shopID uuid.UUID) bool
	Reword(ctx context.Context, r Rewording) (Reworded, error)
}

// Face answers the agents' requests.
type Face struct {
	desk  *handoff.Desk
	store *conversation.Store
	staff *staff.Store
	feed  *conversation.Feed
	who   func(echo.Context) (staff.Person, bool)
	zone  func(ctx context.Context, shopID uuid.UUID) *time.Location
	log   *slog.Logger

	forget func(ctx context.Context, tx pgx.Tx, shopID, conversationID uuid.UUID) error

	suggest  func(ctx context.Context, shopID, conversationID uuid.UUID, question, language string) error
	articles func(ctx context.Context, l Lookup) ([]Article, error)
	rewords  Rewords
	public   string
	decodes  chan struct{} // pictures being decoded
	watchers watchers
}

// New returns the face of this desk.
func New(c Config) *Face {
	return &Face{desk: c.Desk, store: c.Store, staff: c.Staff, feed: c.Feed, who: c.Who, zone: c.Zone, log: c.Log, forget: c.Forget,
		suggest: c.Suggest, articles: c.Find, rewords: c.Rewords, public: c.Public, decodes: make(chan struct{}, 2), watchers: watchers{open: map[[2]uuid.UUID]int{}}}
}

// Routes adds the pages to the group of /inbox. They are rendered by the shell, which must be the renderer by the time of
// the first request.
func (f *Face) Routes(g *echo.Group) {
	pages := g.Group("", f.agentsOnly, byScript)
	pages.GET("", f.queue)
	pages.GET("/", func(c echo.Context) error { return c.Redirect(http.StatusMovedPermanently, "/inbox") })
	pages.GET("/events", f.events)
	f.teamRoutes(pages.Group("/team", supervisorsOnly))
	one := pages.Group("/:id", f.ownConversation)
	one.GET("", f.thread)
	one.GET("/articles", f.lookUp)
	one.POST("/find", f.search)
	one.POST("/reword", f.reword)
	one.GET("/export", f.export)
	one.GET("/images/:image", f.image)
	one.POST("/claim", f.claim)
	one.POST("/takeover", f.takeOver)
	one.POST("/reply", f.reply)
	one.POST("/draft", f.draft)
	one.POST("/insert", f.insert)
	one.POST("/note", f.note)
	one.POST("/transfer", f.transfer)
	one.POST("/return", f.giveBack)
	one.POST("/resolve", f.resolve)
	one.POST("/snooze", f.snooze)
	one.POST("/wake", f.wake)
	one.POST("/solved", f.solved)
	one.POST("/planned", f.planned)
	one.POST("/confirm", f.confirm)
	one.POST("/suggest", f.suggestArticle)
	one.POST("/block", f.block)
	one.POST("/unblock", f.unblock)
	one.POST("/erase", f.eraseAll)
	one.POST("/promise", f.promise)
	one.POST("/promise/:promise/keep", f.keepPromise)
	one.POST("/pledge", f.settlePledge)
}

// Public adds what is open to whoever has a link: the pictures that agents have sent.
func (f *Face) Public(e *echo.Echo) { e.GET("/pictures/:shop/:image/:key", f.linked) }

// API adds the operations of OpenAPI to the group of /api/inbox.
func (f *Face) API(g *echo.Group) {
	calls := g.Group("", problems, f.agentsOnly, callers)
	RegisterHandlers(calls, NewStrictHandler(api{f}, nil))
}
