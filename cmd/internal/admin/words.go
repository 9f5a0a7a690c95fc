package admin

import (
	"fmt"
	"maps"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"

	"frontdesk/cmd/internal/pages"
	"frontdesk/handoff"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
)

// logged is a line of the audit log as a person reads it.
type logged struct {
	handoff.Entry
	By      string
	Subject string
	Href    string // of the page about the subject, "" for none
	Pairs   []pair
}

// pair is one detail of a line.
type pair struct{ Name, Text string }

// hidden are details that only programs can read.
func hidden() []string { return []string{"seq", "delivery", "macro"} }

// lineOf says a line of the log in the language of the page and on the shop's clock.
func lineOf(c echo.Context, e handoff.Entry, zone *time.Location) logged {
	e.At = e.At.In(zone)
	line := logged{Entry: e, By: e.Who}
	if e.StaffID == nil {
		line.By = worded(c, "admin.audit.who.", e.Who)
	}
	line.Subject, line.Href = subjectOf(e)
	for _, key := range inOrder(e.Detail) {
		if said := inWords(c, key, e.Detail[key], zone); said != "" && !slices.Contains(hidden(), key) {
			line.Pairs = append(line.Pairs, pair{worded(c, "admin.detail.", key), said})
		}
	}
	return line
}

// leading are the details that others follow, each before what it leads to.
func leading() []string {
	return []string{"new", "changed", "same", "errors", "level", "from", "to", "roles_before", "roles", "mode_before", "mode", "first_reply", "plan", "solution"}
}

// inOrder are the names of details as a person would tell them: what was before stands before what is now.
func inOrder(detail map[string]any) []string {
	keys := slices.Sorted(maps.Keys(detail))
	place := func(key string) int {
		if at := slices.Index(leading(), key); at >= 0 {
			return at
		}
		return len(leading())
	}
	slices.SortStableFunc(keys, func(a, b string) int { return place(a) - place(b) })
	return keys
}

// worded is the text of a word that a program wrote, or the word itself where nobody has named it.
func worded(c echo.Context, prefix, word string) string {
	if said := text(c, prefix+word); said != prefix+word {
		return said
	}
	return word
}

// inWords says the value of a detail; "" where there is nothing to say.
func inWords(c echo.Context, key string, value any, zone *time.Location) string {
	switch v := value.(type) {
	case nil:
		return ""
	case bool:
		if v {
			return text(c, "admin.yes")
		}
		return text(c, "admin.no")
	case []any:
		var list []string
		for _, one := range v {
			if said := inWords(c, key, one, zone); said != "" {
				list = append(list, said)
			}
		}
		return pages.Join(locale(c), list)
	case float64:
		return counted(c, key, v)
	}
	return named(c, key, fmt.Sprint(value), zone)
}

// counted says a number: a level by its name, a share in per cent.
func counted(c echo.Context, key string, v float64) string {
	switch key {
	case "level", "from", "to":
		return worded(c, "inbox.level.", fmt.Sprint(v))
	case "answer_above", "ask_above", "exam_bar":
		if v == 0 {
			return ""
		}
		return pages.Percent(locale(c), v)
	}
	if v == math.Trunc(v) {
		return pages.Number(locale(c), int64(v))
	}
	return pages.Number(locale(c), v)
}

// prefixes are where the texts of words that programs write begin, by the detail that they stand in.
func prefixes() map[string]string {
	return map[string]string{"role": "admin.role.", "roles": "admin.role.", "roles_before": "admin.role.", "kind": "admin.kind.", "mode": "admin.mode.", "mode_before": "admin.mode.",
		"locale": "admin.locale.", "tags": "editor.tag.", "outcome": "inbox.outcome.", "clock": "inbox.clock.", "from": "admin.holder.", "to": "admin.holder.", "model": "admin.own.",
		"what": "inbox.confirm."}
}

// named says a word, a time or a length of time.
func named(c echo.Context, key, value string, zone *time.Location) string {
	switch key {
	case "market", "markets":
		return pages.Region(locale(c), value)
	case "due", "until":
		if at, err := time.Parse(time.RFC3339, value); err == nil {
			return pages.Moment(locale(c), at.In(zone))
		}
	case "first_reply", "plan", "solution":
		if d, err := time.ParseDuration(value); err == nil {
			return spell(c, d)
		}
	}
	if prefix, ok := prefixes()[key]; ok {
		return worded(c, prefix, value)
	}
	return value
}

// subjectOf names what a line is about and leads there. Of an id a person is shown the end, which differs most.
func subjectOf(e handoff.Entry) (name, href string) {
	area, _, _ := strings.Cut(e.Action, ".")
	id, err := uuid.Parse(e.Subject)
	switch {
	case err != nil && area == "article":
		if ref, locale, ok := strings.Cut(e.Subject, " "); ok {
			return ref, "/knowledge/ref/" + url.PathEscape(ref) + "?" + url.Values{"locale": {locale}}.Encode()
		}
	case err == nil && area == "conversation":
		return "…" + e.Subject[len(e.Subject)-6:], "/inbox/" + id.String()
	case err == nil && (area == "desk" || area == "macro"): // the shop, which is the only one here
		return "", ""
	case err == nil:
		return "…" + e.Subject[len(e.Subject)-6:], ""
	}
	return e.Subject, ""
}
