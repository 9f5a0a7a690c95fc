package knowledge

import (
	"cmp"
	"math"
	"slices"
)

// ranked is one answer that the candidates speak for: an article, seen through its passages.
type ranked struct {
	hit      Hit
	value    float64     // what it is ordered by
	passages []candidate // best first
	answer   string      // what it would say; articles that say the same are one answer
	negative float64     // score of its best negative phrasing, -1 without one
}

// warmth is how much a second passage adds to the best one: a passage that is 0.08 below it adds a third of what an equal
// one does. Between 0.05 and 0.12 it makes little difference; below, near misses of the first passage decide.
const warmth = 0.08

// rank pools the candidates (best first) by article and orders the articles. Each passage of an article speaks for it,
// the near ones most; so do those of other articles that give the same answer. What is nearer to a negative phrasing of
// an article than to it is taken out.
func rank(candidates []candidate, question Query) []ranked {
	articles := pool(candidates)
	support := make(map[string]float64, len(articles))
	for _, a := range articles {
		for _, p := range a.passages {
			support[a.answer] += math.Exp(p.score / warmth)
		}
	}
	for i, a := range articles {
		articles[i].value = warmth * math.Log(support[a.answer])
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

// pool gathers the passages of each article and its variants, and drops those articles that a negative phrasing
// keeps out.
func pool(candidates []candidate) []ranked {
	var articles []ranked
	places := make(map[string]int, len(candidates))
	for _, c := range candidates {
		at, known := places[c.ref]
		if !known {
			at = len(articles)
			places[c.ref] = at
			articles = append(articles, ranked{hit: c.shown, answer: c.shown.Answer, negative: -1})
		}
		a := &articles[at]
		switch {
		case c.kind != kindNegative:
			if len(a.passages) == 0 {
				a.hit = c.shown
			}
			a.passages = append(a.passages, c)
		case a.negative < 0:
			a.negative = c.score
		}
	}
	return slices.DeleteFunc(articles, func(a ranked) bool { return len(a.passages) == 0 || a.negative >= a.hit.Score })
}
