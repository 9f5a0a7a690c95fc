package knowledge

// The coefficients of confidence, in the order of features.vector; written by go generate.
var (
	fusedWeights = weights{Bias: -7.770, By: []float64{4.396, 2.978, 1.407, 0.308, 1.409, 1.243}}
	wordWeights  = weights{Bias: -8.036, By: []float64{9.582, 11.465, 2.395, 0.911, 1.573, 1.854}}
)
