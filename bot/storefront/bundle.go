package storefront

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// ownNames are properties of the widget's classes that are neither the browser's nor the server's; they may be shortened.
const ownNames = `^(about|acknowledged|actions|adopt|alive|badge|begin|bottom|card|changed|chat|config|configFailed|connect|dismissed|draft|drafting|dropped|element|ensure|expecting|flush|follow|giveBack|greet|heard|instead|judging|jump|keepOutbox|kept|launcher|listeners|live|lost|mark|messages|note|offer|opened|outbox|over|panel|personButton|picker|picture|rating|remember|retry|scrolled|scroller|sending|setLocale|setOnline|share|slot|stage|started|stick|stored|tell|toEnd|tries|typed|typedAt|typist|typistTimer|unread|wake)$`

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
