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
	pull     float64     // what the neighbourhood gives its answer
	words    float64     // best share of the question's IDF that a passage of its answer has
	passages []candidate // best first
	answer   string      // what it would say; articles that say the same are one answer
	own      float64     // pull of its own passages
	against  float64     // pull of its negative phrasings
	learned  *float64    // log-odds of its answer by what the shop has learned, up to a constant; nil where nothing is
	covered  float64     // share of the question's IDF that its answer says anywhere; 0 where nothing is learned
	kinship  kinship     // how near its words come to the question's
	lead     float64     // the log-odds over that of the likeliest answer, at most 0; 0 where nothing is
	likely   float64     // logarithm of its share of what was learned of all answers; 0 where nothing is
}

// byWords is what the question's words count beside the pull: rare ones and codes are found by them alone. Titles of products
// mean much the same, and a word tells them apart.
const (
	byWords      = 0.15
	byTitleWords = 0.4
)

// byLearned is what the log-odds count that the shop has learned, byCovered how much of the question an answer speaks of in all of
// its phrasings and words together, and byKindred how near the words of what was found of it come to the question's.
const (
	byLearned = 0.05
	byCovered = 0.4
	byKindred = 0.6
)

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
	compareLearned(articles)
	for i := range articles {
		a := &articles[i]
		a.pull, a.words = pull[a.answer], words[a.answer]
		a.value = a.pull + byWords*a.words + byLearned*a.lead + byCovered*a.covered + byKindred*a.kinship.value()
		if a.hit.Kind == kindProduct {
			a.value += (byTitleWords - byWords) * a.words
		}
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

// compareLearned compares what was learned of the answers. One that nothing is known of yet is as likely as the likeliest and says
// as much: the shop has just published it.
func compareLearned(articles []ranked) {
	most, covered, known := math.Inf(-1), 0.0, false
	for _, a := range articles {
		if a.learned != nil {
			most, covered, known = max(most, *a.learned), max(covered, a.covered), true
		}
	}
	if !known {
		return
	}
	total, seen := 0.0, make(map[string]bool, len(articles))
	for i := range articles {
		a := &articles[i]
		a.lead = 0
		if a.learned != nil {
			a.lead = *a.learned - most
		} else {
			a.covered = covered
		}
		if !seen[a.answer] {
			seen[a.answer] = true
			total += math.Exp(a.lead)
		}
	}
	for i := range articles {
		articles[i].likely = articles[i].lead - math.Log(total)
	}
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
			a.hit, a.learned, a.kinship = c.shown, c.learned, c.kinship
			if c.covered != nil {
				a.covered = *c.covered
			}
		}
		a.passages = append(a.passages, c)
		a.own += around.pull[i]
	}
	return slices.DeleteFunc(articles, func(a ranked) bool { return len(a.passages) == 0 || a.against > 0 && a.against >= a.own })
}
