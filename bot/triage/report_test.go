package triage

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// report prints the figures of the corpus, each line judged by a model that has not seen it.
func report(t *testing.T, xs []example, whole *model, parts []*model) {
	t.Logf("mood %.2f\nhandoff %.2f\nplatt %.2f\nrows %d %d", whole.mood, whole.handoff, whole.platt, len(whole.ngrams.cells)/heads, len(whole.pieces.cells)/pieceCols)
	var verdicts []Verdict // of the corpus, which comes first
	judged := make([]evidence, 0, len(xs))
	for _, x := range xs {
		if x.fold >= 0 {
			judged = append(judged, gather(parts[x.fold], single(x.text)))
			verdicts = append(verdicts, judge(judged[len(judged)-1]))
		}
	}
	for _, set := range []string{"corpus zh", "corpus en", "corpus es", "plain zh", "plain en", "plain es"} {
		from, lang, _ := strings.Cut(set, " ")
		var mood, truth, neg, hand []float64
		var isNeg, isHand []bool
		neutral, fired, wrongLabel, n := 0, 0, 0, 0
		macro := labels{}
		for i, x := range xs[:len(judged)] {
			if x.from != from || x.lang != lang {
				continue
			}
			v := verdicts[i]
			if !known(x.y[hNegative]) {
				continue
			}
			n++
			mood = append(mood, v.Mood)
			truth = append(truth, float64(x.y[hPositive]-x.y[hNegative]))
			neg = append(neg, -v.Mood)
			isNeg = append(isNeg, x.y[hNegative] == 1)
			hand = append(hand, v.Handoff)
			isHand = append(isHand, x.y[hHandoff] == 1)
			if x.y[hNegative] == 0 && x.y[hPositive] == 0 {
				neutral++
				if v.MoodLabel == Negative {
					fired++
				}
			}
			want := Neutral
			if x.y[hNegative] == 1 {
				want = Negative
			} else if x.y[hPositive] == 1 {
				want = Positive
			}
			macro.count(want, v.MoodLabel)
			if v.MoodLabel != want {
				wrongLabel++
			}
		}
		t.Logf("%s n %d: mood rho %.3f, AUROC negative %.3f, handoff %.3f (ECE %.3f); three labels right %.3f, macro-F1 %.3f, recall of negative %.3f; neutral called negative %.3f of %d", set, n,
			pearson(ranks(mood), ranks(truth)), auroc(neg, isNeg), auroc(hand, isHand), ece(hand, isHand), 1-float64(wrongLabel)/float64(n), macro.f1(), macro.recall(Negative), float64(fired)/float64(neutral), neutral)
		if a := auroc(hand, isHand); from == "corpus" && (a < 0.87 || ece(hand, isHand) > 0.05) {
			t.Errorf("%s: AUROC of handoff %.3f, want 0.87; calibration error %.3f, want at most 0.05", lang, a, ece(hand, isHand))
		}
	}
	kinds := append([]Kind{Wish, OrderChange}, func() []Kind { k := riskKinds(); return k[:] }()...)
	for _, k := range kinds {
		h, _ := learnedHead(k)
		var right, wrong, missed, alone, aloneWrong int
		var score []float64
		var is []bool
		for i, x := range xs[:len(judged)] {
			e := &judged[i]
			y, found := x.y[h] == 1, e.hits[k].score
			score, is = append(score, e.reading.score[h]), append(is, y)
			if p := e.model.probability(&e.reading, h); e.hits[k].score >= sureScore-0.01 && !slices.ContainsFunc(e.found[group(k)], func(m match) bool { return m.score >= sureScore }) && p > 0 {
				if alone++; !y {
					aloneWrong++
				}
			}
			switch {
			case found >= sureScore-0.01 && y:
				right++
			case found >= sureScore-0.01:
				wrong++
			case y:
				missed++
			}
		}
		t.Logf("%-14s F1 %.3f P %.3f R %.3f (the model alone raised %d, %d wrongly), AUROC of the model %.3f", k, 2*float64(right)/float64(2*right+wrong+missed),
			float64(right)/float64(right+wrong), float64(right)/float64(right+missed), alone, aloneWrong, auroc(score, is))
	}
	for _, lang := range []string{"zh", "en", "es"} {
		var score []float64
		var is []bool
		for i, x := range xs[:len(judged)] {
			if x.lang == lang && known(x.y[hSocial]) {
				score, is = append(score, judged[i].model.probability(&judged[i].reading, hSocial)), append(is, x.y[hSocial] == 1)
			}
		}
		for _, bound := range []float64{0.5, 0.7, 0.8, 0.9, 0.95} {
			right, wrong, all := 0, 0, 0
			for i, p := range score {
				switch {
				case is[i] && p >= bound:
					right++
				case p >= bound:
					wrong++
				}
				if is[i] {
					all++
				}
			}
			t.Logf("social %s from %.2f: %d of %d, %d of %d others; AUROC %.3f", lang, bound, right, all, wrong, len(is)-all, auroc(score, is))
		}
	}
	var by = map[string][2][]float64{}
	for _, k := range talks(t) {
		v := judge(gather(whole, Input{Turns: k.Turns}))
		b := by[k.Lang]
		b[k.Dissatisfied] = append(b[k.Dissatisfied], v.Handoff)
		by[k.Lang] = b
	}
	for _, lang := range []string{"zh", "en", "es"} {
		b := by[lang]
		sc := append(slices.Clone(b[0]), b[1]...)
		is := make([]bool, len(sc))
		for i := range b[1] {
			is[len(b[0])+i] = true
		}
		t.Logf("episodes %s: AUROC %.3f (n %d, fitted on them)", lang, auroc(sc, is), len(sc))
	}
}

// labels counts what was wanted and what was said.
type labels map[[2]string]float64

func (l labels) count(want, said string) { l[[2]string{want, said}]++ }

func (l labels) recall(label string) float64 {
	all := 0.0
	for k, n := range l {
		if k[0] == label {
			all += n
		}
	}
	return l[[2]string{label, label}] / all
}

// f1 is the mean of the three labels' F1.
func (l labels) f1() float64 {
	sum := 0.0
	for _, label := range []string{Negative, Neutral, Positive} {
		all := 0.0
		for k, n := range l {
			if k[0] == label {
				all += n
			}
			if k[1] == label {
				all += n
			}
		}
		sum += 2 * l[[2]string{label, label}] / all / 3
	}
	return sum
}

// auroc is the chance that a positive scores above a negative.
func auroc(score []float64, positive []bool) float64 {
	r := ranks(score)
	n1, n0, s := 0.0, 0.0, 0.0
	for i, p := range positive {
		if p {
			n1++
			s += r[i] + 1
		} else {
			n0++
		}
	}
	return (s - n1*(n1+1)/2) / (n1 * n0)
}

// ece is the expected calibration error over ten bins.
func ece(p []float64, is []bool) float64 {
	var n, sum, hit [10]float64
	for i, x := range p {
		b := min(9, int(x*10))
		n[b]++
		sum[b] += x
		if is[i] {
			hit[b]++
		}
	}
	e := 0.0
	for b := range n {
		e += math.Abs(sum[b]-hit[b]) / float64(len(p))
	}
	return e
}
