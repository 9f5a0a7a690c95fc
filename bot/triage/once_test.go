package triage

import (
	"strings"
	"testing"
)

func TestWhatIsSaidAHundredTimesIsSaidTwice(t *testing.T) {
	for text, want := range map[string]string{
		strings.Repeat("包裹", 3990): "包裹包裹", strings.Repeat("x ", 3999): "x x", strings.Repeat("Refund! ", 12): "Refund! Refund", strings.Repeat("dónde está mi pedido ", 9): "dónde está mi pedido dónde está mi pedido",
		"no no no": "no no no", "11111111 is my code": "11111111 is my code", "😡😡😡😡😡😡😡😡😡": "😡😡😡😡😡😡😡😡😡", "": "",
	} {
		if got := Once(text); got != want {
			t.Errorf("%.40q: %q, want %q", text, got, want)
		}
	}
	if v := assessText(strings.Repeat("包裹", 3990)); v.Level > 0 {
		t.Errorf("insistence is anger: level %d %v", v.Level, v.Reasons)
	}
}

func TestAShortTextKeepsTheLanguageOfItsConversation(t *testing.T) {
	for _, c := range []struct{ text, hint, want string }{
		{"happy birthday to me, no parcel", "en", "en"}, {"me no he so", "en", "en"}, {"no me llega", "en", "es"}, {"where is it", "es", "en"}, {"no", "en", "en"}, {"size?", "es", "en"},
	} {
		if got := Language(c.text, c.hint); got != c.want {
			t.Errorf("%q in a conversation in %s: %s", c.text, c.hint, got)
		}
	}
}
