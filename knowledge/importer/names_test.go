package importer_test

import (
	"slices"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"
)

func TestMarketsAndKindsAreUnderstoodByTheirNames(t *testing.T) {
	rows := parse(t, "a.csv", "问题,答案,类型,市场\n几天到？,三天。,规则,中国|美国|gb|中国香港\n", madrid)
	if a := rows[0].Article; a.Kind != "policy" || !slices.Equal(a.Market, []string{"CN", "US", "GB", "HK"}) {
		t.Errorf("%+v", a)
	}
	for text, want := range map[string]string{"España": "ES", "united kingdom": "GB", "Estados Unidos": "US", "mx": "MX", "西班牙": "ES", "Atlantis": "", "uk": "GB", "U.K.": "GB", "Reino Unido": "GB", "EU": "EU", "XX": "", "": ""} {
		if got := knowledge.Market(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestMarketsBehindCommasAreSeveral(t *testing.T) {
	for _, text := range []string{`"UK,ES"`, "Reino Unido，西班牙", "gb | es", `"España; Great Britain"`} {
		row := parse(t, "a.csv", "question,answer,market\nWhen?,Soon.,"+text+"\n", madrid)[0]
		if !slices.Equal(slices.Sorted(slices.Values(row.Article.Market)), []string{"ES", "GB"}) || len(row.Faults) > 0 {
			t.Errorf("%s: %q %v", text, row.Article.Market, row.Faults)
		}
	}
	row := parse(t, "a.jsonl", `{"question":"When?","answer":"Soon.","market":["GB","Atlantis"]}`, madrid)[0]
	if len(row.Faults) != 1 || row.Faults[0].Code != importer.FaultMarket || row.Faults[0].Value != "Atlantis" {
		t.Errorf("%v", row.Faults)
	}
}

func TestRegionalFormsOfALanguageAreThatLanguage(t *testing.T) {
	for given, want := range map[string]string{"en-GB": "en", "es_MX": "es", "zh-TW": "zh", "English": "en", "fr-CA": "fr-CA"} {
		row := parse(t, "a.csv", "question,answer,locale\nWhen?,Soon.,"+given+"\n", madrid)[0]
		if row.Article.Locale != want || len(row.Faults) > 0 {
			t.Errorf("%s is %s, want %s: %v", given, row.Article.Locale, want, row.Faults)
		}
	}
}

func TestColumnsThatAreNotOursAreNamed(t *testing.T) {
	for name, file := range map[string]string{
		"a.csv":   "Question,Answer,Colour,Other ways,Row,Answer\nWhen?,Soon.,red,how soon,3,Later.\n",
		"a.jsonl": `{"question":"When?","answer":"Soon.","Colour":"red","Answer ":"x","other ways":["how soon"]}`,
	} {
		row := parse(t, name, file, madrid)[0]
		if len(row.Ignored) == 0 || row.Ignored[0] != "Colour" || !slices.Equal(row.Article.Phrasings, []string{"how soon"}) {
			t.Errorf("%s: ignored %q, phrasings %q", name, row.Ignored, row.Article.Phrasings)
		}
	}
}
