package scoring

import "math"

// Sample is one thing that was so or not, with what is known of it.
type Sample struct {
	X      []float64
	Yes    bool
	Weight float64
}

// Logistic is a model of the probability of yes.
type Logistic struct {
	Bias float64
	By   []float64
}

// Probability applies the model.
func (l Logistic) Probability(x []float64) float64 {
	return 1 / (1 + math.Exp(-l.LogOdds(x)))
}

// LogOdds is the logarithm of the odds that the model gives.
func (l Logistic) LogOdds(x []float64) float64 {
	z := l.Bias
	for i, by := range l.By {
		z += by * x[i]
	}
	return z
}

// ridge keeps coefficients small, in units of standardised features and a mean loss.
const ridge = 1e-3

// Fit trains a logistic model by Newton's method on standardised features; the result takes them as they are. All
// samples have the same number of features. Without a sample the model knows nothing: even odds.
func Fit(samples []Sample) Logistic {
	if len(samples) == 0 {
		return Logistic{}
	}
	n := len(samples[0].X)
	mean, spread, total := standard(samples)
	by := make([]float64, n+1) // the last one is the bias
	x := make([]float64, n+1)
	x[n] = 1
	for range 25 {
		slope := make([]float64, n+1)
		curve := make([][]float64, n+1)
		for i := range curve {
			curve[i] = make([]float64, n+1)
			curve[i][i] = 1e-9
			if i < n {
				slope[i], curve[i][i] = ridge*by[i], ridge
			}
		}
		for _, s := range samples {
			z := 0.0
			for i := range n {
				x[i] = (s.X[i] - mean[i]) / spread[i]
			}
			for i := range x {
				z += by[i] * x[i]
			}
			p := 1 / (1 + math.Exp(-z))
			miss, w := p, s.Weight/total
			if s.Yes {
				miss--
			}
			for i := range x {
				slope[i] += w * miss * x[i]
				for j := range x {
					curve[i][j] += w * p * (1 - p) * x[i] * x[j]
				}
			}
		}
		step := solve(curve, slope)
		for i := range by {
			by[i] -= step[i]
		}
	}
	fitted := Logistic{Bias: by[n], By: by[:n]}
	for i := range fitted.By {
		fitted.By[i] /= spread[i]
		fitted.Bias -= fitted.By[i] * mean[i]
	}
	return fitted
}

func standard(samples []Sample) (mean, spread []float64, total float64) {
	mean, spread = make([]float64, len(samples[0].X)), make([]float64, len(samples[0].X))
	for _, s := range samples {
		total += s.Weight
		for i, x := range s.X {
			mean[i] += s.Weight * x
			spread[i] += s.Weight * x * x
		}
	}
	for i := range mean {
		mean[i] /= total
		spread[i] = math.Sqrt(max(spread[i]/total-mean[i]*mean[i], 1e-9))
	}
	return mean, spread, total
}

// solve is Gauss's elimination with pivots; it uses up what it is given.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	for i := range n {
		pivot := i
		for j := i + 1; j < n; j++ {
			if math.Abs(a[j][i]) > math.Abs(a[pivot][i]) {
				pivot = j
			}
		}
		a[i], a[pivot], b[i], b[pivot] = a[pivot], a[i], b[pivot], b[i]
		for j := i + 1; j < n; j++ {
			by := a[j][i] / a[i][i]
			for k := i; k < n; k++ {
				a[j][k] -= by * a[i][k]
			}
			b[j] -= by * b[i]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			b[i] -= a[i][k] * b[k]
		}
		b[i] /= a[i][i]
	}
	return b
}
