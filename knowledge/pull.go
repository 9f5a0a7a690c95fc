package knowledge

import "math"

// Which answer the neighbourhood of a question pulls towards is learned anew for each question: kernel ridge regression
// over the candidates (what Zhang and others, 2006, do with a support vector machine among nearest neighbours). It knows
// what a sum over neighbours does not: that ten phrasings which say the same are one piece of news, and that words which
// close rivals share tell nothing. It needs no training, no labels and no table, and it is never out of date.
const (
	kernelSteep = 4.0  // how fast influence falls with distance
	wordShare   = 0.25 // words against meaning in a distance
	ridge       = 0.2  // distrust of each single passage
)

// overlapIDF weighs a word by how few of the candidates have it.
func overlapIDF(candidates, having int) float64 {
	return math.Log(1 + (float64(candidates-having)+0.5)/(float64(having)+0.5))
}

// term is a word of a passage and its weight.
type term struct {
	word   int32
	weight float64
}

// compareWords weighs the words of the candidates, each text to length one, and fills in the overlaps.
func compareWords(candidates []candidate, question []int32) {
	having := make(map[int32]int)
	for _, c := range candidates {
		for _, t := range c.terms {
			having[t.word]++
		}
	}
	asked := make(map[int32]float64, len(question))
	var length float64
	for _, w := range question {
		asked[w] = overlapIDF(len(candidates), having[w])
		length += asked[w] * asked[w]
	}
	for i := range candidates {
		c := &candidates[i]
		var product, own float64
		for j := range c.terms {
			t := &c.terms[j]
			t.weight *= overlapIDF(len(candidates), having[t.word])
			own += t.weight * t.weight
			product += t.weight * asked[t.word]
		}
		for j := range c.terms {
			c.terms[j].weight /= math.Sqrt(own)
		}
		if product > 0 {
			c.overlap = product / math.Sqrt(own*length)
		}
	}
}

// neighbourhood is what the regression says of a question among its candidates. Negative phrasings take part: what they
// explain of a question is explained.
type neighbourhood struct {
	pull    []float64 // of each candidate, at its place
	unknown float64   // how much of the question its neighbours leave unexplained, 0 … 1
	dense   float64   // mean cosine of the best candidates with their own nearest ones: how close things lie here
}

// denseOf is how many of the best candidates say how dense the neighbourhood is.
const denseOf = 20

// neighbours solves the regression.
func neighbours(candidates []candidate, wordsOnly bool) neighbourhood {
	n := neighbourhood{unknown: 1}
	kernel, near := make([][]float64, len(candidates)), make([]float64, len(candidates))
	meant := make([]float64, len(candidates))
	for i, c := range candidates {
		kernel[i] = make([]float64, len(candidates))
		kernel[i][i] = 1 + ridge
		meant[i] = influence(c.similarity, c.overlap, wordsOnly)
		for j, other := range candidates[:i] {
			cosine, shared := dot(c.vector, other.vector), overlap(c.terms, other.terms)
			kernel[i][j] = influence(cosine, shared, wordsOnly)
			if wordsOnly {
				cosine = shared
			}
			near[i], near[j] = max(near[i], cosine), max(near[j], cosine)
		}
	}
	for _, x := range near[:min(denseOf, len(near))] {
		n.dense += x / float64(min(denseOf, len(near)))
	}
	n.pull = solvePositive(kernel, meant)
	for i, pull := range n.pull {
		n.unknown -= pull * meant[i]
	}
	return n
}

// influence is the kernel: 1 for the same text, less with the distance in meaning and in words.
func influence(cosine, shared float64, wordsOnly bool) float64 {
	if wordsOnly {
		return math.Exp(kernelSteep * (shared - 1))
	}
	return math.Exp(kernelSteep * ((cosine+wordShare*shared)/(1+wordShare) - 1))
}

// overlap is the product of two texts' words, which are sorted.
func overlap(a, b []term) float64 {
	var sum float64
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i].word < b[j].word:
			i++
		case a[i].word > b[j].word:
			j++
		default:
			sum += a[i].weight * b[j].weight
			i++
			j++
		}
	}
	return sum
}

// solvePositive solves a symmetric positive definite system by Cholesky's decomposition of its lower half, which it
// uses up.
func solvePositive(a [][]float64, b []float64) []float64 {
	x := make([]float64, len(b))
	for i := range a {
		for j := range i + 1 {
			sum := a[i][j]
			for k := range j {
				sum -= a[i][k] * a[j][k]
			}
			if i == j {
				a[i][i] = math.Sqrt(max(sum, 1e-9))
			} else {
				a[i][j] = sum / a[j][j]
			}
		}
		x[i] = b[i]
		for k := range i {
			x[i] -= a[i][k] * x[k]
		}
		x[i] /= a[i][i]
	}
	for i := len(b) - 1; i >= 0; i-- {
		for k := i + 1; k < len(b); k++ {
			x[i] -= a[k][i] * x[k]
		}
		x[i] /= a[i][i]
	}
	return x
}
