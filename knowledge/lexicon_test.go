package knowledge

import (
	"slices"
	"strings"
	"testing"
)

func TestWhatMeansTheSameMeets(t *testing.T) {
	for _, same := range [][]string{
		{"§shipping-fee", "运费多少", "郵費點計", "how much is postage", "¿cuánto son los portes?", "Free shipping?"},
		{"§verification", "yzm收不到", "el código por SMS no llega", "verification code never comes"},
		{"§EU", "寄到爱尔兰", "to my mum in Galway", "a Oporto", "mandáis a Alemania?"},
		{"§ES/canarias", "vivo en Arrecife", "寄特内里费", "to the Canaries"},
	} {
		for _, text := range same[1:] {
			if found := concepts(text, words(text)); !slices.Contains(found, same[0]) {
				t.Errorf("%q talks about %v, not about %s", text, found, same[0])
			}
		}
	}
}

func TestCommonWordsAreNoPlaces(t *testing.T) {
	for _, text := range []string{"I was reading in the bath", "a shirt with a hull print", "tell us", "nice"} {
		if found := placesNamed(text); len(found) > 0 {
			t.Errorf("%q names %v", text, found)
		}
	}
	if found := placesNamed("I live in Bath."); len(found) != 1 || found[0].market != "GB" {
		t.Errorf("Bath is %v", found)
	}
}

func TestTheListsSayNothingTwice(t *testing.T) {
	lines := map[string]bool{}
	for _, list := range []string{conceptsText, gazetteerText} {
		eachEntry(list, func(name, word string) {
			if word == "" || word != strings.TrimSpace(word) {
				t.Errorf("%s has %q", name, word)
			}
			if lines[name+"|"+word] {
				t.Errorf("%s has %q twice", name, word)
			}
			lines[name+"|"+word] = true
		})
	}
	if len([]rune(strings.TrimSpace(simplifiedText)))%2 != 0 {
		t.Error("the characters are not in pairs")
	}
}

func TestAMarketThatTheShopHasNotIsAnsweredByWhatIsSaidOfItsUnion(t *testing.T) {
	eu, canarias := near("eu", "¿Enviáis a la Unión Europea?", 0.6, "ES"), near("canarias", "Do you ship to the Canaries?", 0.8, "ES")
	if got := first(Query{Text: "Any way of getting a blanket to my mum in Galway?"}, canarias, eu); got != "eu" {
		t.Errorf("Galway finds %s", got)
	}
}
