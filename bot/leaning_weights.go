package bot

// What the signals of a reading weigh, in their order, and what none of the readings does; written by go generate.
var (
	leaningBy   = []float64{0.612, 0.071, 0.190, -0.162, -0.064, 0.040, 0.407, 0.088, 0.124, -0.311, 0.068, 0.240, 1.981, 0.870, 0.797, -0.892, -0.633, 3.236, 1.862, 0.901, 0.593, 1.073, -0.888, -1.474, 1.083, 0.231, -1.013, -0.821, 1.969, 0.284, 1.979, -1.699, -1.616, -3.991, 0.280, 2.469, 0.531, -5.257, -3.036, -0.590, 2.924, -0.904}
	leaningNone = 2.581
)
