package knowledge

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// What tells the answers of a shop from each other is learned from all of its phrasings at once: a multinomial logistic
// regression. The neighbourhood of a question (pull.go) knows what lies close; this knows which words and meanings matter
// in just this shop. The ranking adds the two.
const (
	learnRounds = 12
	learnSteps  = 1.5  // length of the first step; the last ones are hardly any
	learnDecay  = 2e-5 // how fast what nothing supports is forgotten, for each example
	learnSmall  = 1e-3 // what is less likely than this needs no correction
)

// example is a passage and the class, from 0 on, of the answer that it speaks for.
type example struct {
	traits
	class int
}

// learn returns the weights of each class, in the order of traits.whole. Common classes do not drown rare ones: an example
// counts by the root of how many its class has. The same examples in the same order give the same weights; no examples, none.
func learn(ctx context.Context, examples []example, classes int) ([][]float32, error) {
	if len(examples) == 0 {
		return nil, nil
	}
	l := newLearner(examples, classes)
	random := rand.New(rand.NewPCG(1, uint64(len(examples))))
	order := random.Perm(len(examples))
	steps := float64(len(examples) * learnRounds)
	done := 0.0
	for range learnRounds {
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			if int(done)%64 == 0 && ctx.Err() != nil {
				return nil, ctx.Err()
			}
			l.step(examples[i], float32(learnSteps*(1-done/steps)))
			done++
		}
	}
	return l.byClass(), nil
}

// learner holds a row of weights for each trait, one for each class: what is read and written together lies together.
type learner struct {
	meaning int
	rows    [][]float32
	scale   float32 // of all rows; forgetting is one multiplication
	share   []float32
	odds    []float32 // of the example at hand
	wrong   []int     // classes whose odds are to be corrected
}

func newLearner(examples []example, classes int) *learner {
	l := &learner{meaning: len(examples[0].meaning), scale: 1, share: make([]float32, classes), odds: make([]float32, classes)}
	l.rows = make([][]float32, l.meaning+traitsExtent)
	for i := range l.rows {
		l.rows[i] = make([]float32, classes)
	}
	var total float32
	for _, e := range examples {
		l.share[e.class]++
	}
	for i, n := range l.share {
		l.share[i] = 1 / float32(math.Sqrt(float64(max(n, 1))))
		total += n * l.share[i]
	}
	for i := range l.share {
		l.share[i] *= float32(len(examples)) / total
	}
	return l
}

// each calls do with every trait of an example that is there, by its row.
func (l *learner) each(e example, do func(row []float32, value float32)) {
	for i, x := range e.meaning {
		do(l.rows[i], x)
	}
	for i, place := range e.places {
		do(l.rows[l.meaning+int(place)], e.values[i])
	}
	do(l.rows[len(l.rows)-1], 1)
}

// addTimes adds a multiple of one list to another of the same length: nearly all of the time that learning takes. Both lists are
// the learner's own, so that the race detector has nothing to see here, and would take ten times as long.
//
//go:norace
func addTimes(to, from []float32, by float32) {
	from = from[:len(to)]
	for len(to) >= 4 && len(from) >= 4 {
		to[0] += from[0] * by
		to[1] += from[1] * by
		to[2] += from[2] * by
		to[3] += from[3] * by
		to, from = to[4:], from[4:]
	}
	for i := range to {
		to[i] += from[i] * by
	}
}

// dot is the product of two vectors, which nobody writes to any more: most of the time that a search takes outside of the database.
//
//go:norace
func dot(a, b []float32) float64 {
	n := min(len(a), len(b))
	a, b = a[:n], b[:n]
	var s0, s1, s2, s3 float32 // four sums at once: the processor need not wait for one addition to begin the next
	for len(a) >= 4 && len(b) >= 4 {
		s0, s1, s2, s3 = s0+a[0]*b[0], s1+a[1]*b[1], s2+a[2]*b[2], s3+a[3]*b[3]
		a, b = a[4:], b[4:]
	}
	for i := range a {
		s0 += a[i] * b[i]
	}
	return float64(s0 + s1 + s2 + s3)
}

// step corrects the weights by one example.
func (l *learner) step(e example, length float32) {
	clear(l.odds)
	l.each(e, func(row []float32, value float32) { addTimes(l.odds, row, value) })
	l.shares()
	l.scale *= 1 - length*learnDecay
	by := length * l.share[e.class] / l.scale
	l.odds[e.class]--
	l.wrong = l.wrong[:0]
	for c, miss := range l.odds {
		if math.Abs(float64(miss)) > learnSmall {
			l.wrong = append(l.wrong, c)
		}
		l.odds[c] = miss * by
	}
	if len(l.wrong) == 0 {
		return
	}
	l.each(e, func(row []float32, value float32) {
		for _, c := range l.wrong {
			row[c] -= l.odds[c] * value
		}
	})
}

// shares turns the log-odds of the example at hand into probabilities.
func (l *learner) shares() {
	most, total := slices.Max(l.odds)*l.scale, float32(0)
	for c, z := range l.odds {
		l.odds[c] = float32(math.Exp(float64(z*l.scale - most)))
		total += l.odds[c]
	}
	for c := range l.odds {
		l.odds[c] /= total
	}
}

func (l *learner) byClass() [][]float32 {
	all := make([][]float32, len(l.share))
	for c := range all {
		all[c] = make([]float32, len(l.rows))
		for i, row := range l.rows {
			all[c][i] = row[c] * l.scale
		}
	}
	return all
}
