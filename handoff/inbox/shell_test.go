package inbox_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"

	"frontdesk/handoff/inbox"

	"github.com/labstack/echo/v4"
	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
)

// shell renders the pages as the program's own does, as far as they ask it to.
type shell struct {
	set   *template.Template
	texts map[string]string
}

func newShell(t testing.TB) *shell {
	s := &shell{texts: textsOf(t, "en")}
	policy := bluemonday.UGCPolicy()
	funcs := template.FuncMap{
		"t": s.text, "iso": func(at time.Time) string { return at.Format(time.RFC3339) },
		"date": func(at time.Time) string { return at.Format("2006-01-02") }, "datetime": func(at time.Time) string { return at.Format("2006-01-02 15:04") },
		"add": func(a, b int) int { return a + b }, "ago": func(any) string { return "just now" }, "number": fmt.Sprint, "percent": func(f float64) string { return fmt.Sprintf("%.0f %%", f*100) },
		"join": func(list []string) string { return strings.Join(list, ", ") }, "locales": func() []string { return []string{"en", "zh", "es"} },
		"markdown": func(text string) (template.HTML, error) {
			var b bytes.Buffer
			err := goldmark.Convert([]byte(text), &b)
			return template.HTML(policy.SanitizeBytes(b.Bytes())), err
		},
		"dict": func(pairs ...any) map[string]any {
			m := map[string]any{}
			for i := 0; i+1 < len(pairs); i += 2 {
				m[fmt.Sprint(pairs[i])] = pairs[i+1]
			}
			return m
		},
	}
	s.set = template.Must(template.New("").Funcs(funcs).Parse(`{{define "top"}}<!doctype html><html><head><title>Inbox</title></head>{{end}}{{define "header"}}{{end}}{{define "bottom"}}</html>{{end}}`))
	s.set = template.Must(s.set.ParseFS(inbox.Pages, "pages/*.html"))
	return s
}

func textsOf(t testing.TB, locale string) map[string]string {
	t.Helper()
	raw, err := fs.ReadFile(inbox.Locales, "locales/"+locale+".json")
	if err != nil {
		t.Fatal(err)
	}
	var texts map[string]string
	if err := json.Unmarshal(raw, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

func (s *shell) text(id string, pairs ...any) (string, error) {
	text, ok := s.texts[id]
	if !ok {
		return "", fmt.Errorf("no text %q", id)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{{."+fmt.Sprint(pairs[i])+"}}", fmt.Sprint(pairs[i+1]))
	}
	return text, nil
}

func (s *shell) Render(w io.Writer, name string, data any, c echo.Context) error {
	return s.set.ExecuteTemplate(w, name, map[string]any{"Data": data, "Locale": "en", "Path": c.Request().URL.Path})
}

func (s *shell) Flash(c echo.Context, id string, pairs ...any) {
	text, err := s.text(id, pairs...)
	if err != nil {
		text = err.Error()
	}
	c.Response().Header().Set("X-Flash", text)
}

func (s *shell) Refuse(c echo.Context, id string, pairs ...any) { s.Flash(c, id, pairs...) }

func (s *shell) Text(_ echo.Context, id string, pairs ...any) string {
	text, _ := s.text(id, pairs...)
	return text
}

func (s *shell) Locale(echo.Context) string { return "en" }
