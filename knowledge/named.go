package knowledge

import "slices"

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
