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
	rounds     = 10   // over the examples
	rate       = 0.1  // of learning
	shrinkGram = 3e-4 // pull to zero
	shrinkWord = 1e-5

	learnedWell = 4e-3 // an error so small teaches nothing
	pruneSteps  = 37   // of 127: an n-gram that says less of everything is dropped
)

// sample is an example in numbers.
type sample struct {
	ids   []int32
	share float32
	all   []float32 // sum of the vectors of its pieces
	not   []float32 // the same, of negated ones
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
		for _, f := range docs[i].features() {
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
	grams := d.features()
	s.share = ngramScale / float32(math.Sqrt(float64(len(grams)+1)))
	for _, f := range grams {
		if id, ok := l.ids[f.key]; ok {
			s.ids = append(s.ids, id)
		}
	}
	slices.Sort(s.ids)
	s.ids = slices.Compact(s.ids)
	negated, length := d.negations(tables().find(d)), float32(0.01)
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

// fit learns from the samples of which use is true: logistic regression for every head at once.
func (l *learner) fit(use func(int) bool) *model {
	dim := l.vectors.dim
	grams, all, not, bias := newSlopes(len(l.keys)*heads), newSlopes(dim*heads), newSlopes(dim*moodHeads), newSlopes(heads)
	var order []int
	for i := range l.samples {
		if use(i) {
			order = append(order, i)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for e := range rounds {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		rate := float32(rate * (1 - 0.9*float64(e)/rounds))
		for _, i := range order {
			s := &l.samples[i]
			score := [heads]float32(bias.w)
			for _, id := range s.ids {
				for h, w := range grams.w[int(id)*heads : int(id)*heads+heads] {
					score[h] += w * s.share
				}
			}
			for j := range dim {
				for h, w := range all.w[j*heads : j*heads+heads] {
					score[h] += w * s.all[j]
				}
			}
			for j := 0; j < dim && s.negated; j++ {
				for h, w := range not.w[j*moodHeads : j*moodHeads+moodHeads] {
					score[h] += w * s.not[j]
				}
			}
			for h := range score {
				off := s.w * float32(sigmoid(float64(score[h]))-float64(s.y[h]))
				if !(off > learnedWell || off < -learnedWell) { // unknown, or nothing left to learn
					continue
				}
				bias.step(h, off, rate)
				for _, id := range s.ids {
					grams.step(int(id)*heads+h, off*s.share+shrinkGram*grams.w[int(id)*heads+h], rate)
				}
				for j := range dim {
					all.step(j*heads+h, off*s.all[j]+shrinkWord*all.w[j*heads+h], rate)
				}
				for j := 0; j < dim && h < moodHeads && s.negated; j++ {
					not.step(j*moodHeads+h, off*s.not[j]+shrinkWord*not.w[j*moodHeads+h], rate)
				}
			}
		}
	}
	return l.pack(bias.w, grams.w, all.w, not.w)
}
