package main

import (
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// policy lets pages load their own files and nothing else; what the widget's host page allows is the host's business.
const policy = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

func newRequestID() string { return uuid.Must(uuid.NewV7()).String() }

// secured sets what keeps a page to itself. Where browsers come over TLS, whatever ends it, the request says so from here on:
// cookies are for TLS alone then.
func (a *app) secured(next echo.HandlerFunc) echo.HandlerFunc {
	overTLS := strings.HasPrefix(a.config.publicURL(), "https://")
	return func(c echo.Context) error {
		if overTLS {
			c.Request().Header.Set(echo.HeaderXForwardedProto, "https")
		}
		h := c.Response().Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		if c.Scheme() == "https" {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		return next(c)
	}
}

// How long a request's body may take to arrive: a file over a slow line, and anything else.
const (
	uploadTime = 3 * time.Minute
	bodyTime   = 15 * time.Second
)

// bodiesEnd cuts off a request whose body never ends. Event streams have no body, and a deadline would end them.
func bodiesEnd(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if c.Request().Method == http.MethodGet || c.Request().Method == http.MethodHead {
			return next(c)
		}
		limit := bodyTime
		if path := c.Request().URL.Path; strings.Contains(path, "/import") || strings.Contains(path, "/images") || strings.HasPrefix(path, "/inbox/") && strings.HasSuffix(path, "/reply") {
			limit = uploadTime
		}
		if err := http.NewResponseController(c.Response()).SetReadDeadline(time.Now().Add(limit)); err != nil {
			return err
		}
		return next(c)
	}
}

// sameOrigin refuses posts that another site's page made a browser send.
func sameOrigin(next echo.HandlerFunc) echo.HandlerFunc {
	protection := http.NewCrossOriginProtection()
	return func(c echo.Context) error {
		if err := protection.Check(c.Request()); err != nil {
			return echo.ErrForbidden.SetInternal(err)
		}
		return next(c)
	}
}

// loopbackOnly keeps the figures of the process from strangers: a scraper runs beside it, or comes through a proxy's rule.
func loopbackOnly(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		for _, address := range []string{c.RealIP(), lastOf(strings.Join(c.Request().Header.Values(echo.HeaderXForwardedFor), ","), c.RealIP())} { // of a proxy that nobody named, too
			if ip := net.ParseIP(address); ip == nil || !(ip.IsLoopback() || ip.IsPrivate()) {
				return echo.ErrNotFound
			}
		}
		return next(c)
	}
}

// lastOf is the address that the nearest proxy has added to a list; the other one where there is no list.
func lastOf(list, otherwise string) string {
	if list == "" {
		return otherwise
	}
	return strings.TrimSpace(list[strings.LastIndexByte(list, ',')+1:])
}

// observe counts and times every request and logs it by its route, never by its address, which may name a person.
func (a *app) observe(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		start := time.Now()
		err := next(c)
		if err != nil {
			c.Error(err)
		}
		status, route := c.Response().Status, c.Path()
		took := time.Since(start)
		if !strings.HasSuffix(route, "/events") {
			a.metrics.requests.WithLabelValues(c.Request().Method, route, statusClass(status)).Observe(took.Seconds())
		}
		a.log.Debug("request", "method", c.Request().Method, "route", route, "status", status, "ms", took.Milliseconds(), "request", requestID(c))
		return nil
	}
}

func (a *app) panicked(c echo.Context, err error, stack []byte) error {
	a.log.Error("panic", "route", c.Path(), "request", requestID(c), "error", err, "stack", string(stack))
	return err
}

func requestID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

func statusClass(status int) string { return string('0'+rune(status/100)) + "xx" }
