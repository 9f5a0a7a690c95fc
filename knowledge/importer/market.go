package importer

import (
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Market is the code of a market that is written as its code or as its name in one of the three languages; what is
// neither stays as it is, in upper case.
func Market(text string) string {
	text = strings.TrimSpace(text)
	if len(text) <= 2 {
		return strings.ToUpper(text)
	}
	if code := otherNames(text); code != "" {
		return code
	}
	for _, tag := range []language.Tag{language.Chinese, language.English, language.Spanish} {
		names := display.Regions(tag)
		for _, code := range countries() {
			if strings.EqualFold(text, names.Name(language.MustParseRegion(code))) {
				return code
			}
		}
	}
	return strings.ToUpper(text)
}

// otherNames are what people write where the official name is another.
func otherNames(text string) string {
	switch strings.ToLower(text) {
	case "mainland china", "中国大陆", "china continental":
		return "CN"
	case "usa", "united states of america", "america", "ee. uu.", "ee.uu.", "eeuu", "estados unidos de américa":
		return "US"
	case "great britain", "britain", "england", "gran bretaña", "inglaterra":
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
