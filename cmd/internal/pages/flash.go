package pages

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
)

const (
	flashCookie  = "frontdesk_flash"
	localeCookie = "frontdesk_locale"
)

// notice is one sentence on how something went.
type notice struct {
	Text    string
	Refused bool // it did not go as wished, and stays to be read
}

const refusedMark = "!"

// Flash keeps one sentence for the page that is shown after a redirect: something has been done.
func (r *Renderer) Flash(c echo.Context, id string, pairs ...any) {
	c.SetCookie(cookie(c, flashCookie, url.QueryEscape(r.Text(c, id, pairs...)), 60))
}

// Refuse is Flash for what was not done. A refusal does not leave by itself.
func (r *Renderer) Refuse(c echo.Context, id string, pairs ...any) {
	c.SetCookie(cookie(c, flashCookie, refusedMark+url.QueryEscape(r.Text(c, id, pairs...)), 60))
}

func takeFlash(c echo.Context) *notice {
	got, err := c.Cookie(flashCookie)
	if err != nil {
		return nil
	}
	c.SetCookie(cookie(c, flashCookie, "", -1))
	raw, refused := strings.CutPrefix(got.Value, refusedMark)
	text, err := url.QueryUnescape(raw)
	if err != nil || text == "" {
		return nil
	}
	return &notice{Text: text, Refused: refused}
}

// SetLocale is the handler of the language switch: it keeps the choice and goes back to where the visitor was.
func SetLocale(c echo.Context) error {
	if locale := c.FormValue("locale"); known(locale) {
		c.SetCookie(cookie(c, localeCookie, locale, 365*24*3600))
	}
	back := c.FormValue("back")
	if u, err := url.Parse(back); err != nil || u.Host != "" || u.Scheme != "" || len(back) < 1 || back[0] != '/' || (len(back) > 1 && (back[1] == '/' || back[1] == '\\')) {
		back = "/"
	}
	return c.Redirect(http.StatusSeeOther, back)
}

func cookie(c echo.Context, name, value string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: name, Value: value, Path: "/", MaxAge: maxAge, HttpOnly: true, Secure: c.Scheme() == "https", SameSite: http.SameSiteLaxMode}
}
