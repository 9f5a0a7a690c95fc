package importer

import (
	"regexp"
	"strings"
)

var (
	links   = regexp.MustCompile(`\[([^\]\n]*)\]\([^)\s]*\)`)
	strong  = regexp.MustCompile("\\*\\*|__|`")
	heading = regexp.MustCompile(`^\s*(?:#{1,6}|>)\s+`)
	item    = regexp.MustCompile(`^\s*(?:[-*+]|\d{1,2}[.)])\s+`)
)

// plain is an answer in one line without its markup, for a table that shows how it begins.
func plain(markdown string) string {
	var b strings.Builder
	for line := range strings.Lines(strings.ReplaceAll(markdown, "\r", "")) {
		text := item.ReplaceAllString(heading.ReplaceAllString(line, ""), "")
		listed := len(text) < len(line) && item.MatchString(line)
		if text = strings.TrimSpace(strong.ReplaceAllString(links.ReplaceAllString(text, "$1"), "")); text == "" {
			continue
		}
		switch {
		case b.Len() == 0:
		case strings.HasSuffix(b.String(), ":") || strings.HasSuffix(b.String(), "："):
			b.WriteString(" ")
		case listed:
			b.WriteString(" · ")
		default:
			b.WriteString(" ")
		}
		b.WriteString(text)
	}
	return b.String()
}
