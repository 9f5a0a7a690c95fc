package conversation

import "testing"

func TestPlainTextShowsWhatAReaderSees(t *testing.T) {
	for in, want := range map[string]string{
		"Within **7 days**, see [returns](https://shop.example/r).": "Within 7 days, see returns (https://shop.example/r).",
		"First:\n\n1. open\n2. pay":                                 "First:\n\n1. open\n2. pay",
		"<b>not bold</b> & co":                                      "<b>not bold</b> & co",
		"七天内\n可退":                                                   "七天内\n可退",
		"The box is 50*40*30 cm, *really* and_so_on":                "The box is 50*40*30 cm, *really* and_so_on",
		"5**2 is **not** 52 **":                                     "5**2 is not 52 **",
		"1. 国内\n2. 英国":                                              "1. 国内\n2. 英国",
		"- a\n- b":                                                  "- a\n- b",
		"":                                                          "",
	} {
		if got := PlainText(in); got != want {
			t.Errorf("PlainText(%q) = %q, want %q", in, got, want)
		}
	}
}
