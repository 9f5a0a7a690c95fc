package bot

// What the signals of a reading weigh, in their order, and what none of the readings does; written by go generate.
var (
	leaningBy   = []float64{0.610, 0.054, 0.167, -0.195, -0.122, 0.089, 0.446, 0.105, 0.111, -0.294, 0.015, 0.252, 2.989, 1.080, 0.937, -0.847, -0.664, 3.419, 1.756, 1.459, 1.896, 1.051, -0.904, -2.275, 1.111, 0.251, -1.127, -0.849, 1.186, 0.312, 1.953, -1.587, -1.793, -3.518, 0.241, 2.607, 1.134, -5.151, -3.066, -0.614}
	leaningNone = 2.140
)
