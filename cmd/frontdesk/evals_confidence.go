package main

import (
	"context"
	"fmt"
	"go/format"
	"maps"
	"os"
	"slices"
	"strings"

	"frontdesk/cmd/internal/scoring"
	"frontdesk/knowledge"
)

// Sparse shops: how many a set makes, what they count beside the sets in training, and about how many questions each is asked.
const (
	sparseShops     = 2
	sparseRight     = 0.5
	sparseInside    = 0.1
	sparseQuestions = 800
)

// situation is what a search has to go by; confidence is trained for each.
type situation string

const (
	learned situation = "learned" // meaning, words, and what the shop has learned of its phrasings
	meant   situation = "meaning" // meaning and words: of a shop that is too large to learn, or new
	worded  situation = "words"   // words alone: no embedder
)

// situations are those to ask in: what a shop is usually in, and all of them to calibrate.
func (e *evals) situations() []situation {
	if e.command.Calibrate == "" {
		return []situation{learned}
	}
	return []situation{learned, meant, worded}
}

func (s situation) space() string {
	if s == worded {
		return knowledge.WordsSpace
	}
	return ""
}

// settle does for a shop that was just filled what a server does in the background.
func (e *evals) settle(ctx context.Context, shop knowledge.Shop, with situation) error {
	if with != learned {
		return nil
	}
	return e.app.base.Learn(ctx, shop.ID, shop.ActiveSpace)
}

// asked is one question of a set after its search.
type asked struct {
	id string
	scoring.Answer
	signals []float64 // nil when nothing was found
}

// lesson is what one shop teaches, and how much that counts.
type lesson struct {
	all           []asked
	right, inside float64
}

// lessons begins with the set itself.
func (set evalSet) lessons(all []asked) []lesson { return []lesson{{all, set.right, set.inside}} }

// others are the lessons of all sets and small shops but one, by their names.
func others(answers map[string][]lesson, but string) (rest []lesson) {
	for _, name := range slices.Sorted(maps.Keys(answers)) {
		if name != but {
			rest = append(rest, answers[name]...)
		}
	}
	return rest
}

// confidence is the two models that confidence is made of: whether the shop answers the question at all, were that as
// likely as not, and whether the first answer is the right one then.
type confidence struct{ inside, right scoring.Logistic }

// train fits a confidence to lessons. What has no strays tells nothing of what is inside.
func train(lessons []lesson) confidence {
	var inside, right []scoring.Sample
	for _, l := range lessons {
		strays := 0
		for _, a := range l.all {
			if a.Outside() {
				strays++
			}
		}
		known := len(l.all) - strays
		for _, a := range l.all {
			if a.signals == nil {
				continue
			}
			if strays > 0 && l.inside > 0 {
				share := l.inside / float64(known)
				if a.Outside() {
					share = l.inside / float64(strays)
				}
				inside = append(inside, scoring.Sample{X: a.signals, Yes: !a.Outside(), Weight: share})
			}
			if !a.Outside() {
				right = append(right, scoring.Sample{X: a.signals, Yes: a.Right(), Weight: l.right / float64(known)})
			}
		}
	}
	return confidence{scoring.Fit(inside), scoring.Fit(right)}
}

// judge scores questions in their order, as a shop hears them: what came before tells how many have an answer.
func (c confidence) judge(all []asked) []scoring.Answer {
	var traffic knowledge.Traffic
	return c.judgeBy(all, &traffic, true)
}

// judgeFirst scores each question as if it were the first that the shop is asked.
func (c confidence) judgeFirst(all []asked) []scoring.Answer {
	var traffic knowledge.Traffic
	return c.judgeBy(all, &traffic, false)
}

func (c confidence) judgeBy(all []asked, traffic *knowledge.Traffic, listen bool) []scoring.Answer {
	judged := make([]scoring.Answer, len(all))
	for i, a := range all {
		judged[i] = a.Answer
		judged[i].Score = 0
		if a.signals == nil {
			continue
		}
		odds := c.inside.LogOdds(a.signals)
		judged[i].Score = traffic.Chance(odds) * c.right.Probability(a.signals)
		if listen {
			traffic.Add(odds)
		}
	}
	return judged
}

// writeCoefficients writes the confidences of all situations as Go.
func writeCoefficients(path string, trained map[situation]confidence) error {
	literal := func(l scoring.Logistic) string {
		parts := make([]string, len(l.By))
		for i, x := range l.By {
			parts[i] = fmt.Sprintf("%.3f", x)
		}
		return fmt.Sprintf("weights{Bias: %.3f, By: []float64{%s}}", l.Bias, strings.Join(parts, ", "))
	}
	var source strings.Builder
	source.WriteString("package knowledge\n\n// The coefficients of confidence, in the order of features.vector; written by go generate.\nvar (\n")
	for _, s := range []struct {
		name string
		with situation
	}{{"learned", learned}, {"fused", meant}, {"word", worded}} {
		fmt.Fprintf(&source, "%sInside = %s\n%sRight = %s\n", s.name, literal(trained[s.with].inside), s.name, literal(trained[s.with].right))
	}
	source.WriteString(")\n")
	formatted, err := format.Source([]byte(source.String()))
	if err != nil {
		return err
	}
	return os.WriteFile(path, formatted, 0o644)
}
