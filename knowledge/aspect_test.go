package knowledge

import (
	"slices"
	"testing"
	"unicode/utf8"
)

func TestWhatIsAskedForIsKnownInThreeLanguages(t *testing.T) {
	for text, want := range map[string]string{
		"does it come with a lid":            "lid",
		"西湖店好停车吗":                            "parking",
		"¿hay aparcamiento cerca?":           "parking",
		"Do you sew wedding dresses":         "wedding",
		"冬被充絨量多少":                            "tog",
		"buscáis dependientas para Madrid?":  "hiring",
		"can I buy just a lid":               "spare",
		"¿se llevan el viejo al traer otro?": "old-item-removal",
		"能延保吗":                               "warranty-extension",
	} {
		if named := parseAspects().asking.named(text); !slices.Contains(named, want) {
			t.Errorf("%q asks for %v", text, named)
		}
	}
}

// What only happens to be told is nothing that an article must speak of.
func TestWhatIsOnlyToldIsNotAskedFor(t *testing.T) {
	for _, text := range []string{
		"zipper on the parka gave up after three weeks", "my customer care number", "I got two of the second one", "cuánto me cobran por devolver",
		"¿hasta qué hora contestan?", "ya lo he hecho, gracias", "when does the return period end", "what is your return policy", "cheers pet", "几天能到", "礼拜一买的能退吗",
		"do you have a picture of it", "con qué se paga", "calzo un 43", "los abrigos de lana cómo se lavan",
		"soy de Puebla y trabajo de noche", "mi perro se comió la hoja", "I'm a journalist and always out", "me robó el corazón", "together with my mother", "las plumas se sueltan",
	} {
		if named := parseAspects().asking.named(text); len(named) > 0 {
			t.Errorf("%q asks for %v", text, named)
		}
	}
}

func TestEveryAspectHasWordsInThreeLanguages(t *testing.T) {
	han, latin := map[string]bool{}, map[string]bool{}
	eachEntry(aspectsText, func(name, word string) {
		if isHan(word) {
			han[name] = true
		} else {
			latin[name] = true
		}
	})
	for name := range latin {
		if !han[name] && name != "api" {
			t.Errorf("%s has no Chinese word", name)
		}
	}
}

// A longer one would never be looked for.
func TestEveryAspectIsShortEnoughToBeFound(t *testing.T) {
	eachEntry(aspectsText, func(name, word string) {
		if isHan(word) && utf8.RuneCountInString(word) > longestHan || !isHan(word) && len(words(word)) > longestWords {
			t.Errorf("%s: %q is too long", name, word)
		}
	})
}
