package knowledge

// The coefficients of confidence, in the order of features.vector; written by go generate.
var (
	learnedInside = weights{Bias: 3.116, By: []float64{0.394, 0.697, 1.240, -2.913, -2.900, 0.643, 0.221, 1.436, -3.886, 0.405}}
	learnedRight  = weights{Bias: -0.739, By: []float64{0.565, 4.464, 0.202, 4.165, -3.117, -0.136, 0.347, -0.466, -0.488, 0.522}}
	fusedInside   = weights{Bias: -0.089, By: []float64{0.791, 0.904, 1.669, 0.238, -2.628, 0.554, 0.357, 1.657, -4.094, 0.000}}
	fusedRight    = weights{Bias: -5.943, By: []float64{1.108, 7.400, 1.179, 8.942, -2.717, -0.223, 0.521, 1.137, -0.949, 0.000}}
	wordInside    = weights{Bias: -4.702, By: []float64{0.541, 1.548, 1.613, 3.274, -0.147, 0.813, 0.150, -0.067, -3.991, 0.000}}
	wordRight     = weights{Bias: -13.401, By: []float64{0.846, 11.098, 1.129, 14.778, -3.020, 0.235, 0.270, 2.211, -2.929, 0.000}}
)
