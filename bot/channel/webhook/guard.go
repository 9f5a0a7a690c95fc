package webhook

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/doyensec/safeurl"
)

// Guard is the rule for addresses that people enter: they may not lead into private networks, however they are spelled,
// because they are checked when they are dialled. Hosts on the operator's list are exempt.
type Guard struct{ allowed []string }

// NewGuard returns a guard. The hosts allowed (host or host:port) may be private: loopback in the demo, or what the operator lists.
func NewGuard(allowed []string) Guard { return Guard{allowed} }

// ports are those that may be spoken to, hosts on the operator's list aside.
var ports = []int{80, 443, 8080, 8443}

// Check says what is wrong with an address before it is stored: a *FieldError that names this field.
func (g Guard) Check(field, raw string) error {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return &FieldError{field, "not a URL"}
	case u.Scheme != "https" && u.Scheme != "http":
		return &FieldError{field, "not http or https"}
	case u.Host == "" || u.User != nil:
		return &FieldError{field, "without a host, or with a password in it"}
	case u.Port() != "" && !g.isListed(u) && !slices.ContainsFunc(ports, func(p int) bool { return u.Port() == strconv.Itoa(p) }):
		return &FieldError{field, "on a port other than 80, 443, 8080 and 8443"}
	}
	return nil
}

// Dial returns how to connect to an address: nil, the usual way, for hosts on the operator's list; for all others one that
// refuses what is private.
func (g Guard) Dial(raw string) func(ctx context.Context, network, address string) (net.Conn, error) {
	if u, err := url.Parse(raw); err == nil && g.isListed(u) {
		return nil
	}
	transport, ok := safeurl.Client(g.config()).Client.Transport.(*http.Transport)
	if !ok {
		return func(context.Context, string, string) (net.Conn, error) { return nil, ErrPrivate }
	}
	return transport.DialContext
}

func (g Guard) config() *safeurl.Config {
	return safeurl.GetConfigBuilder().SetTimeout(sendTimeout).SetAllowedPorts(ports...).EnableIPv6(true).SetCheckRedirect(noRedirect).Build()
}

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

func (g Guard) isListed(u *url.URL) bool {
	return slices.Contains(g.allowed, u.Host) || slices.Contains(g.allowed, u.Hostname())
}
