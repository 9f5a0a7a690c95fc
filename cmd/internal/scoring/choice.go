package scoring

import "math"

// Choice is one occasion to choose among options that each have features, and which of them were right; none may be.
type Choice struct {
	Options [][]float64
	Right   []bool
	Weight  float64
}

// Chooser scores options: the higher its score, the likelier an option is chosen, among the others and none of them (a softmax).
type Chooser struct {
	By   []float64
	None float64
}

// FitChooser trains a chooser by gradient descent on standardised features; the result takes them as they are. Weights are
// kept small by the same ridge as a logistic model's.
func FitChooser(choices []Choice) Chooser {
	var all []Sample
	total := 0.0
	for _, c := range choices {
		total += c.Weight
		for _, x := range c.Options {
			all = append(all, Sample{X: x, Weight: c.Weight})
		}
	}
	if len(all) == 0 {
		return Chooser{}
	}
	mean, spread, _ := standard(all)
	n := len(mean)
	by, speed := make([]float64, n+1), make([]float64, n+1) // the last one is none of them
	x := make([]float64, n)
	for range chooserSteps {
		slope := make([]float64, n+1)
		for i := range n {
			slope[i] = chooserRidge * by[i]
		}
		for _, c := range choices {
			c.slope(by, mean, spread, c.Weight/total, slope, x)
		}
		for i := range by {
			speed[i] = chooserInertia*speed[i] - chooserRate*slope[i]
			by[i] += speed[i]
		}
	}
	out := Chooser{By: by[:n], None: by[n]}
	for i := range n {
		out.By[i] /= spread[i]
		out.None += out.By[i] * mean[i]
	}
	return out
}

const (
	chooserSteps   = 400
	chooserRate    = 0.3
	chooserInertia = 0.9
	chooserRidge   = 10 * ridge
)

// slope adds what the choice says of the direction in which its loss grows.
func (c Choice) slope(by, mean, spread []float64, weight float64, slope, x []float64) {
	n, none := len(mean), len(c.Options)
	at := func(k int) []float64 {
		for i := range n {
			x[i] = (c.Options[k][i] - mean[i]) / spread[i]
		}
		return x
	}
	p := make([]float64, none+1)
	p[none] = by[n]
	most, any := by[n], false
	for k := range c.Options {
		for i, v := range at(k) {
			p[k] += by[i] * v
		}
		most, any = max(most, p[k]), any || c.Right[k]
	}
	sum, right := 0.0, 0.0
	for k := range p {
		p[k] = math.Exp(p[k] - most)
		sum += p[k]
		if k < none && c.Right[k] || k == none && !any {
			right += p[k]
		}
	}
	for k := range p {
		d := p[k] / sum
		if k < none && c.Right[k] || k == none && !any {
			d -= p[k] / right
		}
		d *= weight
		if k == none {
			slope[n] += d
			continue
		}
		for i, v := range at(k) {
			slope[i] += d * v
		}
	}
}

// Choose returns the likeliest option and how likely it is, among the others and none of them.
func (c Chooser) Choose(options [][]float64) (best int, p float64) {
	scores, most := make([]float64, len(options)), c.None
	for k, x := range options {
		for i, by := range c.By {
			scores[k] += by * x[i]
		}
		most = max(most, scores[k])
		if scores[k] > scores[best] {
			best = k
		}
	}
	sum := math.Exp(c.None - most)
	for _, s := range scores {
		sum += math.Exp(s - most)
	}
	return best, math.Exp(scores[best]-most) / sum
}
