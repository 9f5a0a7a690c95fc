package storefront

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"

	"github.com/labstack/echo/v4"
)

//go:embed widget assets
var sources embed.FS

// assets are the widget's script and what the demo shop page shows, as they are served.
type assets struct {
	widget, style served            // style is for browsers that take none from a script
	files         map[string][]byte // of the demo shop, by name with hash
	paths         map[string]string // name → path
}

// served is something at an address that stays the same over versions.
type served struct {
	kind          string
	body, gzipped []byte
	tag           string
}

// serve joins the parts. Each is packed with a code of its own, for the signs that are frequent in it.
func serve(kind string, parts ...[]byte) served {
	body := bytes.Join(parts, nil)
	return served{kind, body, compress(parts), `"` + digest(body) + `"`}
}

// buildAssets bundles everything; tokens are the custom properties of the staff's pages.
func buildAssets(tokens string) (*assets, error) {
	raw, err := sources.ReadFile("widget/style.css")
	if err != nil {
		return nil, err
	}
	style, err := minified(palette(tokens, string(raw)) + string(raw))
	if err != nil {
		return nil, err
	}
	script, err := bundle("widget/widget.ts", brief(style))
	if err != nil {
		return nil, err
	}
	a := &assets{
		widget: serve("text/javascript", bytes.SplitAfterN(script, []byte("`;"), 2)...), // the style, and what follows it
		style:  serve("text/css", []byte(style)),
		files:  map[string][]byte{}, paths: map[string]string{},
	}
	for _, name := range []string{"shop.css", "shop.ts"} {
		built, err := bundle("assets/"+name, "")
		if err != nil {
			return nil, err
		}
		a.add(strings.Replace(name, ".ts", ".js", 1), built)
	}
	pictures, err := fs.Glob(sources, "assets/*.svg")
	if err != nil {
		return nil, err
	}
	for _, p := range pictures {
		raw, err := sources.ReadFile(p)
		if err != nil {
			return nil, err
		}
		a.add(path.Base(p), raw)
	}
	return a, nil
}

func (a *assets) add(name string, body []byte) {
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + digest(body) + ext
	a.files[hashed], a.paths[name] = body, "/storefront/assets/"+hashed
}

func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:6])
}

func compress(parts [][]byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is one it knows
	for i, part := range parts {
		if i > 0 {
			_ = w.Flush()
		}
		_, _ = w.Write(part) // a buffer takes everything
	}
	_ = w.Close()
	return b.Bytes()
}

// widget serves the script that a storefront's one line names, and its style. Their addresses stay the same over versions, so
// browsers ask again after five minutes, and get an empty 304 while nothing has changed.
func (f *Face) widget(of served) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Cache-Control", "public, max-age=300")
		h.Set("Cross-Origin-Resource-Policy", "cross-origin")
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Vary", "Accept-Encoding")
		h.Set("ETag", of.tag)
		if strings.Contains(c.Request().Header.Get("If-None-Match"), of.tag) {
			return c.NoContent(http.StatusNotModified)
		}
		body := of.body
		if strings.Contains(c.Request().Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			body = of.gzipped
		}
		return c.Blob(http.StatusOK, of.kind+"; charset=utf-8", body)
	}
}

func (f *Face) asset(c echo.Context) error {
	body, ok := f.assets.files[c.Param("name")]
	if !ok {
		return echo.ErrNotFound
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("X-Content-Type-Options", "nosniff")
	if strings.HasSuffix(c.Param("name"), ".svg") {
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	}
	return c.Blob(http.StatusOK, mime.TypeByExtension(path.Ext(c.Param("name"))), body)
}
