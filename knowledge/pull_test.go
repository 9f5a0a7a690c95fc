package knowledge

import (
	"fmt"
	"math"
	"testing"
)

func TestTenPhrasingsThatSayTheSameAreOnePieceOfNews(t *testing.T) {
	passage := func(ref string, similarity float64, vector ...float32) candidate {
		return candidate{ref: ref, kind: kindPhrasing, similarity: similarity, vector: vector, shown: Hit{Ref: ref, Answer: ref, Score: similarity}}
	}
	// Ten copies of one phrasing lie a little farther from the question than two different ones of another answer.
	var all []candidate
	all = append(all, passage("varied", 0.8, 0.8, 0.6, 0), passage("varied", 0.8, 0.8, -0.6, 0))
	for range 10 {
		all = append(all, passage("repeated", 0.75, 0.75, 0, float32(math.Sqrt(1-0.75*0.75))))
	}
	around := neighbours(all, false)
	articles := rank(all, around, Query{})
	if articles[0].answer != "varied" {
		t.Errorf("repetition wins: %+v", articles)
	}
	if around.unknown < 0 || around.unknown > 1 || around.dense < 0.9 {
		t.Errorf("%+v", around)
	}
}

func TestThePullIsThatOfTheRegression(t *testing.T) {
	a := [][]float64{{4, 0, 0}, {2, 5, 0}, {0.4, 1, 3}}
	full := func(i, j int) float64 { return a[max(i, j)][min(i, j)] }
	want := []float64{1, -2, 0.5}
	b := make([]float64, 3)
	for i := range b {
		for j := range want {
			b[i] += full(i, j) * want[j]
		}
	}
	for i, x := range solvePositive(a, b) {
		if math.Abs(x-want[i]) > 1e-12 {
			t.Errorf("x[%d] = %v, want %v", i, x, want[i])
		}
	}
}

func TestNothingFoundPullsNowhere(t *testing.T) {
	if around := neighbours(nil, true); around.unknown != 1 || len(around.pull) != 0 {
		t.Errorf("%+v", around)
	}
}

func BenchmarkNeighbours(b *testing.B) {
	all := make([]candidate, 80)
	for i := range all {
		v := make([]float32, 192)
		for j := range v {
			v[j] = float32(math.Sin(float64(i*j+j))) / 10
		}
		c := candidate{ref: fmt.Sprint(i % 20), kind: kindPhrasing, vector: v, similarity: 0.5}
		for w := range 30 {
			c.terms = append(c.terms, term{int32(w * (1 + i%3)), 0.18})
		}
		all[i] = c
	}
	for b.Loop() {
		neighbours(all, false)
	}
}
