// Package demo holds the demo shop: one believable shop for clothes, shoes and
// home goods that sells in China, the United States, the United Kingdom and Spain.
package demo

import (
	"bytes"
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// The demo shop as it is created on a fresh installation.
const (
	Slug          = "demo"           // the shop's slug in commands and addresses
	NameZH        = "棠织"             // the name Chinese shoppers see
	NameEN        = "Tangweave"      // the name English-speaking shoppers see
	NameES        = "Tangweave Casa" // the name Spanish shoppers see
	TimeZone      = "Asia/Shanghai"  // validity days begin and end at midnight here
	DefaultLocale = "zh"             // what is said before a shopper's language is known
)

// Locales lists the languages every article of the shop is written in, the
// default one first.
func Locales() []string { return []string{"zh", "en", "es"} }

// Names gives the shop's name by locale.
func Names() map[string]string {
	return map[string]string{"zh": NameZH, "en": NameEN, "es": NameES}
}

//go:embed articles.jsonl
var articles []byte

// dayOffset is how the file writes a day relative to today, {{today+10}}, with the field before it where it is a day of validity.
var (
	dayOffset = regexp.MustCompile(`("valid_(?:from|to)": ")?\{\{today([+-]\d{1,4})\}\}`)
	localeOf  = regexp.MustCompile(`"locale": "(\w+)"`)
)

// Articles gives the shop's articles in the import format, one JSON object a
// line. The days that the file writes relative to today are those of the calendar
// of zone at now, so that a coupon that ended yesterday always ended yesterday: YYYY-MM-DD
// where an article begins and ends to hold, and as people write it in what they read. A nil zone means UTC.
func Articles(now time.Time, zone *time.Location) []byte {
	if zone == nil {
		zone = time.UTC
	}
	var out []byte
	for line := range bytes.Lines(articles) {
		out = append(out, dated(line, now.In(zone))...)
	}
	return out
}

// dated writes the days of one article.
func dated(line []byte, now time.Time) []byte {
	if !dayOffset.Match(line) {
		return line
	}
	locale := string(localeOf.FindSubmatch(line)[1])
	year, month, day := now.Date()
	return dayOffset.ReplaceAllFunc(line, func(found []byte) []byte {
		parts := dayOffset.FindSubmatch(found)
		days, err := strconv.Atoi(string(parts[2]))
		if err != nil { // the pattern admits only small integers
			return found
		}
		// Noon exists on every day of every zone; midnight does not.
		then := time.Date(year, month, day+days, 12, 0, 0, 0, now.Location())
		if len(parts[1]) > 0 {
			return append(parts[1], then.Format(time.DateOnly)...)
		}
		return []byte(written(then, locale))
	})
}

// written is a day as a shop writes it, without the year: none of them is far.
func written(day time.Time, locale string) string {
	switch locale {
	case "zh":
		return fmt.Sprintf("%d月%d日", day.Month(), day.Day())
	case "es":
		months := [...]string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"}
		return fmt.Sprintf("%d de %s", day.Day(), months[day.Month()-1])
	}
	return day.Format("2 January")
}
