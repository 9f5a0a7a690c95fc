package inbox

import (
	"net/url"
	"strconv"

	"frontdesk/handoff"

	"github.com/labstack/echo/v4"
)

// place is where in the queue a person is: it stays in the addresses of the rows, so that the list stays put.
type place struct {
	view, query string
	page        int
}

func views() []string {
	return []string{handoff.ViewMine, handoff.ViewWaiting, handoff.ViewAll, handoff.ViewMentions, handoff.ViewBot, handoff.ViewResolved}
}

func placeOf(c echo.Context) place { return placeIn(c.QueryParams()) }

// placeBefore is where in the queue the page stood that a form was sent from, which a browser tells its own site.
func placeBefore(c echo.Context) place {
	from, err := url.Parse(c.Request().Referer())
	if err != nil {
		return placeIn(nil)
	}
	return placeIn(from.Query())
}

func placeIn(q url.Values) place {
	at := place{view: oneOf(q.Get("view"), views()...), query: q.Get("q"), page: 1}
	if at.view == "" {
		at.view = handoff.ViewAll
	}
	if n, err := strconv.Atoi(q.Get("page")); err == nil && n > 1 && n < 1000 {
		at.page = n
	}
	return at
}

// in returns an address at this place, with more of its query in pairs.
func (at place) in(path string, more ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(more); i += 2 {
		q.Set(more[i], more[i+1])
	}
	if at.view != handoff.ViewAll {
		q.Set("view", at.view)
	}
	if at.query != "" {
		q.Set("q", at.query)
	}
	if at.page > 1 {
		q.Set("page", strconv.Itoa(at.page))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func backOf(c echo.Context) string { return placeOf(c).in("/inbox") }
