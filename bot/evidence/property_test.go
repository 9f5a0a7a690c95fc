package evidence

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSentencesOfASourceAreAlwaysSupported(t *testing.T) {
	answers := loadAnswers(t)
	rapid.Check(t, func(t *rapid.T) {
		var text string
		for range rapid.IntRange(1, 6).Draw(t, "answers") {
			a := answers[rapid.IntRange(0, len(answers)-1).Draw(t, "answer")]
			text += a.in(rapid.SampledFrom(languages).Draw(t, "language")) + rapid.SampledFrom([]string{" ", "\n", ""}).Draw(t, "join")
		}
		text += rapid.StringOf(rapid.RuneFrom([]rune("1２三天0. ,，。！?€¥$%-/:aAbB@元折月日号码XLes免费free not不\n\t'\"()"))).Draw(t, "noise")
		sentences := Sentences(text)
		var kept []string
		for i, s := range sentences {
			if rapid.Bool().Draw(t, "keep"+string(rune('a'+i%26))) {
				kept = append(kept, s)
			}
		}
		if f := Check(strings.Join(kept, "\n"), []Source{{Kind: Passage, Text: text}}); len(f) > 0 {
			t.Fatalf("stopped %q of %q: %v", kept, text, f)
		}
	})
}

func TestSentencesSplitIntoThemselves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringOf(rapid.RuneFrom([]rune("aB1. ,。！？!?\n\"”)e.gpjwww。c/n-")))).Draw(t, "text")
		once := Sentences(text)
		if again := Sentences(strings.Join(once, "\n")); !reflect.DeepEqual(once, again) {
			t.Fatalf("%q splits into %q, then %q", text, once, again)
		}
	})
}

func FuzzCheck(f *testing.F) {
	f.Add("7 days, €5.99 — https://lindenhome.example/a", "七天 5,99 € WELCOME10")
	f.Add("满300减50，八折，11月23日至25日", "23/11 180/96A XL码 +34 900 123 456")
	f.Add("9–18点 a. m. 24/7", "de 9 a 18 h, 2 o 3 días, 1.299,00 €")
	f.Fuzz(func(t *testing.T, draft, source string) {
		Check(draft, []Source{{Kind: Passage, Text: source}, {Kind: Shopper, Text: draft}})
		if found := Check(draft, []Source{{Kind: Passage, Text: draft}}); len(found) > 0 {
			t.Fatalf("%q does not support itself: %v", draft, found)
		}
	})
}

func FuzzSentences(f *testing.F) {
	f.Add("Hola. ¿Qué tal? P. ej. 3.5 kg.\n1. Uno 2. Dos")
	f.Add("好的！运费5.99元。见shop.example/a。谢谢……")
	f.Fuzz(func(t *testing.T, text string) {
		once := Sentences(text)
		if again := Sentences(strings.Join(once, "\n")); !reflect.DeepEqual(once, again) {
			t.Fatalf("%q splits into %q, then %q", text, once, again)
		}
	})
}
