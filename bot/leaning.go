package bot

import (
	"context"
	"math"
	"slices"

	"frontdesk/bot/triage"
	"frontdesk/knowledge"
)

//go:generate go run ../cmd/frontdesk evals --set talks --exam ../knowledge/demo/exam --shops ../knowledge/demo/shops --leaning leaning_weights.go

// LeaningFrom is how likely a reading is at least that a turn is answered with: in shops that were left out of the training
// nine in ten of these were right, and four in five of the least likely.
const LeaningFrom = 0.65

const (
	longestLeaning = 12 // words with a meaning of a turn that may mean something else after the turn before than alone
	mostReadings   = 5  // articles of each search that are looked at
)

// Reading is one article that a turn may be about that goes on from the turn before.
type Reading struct {
	Hit     knowledge.Hit
	Signals []float64 // in the order of their weights
}

// Readings are what a question's open turn may be about, for those who learn how to weigh them; none where it goes on from no answer.
func (r *Responder) Readings(ctx context.Context, shop knowledge.Shop, q Question) ([]Reading, error) {
	text := openTurn(q.Turns)
	verdict := triage.Assess(triage.Input{Turns: q.Turns, Locale: orElse(q.Locale, shop.Locale)})
	e := &enquiry{Responder: r, shop: shop, q: q, language: verdict.Language}
	earlier, err := e.before(ctx)
	if err != nil || !earlier.known || !mayLean(text) {
		return nil, err
	}
	alone, err := e.ask(ctx, text)
	if err != nil {
		return nil, err
	}
	return e.readings(ctx, text, alone, earlier)
}

// mayLean tells a turn that may mean something else after the turn before than alone.
func mayLean(text string) bool { return meaningWords(text) <= longestLeaning }

// turn is what is known of one that may go on from the turn before, and what was found for it: by its own words, with the title of the
// article before, with what the shopper asked before; and for that alone.
type turn struct {
	text, asked              string
	before                   knowledge.Hit
	own, topic, joint, prior knowledge.Result
}

// readings are the articles that a turn may be about, with what is known of each.
func (e *enquiry) readings(ctx context.Context, text string, alone knowledge.Result, earlier exchange) (out []Reading, err error) {
	t := turn{text: text, asked: cutText(previousText(e.q.Turns), longestBefore), before: earlier.article, own: alone}
	if t.asked == "" || earlier.within {
		t.asked = t.before.Question
	}
	for _, search := range []struct {
		text string
		to   *knowledge.Result
	}{{knowledge.Elsewhere(t.before.Question, text) + " " + text, &t.topic}, {knowledge.Elsewhere(t.asked, text) + " " + text, &t.joint}, {t.asked, &t.prior}} {
		if *search.to, err = e.ask(ctx, search.text); err != nil {
			return nil, err
		}
	}
	var hits []knowledge.Hit
	for _, result := range []knowledge.Result{t.own, t.topic, t.joint, t.prior, {Hits: []knowledge.Hit{t.before}}} {
		for _, hit := range result.Hits[:min(len(result.Hits), mostReadings)] {
			if !slices.ContainsFunc(hits, func(h knowledge.Hit) bool { return h.Ref == hit.Ref }) {
				hits = append(hits, hit)
			}
		}
	}
	unspoken, err := e.base.Unspoken(ctx, e.shop.ID, text, hits)
	if err != nil {
		return nil, err
	}
	unsaid, err := e.base.Unspoken(ctx, e.shop.ID, t.asked+" "+text, hits)
	if err != nil {
		return nil, err
	}
	for i, hit := range hits {
		kindred, err := knowledge.Kindred(text, hit)
		if err != nil {
			return nil, err
		}
		out = append(out, Reading{hit, append(e.signals(hit, t), oneIf(unspoken[i]), oneIf(unsaid[i]), kindred, kindred/float64(1+meaningWords(text)))})
	}
	return out, nil
}

// signals are what speaks for an article: how likely each search makes it, by itself and beside that search's likeliest; how near it is
// in meaning and words to the turn and to the article before; whether it is that article; and for any article at all, how the turn is
// put. What takes a look into the shop comes after these.
func (e *enquiry) signals(hit knowledge.Hit, t turn) []float64 {
	few, joins, full, breaks := 1/float64(1+meaningWords(t.text)), oneIf(goesOn.MatchString(t.text)), oneIf(fullQuestion.MatchString(t.text)), oneIf(newMatter.MatchString(t.text))
	own, topic, joint, prior := standingOf(t.own, hit), standingOf(t.topic, hit), standingOf(t.joint, hit), standingOf(t.prior, hit)
	place, placed, about := oneIf(knowledge.NamesPlaceOf(t.text, hit)), oneIf(knowledge.NamesPlaceOf(t.text, t.before)), relevance(t.text, hit, e.similar)
	near := e.alike(hit.Question, t.before.Question)
	out := []float64{own.odds, topic.odds, joint.odds, prior.odds, own.odds * few, topic.odds * few, joint.odds * few, prior.odds * few, topic.odds * joins,
		own.beside, topic.beside, joint.beside, own.score, topic.score, joint.score, prior.score,
		near, near * few, near * joins, about, relevance(t.text, hit, nil), place, placed * place,
		e.alike(hit.Question, t.text), e.alike(hit.Question, t.asked+" "+t.text), joins, few, full, breaks}
	same := oneIf(hit.Ref == t.before.Ref)
	for _, s := range []float64{1, few, joins, full, breaks, logOdds(t.own.Confidence), placed, about, e.alike(t.text, t.asked)} {
		out = append(out, same*s)
	}
	return out
}

// alike is how near two texts are in meaning; 0 where nobody can tell.
func (e *enquiry) alike(a, b string) float64 {
	if e.similar == nil {
		return 0
	}
	return e.similar(a, b)
}

// standing is how an article stands in what a search found; one that it did not find is as good as excluded.
type standing struct {
	odds   float64 // log-odds that it answers
	beside float64 // log of its confidence, as a share of the likeliest's
	score  float64
}

func standingOf(result knowledge.Result, hit knowledge.Hit) standing {
	const least = 0.003
	best, at, score := least, 0.0, 0.0
	for _, found := range result.Hits {
		best = max(best, found.Confidence)
		if found.Ref == hit.Ref {
			at, score = max(at, found.Confidence), found.Score
		}
	}
	return standing{logOdds(at), math.Log(max(at, least) / best), score}
}

func logOdds(p float64) float64 {
	p = min(max(p, 0.01), 0.99)
	return math.Log(p / (1 - p))
}

func oneIf(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// weigh is how likely each reading is, among them all and none of them.
func weigh(readings []Reading) []float64 {
	scores, most := make([]float64, len(readings)), leaningNone
	for i, r := range readings {
		for j, by := range leaningBy {
			scores[i] += by * r.Signals[j]
		}
		most = max(most, scores[i])
	}
	sum := math.Exp(leaningNone - most)
	for i, s := range scores {
		scores[i] = math.Exp(s - most)
		sum += scores[i]
	}
	for i := range scores {
		scores[i] /= sum
	}
	return scores
}
