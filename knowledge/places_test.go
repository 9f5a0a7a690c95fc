package knowledge

import (
	"slices"
	"testing"
)

func TestPlacesAreFoundInThreeLanguages(t *testing.T) {
	for text, want := range map[string][]string{
		"¿Cuánto tarda el envío a Canarias?":   {"ES"},
		"寄到新疆要几天":                              {"CN"},
		"how long is delivery to the UK":       {"GB"},
		"hola 我住Madrid，衣服拿去店里devolver":         {"ES"},
		"do you ship to the US or to England?": {"GB", "US"},
		"can you tell us more":                 nil,
		"几天能到":                                 nil,
		"ukulele":                              nil,
	} {
		var named []string
		for _, p := range placesNamed(text) {
			named = append(named, p.market)
		}
		slices.Sort(named)
		if !slices.Equal(named, want) {
			t.Errorf("%q names %v, want %v", text, named, want)
		}
	}
}

func near(ref, text string, similarity float64, markets ...string) candidate {
	return candidate{ref: ref, kind: kindPhrasing, text: text, similarity: similarity, vector: []float32{1},
		shown: Hit{Ref: ref, Question: text, Answer: ref, Market: markets, Score: similarity}}
}

func first(question Query, candidates ...candidate) string {
	candidates = fitting(candidates, question)
	articles := rank(candidates, neighbours(candidates, false), question)
	if len(articles) == 0 {
		return ""
	}
	return articles[0].hit.Ref
}

func TestWithoutAMarketTheHomeOfTheLanguageLeansAndAPlaceDecides(t *testing.T) {
	gb, cn := near("gb", "英国几天能到？", 0.82, "GB"), near("cn", "国内下单几天能收到？", 0.80, "CN")
	if got := first(Query{Text: "几天能到", Locale: "zh"}, gb, cn); got != "cn" {
		t.Errorf("a Chinese question without a place finds %s", got)
	}
	if got := first(Query{Text: "寄到伦敦几天能到", Locale: "zh"}, gb, cn); got != "gb" {
		t.Errorf("a Chinese question about London finds %s", got)
	}
	if got := first(Query{Text: "how long is delivery", Locale: "en"}, gb, cn); got != "gb" {
		t.Errorf("an English question finds %s", got)
	}
}

func TestAPlaceOfTheSameMarketIsNotTheOneAskedFor(t *testing.T) {
	canarias, baleares := near("canarias", "enviáis a canarias?", 0.75, "ES"), near("baleares", "¿Cuánto tarda el envío a Baleares?", 0.85, "ES")
	if got := first(Query{Text: "¿Cuánto tarda el envío a Canarias?", Locale: "es"}, baleares, canarias); got != "canarias" {
		t.Errorf("found %s", got)
	}
}

func TestACodeIsNotAnsweredWithAnother(t *testing.T) {
	welcome, general := near("welcome", "WELCOME10怎么用？", 0.9), near("general", "优惠码用不了怎么办？", 0.5)
	if got := first(Query{Text: "AUTUMN15还能用吗"}, welcome, general); got != "general" {
		t.Errorf("AUTUMN15 finds %s", got)
	}
	if got := first(Query{Text: "welcome10还能用吗"}, welcome, general); got != "welcome" {
		t.Errorf("WELCOME10 finds %s", got)
	}
}

func TestOneNegativePhrasingDoesNotOutweighSeveralGoodOnes(t *testing.T) {
	negative := near("canarias", "cuánto cuesta devolver desde canarias", 0.85)
	negative.kind, negative.vector = kindNegative, []float32{0, 1}
	a, b := near("canarias", "enviáis a canarias?", 0.8), near("canarias", "envío a tenerife", 0.8)
	a.vector, b.vector = []float32{1, 0}, []float32{0.6, -0.8}
	if got := first(Query{Text: "x"}, negative, a, b); got != "canarias" {
		t.Errorf("found %q", got)
	}
	if got := first(Query{Text: "x"}, negative, near("other", "otra cosa", 0.4)); got != "other" {
		t.Errorf("found %q", got)
	}
}

func TestAQuestionBackNeedsOneLikelyMeaningAmongThree(t *testing.T) {
	for _, c := range []struct {
		confidence, likely float64
		want               Decision
	}{
		{0.85, 0.9, DecideAnswer}, {0.7, 0.8, DecideAsk}, {0.25, 0.6, DecideAsk}, {0.15, 0.3, DecideNone},
	} {
		if got := decide(Settings{}, c.confidence, c.likely); got != c.want {
			t.Errorf("%v of %v: %s, want %s", c.confidence, c.likely, got, c.want)
		}
	}
	if got := decide(Settings{AnswerAbove: 0.6, AskAbove: 0.5}, 0.65, 0.65); got != DecideAnswer {
		t.Errorf("a shop's own threshold: %s", got)
	}
}
