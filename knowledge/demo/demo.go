// Package demo holds the demo shop: one believable shop for clothes, shoes and
// home goods that sells in China, the United States, the United Kingdom and Spain.
package demo

import (
	_ "embed"
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

// dayOffset is how the file writes a day relative to today: {{today+10}}.
var dayOffset = regexp.MustCompile(`\{\{today([+-]\d{1,4})\}\}`)

// Articles gives the shop's articles in the import format, one JSON object a
// line. The days that the file writes relative to today become YYYY-MM-DD as
// the calendar of zone stands at now, so that a coupon that ended yesterday
// always ended yesterday. A nil zone means UTC.
func Articles(now time.Time, zone *time.Location) []byte {
	if zone == nil {
		zone = time.UTC
	}
	year, month, day := now.In(zone).Date()
	return dayOffset.ReplaceAllFunc(articles, func(found []byte) []byte {
		days, err := strconv.Atoi(string(dayOffset.FindSubmatch(found)[1]))
		if err != nil { // the pattern admits only small integers
			return found
		}
		// Noon exists on every day of every zone; midnight does not.
		then := time.Date(year, month, day+days, 12, 0, 0, 0, zone)
		return []byte(then.Format(time.DateOnly))
	})
}
