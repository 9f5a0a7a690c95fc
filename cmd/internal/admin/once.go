package admin

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// once is what the page after the redirect shows and no page ever again: a secret just made, or how a test went.
type once struct {
	Text   string `json:"text"`             // id of the text that says what it is
	Name   string `json:"name,omitempty"`   // whose it is
	Secret string `json:"secret,omitempty"` // the secret itself
	Number int    `json:"number,omitempty"`
	Good   bool   `json:"good,omitempty"`
}

const onceCookie = "frontdesk_once"

// keep lays it into a cookie of the admin's own browser, which scripts cannot read and which ends within a minute: the server
// stores no secret in clear for the sake of showing it.
func (f *Face) keep(c echo.Context, o once) error {
	raw, err := json.Marshal(o)
	if err != nil {
		return err
	}
	c.SetCookie(f.cookie(base64.RawURLEncoding.EncodeToString(raw), 60))
	c.Set(onceCookie, true)
	return nil
}

func (f *Face) take(c echo.Context) *once {
	got, err := c.Cookie(onceCookie)
	if err != nil {
		return nil
	}
	c.SetCookie(f.cookie("", -1))
	raw, err := base64.RawURLEncoding.DecodeString(got.Value)
	var o once
	if err != nil || json.Unmarshal(raw, &o) != nil || !strings.HasPrefix(o.Text, "admin.once.") {
		return nil
	}
	return &o
}

func (f *Face) cookie(value string, maxAge int) *http.Cookie {
	return &http.Cookie{Name: onceCookie, Value: value, Path: "/admin", MaxAge: maxAge, HttpOnly: true,
		Secure: strings.HasPrefix(f.Public, "https://"), SameSite: http.SameSiteStrictMode}
}
