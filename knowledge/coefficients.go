package knowledge

// The coefficients of confidence, in the order of features.vector; written by go generate.
var (
	fusedInside   = weights{Bias: 3.680, By: []float64{0.995, 0.933, 1.856, -4.148, -1.897, 0.528, 0.711, 0}}
	fusedRight    = weights{Bias: -5.755, By: []float64{1.104, 7.648, 1.268, 8.699, -2.658, -0.316, 0.656, 0}}
	learnedInside = fusedInside
	learnedRight  = fusedRight
	wordInside    = weights{Bias: -5.663, By: []float64{0.727, 2.526, 2.129, 3.974, -0.317, 1.110, 0.260, 0}}
	wordRight     = weights{Bias: -14.356, By: []float64{0.739, 11.206, 2.155, 14.885, -2.015, 0.324, 0.291, 0}}
)
