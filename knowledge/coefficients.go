package knowledge

// The coefficients of confidence, in the order of features.vector; written by go generate.
var (
	learnedInside = weights{Bias: 7.520, By: []float64{0.882, -0.198, 1.374, -5.812, -3.656, 0.719, 0.342, 0.616}}
	learnedRight  = weights{Bias: -2.709, By: []float64{0.590, 4.874, 1.036, 5.692, -3.177, 0.228, 0.192, 0.639}}
	fusedInside   = weights{Bias: 3.680, By: []float64{0.995, 0.933, 1.856, -4.148, -1.897, 0.528, 0.711, 0.000}}
	fusedRight    = weights{Bias: -5.755, By: []float64{1.104, 7.648, 1.268, 8.699, -2.658, -0.316, 0.656, 0.000}}
	wordInside    = weights{Bias: -5.663, By: []float64{0.727, 2.526, 2.129, 3.974, -0.317, 1.110, 0.260, 0.000}}
	wordRight     = weights{Bias: -14.356, By: []float64{0.739, 11.206, 2.155, 14.885, -2.015, 0.324, 0.291, 0.000}}
)
