package knowledge

import (
	"cmp"
	"slices"
)

// ranked is one answer that the candidates speak for: an article, seen through its passages.
type ranked struct {
	hit      Hit
	value    float64     // what it is ordered by
	pull     float64     // what the neighbourhood gives its answer
	words    float64     // best share of the question's IDF that a passage of its answer has
	passages []candidate // best first
	answer   string      // what it would say; articles that say the same are one answer
	own      float64     // pull of its own passages
	against  float64     // pull of its negative phrasings
}

// byWords is what the question's words count beside the pull: rare ones and codes are found by them alone.
const byWords = 0.15

// rank pools the candidates (best first) by article and orders the articles. Each passage of an article speaks for it;
// so do those of other articles that give the same answer. An article is taken out when its negative phrasings pull more
// than it does.
func rank(candidates []candidate, around neighbourhood, question Query) []ranked {
	articles := pool(candidates, around)
	answers := make(map[string]string, len(articles))
	for _, a := range articles {
		answers[a.hit.Ref] = a.answer
	}
	pull, words := make(map[string]float64, len(articles)), make(map[string]float64, len(articles))
	for i, c := range candidates {
		if answer, in := answers[c.ref]; in && c.kind != kindNegative {
			pull[answer] += around.pull[i]
			words[answer] = max(words[answer], c.words)
		}
	}
	language, asked := languageOf(question), within(placesNamed(question.Text), candidates)
	for i := range articles {
		a := &articles[i]
		a.pull, a.words = pull[a.answer], words[a.answer]
		a.value = a.pull + byWords*a.words
		switch {
		case len(asked) == 0:
			a.value += leansHome(a.hit.Market, language)
		case a.names(asked):
			a.value += byPlace
		}
	}
	slices.SortStableFunc(articles, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(b.hit.Score, a.hit.Score),
			preferred(b, question)-preferred(a, question))
	})
	return articles
}

// preferred breaks a tie: the article of the shopper's own market before the general one.
func preferred(a ranked, question Query) int {
	if question.Market != "" && slices.Contains(a.hit.Market, question.Market) {
		return 1
	}
	return 0
}

// names says that one of the places stands in what was found of an article.
func (a ranked) names(places []place) bool {
	found := placesNamed(a.hit.Question)
	for _, p := range a.passages {
		found = append(found, placesNamed(p.text)...)
	}
	return slices.ContainsFunc(places, func(p place) bool { return slices.Contains(found, p) })
}

// pool gathers the passages of each article and its variants, and drops those articles that negative phrasings keep out.
func pool(candidates []candidate, around neighbourhood) []ranked {
	var articles []ranked
	places := make(map[string]int, len(candidates))
	for i, c := range candidates {
		at, known := places[c.ref]
		if !known {
			at = len(articles)
			places[c.ref] = at
			articles = append(articles, ranked{hit: c.shown, answer: c.shown.Answer})
		}
		a := &articles[at]
		if c.kind == kindNegative {
			a.against += around.pull[i]
			continue
		}
		if len(a.passages) == 0 {
			a.hit = c.shown
		}
		a.passages = append(a.passages, c)
		a.own += around.pull[i]
	}
	return slices.DeleteFunc(articles, func(a ranked) bool { return len(a.passages) == 0 || a.against > 0 && a.against >= a.own })
}
