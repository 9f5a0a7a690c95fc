package embed

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
)

func builtin(t testing.TB) *Builtin {
	t.Helper()
	b, err := NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func unlearned(t testing.TB) *Builtin {
	t.Helper()
	b, err := NewUnlearned()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// pieces are the numbers of the known pieces of text.
func pieces(b *Builtin, text string) []int32 {
	s := newScratch(b.table.dimension)
	s.normalise(text)
	b.table.segment(s)
	out := []int32{}
	for _, found := range s.found {
		out = append(out, found.piece)
	}
	return out
}

func cosine(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

func TestVectorsAreThoseOfTheReferenceReader(t *testing.T) {
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var want struct {
		Vectors []struct {
			Text   string
			Tokens []int32
			First8 []float64
		}
		Cosines []struct {
			A, B string
			Cos  float64
		}
	}
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	const tolerance = 6e-7 // the figures are rounded to six places
	b := unlearned(t)
	for _, w := range want.Vectors {
		if got := pieces(b, w.Text); !slices.Equal(got, w.Tokens) {
			t.Errorf("%q: pieces %v, want %v", w.Text, got, w.Tokens)
		}
		vector := b.Vector(w.Text)
		for i, x := range w.First8 {
			if math.Abs(float64(vector[i])-x) > tolerance {
				t.Errorf("%q: dimension %d is %v, want %v", w.Text, i, vector[i], x)
			}
		}
	}
	for _, w := range want.Cosines {
		if got := cosine(b.Vector(w.A), b.Vector(w.B)); math.Abs(got-w.Cos) > tolerance {
			t.Errorf("%q and %q: cosine %v, want %v", w.A, w.B, got, w.Cos)
		}
	}
	if len(want.Vectors) != 20 || len(want.Cosines) != 10 {
		t.Errorf("%d vectors and %d cosines, want 20 and 10", len(want.Vectors), len(want.Cosines))
	}
}

func TestOneQuestionInThreeLanguagesIsNearerThanAnotherQuestion(t *testing.T) {
	b := builtin(t)
	refund, parcel := b.Vector("I want a refund"), b.Vector("Where is my parcel?")
	for _, text := range []string{"我要退款", "Quiero un reembolso"} {
		if v := b.Vector(text); cosine(v, refund) < 0.5 || cosine(v, refund) < cosine(v, parcel)+0.2 {
			t.Errorf("%q: %.2f to the refund, %.2f to the parcel", text, cosine(v, refund), cosine(v, parcel))
		}
	}
}

func TestQuestionsAndPassagesKeepTheOrder(t *testing.T) {
	b := builtin(t)
	texts := []string{"退货", "size chart", "", "envío gratis"}
	for name, embed := range map[string]func(context.Context, []string) ([][]float32, error){"Questions": b.Questions, "Passages": b.Passages} {
		got, err := embed(t.Context(), texts)
		if err != nil || len(got) != len(texts) {
			t.Fatalf("%s: %d vectors, %v", name, len(got), err)
		}
		for i, text := range texts {
			if len(got[i]) != b.Dimension() || !slices.Equal(got[i], b.Vector(text)) {
				t.Errorf("%s: vector %d is not that of %q", name, i, text)
			}
		}
	}
	if b.Space() != "builtin-v2-192" || b.Dimension() != 192 {
		t.Errorf("space %q, dimension %d", b.Space(), b.Dimension())
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := b.Questions(ctx, texts); !errors.Is(err, context.Canceled) {
		t.Errorf("after the caller gave up: %v", err)
	}
}

func TestSpellingThatMeansTheSameGivesTheSameVector(t *testing.T) {
	b := builtin(t)
	for _, same := range [][]string{
		{"where is my parcel", "  Where\tIS my \u200b parcel\n", "Ｗｈｅｒｅ　ｉｓ　ｍｙ　ｐａｒｃｅｌ", "where is\u2581my parcel", "where is\xff\xfemy parcel", "where\x00 is my par\x07cel"},
		{"¿Dónde está?", "dónde está?", "Do\u0301nde ¡esta\u0301?", "\ufffd¿ DÓNDE\u00a0ESTÁ?"},
		{"太差了～", "\ufeff太差了～ ", "太差了～\x00"},
	} {
		for _, text := range same[1:] {
			if !slices.Equal(b.Vector(text), b.Vector(same[0])) {
				t.Errorf("%q differs from %q", text, same[0])
			}
		}
	}
	if slices.Equal(b.Vector("太差了～"), b.Vector("太差了~")) {
		t.Error("the wide tilde was folded")
	}
}

func TestOnlyTheFirstTwoThousandCodePointsCount(t *testing.T) {
	b := builtin(t)
	long := strings.Repeat("包裹在哪里 ", 400) // 2,400 code points with the starts of words
	if !slices.Equal(b.Vector(long), b.Vector(long+"refund please")) {
		t.Error("the end of a long text counts")
	}
	if !slices.Equal(b.Vector("refund"), b.Vector(strings.Repeat(" ", 20000)+"refund")) {
		t.Error("spaces in front used up the bound")
	}
	s := newScratch(192)
	for _, text := range []string{strings.Repeat("\ufdfa", 5000), strings.Repeat("～", 5000), strings.Repeat("a ～", 3000), strings.Repeat("界", 100000), strings.Repeat("\x80", 100000)} {
		if s.normalise(text); len(s.runes) > maxRunes {
			t.Errorf("%.9q…: %d code points", text, len(s.runes))
		}
	}
	if got := head("a界", 2); got != "a" {
		t.Errorf("cut in the middle of a code point: %q", got)
	}
}

func TestCoverageTellsWhatTheTableCannotRead(t *testing.T) {
	b := builtin(t)
	for _, c := range []struct {
		text     string
		min, max float64
	}{{"", 0, 0}, {"   ", 0, 0}, {"where is my parcel", 1, 1}, {"我的包裹", 1, 1}, {"الال", 0, 0}, {"parcel ال", 0.5, 0.9}} {
		if got := b.Coverage(c.text); got < c.min || got > c.max {
			t.Errorf("%q: coverage %v, want %v to %v", c.text, got, c.min, c.max)
		}
	}
}

func TestManyMayEmbedAtOnce(t *testing.T) {
	b := builtin(t)
	texts := []string{"where is my parcel", "我要退款", "Quiero un reembolso", strings.Repeat("long ", 600)}
	want, _ := b.Passages(t.Context(), texts)
	var group sync.WaitGroup
	for g := range 8 {
		group.Go(func() {
			for i := range 50 {
				at := (g + i) % len(texts)
				if !slices.Equal(b.Vector(texts[at]), want[at]) {
					t.Errorf("%.20q: another vector than alone", texts[at])
				}
			}
		})
	}
	group.Wait()
}

func TestTheLicenceTravelsWithTheTable(t *testing.T) {
	for _, part := range []string{"Microsoft Corporation", "MIT License", "multilingual-e5-small"} {
		if !strings.Contains(BuiltinLicence(), part) {
			t.Errorf("no %q in the notice", part)
		}
	}
}

func ExampleBuiltin() {
	b, err := NewBuiltin()
	if err != nil {
		fmt.Println(err)
		return
	}
	asked := b.Vector("Where is my parcel?")
	for _, text := range []string{"我的包裹在哪里？", "¿Dónde está mi paquete?", "Quiero un reembolso"} {
		fmt.Printf("%.2f %s\n", cosine(asked, b.Vector(text)), text)
	}
	// Output:
	// 0.82 我的包裹在哪里？
	// 0.85 ¿Dónde está mi paquete?
	// -0.03 Quiero un reembolso
}

func BenchmarkVector(b *testing.B) {
	e := builtin(b)
	for name, text := range map[string]string{
		"english30": "where is my parcel, it is late", "chinese30": "我上周买的外套到现在还没有收到，请问一下快递到底到哪里了呢？",
		"spanish30": "¿cuándo llega mi pedido, a ver", "long2000": strings.Repeat("where is my parcel, 我的包裹在哪里？", 80),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e.Vector(text)
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parseTable(builtinTable); err != nil {
			b.Fatal(err)
		}
	}
}
