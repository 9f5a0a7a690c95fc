package knowledge

// The coefficients of confidence, in the order of features.vector; written by go generate.
var (
	learnedInside = weights{Bias: 1.926, By: []float64{0.164, 0.731, 0.747, -3.072, -2.437, 0.577, 0.277, 1.620, -4.021, 1.395, 0.452}}
	learnedRight  = weights{Bias: -0.278, By: []float64{0.524, 3.777, -0.299, 3.108, -2.752, -0.321, 0.461, -0.218, -0.632, 0.742, 0.462}}
	fusedInside   = weights{Bias: -0.602, By: []float64{0.591, 1.285, 1.104, -0.290, -2.124, 0.558, 0.322, 1.796, -4.156, 0.874, 0.000}}
	fusedRight    = weights{Bias: -3.479, By: []float64{1.000, 6.536, 0.184, 6.251, -2.414, -0.264, 0.456, 0.689, -0.456, 0.478, 0.000}}
	wordInside    = weights{Bias: -4.398, By: []float64{0.500, 1.614, 0.402, 2.006, 0.382, 0.640, 0.212, 0.105, -3.487, 2.068, 0.000}}
	wordRight     = weights{Bias: -9.595, By: []float64{0.634, 9.610, -0.184, 11.182, -2.580, -0.119, 0.337, 0.964, -2.513, 0.652, 0.000}}
)
