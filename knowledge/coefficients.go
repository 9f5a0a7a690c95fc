package knowledge

// The coefficients of confidence, in the order of features.vector.
var (
	fusedWeights = weights{Bias: -7, By: []float64{4, 4, 4, 1, 0.5, 1, 0, 0, 0}}
	wordWeights  = weights{Bias: -4, By: []float64{4, 4, 4, 1, 0.5, 1, 0, 0, 0}}
)
