package main

import (
	"context"
	"net"
	"net/http"
	"strings"

	"frontdesk/bot"
	"frontdesk/bot/storefront"
	"frontdesk/cmd/internal/admin"
	"frontdesk/cmd/internal/pages"
	"frontdesk/cmd/internal/signin"
	"frontdesk/handoff/inbox"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"
	"frontdesk/knowledge/editor"
	"frontdesk/knowledge/exam"
	"frontdesk/knowledge/importer"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// handler puts the faces behind one door. Close it when the last request is done.
func (a *app) handler() (e *echo.Echo, closeAll func(), err error) {
	e = echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = a.config.ipExtractor()
	door := signin.New(a.pool, a.staff, a.base, strings.HasPrefix(a.config.publicURL(), "https://"))
	assets, err := pages.BuildAssets(inbox.Styles, editor.Styles, admin.Styles)
	if err != nil {
		return nil, nil, err
	}
	renderer, err := pages.New(assets, signin.Who,
		pages.Part{Pages: signin.Pages, Locales: signin.Locales},
		pages.Part{Pages: inbox.Pages, Locales: inbox.Locales},
		pages.Part{Pages: editor.Pages, Locales: editor.Locales},
		pages.Part{Pages: admin.Pages, Locales: admin.Locales},
		pages.Part{Pages: storefront.Pages, Locales: storefront.Locales})
	if err != nil {
		return nil, nil, err
	}
	e.Renderer = renderer
	e.HTTPErrorHandler = a.errorHandler(renderer)
	e.Use(middleware.RequestIDWithConfig(middleware.RequestIDConfig{Generator: newRequestID}), a.observe, middleware.RecoverWithConfig(middleware.RecoverConfig{DisablePrintStack: true, LogErrorFunc: a.panicked}), a.secured)
	assets.Routes(e)
	e.GET("/favicon.svg", favicon)
	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok") })
	e.GET("/readyz", a.ready)
	e.GET("/metrics", echo.WrapHandler(promhttp.HandlerFor(a.metrics.registry, promhttp.HandlerOpts{})), loopbackOnly)
	e.POST("/locale", pages.SetLocale, sameOrigin)
	closeFaces, err := a.faces(e, door, renderer)
	if err != nil {
		return nil, nil, err
	}
	return e, func() { closeFaces(); door.Close() }, nil
}

// faces adds what each person sees, with who may pass.
func (a *app) faces(e *echo.Echo, door *signin.Door, renderer *pages.Renderer) (closeAll func(), err error) {
	shopSide, err := storefront.New(storefront.Config{
		Base: a.base, Store: a.store, Channels: a.channels, Responder: a.responder, Feed: a.feed, Desk: a.desk, Public: a.config.publicURL(), Tokens: pages.Tokens, Limits: a.limits, Log: a.log,
	})
	if err != nil {
		return nil, err
	}
	shopSide.Routes(e)

	site := e.Group("", door.Sessions, sameOrigin)
	door.Routes(site)
	site.GET("/", a.start)
	site.GET("/docs/:name", showDoc)

	inboxFace := inbox.New(inbox.Config{Desk: a.desk, Store: a.store, Staff: a.staff, Feed: a.feed, Who: signin.Person, Zone: a.zone, Forget: a.base.ForgetMissedTx,
		Suggest: a.suggest, Find: a.find, Rewords: rewords{a}, Public: a.config.publicURL(), Log: a.log})
	inboxFace.Public(e)
	inboxFace.Routes(site.Group("/inbox", door.Require(staff.Agent)))
	inboxFace.API(e.Group("/api/inbox", door.RequireToken(staff.Agent)))

	editorFace := editor.New(editor.Config{Base: a.base, Uploads: importer.NewUploads(a.pool, a.base), Who: editorOf, Shop: signin.Shop, Ask: a.tryOut, Finds: a.finds, Changes: a.changes, ImportChanges: a.importChanges, Fetch: a.fetch,
		Exams: exam.NewStore(a.pool), Examine: a.examine, Detect: detect, Flash: renderer.Flash, Text: renderer.Text, Language: renderer.Locale, Record: a.recordEditor, Log: a.log})
	editorFace.Routes(site.Group("/knowledge", door.Require(staff.Editor)), e.Group("/api/knowledge", door.RequireToken(staff.Editor)))

	a.adminFace().Routes(site.Group("/admin"), door.Require)

	for name, spec := range map[string][]byte{"storefront": storefront.OpenAPI, "inbox": inbox.OpenAPI, "knowledge": editor.OpenAPI} {
		e.GET("/api/openapi/"+name+".yaml", func(c echo.Context) error { return c.Blob(http.StatusOK, "application/yaml", spec) })
	}
	return func() { shopSide.Close(); editorFace.Close() }, nil
}

func (a *app) adminFace() *admin.Face {
	return admin.New(admin.Config{
		Base: a.base, Channels: a.channels, Sender: a.sender, Staff: a.staff, Desk: a.desk, Store: a.store,
		Link: a.signInLink, AddShop: a.addShopFor, Budget: bot.BudgetOf,
		CheckModel: func(ctx context.Context, shop knowledge.Shop) error {
			return bot.CheckModel(ctx, a.config.endpointOf(shop, a.log))
		},
		Model: func(shop knowledge.Shop) (name, endpoint string) {
			in := a.config.endpointOf(shop, nil)
			return in.Model, masked(in.BaseURL)
		},
		EmbeddingModel: a.config.EmbeddingModel,
		Public:         a.config.publicURL(), Log: a.log,
	})
}

// start leads everybody to their work; a stranger gets to the first shop's page, or to the sign-in.
func (a *app) start(c echo.Context) error {
	if p, ok := signin.Person(c); ok {
		switch {
		case p.Has(staff.Agent):
			return c.Redirect(http.StatusSeeOther, "/inbox")
		case p.Has(staff.Editor):
			return c.Redirect(http.StatusSeeOther, "/knowledge")
		}
	}
	shops, err := a.base.Shops(c.Request().Context())
	if err != nil {
		return err
	}
	if len(shops) == 0 {
		return c.Redirect(http.StatusSeeOther, "/sign-in")
	}
	return c.Redirect(http.StatusSeeOther, "/shop/"+shops[0].Slug)
}

func (a *app) ready(c echo.Context) error {
	if err := a.pool.Ping(c.Request().Context()); err != nil {
		a.log.Warn("not ready", "error", err)
		return c.String(http.StatusServiceUnavailable, "the database cannot be reached")
	}
	return c.String(http.StatusOK, "ready")
}

func (c *Config) ipExtractor() echo.IPExtractor {
	if len(c.TrustedProxies) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, cidr := range c.TrustedProxies {
		if _, network, err := net.ParseCIDR(cidr); err == nil {
			options = append(options, echo.TrustIPRange(network))
		}
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#0b6b52" d="M12 3a7 7 0 0 0-7 7v4h14v-4a7 7 0 0 0-7-7Zm-1-2h2v2h-2zM3 16h18v3H3z"/></svg>`

func favicon(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "public, max-age=86400")
	return c.Blob(http.StatusOK, "image/svg+xml", []byte(icon))
}
