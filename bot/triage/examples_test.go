package triage

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge/embed"
)

var unknown = float32(math.NaN())

// example is one text to learn from; a label that is not known is NaN.
type example struct {
	text, lang, from, file string
	y                      [heads]float32
	weight                 float32
	fold                   int // -1: learned from always, measured never
}

func known(y float32) bool { return y == y }

// share is how much an example counts where the heads are brought together: everyday sentences more than the rare
// and witty ones.
func (x *example) share() float64 {
	if x.from == "plain" {
		return 2
	}
	return 1
}

// examples reads all there is to learn from: the corpus, the opinions, everyday
// questions by topic, and the words of mood.txt.
func examples(t testing.TB) []example {
	var out []example
	us := corpus(t)
	group := groups(us)
	for i, u := range us {
		from := "corpus"
		if strings.HasSuffix(u.file, ".txt") {
			from = "plain"
		}
		out = append(out, example{text: u.Text, lang: u.Lang, from: from, file: u.file, y: labelsOf(u), weight: 1, fold: group[i] % folds})
	}
	out = append(out, opinions(t)...)
	out = append(out, background(t)...)
	return append(out, moodWords()...)
}

func labelsOf(u utterance) (y [heads]float32) {
	is := func(b bool) float32 {
		if b {
			return 1
		}
		return 0
	}
	y[hNegative], y[hPositive], y[hFury] = is(u.Mood < 0), is(u.Mood > 0), is(u.Mood <= -1)
	y[hWish], y[hHandoff] = is(u.Wish), float32(u.Handoff)
	y[hOrder] = is(u.Handoff == 1 && (u.Intent == "order_change" || u.Intent == "refund_request"))
	doubt := slices.Contains(u.Risk, "money") // calmly told, it is a question; whether a person must come depends on the shop's articles
	y[hRemark], y[hAnyRisk] = is(slices.Contains(remarks, u.Intent)), is(len(u.Risk) > 0 && !doubt)
	if doubt && u.Handoff == 0 {
		y[hHandoff] = unknown
	}
	if u.Intent == "refund_request" && u.Handoff == 0 { // some would send money back at once, some would send a form
		y[hOrder], y[hHandoff] = unknown, unknown
	}
	if u.Intent == "smalltalk" || u.Intent == "threat" || u.Intent == "other" {
		y[hRemark] = unknown
	}
	y[hSocial] = social(u)
	if len(u.Risk) > 0 && !doubt && u.Mood > -1 { // how bad news sounds that is told calmly, readers do not agree on
		y[hNegative], y[hPositive], y[hFury] = unknown, unknown, unknown
	}
	for i, k := range riskKinds() {
		y[hRisk+i] = is(slices.Contains(u.Risk, strings.TrimPrefix(string(k), "risk_")))
	}
	return y
}

// social tells small talk and praise from what wants or reports something. Whether a review of something else is small talk
// is not asked, nor whether a kind remark with advice in it is.
func social(u utterance) float32 {
	kind := u.Intent == "smalltalk" || u.Intent == "praise"
	for _, public := range []string{"reviews-", "more-reviews-", "remarks-", "company-", "more-company-"} {
		if strings.HasPrefix(u.file, public) {
			return unknown
		}
	}
	switch {
	case kind && u.Mood >= 0 && u.Handoff == 0:
		return 1
	case !kind && u.Mood > 0 && (u.Intent == "feedback" || u.Intent == "other"):
		return unknown
	}
	return 0
}

// remarks are the intents of somebody who says what they think; the others want something.
var remarks = []string{"complaint", "praise", "feedback"}

func moodLabels(mood float64) (y [heads]float32) {
	y = labelsOf(utterance{Mood: mood})
	for _, h := range []int{hWish, hHandoff, hOrder, hRemark, hSocial} {
		y[h] = unknown
	}
	if mood < -0.6 {
		y[hFury] = unknown
	}
	return y
}

// remarked are the labels of a remark on goods or a company.
func remarked(mood float64) (y [heads]float32) {
	y = moodLabels(mood)
	y[hRemark] = 1
	return y
}

// alikeText is the cosine from which two texts say the same.
const alikeText = 0.9

func product(v, w []float32) (sum float32) {
	for i, x := range v {
		sum += x * w[i]
	}
	return sum
}

// groups numbers utterances so that those that say the same, in whatever language,
// share a number: a fold must not be measured on what it has learned from.
func groups(us []utterance) []int {
	e, err := embed.NewUnlearned()
	if err != nil {
		panic(err)
	}
	vectors, parent := make([][]float32, len(us)), make([]int, len(us))
	for i, u := range us {
		vectors[i], parent[i] = e.Vector(u.Text), i
	}
	var root func(int) int
	root = func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	const first = 64 // what these numbers and the lengths of the rest rule out is not looked at to the end
	rest := make([]float32, len(us))
	for i, v := range vectors {
		rest[i] = float32(math.Sqrt(float64(product(v[first:], v[first:]))))
	}
	for i, v := range vectors {
		for j, w := range vectors[:i] {
			if sum := product(v[:first], w[:first]); sum+rest[i]*rest[j] > alikeText && sum+product(v[first:], w[first:]) > alikeText {
				parent[root(i)] = root(j)
			}
		}
	}
	out := make([]int, len(us))
	for i := range us {
		out[i] = int(key('g', us[root(i)].Text) >> 8)
	}
	return out
}

// moodWords reads mood.txt as short texts with a mood.
func moodWords() []example {
	var out []example
	lang, score := "", 0.0
	for _, line := range strings.Split(moodText, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			f := strings.Fields(strings.Trim(line, "[]"))
			if lang, score = f[len(f)-2], 0; f[0] == "mood" {
				if _, err := fmt.Sscan(f[len(f)-1], &score); err != nil {
					panic(err)
				}
			}
		case score != 0:
			for _, p := range strings.Split(line, ",") {
				for _, text := range spelled(p) {
					out = append(out, example{text: text, lang: lang, from: "words", y: moodLabels(score / 3.6), weight: 0.3, fold: -1})
				}
			}
		}
	}
	return out
}

// spelled writes the texts that a pattern stands for, a dozen at most.
func spelled(pattern string) []string {
	out := []string{""}
	if strings.ContainsAny(pattern, "@^$") || strings.TrimSpace(pattern) == "" {
		return nil
	}
	for _, w := range strings.Fields(pattern) {
		if strings.HasPrefix(w, "..") {
			continue
		}
		var next []string
		for _, a := range strings.Split(strings.TrimRight(w, "?~"), "|") {
			for _, o := range out {
				next = append(next, strings.TrimSpace(o+" "+strings.ReplaceAll(a, "_", " ")))
			}
		}
		out = next[:min(12, len(next))]
	}
	return out
}
