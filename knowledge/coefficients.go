package knowledge

// The coefficients of confidence, in the order of features.vector; written by go generate.
var (
	fusedWeights = weights{Bias: -0.346, By: []float64{2.378, 5.327, -3.182, 1.477, -0.907}}
	wordWeights  = weights{Bias: -4.385, By: []float64{2.329, 8.590, -2.544, 2.544, -1.533}}
)
