package triage

import (
	"flag"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

var learn = flag.Bool("learn", false, "learn the weights anew and write weights.bin")

const (
	folds      = 5
	leastCount = 2    // an n-gram seen less often is no feature
	rounds     = 16   // over the examples: with fewer, lines held back are judged worse
	rate       = 0.1  // of learning
	shrinkGram = 6e-5 // pull to zero
	shrinkWord = 1e-5
	shrinkDeep = 1e-3
	deepStart  = 0.6 // spread of the hidden layer before it has learned
	deepRate   = 0.5 // of the rate of the rest

	learnedWell = 1e-2 // an error so small teaches nothing
	pruneSteps  = 12   // of 127: an n-gram that says less of everything is dropped
)

// sample is an example in numbers.
type sample struct {
	ids   []int32
	share float32
	all   []float32 // sum of the vectors of its pieces
	not   []float32 // the same, of negated ones
	form  [traits]float32
	y     [heads]float32
	w     float32

	negated bool
}

// learner turns examples into a model.
type learner struct {
	ids     map[uint32]int32
	keys    []uint32
	vectors *wordVectors
	samples []sample
}

func newLearner(t testing.TB, xs []example) *learner {
	l := &learner{ids: map[uint32]int32{}, vectors: loadVectors(t)}
	count := map[uint32]int{}
	docs := make([]*document, len(xs))
	for i, x := range xs {
		docs[i] = tables().prepare(x.text, maxJudged)
		seen := map[uint32]bool{}
		for _, f := range docs[i].features(docs[i].negations(tables().find(docs[i]))) {
			if !seen[f.key] {
				seen[f.key] = true
				count[f.key]++
			}
		}
	}
	for _, k := range slices.Sorted(maps.Keys(count)) {
		if count[k] >= leastCount {
			l.ids[k] = int32(len(l.keys))
			l.keys = append(l.keys, k)
		}
	}
	for i, x := range xs {
		l.samples = append(l.samples, l.sample(docs[i], x))
	}
	return l
}

func (l *learner) sample(d *document, x example) sample {
	s := sample{y: x.y, w: x.weight, all: make([]float32, l.vectors.dim), not: make([]float32, l.vectors.dim)}
	found := tables().find(d)
	negated, length := d.negations(found), float32(0.01)
	grams := d.features(negated)
	s.share = ngramScale / float32(math.Sqrt(float64(len(grams)+1)))
	for _, f := range grams {
		if id, ok := l.ids[f.key]; ok {
			s.ids = append(s.ids, id)
		}
	}
	slices.Sort(s.ids)
	s.ids = slices.Compact(s.ids)
	s.form = d.form(d.asksFor(found))
	for _, p := range d.pieces(func(k uint32) bool { return l.vectors.rows[k] != nil }) {
		row := l.vectors.rows[p.key]
		for j, v := range row {
			s.all[j] += v
			length += v * v
			if negated[p.from] {
				s.negated = true
				s.not[j] += v
			}
		}
	}
	n := 1 / float32(math.Sqrt(float64(length)))
	for j := range s.all {
		s.all[j] *= n
		s.not[j] *= n
	}
	return s
}

// slopes are the numbers being learned, with the sums of squares of AdaGrad.
type slopes struct{ w, g []float32 }

func newSlopes(n int) slopes {
	s := slopes{make([]float32, n), make([]float32, n)}
	for i := range s.g {
		s.g[i] = 1e-2
	}
	return s
}

func (s *slopes) step(i int, d, rate float32) {
	s.g[i] += d * d
	s.w[i] -= rate * d / float32(math.Sqrt(float64(s.g[i])))
}

// fit learns from the samples of which use is true: logistic regression for every head at once, and beside it a
// hidden layer over the vectors.
func (l *learner) fit(use func(int) bool) *model {
	dim := l.vectors.dim
	rng := rand.New(rand.NewPCG(1, 2))
	g := newNumbers(len(l.keys), dim, rng)
	var order []int
	for i := range l.samples {
		if use(i) {
			order = append(order, i)
		}
	}
	for e := range rounds {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		rate := float32(rate * (1 - 0.9*float64(e)/rounds))
		for _, i := range order {
			g.learn(&l.samples[i], rate)
		}
	}
	return l.pack(g)
}

// numbers are all that is learned.
type numbers struct {
	dim                                          int
	grams, all, not, bias, deep, form, bend, out slopes
}

func newNumbers(grams, dim int, rng *rand.Rand) *numbers {
	g := &numbers{dim, newSlopes(grams * heads), newSlopes(dim * heads), newSlopes(dim * moodHeads), newSlopes(heads),
		newSlopes(dim * hidden), newSlopes(traits * hidden), newSlopes(hidden), newSlopes(hidden * heads)}
	for _, s := range []slopes{g.deep, g.out} {
		for i := range s.w {
			s.w[i] = float32(rng.NormFloat64()) * deepStart
		}
	}
	return g
}

// score is what the numbers make of a sample, and what its hidden units say.
func (g *numbers) score(s *sample) (score [heads]float32, unit [hidden]float32) {
	score, unit = [heads]float32(g.bias.w), [hidden]float32(g.bend.w)
	for _, id := range s.ids {
		for h, w := range g.grams.w[int(id)*heads : int(id)*heads+heads] {
			score[h] += w * s.share
		}
	}
	for j, x := range s.all {
		for h, w := range g.all.w[j*heads : j*heads+heads] {
			score[h] += w * x
		}
		for k, w := range g.deep.w[j*hidden : j*hidden+hidden] {
			unit[k] += w * x
		}
	}
	for j := 0; j < g.dim && s.negated; j++ {
		for h, w := range g.not.w[j*moodHeads : j*moodHeads+moodHeads] {
			score[h] += w * s.not[j]
		}
	}
	for i, x := range s.form {
		for k, w := range g.form.w[i*hidden : i*hidden+hidden] {
			unit[k] += w * x
		}
	}
	for k := range unit {
		unit[k] = tanh(unit[k])
		for h, w := range g.out.w[k*heads : k*heads+heads] {
			score[h] += w * unit[k]
		}
	}
	return score, unit
}

// learn moves the numbers towards what a sample says.
func (g *numbers) learn(s *sample, rate float32) {
	score, unit := g.score(s)
	var off [heads]float32
	taught := false
	for h := range score {
		d := s.w * float32(sigmoid(float64(score[h]))-float64(s.y[h]))
		if !(d > learnedWell || d < -learnedWell) { // unknown, or nothing left to learn
			continue
		}
		off[h], taught = d, true
		g.bias.step(h, d, rate)
		for _, id := range s.ids {
			g.grams.step(int(id)*heads+h, d*s.share+shrinkGram*g.grams.w[int(id)*heads+h], rate)
		}
		for j, x := range s.all {
			g.all.step(j*heads+h, d*x+shrinkWord*g.all.w[j*heads+h], rate)
		}
		for j := 0; j < g.dim && h < moodHeads && s.negated; j++ {
			g.not.step(j*moodHeads+h, d*s.not[j]+shrinkWord*g.not.w[j*moodHeads+h], rate)
		}
	}
	if taught {
		g.deepen(s, off, unit, rate*deepRate)
	}
}

// deepen carries what was off back through the hidden units.
func (g *numbers) deepen(s *sample, off [heads]float32, unit [hidden]float32, rate float32) {
	var back [hidden]float32
	for k, u := range unit {
		for h, d := range off {
			if d != 0 {
				back[k] += d * g.out.w[k*heads+h]
				g.out.step(k*heads+h, d*u+shrinkDeep*g.out.w[k*heads+h], rate)
			}
		}
		back[k] *= 1 - u*u
		g.bend.step(k, back[k], rate)
		for i, x := range s.form {
			if x != 0 {
				g.form.step(i*hidden+k, back[k]*x+shrinkDeep*g.form.w[i*hidden+k], rate)
			}
		}
	}
	for j, x := range s.all {
		for k, b := range back {
			g.deep.step(j*hidden+k, b*x+shrinkDeep*g.deep.w[j*hidden+k], rate)
		}
	}
}
