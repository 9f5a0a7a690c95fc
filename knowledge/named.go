package knowledge

import (
	"slices"
	"strings"
)

// NamesPlaceOf says that an article names a place that a text names, too.
func NamesPlaceOf(text string, article Hit) bool {
	asked := placesNamed(text)
	if len(asked) == 0 {
		return false
	}
	named := placesNamed(article.Question + "\n" + article.Answer)
	return slices.ContainsFunc(asked, func(p place) bool {
		return slices.ContainsFunc(named, func(n place) bool { return n.market == p.market })
	})
}

// PlacesBeyond returns the names of towns and regions in a text that are in none of the others: neither by this name nor by
// another one of the same part of the country, as 江浙沪 is of 江苏. Only places of the gazetteer are known, and of these not whole
// countries, nor those whose names are common words, too.
func PlacesBeyond(text string, others ...string) []string {
	var beyond []string
	eachPlace(text, func(word string, p place) {
		word = strings.TrimRight(word, ".")
		if _, common := parseLexicon().sameCase[word]; common || p.whole {
			return
		}
		if !slices.ContainsFunc(others, func(other string) bool { return namesPlace(other, word, p) }) {
			beyond = append(beyond, word)
		}
	})
	return beyond
}

func namesPlace(text, word string, p place) bool {
	same := strings.Contains(plain(simplified(strings.ToLower(text))), plain(word))
	eachPlace(text, func(other string, o place) {
		alone := strings.HasSuffix(p.name, "/"+word) && isHan(word) != isHan(other) && !o.whole && strings.HasSuffix(o.name, "/"+other)
		same = same || o.name == p.name || alone && o.market == p.market
	})
	return same
}
