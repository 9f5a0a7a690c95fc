package bot

// What the signals of a reading weigh, in their order, and what none of the readings does; written by go generate.
var (
	leaningBy   = []float64{0.607, 0.086, 0.161, -0.129, -0.140, 0.103, 0.383, 0.121, 0.142, -0.317, 0.054, 0.209, 2.543, 0.355, 0.728, -0.747, -0.401, 3.764, 1.994, 0.561, 0.764, 1.066, -0.613, -0.988, 1.031, 0.358, -1.382, -0.881, 1.951, 0.442, 0.632, -2.026, -1.449, -3.910, 0.219, 2.248, 0.285, -5.706, -3.043, -0.775, 3.153, -0.527}
	leaningNone = 2.692
)
