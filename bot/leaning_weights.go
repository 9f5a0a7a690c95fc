package bot

// What the signals of a reading weigh, in their order, and what none of the readings does; written by go generate.
var (
	leaningBy   = []float64{0.585, 0.071, 0.171, -0.127, -0.067, 0.093, 0.414, 0.104, 0.174, -0.323, 0.067, 0.253, 2.288, 0.556, 0.653, -0.701, -0.432, 3.326, 1.556, 0.614, 0.531, 1.304, -0.869, -1.013, 0.915, 0.465, -0.777, -0.793, 1.995, 0.202, 0.954, -1.801, -1.611, -3.925, 0.242, 2.108, 0.451, -5.543, -3.021, -0.774, 3.235, -1.086}
	leaningNone = 2.635
)
