package knowledge

// The coefficients of confidence, in the order of features.vector; written by go generate.
var (
	fusedWeights = weights{Bias: -3.510, By: []float64{1.544, 3.687, 1.930, 5.639, -5.239, 0.463, 0.968}}
	wordWeights  = weights{Bias: -13.811, By: []float64{1.167, 7.690, 2.491, 13.018, -3.349, 1.246, 0.366}}
)
