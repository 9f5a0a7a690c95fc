package triage

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// talk is one line of the episodes: a conversation and whether it left the shopper dissatisfied.
type talk struct {
	Lang         string
	Dissatisfied int
	Turns        []Turn
}

func talks(t testing.TB) []talk {
	var out []talk
	eachLine(t, "corpus/episodes/episodes.jsonl", func(line []byte) {
		var e talk
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	})
	files, _ := filepath.Glob("corpus/episodes/*.txt")
	for _, f := range files {
		out = append(out, readTalks(t, f)...)
	}
	return out
}

// readTalks reads the talks that are written one a line, under headers such as "[zh 1]".
func readTalks(t testing.TB, file string) []talk {
	var out []talk
	var as talk
	eachLine(t, file, func(line []byte) {
		switch {
		case len(line) == 0:
			return
		case line[0] == '[':
			if _, err := fmt.Sscanf(string(line), "[%2s %d]", &as.Lang, &as.Dissatisfied); err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			return
		}
		e := as
		for _, said := range strings.Split(string(line), " | ") {
			who, text, _ := strings.Cut(said, " ")
			e.Turns = append(e.Turns, Turn{Role: map[string]string{"S": "shopper", "A": "agent"}[who], Text: text})
		}
		out = append(out, e)
	})
	return out
}

// point is one row of a small logistic regression.
type point struct {
	x []float64
	y float64
	w float64
}

// logistic fits weights by gradient descent, pulled to zero by pull; the weights of
// signs 1 and -1 keep to that side.
func logistic(ps []point, pull float64, signs []float64) []float64 {
	n := len(ps[0].x)
	w, total := make([]float64, n), 0.0
	for _, p := range ps {
		total += p.w
	}
	for range 3000 {
		g := make([]float64, n)
		for _, p := range ps {
			d := p.w * (sigmoid(dot(w, p.x)) - p.y)
			for i, x := range p.x {
				g[i] += d * x
			}
		}
		for i := range w {
			w[i] -= 0.5 * (g[i]/total + pull*w[i])
			if i < len(signs) && w[i]*signs[i] < 0 {
				w[i] = 0
			}
		}
	}
	return w
}

// single is the episode of one message.
func single(text string) Input { return Input{Turns: []Turn{{Role: "shopper", Text: text}}} }

// learnAll learns a model and how its heads come together. The second step sees only
// scores of texts that the first did not learn from. It returns those of every corpus
// line as well: its fold's model.
func learnAll(t testing.TB, xs []example) (*model, []*model) {
	l := newLearner(t, xs)
	all := make([]*model, folds+1) // the last one learns from all
	var both sync.WaitGroup
	turn := make(chan struct{}, 2)
	for f := range all {
		both.Go(func() {
			turn <- struct{}{}
			all[f] = l.fit(func(i int) bool { return xs[i].fold != f })
			<-turn
		})
	}
	both.Wait()
	whole, parts := all[folds], all[:folds]
	var mood [moodHeads][]point
	var head [heads][]point
	for _, x := range xs {
		if x.fold < 0 {
			continue
		}
		d := tables().prepare(ends(x.text), maxJudged)
		found := tables().find(d)
		r := parts[x.fold].read(d, found)
		in := moodInput(&r, feel(d, found))
		for h := range mood {
			if known(x.y[h]) {
				mood[h] = append(mood[h], point{in, float64(x.y[h]), x.share()})
			}
		}
		for h := range head {
			if known(x.y[h]) {
				head[h] = append(head[h], point{[]float64{1, r.score[h]}, float64(x.y[h]), x.share()})
			}
		}
	}
	for h := range mood {
		w := logistic(mood[h], 1e-3, []float64{0, 0, 0, 1})
		for _, m := range all {
			copy(m.mood[h][:], w)
		}
	}
	for h := range head {
		w := logistic(head[h], 1e-5, nil)
		for _, m := range all {
			copy(m.platt[h][:], w)
		}
	}
	for _, fit := range []struct { // what a later one is drawn from, an earlier one has weighed
		input func(*evidence) []float64
		y     int
		to    func(*model) []float64
	}{
		{func(e *evidence) []float64 { return e.ordering }, hOrder, func(m *model) []float64 { return m.order[:] }},
		{func(e *evidence) []float64 { return e.calling }, hWish, func(m *model) []float64 { return m.wish[:] }},
		{func(e *evidence) []float64 { return e.danger }, hAnyRisk, func(m *model) []float64 { return m.risk[:] }},
		{func(e *evidence) []float64 { return e.gloom }, hSelfHarm, func(m *model) []float64 { return m.despair[:] }},
	} {
		var ps []point
		for _, x := range xs {
			if x.fold < 0 {
				continue
			}
			e := gather(parts[x.fold], single(x.text))
			if in := fit.input(&e); in != nil && known(x.y[fit.y]) {
				ps = append(ps, point{in, float64(x.y[fit.y]), x.share()})
			}
		}
		w := logistic(ps, 1e-4, nil)
		for _, m := range all {
			copy(fit.to(m), w)
		}
	}
	var hand []point
	for _, x := range xs {
		if x.fold < 0 {
			continue
		}
		e := gather(parts[x.fold], single(x.text))
		if known(x.y[hHandoff]) {
			hand = append(hand, point{handoffInput(&e, e.ruled()), float64(x.y[hHandoff]), x.share()})
		}
	}
	for _, k := range talks(t) {
		e := gather(whole, Input{Turns: k.Turns})
		hand = append(hand, point{handoffInput(&e, e.ruled()), float64(k.Dissatisfied), episodeWeight})
	}
	w := logistic(hand, 1e-3, []float64{0, 1, 1, -1, 1, 1, 1, 1, 1, 1, -1, 1, 0, -1, 1, 1})
	for _, m := range all {
		copy(m.handoff[:], w)
	}
	return whole, parts
}

const episodeWeight = 12

func TestWeightsAreLearnedFromTheCorpus(t *testing.T) {
	if !*learn {
		if weights().sum != inputsSum(t) {
			t.Error("what the weights are learned from has changed: go generate ./bot/triage")
		}
		return
	}
	xs := examples(t)
	whole, parts := learnAll(t, xs)
	whole.sum = inputsSum(t)
	report(t, xs, whole, parts)
	if err := os.WriteFile("weights.bin", whole.marshal(), 0o644); err != nil {
		t.Fatal(err)
	}
}
