// Package scoring is the arithmetic of figures: how often right, how sure of it, and how far chance may have moved them.
package scoring

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Interval is the 95 % interval of a figure.
type Interval struct{ Low, High float64 }

// Wilson is the score interval of k successes among n (Wilson, 1927); without any trial it is everything.
func Wilson(k, n int) Interval {
	if n == 0 {
		return Interval{0, 1}
	}
	const z = 1.959964
	share, count := float64(k)/float64(n), float64(n)
	centre := (share + z*z/(2*count)) / (1 + z*z/count)
	half := z / (1 + z*z/count) * math.Sqrt(share*(1-share)/count+z*z/(4*count*count))
	return Interval{max(0, centre-half), min(1, centre+half)}
}

// Bootstrap is the percentile interval of a figure over n items: it is worked out for each of the rounds from items
// drawn with replacement, given by their places. The same call gives the same interval.
func Bootstrap(n, rounds int, figure func(drawn []int) float64) Interval {
	if n == 0 || rounds == 0 {
		return Interval{math.NaN(), math.NaN()}
	}
	random := rand.New(rand.NewPCG(1, uint64(n)))
	drawn, values := make([]int, n), make([]float64, 0, rounds)
	for range rounds {
		for i := range drawn {
			drawn[i] = random.IntN(n)
		}
		if v := figure(drawn); !math.IsNaN(v) {
			values = append(values, v)
		}
	}
	if len(values) == 0 {
		return Interval{math.NaN(), math.NaN()}
	}
	slices.Sort(values)
	last := len(values) - 1
	return Interval{values[min(last, len(values)*25/1000)], values[min(last, len(values)*975/1000)]}
}

// AUROC is the probability that a positive scores higher than a negative, ties counting half (Mann and Whitney, 1947).
// NaN when either is empty.
func AUROC(positive, negative []float64) float64 {
	if len(positive) == 0 || len(negative) == 0 {
		return math.NaN()
	}
	both := Ranks(append(slices.Clone(positive), negative...))
	var sum float64
	for _, rank := range both[:len(positive)] {
		sum += rank
	}
	n, m := float64(len(positive)), float64(len(negative))
	return (sum - n*(n+1)/2) / (n * m)
}

// Ranks gives each value its place from 1 on, equal ones the mean of theirs.
func Ranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case values[a] < values[b]:
			return -1
		case values[a] > values[b]:
			return 1
		}
		return 0
	})
	ranks := make([]float64, len(values))
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && values[order[j]] == values[order[i]] {
			j++
		}
		for k := i; k < j; k++ {
			ranks[order[k]] = float64(i+1+j) / 2
		}
		i = j
	}
	return ranks
}

// Spearman is the correlation of the ranks of two lists of equal length; NaN when one of them does not vary.
func Spearman(x, y []float64) float64 {
	a, b := Ranks(x), Ranks(y)
	var sumA, sumB float64
	for i := range a {
		sumA += a[i]
		sumB += b[i]
	}
	meanA, meanB := sumA/float64(len(a)), sumB/float64(len(b))
	var both, onlyA, onlyB float64
	for i := range a {
		p, q := a[i]-meanA, b[i]-meanB
		both += p * q
		onlyA += p * p
		onlyB += q * q
	}
	if onlyA == 0 || onlyB == 0 {
		return math.NaN()
	}
	return both / math.Sqrt(onlyA*onlyB)
}

// Found counts how a yes-or-no judgement came out.
type Found struct{ Right, False, Missed, Rest int }

// Count adds one judgement.
func (f *Found) Count(is, said bool) {
	switch {
	case is && said:
		f.Right++
	case said:
		f.False++
	case is:
		f.Missed++
	default:
		f.Rest++
	}
}

// F1 is the harmonic mean of precision and recall, 0 when nothing was found.
func (f Found) F1() float64 {
	if f.Right == 0 {
		return 0
	}
	return 2 * float64(f.Right) / float64(2*f.Right+f.False+f.Missed)
}
