// Package pages is the shell that all staff pages stand in: layout, design tokens, script, languages and rendering.
package pages

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"

	"github.com/labstack/echo/v4"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed locales/*.json
var locales embed.FS

// Locales are the languages of the pages, the first being the fallback.
var Locales = []string{"en", "zh", "es"}

// Part is what a face brings: templates named "face/page" and its texts.
type Part struct {
	Pages   fs.FS // pages/*.html
	Locales fs.FS // locales/{en,zh,es}.json
}

// Who is signed in, as far as the shell shows it.
type Who struct {
	Name     string
	ShopName func(locale string) string // in the language of the page
	Roles    []string
	Locale   string
	Zone     string // IANA name of the shop's
}

// Has reports whether the person has one of the roles; an admin has every one.
func (w *Who) Has(roles ...string) bool {
	if w == nil {
		return false
	}
	for _, have := range w.Roles {
		if have == "admin" {
			return true
		}
		for _, want := range roles {
			if have == want || (have == "supervisor" && want == "agent") {
				return true
			}
		}
	}
	return false
}

// View is what a template sees.
type View struct {
	Locale string
	Path   string
	Title  string
	Who    *Who
	Flash  *notice
	Data   any
}

// Renderer renders pages for Echo, one parsed set of templates for each language.
type Renderer struct {
	sets   map[string]*template.Template
	texts  *texts
	assets *Assets
	who    func(echo.Context) *Who
}

// New parses the shell's and the parts' templates and texts. The function who tells who is signed in, nil for nobody.
func New(assets *Assets, who func(echo.Context) *Who, parts ...Part) (*Renderer, error) {
	texts, err := newTexts(parts)
	if err != nil {
		return nil, err
	}
	r := &Renderer{sets: map[string]*template.Template{}, texts: texts, assets: assets, who: who}
	for _, locale := range Locales {
		set := template.New("").Funcs(r.funcs(locale))
		if set, err = set.ParseFS(templates, "templates/*.html"); err != nil {
			return nil, fmt.Errorf("shell templates: %w", err)
		}
		for _, part := range parts {
			if set, err = set.ParseFS(part.Pages, "pages/*.html"); err != nil {
				return nil, fmt.Errorf("page templates: %w", err)
			}
		}
		r.sets[locale] = set
	}
	return r, nil
}

// Render implements echo.Renderer: the name is a template's, such as "inbox/queue"; its title is the text "inbox.queue.title",
// or what data that is a map has as "Title".
func (r *Renderer) Render(w io.Writer, name string, data any, c echo.Context) error {
	locale := r.Locale(c)
	view := View{Locale: locale, Path: c.Request().URL.Path, Who: r.who(c), Flash: takeFlash(c), Data: data}
	view.Title = r.texts.get(locale, strings.ReplaceAll(name, "/", ".")+".title")
	if named, ok := data.(map[string]any); ok && named["Title"] != nil {
		view.Title = fmt.Sprint(named["Title"])
	}
	return r.sets[locale].ExecuteTemplate(w, name, view)
}

// Locale returns the language of a page: the visitor's choice, the account's, the browser's.
func (r *Renderer) Locale(c echo.Context) string {
	if cookie, err := c.Cookie(localeCookie); err == nil && known(cookie.Value) {
		return cookie.Value
	}
	if who := r.who(c); who != nil && known(who.Locale) {
		return who.Locale
	}
	return r.texts.match(c.Request().Header.Get("Accept-Language"))
}

// Text returns one text in the visitor's language, for errors and notices that code writes.
func (r *Renderer) Text(c echo.Context, id string, pairs ...any) string {
	return r.texts.get(r.Locale(c), id, pairs...)
}

func known(locale string) bool {
	for _, l := range Locales {
		if l == locale {
			return true
		}
	}
	return false
}
