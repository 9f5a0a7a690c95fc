package pages

import (
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Region is the name of a country or region in the language of a page; a code that none has stays as it is.
func Region(locale, code string) string {
	if name := shortRegion(locale, code); name != "" {
		return name
	}
	r, err := language.ParseRegion(code)
	if err != nil || len(code) != 2 {
		return code
	}
	if name := display.Regions(language.Make(locale)).Name(r); name != "" {
		return name
	}
	return code
}

// regions are several names in one text.
func regions(locale string, codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = Region(locale, code)
	}
	return Join(locale, names)
}

// shortRegion is the name that people use where the official one is long or another, else "".
func shortRegion(locale, code string) string {
	switch locale + " " + code {
	case "zh HK":
		return "中国香港"
	case "zh MO":
		return "中国澳门"
	case "zh TW":
		return "中国台湾"
	case "en HK", "es HK":
		return "Hong Kong"
	case "en MO":
		return "Macau"
	case "es MO":
		return "Macao"
	}
	return ""
}
