package pages

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"
)

const (
	flashCookie  = "frontdesk_flash"
	localeCookie = "frontdesk_locale"
)

// Flash keeps one sentence for the page that is shown after a redirect.
func (r *Renderer) Flash(c echo.Context, id string, pairs ...any) {
	c.SetCookie(cookie(c, flashCookie, url.QueryEscape(r.Text(c, id, pairs...)), 60))
}

func takeFlash(c echo.Context) string {
	got, err := c.Cookie(flashCookie)
	if err != nil {
		return ""
	}
	c.SetCookie(cookie(c, flashCookie, "", -1))
	text, err := url.QueryUnescape(got.Value)
	if err != nil {
		return ""
	}
	return text
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
