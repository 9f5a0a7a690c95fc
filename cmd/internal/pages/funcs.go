package pages

import (
	"encoding/json"
	"fmt"
	"html/template"
	"strconv"
	"strings"
	"time"
)

func (r *Renderer) funcs(locale string) template.FuncMap {
	return template.FuncMap{
		"t":        func(id string, pairs ...any) string { return r.texts.get(locale, id, pairs...) },
		"asset":    r.assets.Path,
		"markdown": markdown,
		"document": document,
		"date":     func(at time.Time) string { return formatDate(locale, at) },
		"datetime": func(at time.Time) string { return Moment(locale, at) },
		"clock":    func(at time.Time) template.HTML { return clock(at) },
		"iso":      func(at time.Time) string { return at.UTC().Format(time.RFC3339) },
		"ago":      func(at time.Time) string { return r.ago(locale, at) },
		"number":   func(n any) string { return Number(locale, n) },
		"percent":  func(f float64) string { return Percent(locale, f) },
		"json":     toJSON,
		"join":     func(list []string) string { return Join(locale, list) },
		"parts":    parts,
		"lines":    func(list []string) string { return strings.Join(list, "\n") },
		"contains": func(list []string, s string) bool { return contains(list, s) },
		"has":      func(w *Who, roles ...string) bool { return w.Has(roles...) },
		"under":    func(path, prefix string) bool { return path == prefix || strings.HasPrefix(path, prefix+"/") },
		"locales":  func() []string { return Locales },
		"region":   func(code string) string { return Region(locale, code) },
		"regions":  func(codes []string) string { return regions(locale, codes) },
		"add":      func(a, b int) int { return a + b },
		"dict":     dict,
	}
}

// Moment writes a day and a time of it, in the time's own zone.
func Moment(locale string, at time.Time) string {
	return formatDate(locale, at) + " " + at.Format("15:04")
}

func formatDate(locale string, at time.Time) string {
	switch locale {
	case "zh":
		return at.Format("2006年1月2日")
	case "es":
		return at.Format("2/1/2006")
	}
	return at.Format("2 Jan 2006")
}

func clock(at time.Time) template.HTML {
	stamp := at.UTC().Format(time.RFC3339)
	return template.HTML(`<time data-clock datetime="` + stamp + `">` + at.Format("15:04") + `</time>`)
}

func (r *Renderer) ago(locale string, at time.Time) string {
	d := time.Since(at)
	switch {
	case d < time.Minute:
		return r.texts.get(locale, "pages.ago.now")
	case d < time.Hour:
		return r.texts.get(locale, "pages.ago.minutes", "N", int(d.Minutes()))
	case d < 24*time.Hour:
		return r.texts.get(locale, "pages.ago.hours", "N", int(d.Hours()))
	}
	return r.texts.get(locale, "pages.ago.days", "N", int(d.Hours()/24))
}

// Percent writes a share of one as a language writes it: 97%, and 97 % in Spanish, with a space that never parts them.
func Percent(locale string, share float64) string {
	whole := strconv.FormatFloat(share*100, 'f', 0, 64)
	if locale == "es" {
		return whole + "\u202f%"
	}
	return whole + "%"
}

// Join puts the members of a list behind one another, with the comma that a language has between them.
func Join(locale string, list []string) string {
	if locale == "zh" {
		return strings.Join(list, "、")
	}
	return strings.Join(list, ", ")
}

// Number writes a number with the separators of a language; one with a fraction gets two places.
func Number(locale string, n any) string {
	text := fmt.Sprint(n)
	if f, ok := n.(float64); ok {
		text = strconv.FormatFloat(f, 'f', 2, 64)
	}
	whole, fraction, decimal := strings.Cut(text, ".")
	thousands, point := ",", "."
	if locale == "es" {
		thousands, point = ".", ","
	}
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "-", whole[1:]
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + thousands + whole[i:]
	}
	if decimal {
		return sign + whole + point + fraction
	}
	return sign + whole
}

// parts lets an address break where one would break it by hand: after a slash or an at sign.
func parts(address string) template.HTML {
	return template.HTML(breaks.Replace(template.HTMLEscapeString(address)))
}

var breaks = strings.NewReplacer("://", "://", "/", "/<wbr>", "@", "@<wbr>")

func toJSON(v any) (string, error) {
	raw, err := json.MarshalIndent(v, "", "  ")
	return string(raw), err
}

func contains(list []string, s string) bool {
	for _, have := range list {
		if have == s {
			return true
		}
	}
	return false
}

// dict makes a map for a template that is called with more than one value.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: %d values do not make pairs", len(pairs))
	}
	m := map[string]any{}
	for i := 0; i < len(pairs); i += 2 {
		m[fmt.Sprint(pairs[i])] = pairs[i+1]
	}
	return m, nil
}
