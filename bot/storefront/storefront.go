// Package storefront is the shop's side: signed webhooks in, the widget and its API, the demo shop page.
package storefront

import (
	"context"
	"embed"
	"fmt"
	"log/slog"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/labstack/echo/v4"
)

//go:generate go tool oapi-codegen -config oapi.yaml openapi.yaml

// OpenAPI describes the webhook and the widget's API.
//
//go:embed openapi.yaml
var OpenAPI []byte

// Pages are the templates of the demo shop; "storefront/shop" stands on its own, without the staff's shell.
//
//go:embed pages/*.html
var Pages embed.FS

// Locales are the texts of the demo shop and the widget's greeting.
//
//go:embed locales/*.json
var Locales embed.FS

// Desk is what the human side does for a shopper. Its methods act on one conversation of the shop.
type Desk interface {
	// Place tells where the conversation stands in the queue, and whether anybody is on duty.
	Place(ctx context.Context, shopID, conversationID uuid.UUID) (conversation.Place, error)
	// Rate keeps the shopper's score, 1 to 5, of how the newest case went. What also does stands exactly when the score does.
	Rate(ctx context.Context, shopID, conversationID uuid.UUID, score int, comment string, also ...func(pgx.Tx) error) error
	// LeaveContact keeps where the shopper wants to be reached.
	LeaveContact(ctx context.Context, shopID, conversationID uuid.UUID, contact conversation.Contact) error
	// Shared returns what a colleague is told, as the shopper may read it.
	Shared(ctx context.Context, shopID, conversationID uuid.UUID) (conversation.Shared, error)
	// Correct adds the shopper's own words to it.
	Correct(ctx context.Context, shopID, conversationID uuid.UUID, words conversation.Correction) error
	// Withdraw gives a conversation that waits back to the bot, unless it must not: then done is false.
	Withdraw(ctx context.Context, shopID, conversationID uuid.UUID) (done bool, err error)
}

// Limits are requests a second and how many may come at once; a zero value is the product's default.
type Limits struct {
	Channel, Visitor, Address                float64 // of one webhook channel, one conversation's writer, one network address
	ChannelBurst, VisitorBurst, AddressBurst int

	Images      float64 // images a second of one network address, and how many may come at once
	ImagesBurst int
	Stored      conversation.ImageLimits
}

// stored are the limits of what is kept where nothing else is said.
func (l Limits) stored() conversation.ImageLimits {
	s := l.Stored
	if s.Conversation <= 0 {
		s.Conversation = 30
	}
	if s.Day <= 0 {
		s.Day = 3000
	}
	if s.DayBytes <= 0 {
		s.DayBytes = 2 << 30
	}
	return s
}

// Config is what a Face is made of.
type Config struct {
	Base      *knowledge.Base
	Store     *conversation.Store
	Channels  *channel.Store
	Responder *bot.Responder
	Feed      *conversation.Feed
	Desk      Desk
	Public    string // the address under which shoppers reach us, such as https://chat.example.com; "" = as requested
	Tokens    string // the style sheet with the custom properties that the pages and the widget share
	Limits    Limits
	Log       *slog.Logger
}

// Face answers the shop's side.
type Face struct {
	base        *knowledge.Base
	store       *conversation.Store
	responder   *bot.Responder
	feed        *conversation.Feed
	desk        Desk
	public      string
	log         *slog.Logger
	doors       *doors
	popular     *popular
	assets      *assets
	texts       texts
	channels    *gate // webhook requests, by channel
	visitors    *gate // what one visitor writes
	addresses   *gate // everything, by network address
	streams     *streams
	uploads     *uploads
	decodes     chan struct{} // images being decoded: each takes up to 100 MB for a moment
	imageLimits conversation.ImageLimits
	closing     context.Context
	close       context.CancelFunc
}

// New returns a face; it bundles the widget, which takes some milliseconds.
func New(c Config) (*Face, error) {
	assets, err := buildAssets(c.Tokens)
	if err != nil {
		return nil, fmt.Errorf("storefront: %w", err)
	}
	texts, err := readTexts()
	if err != nil {
		return nil, fmt.Errorf("storefront: %w", err)
	}
	l := c.Limits
	closing, cancel := context.WithCancel(context.Background())
	return &Face{
		base: c.Base, store: c.Store, responder: c.Responder, feed: c.Feed, desk: c.Desk, public: c.Public, log: c.Log,
		doors: newDoors(c.Base, c.Channels), popular: newPopular(c.Base), assets: assets, texts: texts,
		channels:  newGate(l.Channel, l.ChannelBurst, 200, 400),
		visitors:  newGate(l.Visitor, l.VisitorBurst, 4, 30),
		addresses: newGate(l.Address, l.AddressBurst, 50, 300),
		streams:   newStreams(maxStreams), uploads: newUploads(l.Images, l.ImagesBurst), imageLimits: l.stored(), decodes: make(chan struct{}, 2), closing: closing, close: cancel,
	}, nil
}

// Close ends every event stream, so that a server that shuts down need not wait for them.
func (f *Face) Close() { f.close() }

// Routes adds the shop's side to the server. Streams set their own write deadlines: keep compression and timeouts off them.
func (f *Face) Routes(e *echo.Echo) {
	e.POST("/webhooks/:shop/:channel", f.webhook, f.problems)
	e.GET("/widget.js", f.widget(f.assets.widget))
	e.GET("/widget.css", f.widget(f.assets.style))
	e.GET("/shop/:slug", f.shop)
	e.GET("/storefront/assets/:name", f.asset)

	const api = "/api/storefront/:key"
	guards := []echo.MiddlewareFunc{f.problems, f.bounded, f.admit, f.origin}
	e.OPTIONS(api+"/*", f.preflight, guards...)
	RegisterHandlers(guarded{e, guards}, NewStrictHandler(f, nil))
	e.GET(api+"/events", f.events, guards...)
	e.POST(api+"/images", f.postImage, guards...)
	e.GET(api+"/images/:image", f.getImage, guards...)
}

// guarded puts the guards around the generated routes and leaves the rest of the server alone.
type guarded struct {
	*echo.Echo
	guards []echo.MiddlewareFunc
}

// GET adds a guarded route.
func (g guarded) GET(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return g.Echo.GET(path, h, append(g.guards, m...)...)
}

// POST adds a guarded route.
func (g guarded) POST(path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) *echo.Route {
	return g.Echo.POST(path, h, append(g.guards, m...)...)
}

const (
	storeTimeout = 8 * time.Second // then a request gives up on the database
	maxStreams   = 12              // open event streams of one visitor: tabs, and those that a lost network left behind
)
