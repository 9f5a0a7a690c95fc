package conversation

import "testing"

func TestPlainTextShowsWhatAReaderSees(t *testing.T) {
	for in, want := range map[string]string{
		"Within **7 days**, see [returns](https://shop.example/r).": "Within 7 days, see returns (https://shop.example/r).",
		"First:\n\n1. open\n2. pay":                                 "First:\n\n- open\n- pay",
		"<b>not bold</b> & co":                                      "<b>not bold</b> & co",
		"七天内\n可退":                                                   "七天内\n可退",
		"":                                                          "",
	} {
		if got := PlainText(in); got != want {
			t.Errorf("PlainText(%q) = %q, want %q", in, got, want)
		}
	}
}
