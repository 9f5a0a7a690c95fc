package knowledge

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Market is the code of a market that is written as its code or as its name in one of the three languages: GB for UK and
// for Reino Unido. Markets are countries, regions with a code of their own and the European Union; "" is what is none.
func Market(text string) string {
	text = strings.TrimSpace(text)
	if code := otherNames(text); code != "" {
		return code
	}
	if region, err := language.ParseRegion(text); err == nil {
		if region = region.Canonicalize(); region.IsCountry() || region.String() == "EU" {
			return region.String()
		}
		return ""
	}
	for _, tag := range []language.Tag{language.Chinese, language.English, language.Spanish} {
		names := display.Regions(tag)
		for _, code := range countries() {
			if strings.EqualFold(text, names.Name(language.MustParseRegion(code))) {
				return code
			}
		}
	}
	return ""
}

// Markets splits a text at commas and semicolons of any script, bars and lines.
func Markets(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(",，、;；|｜\r\n", c) })
}

// cleanMarkets are the codes of markets, in their order and none twice; ErrInvalid names the one that is none.
func cleanMarkets(texts []string) ([]string, error) {
	codes := []string{}
	for _, text := range texts {
		for _, one := range Markets(text) {
			if strings.TrimSpace(one) == "" {
				continue
			}
			code := Market(one)
			if code == "" {
				return nil, fmt.Errorf("market: %w: %q is no country or region", ErrInvalid, strings.TrimSpace(one))
			}
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	return slices.Compact(codes), nil
}

// marketAsked is the market of a question as articles have it; one that is none finds the articles of every market alone.
func marketAsked(text string) string {
	text = strings.ToUpper(strings.TrimSpace(text))
	if text == "" {
		return ""
	}
	return cmp.Or(Market(text), text)
}

// otherNames are what people write where the official name is another.
func otherNames(text string) string {
	switch strings.ToLower(text) {
	case "mainland china", "中国大陆", "china continental":
		return "CN"
	case "usa", "united states of america", "america", "ee. uu.", "ee.uu.", "eeuu", "estados unidos de américa":
		return "US"
	case "u.k.", "great britain", "britain", "england", "gran bretaña", "inglaterra":
		return "GB"
	case "香港", "中国香港", "hong kong":
		return "HK"
	case "澳门", "中国澳门", "macau", "macao":
		return "MO"
	case "中国台湾", "taiwan":
		return "TW"
	}
	return ""
}

// countries are those whose names are understood.
func countries() []string {
	return strings.Fields(`CN HK MO TW US CA MX GB IE ES FR DE IT PT NL BE LU AT CH SE NO DK FI IS PL CZ SK HU RO BG GR HR SI EE LV LT
		AU NZ JP KR SG MY TH VN PH ID IN AE SA IL TR RU UA BR AR CL CO PE UY PY BO EC VE CR PA DO GT CU PR ZA EG MA NG KE EU`)
}
