package scoring_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"frontdesk/cmd/internal/scoring"
)

func TestAChooserFindsTheWeightsThatChoicesWereMadeBy(t *testing.T) {
	t.Parallel()
	random, by, none := rand.New(rand.NewPCG(1, 2)), []float64{2, -1}, 0.5
	var choices []scoring.Choice
	for range 3000 {
		c, weights, sum := scoring.Choice{Weight: 1, Right: make([]bool, 3)}, make([]float64, 4), math.Exp(none)
		for k := range 3 {
			x := []float64{random.NormFloat64(), 3 * random.NormFloat64()}
			weights[k] = math.Exp(by[0]*x[0] + by[1]*x[1])
			c.Options, sum = append(c.Options, x), sum+weights[k]
		}
		at := random.Float64() * sum
		for k := range 3 {
			if at -= weights[k]; at < 0 {
				c.Right[k] = true
				break
			}
		}
		choices = append(choices, c)
	}
	got := scoring.FitChooser(choices)
	if math.Abs(got.By[0]-by[0]) > 0.4 || math.Abs(got.By[1]-by[1]) > 0.2 || math.Abs(got.None-none) > 0.3 {
		t.Errorf("%+v", got)
	}
	if empty := scoring.FitChooser(nil); len(empty.By) != 0 {
		t.Errorf("learned from nothing: %+v", empty)
	}
}
