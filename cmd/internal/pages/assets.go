package pages

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/labstack/echo/v4"
)

//go:embed assets
var sources embed.FS

// Tokens is the style sheet that names every colour, space, size and motion, of the pages and of the widget.
//
//go:embed assets/tokens.css
var Tokens string

// Assets are the bundled script and style, named by their content so that browsers keep them for good.
type Assets struct {
	paths map[string]string // app.css → /assets/app.1a2b3c4d.css
	files map[string][]byte
}

// BuildAssets bundles and checks the script and the styles; it takes some milliseconds at the start of the program. More are
// the styles of the faces, whose files may @import nothing but are added to app.css in their order.
func BuildAssets(more ...string) (*Assets, error) {
	a := &Assets{paths: map[string]string{}, files: map[string][]byte{}}
	css, err := bundle("app.css", more)
	if err != nil {
		return nil, err
	}
	js, err := bundle("app.ts", nil)
	if err != nil {
		return nil, err
	}
	a.add("app.css", css)
	a.add("app.js", js)
	return a, nil
}

// Path returns where an asset is served.
func (a *Assets) Path(name string) (string, error) {
	p, ok := a.paths[name]
	if !ok {
		return "", fmt.Errorf("no asset %q", name)
	}
	return p, nil
}

// Routes serves the assets under /assets/.
func (a *Assets) Routes(e *echo.Echo) {
	e.GET("/assets/:name", func(c echo.Context) error {
		body, ok := a.files[c.Param("name")]
		if !ok {
			return echo.ErrNotFound
		}
		c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		return c.Blob(http.StatusOK, contentType(c.Param("name")), body)
	})
}

func (a *Assets) add(name string, body []byte) {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
	a.paths[name] = "/assets/" + hashed
	a.files[hashed] = body
}

func contentType(name string) string {
	if strings.HasSuffix(name, ".css") {
		return "text/css; charset=utf-8"
	}
	return "text/javascript; charset=utf-8"
}

func bundle(entry string, more []string) ([]byte, error) {
	contents, loader := fmt.Sprintf("import %q;", "./"+entry), api.LoaderTS
	if strings.HasSuffix(entry, ".css") {
		contents, loader = fmt.Sprintf("@import %q;\n%s", "./"+entry, strings.Join(more, "\n")), api.LoaderCSS
	}
	result := api.Build(api.BuildOptions{
		Stdin:             &api.StdinOptions{Contents: contents, Loader: loader, ResolveDir: "/", Sourcefile: "entry"},
		Bundle:            true,
		MinifyWhitespace:  true,
		MinifySyntax:      true,
		MinifyIdentifiers: true,
		Target:            api.ES2022,
		Write:             false,
		LogLevel:          api.LogLevelSilent,
		Plugins:           []api.Plugin{embedded()},
	})
	if len(result.Errors) > 0 {
		return nil, fmt.Errorf("bundle %s: %s", entry, result.Errors[0].Text)
	}
	return result.OutputFiles[0].Contents, nil
}

// embedded lets the bundler read the embedded sources instead of a disk.
func embedded() api.Plugin {
	return api.Plugin{Name: "embedded", Setup: func(build api.PluginBuild) {
		build.OnResolve(api.OnResolveOptions{Filter: `^\./`}, func(args api.OnResolveArgs) (api.OnResolveResult, error) {
			name := strings.TrimPrefix(args.Path, "./")
			if path.Ext(name) == "" {
				name += ".ts"
			}
			return api.OnResolveResult{Path: name, Namespace: "embedded"}, nil
		})
		build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "embedded"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
			raw, err := fs.ReadFile(sources, "assets/"+args.Path)
			if err != nil {
				return api.OnLoadResult{}, err
			}
			contents, loader := string(raw), api.LoaderTS
			if strings.HasSuffix(args.Path, ".css") {
				loader = api.LoaderCSS
			}
			return api.OnLoadResult{Contents: &contents, Loader: loader}, nil
		})
	}}
}
