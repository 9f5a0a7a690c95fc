package storefront

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"github.com/evanw/esbuild/pkg/api"
)

// ownNames are properties of the widget's classes that are neither the browser's nor the server's; they may be shortened.
const ownNames = `^(about|acknowledged|actions|adopt|alive|api|arrived|article|auth|back|badge|begin|bottom|build|card|changed|chat|clip|config|configFailed|connect|correct|dismissed|draft|drafting|dropped|element|end|enqueue|ensure|expecting|fit|flush|follow|forget|form|giveBack|gone|greet|group|half|head|heard|hide|instead|joined|joins|judging|jump|keepOutbox|kept|last|launcher|line|list|listeners|live|log|lost|main|mark|messages|nameOf|news|note|offer|on|online|opened|outbox|over|panel|pass|person|personButton|picker|picture|post|rate|rating|remember|rest|retry|reveal|root|row|say|scrolled|scroller|sending|sent|setLocale|setOnline|share|shared|shown|slot|stage|star|started|stick|stop|stored|take|tell|thumbs|toEnd|told|tries|turn|typed|typedAt|typist|typistTimer|unread|up|update|wake|wrong)$`

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

// brief gives the custom properties names of one letter, but for those that the panel sets: the script carries each many times.
func brief(style string) string {
	names := map[string]string{"--top": "--top", "--tall": "--tall"}
	return regexp.MustCompile(`--[a-z-]+`).ReplaceAllStringFunc(style, func(name string) string {
		if names[name] == "" {
			names[name] = fmt.Sprintf("--%c", 'a'+len(names)-2)
		}
		return names[name]
	})
}

func minified(style string) (string, error) {
	result := api.Transform(style, api.TransformOptions{Loader: api.LoaderCSS, MinifyWhitespace: true, MinifySyntax: true, Charset: api.CharsetUTF8})
	if len(result.Errors) > 0 {
		return "", fmt.Errorf("style of the widget: %s", result.Errors[0].Text)
	}
	return string(result.Code), nil
}
