package knowledge_test

import (
	"slices"
	"testing"
	"unicode/utf8"

	"frontdesk/knowledge"

	"github.com/google/go-cmp/cmp"
)

func TestWordsMeetTheirInflectionsAndSpellings(t *testing.T) {
	for _, same := range [][]string{
		{"refund", "refunds", "Refunded", "ＲＥＦＵＮＤ"},
		{"devolución", "devolucion", "devoluciones", "DEVOLUCIÓN"},
		{"envío", "envio", "envíos"},
		{"pagar", "pago", "pagos"},
		{"talla", "tallas"},
		{"can't", "cant", "can’t"},
		{"shipping", "shipped", "ships"},
	} {
		for _, word := range same[1:] {
			if diff := cmp.Diff(knowledge.WordsOf(same[0]), knowledge.WordsOf(word)); diff != "" {
				t.Errorf("%s and %s: %s", same[0], word, diff)
			}
		}
	}
}

func TestTextsAreSplitByScript(t *testing.T) {
	for text, want := range map[string][]string{
		"怎么退货":           {"怎么", "么退", "退货"},
		"退":              {"退"},
		"买iphone15送壳":    {"买", "iphone15", "送壳"},
		"カードで払える？":       {"カー", "ード", "ドで", "で払", "払え", "える"},
		"order AB-1234!": {"order", "ab", "1234", "ab1234"},
		"7天无理由":          {"7", "天无", "无理", "理由"},
		"":               nil,
		"👍 …":            nil,
	} {
		if diff := cmp.Diff(want, knowledge.WordsOf(text)); diff != "" {
			t.Errorf("%q (-want +got):\n%s", text, diff)
		}
	}
}

func FuzzWords(f *testing.F) {
	for _, text := range []string{"怎么退货", "can't return AB-12", "¿dónde está?", "\xff\x00", "ー'-_"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, word := range knowledge.WordsOf(text) {
			if word == "" || utf8.ValidString(text) && !utf8.ValidString(word) {
				t.Errorf("%q gives the word %q", text, word)
			}
		}
		for _, h := range knowledge.WordHashes(text) {
			if h < 1 || h > 1_000_000_000 {
				t.Errorf("%q gives the place %d", text, h)
			}
		}
		if !slices.Equal(knowledge.WordsOf(text), knowledge.WordsOf(text)) {
			t.Errorf("%q is split in two ways", text)
		}
	})
}
