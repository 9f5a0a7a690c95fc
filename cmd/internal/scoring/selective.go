package scoring

import (
	"cmp"
	"math"
	"slices"
)

// Answer is one question with what it should have got and what it got. Gold is "" for a question that nothing answers:
// the right act is to say nothing then.
type Answer struct {
	Gold  string
	Pred  string // what would be said, whatever was decided
	Score float64
}

// Outside says that nothing answers the question.
func (a Answer) Outside() bool { return a.Gold == "" }

// Right says that what would be said is the answer.
func (a Answer) Right() bool { return !a.Outside() && a.Pred == a.Gold }

// Accuracy is how many of the questions inside are right when all are answered.
func Accuracy(all []Answer) (right, inside int) {
	for _, a := range all {
		if !a.Outside() {
			inside++
		}
		if a.Right() {
			right++
		}
	}
	return right, inside
}

// Joint is how many are answered rightly or, being outside, left alone, when what scores less than the threshold is
// not answered.
func Joint(all []Answer, threshold float64) (good int) {
	for _, a := range all {
		if answered := a.Score >= threshold; answered && a.Right() || !answered && a.Outside() {
			good++
		}
	}
	return good
}

// Threshold is the score at which Joint is best, the lowest of several.
func Threshold(all []Answer) float64 {
	sorted := slices.SortedFunc(slices.Values(all), func(a, b Answer) int { return cmp.Compare(a.Score, b.Score) })
	if len(sorted) == 0 {
		return 0
	}
	good := Joint(sorted, sorted[0].Score)
	best, at := good, sorted[0].Score
	for i, a := range sorted {
		if a.Right() {
			good--
		} else if a.Outside() {
			good++
		}
		next := sorted[len(sorted)-1].Score + 1
		if i+1 < len(sorted) {
			next = sorted[i+1].Score
		}
		if next > a.Score && good > best {
			best, at = good, next
		}
	}
	return at
}

// OutsideAUROC is how often a question inside scores higher than one outside.
func OutsideAUROC(all []Answer) float64 {
	var inside, outside []float64
	for _, a := range all {
		if a.Outside() {
			outside = append(outside, a.Score)
		} else {
			inside = append(inside, a.Score)
		}
	}
	return AUROC(inside, outside)
}

// surest sorts by score, the highest first.
func surest(all []Answer) []Answer {
	return slices.SortedStableFunc(slices.Values(all), func(a, b Answer) int { return cmp.Compare(b.Score, a.Score) })
}

// ties calls each with every run of equal scores, the surest first: how many came before it and how many of those were
// wrong, how many it has itself and how many of them are wrong.
func ties(all []Answer, each func(before, wrongBefore, n, wrong int)) {
	sorted := surest(all)
	wrongBefore := 0
	for i := 0; i < len(sorted); {
		j, wrong := i, 0
		for ; j < len(sorted) && sorted[j].Score == sorted[i].Score; j++ {
			if !sorted[j].Right() {
				wrong++
			}
		}
		each(i, wrongBefore, j-i, wrong)
		wrongBefore += wrong
		i = j
	}
}

// Coverage is the largest share of the questions that can be answered, surest first, with at most this share of wrong
// ones among them. Equal scores are answered together.
func Coverage(all []Answer, risk float64) float64 {
	best := 0.0
	ties(all, func(before, wrongBefore, n, wrong int) {
		if float64(wrongBefore+wrong)/float64(before+n) <= risk {
			best = float64(before+n) / float64(len(all))
		}
	})
	return best
}

// AURC is the mean share of wrong ones among the 1, 2 … n surest (Geifman and others, 2019); equal scores share theirs.
func AURC(all []Answer) float64 {
	var sum float64
	ties(all, func(before, wrongBefore, n, wrong int) {
		for k := 1; k <= n; k++ {
			sum += (float64(wrongBefore) + float64(wrong)*float64(k)/float64(n)) / float64(before+k)
		}
	})
	return sum / float64(len(all))
}

// CalibrationError is the expected one of scores that are probabilities of being right, over ten bins of equal width
// (Naeini and others, 2015).
func CalibrationError(all []Answer) float64 {
	var off [10]float64
	for _, a := range all {
		bin := max(0, min(int(a.Score*10), 9))
		off[bin] += a.Score
		if a.Right() {
			off[bin]--
		}
	}
	var total float64
	for _, o := range off {
		total += math.Abs(o)
	}
	return total / float64(len(all))
}
