package bot

// What the signals of a reading weigh, in their order, and what none of the readings does; written by go generate.
var (
	leaningBy   = []float64{0.589, 0.050, 0.133, -0.178, -0.402, -0.026, 0.487, 0.212, 0.035, -0.319, 0.023, 0.262, 3.115, 0.807, 1.684, -0.894, -0.404, 3.326, 1.381, 1.784, 2.276, 1.447, -0.754, -2.668, 0.976, 0.089, -1.321, -0.985, 1.182, 0.050, 1.114, -0.960, -1.821, -3.542, 0.172, 2.312, 1.110, -4.551, -2.777, -0.064}
	leaningNone = 2.657
)
