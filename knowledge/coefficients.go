package knowledge

// The coefficients of confidence, in the order of features.vector; written by go generate.
var (
	learnedInside = weights{Bias: 3.345, By: []float64{0.282, 0.585, 0.952, -3.418, -3.009, 0.368, 0.382, 0.048, -3.466, 1.172, 0.443}}
	learnedRight  = weights{Bias: 0.827, By: []float64{0.629, 3.641, -0.560, 2.606, -2.628, -0.121, 0.172, 0.276, -0.661, 0.197, 0.391}}
	fusedInside   = weights{Bias: 0.871, By: []float64{0.617, 1.152, 1.361, -1.082, -2.577, 0.317, 0.475, 0.447, -3.721, 0.681, 0.000}}
	fusedRight    = weights{Bias: -3.397, By: []float64{0.855, 6.171, 0.245, 5.820, -2.045, -0.246, 0.424, 0.579, -0.503, 0.316, 0.000}}
	wordInside    = weights{Bias: -4.380, By: []float64{0.452, 1.850, 0.333, 2.181, 0.468, 0.504, 0.274, -1.395, -3.293, 2.150, 0.000}}
	wordRight     = weights{Bias: -9.422, By: []float64{0.533, 9.824, -0.131, 10.973, -2.620, -0.146, 0.333, 0.440, -2.464, 0.531, 0.000}}
)
