package knowledge

// The coefficients of confidence, in the order of features.vector; written by go generate.
var (
	fusedWeights = weights{Bias: -4.069, By: []float64{1.924, 3.179, 1.574, 7.098, -4.752, 0.548, 0.814}}
	wordWeights  = weights{Bias: -14.445, By: []float64{1.070, 7.794, 2.154, 12.896, -0.810, 2.418, -0.932}}
)
