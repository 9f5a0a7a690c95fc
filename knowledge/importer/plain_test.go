package importer

import "testing"

func TestAnAnswerBeginsInPlainWords(t *testing.T) {
	for markdown, want := range map[string]string{
		"It is **free** from [£40](https://shop.example/a):\n\n- by post\n- by `courier`\n": "It is free from £40: by post · by courier",
		"## Title\n1. One\n2) Two\n> said":                                                  "Title · One · Two said",
		"a * b, 3. Mai":                                                                     "a * b, 3. Mai",
		"- \n**":                                                                            "",
	} {
		if got := plain(markdown); got != want {
			t.Errorf("%q begins %q, want %q", markdown, got, want)
		}
	}
}
