package storefront

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

// origin lets in our own pages and the sites that the shop has registered, and refuses what any other site's script
// asks. A shop that has registered none is open to our own pages alone. Requests without an Origin come from no script
// of another site.
func (f *Face) origin(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		d, err := f.doors.widget(c.Request().Context(), c.Param("key"))
		if err != nil {
			return err
		}
		h := c.Response().Header()
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Add("Vary", "Origin")
		if from := c.Request().Header.Get("Origin"); from != "" && !f.ours(c, from) {
			if !registered(d.shop, from) {
				return &refusal{status: http.StatusForbidden, detail: "this site is not among the shop's origins"}
			}
			h.Set("Access-Control-Allow-Origin", from)
			h.Set("Access-Control-Expose-Headers", "Retry-After")
			h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		}
		c.SetRequest(c.Request().WithContext(withDoor(withToken(c), d)))
		return next(c)
	}
}

// preflight answers what a browser asks before it sends a request with a token from a registered site.
func (f *Face) preflight(c echo.Context) error {
	h := c.Response().Header()
	if h.Get("Access-Control-Allow-Origin") != "" {
		h.Set("Access-Control-Allow-Methods", "GET, POST")
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Last-Event-ID")
		h.Set("Access-Control-Max-Age", "600")
		h.Add("Vary", "Access-Control-Request-Method, Access-Control-Request-Headers")
	}
	return c.NoContent(http.StatusNoContent)
}

func (f *Face) ours(c echo.Context, from string) bool {
	return from == originOf(f.public) || from == c.Scheme()+"://"+c.Request().Host
}

func registered(shop knowledge.Shop, from string) bool {
	return slices.ContainsFunc(shop.Settings.Origins, func(site string) bool { return originOf(site) == from })
}

// originOf is the origin of an address as browsers send it: scheme, host and a port that is not the scheme's own.
func originOf(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" {
		return ""
	}
	host := strings.ToLower(u.Host)
	switch u.Scheme {
	case "https":
		host = strings.TrimSuffix(host, ":443")
	case "http":
		host = strings.TrimSuffix(host, ":80")
	}
	return u.Scheme + "://" + host
}

// bounded bounds the body of everything but an image, which has a bound of its own.
func (f *Face) bounded(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if r := c.Request(); r.Body != nil && !strings.HasSuffix(c.Path(), "/images") {
			r.Body = http.MaxBytesReader(c.Response(), r.Body, maxJSON)
		}
		return next(c)
	}
}

// admit counts requests by network address.
func (f *Face) admit(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if err := f.addresses.pass(network(c.RealIP())); err != nil {
			return err
		}
		return next(c)
	}
}

const maxJSON = 64 << 10
