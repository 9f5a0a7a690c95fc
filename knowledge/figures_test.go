package knowledge_test

import (
	"fmt"
	"math"

	"frontdesk/knowledge"
)

// report judges one set by what the others taught: figures as in the sets' own description.
func report(own, others []judged) string {
	w := train(others)
	threshold, best := 0.0, -1.0
	for at := 0.02; at < 0.99; at += 0.01 {
		if j := joint(w, others, at); j > best {
			threshold, best = at, j
		}
	}
	var right, inside, answered, answeredRight float64
	for _, j := range own {
		if !j.outside {
			inside++
		}
		if j.right {
			right++
		}
		if confidence(w, j) >= 0.8 {
			answered++
			if j.right {
				answeredRight++
			}
		}
	}
	return fmt.Sprintf("n %d, accuracy %.3f, AUROC outside %.3f, joint %.3f (at %.2f), calibration error %.3f, above 0.8: %.2f of all, %.3f right",
		len(own), right/inside, auroc(w, own), joint(w, own, threshold), threshold, calibrationError(w, own), answered/float64(len(own)), answeredRight/max(answered, 1))
}

func confidence(w knowledge.Weights, j judged) float64 {
	if !j.found {
		return 0
	}
	return w.Probability(j.features)
}

// joint is the share of questions that are answered rightly or, being outside, left alone; each set counts the same.
func joint(w knowledge.Weights, all []judged, threshold float64) float64 {
	good, n := map[string]float64{}, map[string]float64{}
	strays := map[string]bool{}
	for _, j := range all {
		n[j.set]++
		strays[j.set] = strays[j.set] || j.outside
		if above := confidence(w, j) >= threshold; above && j.right || !above && j.outside {
			good[j.set]++
		}
	}
	var sum, sets float64
	for set := range n {
		if strays[set] {
			sum += good[set] / n[set]
			sets++
		}
	}
	return sum / max(sets, 1)
}

// auroc is how often a question inside is more confident than one outside.
func auroc(w knowledge.Weights, all []judged) float64 {
	var inside, outside []float64
	for _, j := range all {
		if j.outside {
			outside = append(outside, confidence(w, j))
		} else {
			inside = append(inside, confidence(w, j))
		}
	}
	var wins float64
	for _, in := range inside {
		for _, out := range outside {
			switch {
			case in > out:
				wins++
			case in == out:
				wins += 0.5
			}
		}
	}
	return wins / max(float64(len(inside)*len(outside)), 1)
}

// calibrationError is the expected one, over ten bins of equal width.
func calibrationError(w knowledge.Weights, all []judged) float64 {
	var n, sum, right [10]float64
	for _, j := range all {
		p := confidence(w, j)
		bin := min(int(p*10), 9)
		n[bin]++
		sum[bin] += p
		if j.right {
			right[bin]++
		}
	}
	var total float64
	for i := range n {
		total += math.Abs(sum[i] - right[i])
	}
	return total / float64(len(all))
}
