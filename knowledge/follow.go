package knowledge

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
)

// How much a question that leans on the turn before counts against what it leans on, and how much of it an article must
// have to be meant at all: without that, whatever a shopper says next would be answered with the last answer again.
const (
	ownShare      = 0.6
	ownWords      = 0.1
	ownSimilarity = 0.6
)

// leaningPattern is how a question begins or ends that goes on from the turn before.
var leaningPattern = regexp.MustCompile(`(?i)^\W*(and|but|or|what about|how about|what if|same for|y|e|o|pero|qué tal|que tal|lo mismo)\b` +
	`|^[\s\p{P}]*(那|还有|那么|如果|要是|换成)|呢[\s\p{P}]*$`)

// leaningWords is how short a question is that may lean on the turn before without saying so: "for Spain?", 红色的.
const leaningWords = 4

// leans says whether a question may go on from the turn before, and whether it says that it does.
func leans(text string) (may, says bool) {
	says = leaningPattern.MatchString(text)
	return says || len(words(text)) <= leaningWords, says
}

// searchLeaning searches for a question that says only what is different now: "and for Spain?", 那欧洲呢. Its articles are
// those that its own words and the topic's point to together.
func (b *Base) searchLeaning(ctx context.Context, shop Shop, q Query) (Result, error) {
	own, ownWordsOnly, err := b.find(ctx, shop, q)
	if err != nil {
		return Result{}, fmt.Errorf("search in shop %s: %w", shop.Slug, err)
	}
	topic := q
	topic.Text = searchable(q.Topic)
	about, topicWordsOnly, err := b.find(ctx, shop, topic)
	if err != nil {
		return Result{}, fmt.Errorf("search in shop %s: %w", shop.Slug, err)
	}
	return judge(shop, q, lean(own, about), ownWordsOnly || topicWordsOnly), nil
}

// lean weighs the question's candidates by how well they fit the topic, too.
func lean(own, topic []candidate) []candidate {
	about := make(map[[16]byte]candidate, len(topic))
	for _, c := range topic {
		about[c.id] = c
	}
	var leaning []candidate
	for _, c := range own {
		t, known := about[c.id]
		if !known || c.words < ownWords && c.similarity < ownSimilarity {
			continue
		}
		mix := func(own, topic float64) float64 { return ownShare*own + (1-ownShare)*topic }
		c.similarity, c.words, c.score = mix(c.similarity, t.similarity), mix(c.words, t.words), mix(c.score, t.score)
		c.overlap = mix(c.overlap, t.overlap)
		if c.learned != nil && t.learned != nil {
			both := mix(*c.learned, *t.learned)
			c.learned = &both
		}
		c.shown.Similarity, c.shown.Words, c.shown.Score = c.similarity, c.words, c.score
		leaning = append(leaning, c)
	}
	slices.SortStableFunc(leaning, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	return leaning
}
