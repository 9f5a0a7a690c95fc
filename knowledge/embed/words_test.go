package embed

import (
	"math"
	"strconv"
	"testing"
)

func TestTheWordsOfATextAddUpToItsVector(t *testing.T) {
	b, err := NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	for text, words := range map[string]int{"red shoes": 2, "¿cuánto cuesta?": 2, "雨衣多少钱": 0, "shoes, shoes": 1, "": 0, "!?": 0} {
		read := NewReader(b).Words(text)
		if words > 0 && len(read) != words || words == 0 && text != "雨衣多少钱" && len(read) != 0 {
			t.Errorf("%q has %d words", text, len(read))
		}
		if text != "red shoes" && text != "雨衣多少钱" {
			continue
		}
		sum := make([]float64, b.Dimension())
		for _, w := range read {
			for i, x := range w.Vector {
				sum[i] += w.Weight * float64(x)
			}
		}
		cosine := 0.0
		for i, x := range unit(sum) {
			cosine += float64(x) * float64(b.Vector(text)[i])
		}
		if math.Abs(cosine-1) > 0.02 { // the start of a word may be a piece of its own
			t.Errorf("%q: the words add up to something else (%.3f)", text, cosine)
		}
	}
	r := NewReader(b)
	if first, again := r.Words("a red shoe"), r.Words("red"); len(first) != 3 || again[0] != first[1] {
		t.Error("a word is read twice")
	}
	for i := range mostTexts + 10 {
		r.Words(strconv.Itoa(i))
	}
	if len(r.texts) > mostTexts || len(r.words) > mostWords {
		t.Errorf("it remembers %d texts and %d words", len(r.texts), len(r.words))
	}
}
