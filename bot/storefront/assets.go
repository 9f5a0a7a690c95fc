package storefront

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
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

func serve(kind string, body []byte) served {
	return served{kind, body, compress(body), `"` + digest(body) + `"`}
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
	script, err := bundle("widget/widget.ts", style)
	if err != nil {
		return nil, err
	}
	a := &assets{
		widget: serve("text/javascript", script), style: serve("text/css", []byte(style)),
		files: map[string][]byte{}, paths: map[string]string{},
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

func compress(body []byte) []byte {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is one it knows
	_, _ = w.Write(body)                                  // a buffer takes everything
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

// ownNames are properties of the widget's classes that are neither the browser's nor the server's; they may be shortened.
const ownNames = `^(about|acknowledged|actions|adopt|alive|badge|begin|bottom|card|changed|chat|config|configFailed|connect|dismissed|draft|dropped|element|ensure|expecting|flush|follow|giveBack|greet|heard|instead|judging|jump|keepOutbox|kept|launcher|listeners|live|lost|mark|messages|note|offer|opened|outbox|over|panel|personButton|picker|picture|rating|remember|retry|scrolled|scroller|sending|setLocale|setOnline|share|slot|stage|started|stick|stored|tell|toEnd|tries|typed|typedAt|typist|typistTimer|unread|wake)$`

// bundle builds one script or style of the embedded sources; the widget's style becomes a string in its script.
func bundle(entry, style string) ([]byte, error) {
	result := api.Build(api.BuildOptions{
		EntryPoints:       []string{entry},
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifySyntax:      true,
		MinifyIdentifiers: true,
		MangleProps:       ownNames,
		Charset:           api.CharsetUTF8,
		Format:            api.FormatIIFE,
		Target:            api.ES2020, // what a phone of 2021 knows
		TsconfigRaw:       `{"compilerOptions": {"useDefineForClassFields": false}}`,
		LogLevel:          api.LogLevelSilent,
		Plugins:           []api.Plugin{embedded(style)},
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("bundle %s: %s", entry, result.Errors[0].Text)
	}
	return result.OutputFiles[0].Contents, nil
}

// embedded lets the bundler read the embedded sources instead of a disk.
func embedded(style string) api.Plugin {
	return api.Plugin{Name: "embedded", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `.*`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			name := path.Join(path.Dir(args.Importer), args.Path)
			if path.Ext(name) == "" {
				name += ".ts"
			}
			return api.OnResolveResult{Path: name, Namespace: "embedded"}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "embedded"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			raw, err := sources.ReadFile(args.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			contents, loader := string(raw), api.LoaderTS
			switch {
			case strings.HasPrefix(args.Path, "widget/") && strings.HasSuffix(args.Path, ".css"):
				loader, contents = api.LoaderText, style
			case strings.HasSuffix(args.Path, ".css"):
				loader = api.LoaderCSS
			}
			return api.OnLoadResult{Contents: &contents, Loader: loader}, err
		})
	}}
}

// token is one custom property.
var token = regexp.MustCompile(`--[a-z0-9-]+:[^;]*;`)

// palette is what of the tokens the widget's style uses, for its own root instead of a page's.
func palette(tokens, style string) string {
	used := token.ReplaceAllStringFunc(tokens, func(one string) string {
		if name, _, _ := strings.Cut(one, ":"); strings.Contains(style, "var("+name+")") {
			return one
		}
		return ""
	})
	return strings.ReplaceAll(used, ":root", ".root")
}

func minified(style string) (string, error) {
	result := api.Transform(style, api.TransformOptions{Loader: api.LoaderCSS, MinifyWhitespace: true, MinifySyntax: true, Charset: api.CharsetUTF8})
	if len(result.Errors) > 0 {
		return "", fmt.Errorf("style of the widget: %s", result.Errors[0].Text)
	}
	return string(result.Code), nil
}
