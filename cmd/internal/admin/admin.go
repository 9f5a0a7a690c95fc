// Package admin is the settings and the figures.
package admin

import (
	"context"
	"embed"
	"log/slog"
	"net/http"
	"time"
	"unicode/utf8"

	"frontdesk/bot/channel"
	"frontdesk/bot/channel/webhook"
	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

// Pages, Locales and Styles are this part's templates, texts and looks.
var (
	//go:embed pages/*.html
	Pages embed.FS
	//go:embed locales/*.json
	Locales embed.FS
	//go:embed admin.css
	Styles string
)

// Config is what a Face is made of.
type Config struct {
	Base     *knowledge.Base
	Channels *channel.Store
	Sender   *webhook.Sender
	Staff    *staff.Store
	Desk     *handoff.Desk
	Store    *conversation.Store
	// Link makes a sign-in link that works once and leads to a path of this site, "" for the person's own work.
	Link func(ctx context.Context, p staff.Person, next string) (string, error)
	// AddShop makes a shop that is ready to work, all or nothing: its desk, its widget's channel and its owner with it.
	AddShop func(ctx context.Context, s knowledge.Shop, owner staff.Person) (knowledge.Shop, staff.Person, error)
	// CheckModel asks the shop's model something small; nil when it answers.
	CheckModel func(ctx context.Context, s knowledge.Shop) error
	// Budget is what the model may cost the shop on a day, the product's own where the shop sets none.
	Budget func(s knowledge.Shop) conversation.Budget
	// Model is what is in force for the shop, knowledge.NoModel for none, and where it is asked, without secrets; "" for its maker's.
	Model          func(s knowledge.Shop) (name, endpoint string)
	EmbeddingModel string // "" for the built-in one
	Public         string // the site's address, without a slash at the end
	Log            *slog.Logger
}

// Face answers the admins' requests.
type Face struct{ Config }

// New returns the face.
func New(c Config) *Face { return &Face{c} }

const maxForm = "256K"

// Routes adds the pages to the group of /admin. Require makes the middleware that lets only people with one of the roles pass.
func (f *Face) Routes(g *echo.Group, require func(roles ...string) echo.MiddlewareFunc) {
	g.Use(middleware.BodyLimit(maxForm), private, wellFormed)
	figures := g.Group("/figures", require(staff.Supervisor))
	figures.GET("", f.figures)
	figures.GET("/:table", f.exportFigures)

	s := g.Group("", require(staff.Admin))
	s.GET("", f.overview)
	s.GET("/shop", f.shop)
	s.POST("/shop", f.saveShop)
	s.GET("/channels", f.channels)
	s.POST("/channels", f.addChannel)
	s.GET("/channels/:channel", f.channel)
	s.POST("/channels/:channel", f.saveChannel)
	s.POST("/channels/:channel/rotate", f.rotate)
	s.POST("/channels/:channel/test", f.sendTest)
	s.POST("/deliveries/:delivery/again", f.sendAgain)
	s.GET("/model", f.model)
	s.POST("/model", f.saveModel)
	s.POST("/model/check", f.checkModel)
	s.POST("/model/budget", f.saveBudget)
	s.GET("/people", f.people)
	s.POST("/people", f.addPerson)
	s.GET("/people/:person", f.person)
	s.POST("/people/:person", f.savePerson)
	s.POST("/people/:person/link", f.newLink)
	s.POST("/people/:person/unlock", f.unlock)
	s.GET("/tokens", f.tokens)
	s.POST("/tokens", f.addToken)
	s.POST("/tokens/:name/revoke", f.revokeToken)
	s.GET("/hours", f.hours)
	s.POST("/hours", f.saveHours)
	s.POST("/clocks", f.saveClocks)
	s.GET("/shops", f.shops)
	s.POST("/shops", f.addShop)
	s.GET("/audit", f.audit)
}

// private keeps these pages, some of which show a secret once, out of every cache.
func private(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		c.Response().Header().Set("Cache-Control", "no-store")
		return next(c)
	}
}

// wellFormed refuses text that the database could not keep: not UTF-8, or with a NUL in it.
func wellFormed(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		values, err := c.FormParams()
		if err != nil {
			return echo.NewHTTPError(http.StatusBadRequest, "the form cannot be read")
		}
		for _, list := range values {
			for _, v := range list {
				if !storable(v) {
					return echo.NewHTTPError(http.StatusUnprocessableEntity, "text that is not UTF-8")
				}
			}
		}
		for _, v := range c.ParamValues() {
			if !storable(v) {
				return echo.ErrNotFound
			}
		}
		return next(c)
	}
}

func storable(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for i := range len(s) {
		if s[i] == 0 {
			return false
		}
	}
	return true
}

// today is the begin of the day at the shop.
func today(shop knowledge.Shop) time.Time {
	year, month, day := time.Now().In(shop.Location()).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, shop.Location())
}
