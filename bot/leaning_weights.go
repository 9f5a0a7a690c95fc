package bot

// What the signals of a reading weigh, in their order, and what none of the readings does; written by go generate.
var (
	leaningBy   = []float64{0.645, 0.078, 0.207, -0.163, -0.029, 0.029, 0.438, 0.088, 0.118, -0.300, 0.047, 0.220, 2.599, 0.911, 0.763, -0.949, -0.658, 3.318, 1.847, 1.218, 1.302, 1.002, -0.872, -1.860, 1.118, 0.261, -0.694, -0.750, 1.925, 0.203, 1.954, -1.652, -1.707, -3.866, 0.295, 2.680, 0.913, -5.338, -3.053, -0.602}
	leaningNone = 1.591
)
