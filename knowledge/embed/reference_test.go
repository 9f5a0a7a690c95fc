package embed

import (
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// reference does what the table's description says, step by step and without any
// regard for speed. The real reader must agree with it on every text.
type reference struct {
	t       *table
	ids     map[string]int32
	logp    []float64
	longest int
}

func newReference(t *table) *reference {
	r := &reference{t: t, ids: map[string]int32{}, longest: int(u32(t.data, 24))}
	at, scores := tableHeader+t.pieces, t.scales-4*t.pieces
	for id := range t.pieces {
		size := int(t.data[tableHeader+id])
		r.ids[t.data[at:at+size]] = int32(id)
		r.logp = append(r.logp, float64(f32(t.data, scores+4*id)))
		at += size
	}
	return r
}

func (r *reference) normalise(text string) []rune {
	parts := strings.Split(string([]rune(head(text, maxBytes))), "～")
	for i := range parts {
		parts[i] = norm.NFKC.String(parts[i])
	}
	var out strings.Builder
	for _, c := range strings.Join(parts, "～") {
		c = unicode.ToLower(c)
		switch {
		case unicode.IsSpace(c), c >= 0x1c && c <= 0x1f, strings.ContainsRune("¿¡\u200b\u200c\u200d\u200e\u200f\ufeff\ufffd\u2581", c):
			out.WriteByte(' ')
		case !unicode.Is(unicode.Cc, c):
			out.WriteRune(c)
		}
	}
	runes := []rune("▁" + strings.Join(strings.Fields(out.String()), "▁"))
	return runes[:min(len(runes), maxRunes)]
}

func (r *reference) segment(x []rune) []int32 {
	n := len(x)
	best, from, by := make([]float64, n+1), make([]int, n+1), make([]int32, n+1)
	for i := 1; i <= n; i++ {
		best[i] = -1e30
	}
	for i := range n {
		for e := i + 1; e <= min(n, i+r.longest); e++ {
			if id, ok := r.ids[string(x[i:e])]; ok && best[i]+r.logp[id] > best[e] {
				best[e], from[e], by[e] = best[i]+r.logp[id], i, id
			}
		}
		if best[i]+r.t.unknown > best[i+1] {
			best[i+1], from[i+1], by[i+1] = best[i]+r.t.unknown, i, -1
		}
	}
	out := []int32{}
	for ; n > 0; n = from[n] {
		if by[n] >= 0 {
			out = append(out, by[n])
		}
	}
	slices.Reverse(out)
	return out
}

func (r *reference) vector(ids []int32) []float64 {
	sum := make([]float64, r.t.dimension)
	for _, id := range ids {
		for j := range sum {
			sum[j] += float64(f32(r.t.data, r.t.scales+4*int(id))) * float64(int8(r.t.data[r.t.rows+int(id)*r.t.dimension+j]))
		}
	}
	length := 0.0
	for _, x := range sum {
		length += x * x
	}
	for j := range sum {
		if length > 0 {
			sum[j] /= math.Sqrt(length)
		}
	}
	return sum
}

// agrees checks one text against the reference and for what holds of every vector.
func (r *reference) agrees(t *testing.T, b *Builtin, text string) {
	t.Helper()
	s := newScratch(b.table.dimension)
	s.normalise(text)
	x := r.normalise(text)
	if !slices.Equal(s.runes, x) {
		t.Fatalf("%q is spelt %q, want %q", text, string(s.runes), string(x))
	}
	ids := r.segment(x)
	if got := pieces(b, text); !slices.Equal(got, ids) {
		t.Fatalf("%q: pieces %v, want %v", text, got, ids)
	}
	vector, length := b.Vector(text), 0.0
	for j, want := range r.vector(ids) {
		if math.Abs(float64(vector[j])-want) > 1e-7 {
			t.Fatalf("%q: dimension %d is %v, want %v", text, j, vector[j], want)
		}
		length += float64(vector[j]) * float64(vector[j])
	}
	if len(ids) > 0 && math.Abs(length-1) > 1e-5 {
		t.Fatalf("%q: length² %v", text, length)
	}
	if c := b.Coverage(text); c < 0 || c > 1 {
		t.Fatalf("%q: coverage %v", text, c)
	}
}

func TestReaderAgreesWithTheReference(t *testing.T) {
	b := builtin(t)
	r := newReference(b.table)
	for _, text := range seeds {
		r.agrees(t, b, text)
	}
	// Every code point on its own, in words of a hundred.
	for first := rune(0); first < 0x20000; first += 100 {
		var text strings.Builder
		for c := first; c < first+100; c++ {
			text.WriteRune(c)
		}
		r.agrees(t, b, text.String())
	}
}

func TestNoScriptBehindTheShortcutHasCase(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if lower(r) != unicode.ToLower(r) {
			t.Fatalf("%U", r)
		}
	}
}

// seeds are texts in which something has gone wrong before, somewhere.
var seeds = []string{
	"", " ", "Where is my parcel?", "我的包裹在哪里？", "¿Dónde está mi paquete?", "ＡＢＣ　１２３ ①㎏", "cafe\u0301", "😀👨‍👩‍👧", "～", "a～\u0301b", " ～ ～",
	"\u2581\u2581", "İSTANBUL Σ ς ß ﬁ", "\xff\xfe\x80", "a\xc3", "a\xc3\u0301", "\xf4\u0300", "\xe7\x95", "\ufdfa\ufdfa", "\x00\x1c\x1f\x85", "e" + strings.Repeat("\u0301", 40), "가각한국어", "الطلب", "ordernumber#A-1029/77",
	strings.Repeat("a ", 1000), strings.Repeat("界", 2001), strings.Repeat("ab ～", 700), "\U0010ffff\U000e0001", "\ud7ff\ue000", "한\u1100\u1161\u11a8",
}

func FuzzVector(f *testing.F) {
	for _, text := range seeds {
		f.Add(text, "x")
	}
	b := builtin(f)
	r := newReference(b.table)
	f.Fuzz(func(t *testing.T, text, other string) {
		r.agrees(t, b, text)
		want := b.Vector(text)
		if !slices.Equal(want, b.Vector(string([]rune(text)))) {
			t.Fatalf("%q: broken UTF-8 and U+FFFD differ", text)
		}
		b.Vector(other) // another text in between leaves nothing behind
		if !slices.Equal(want, b.Vector(text)) {
			t.Fatalf("%q: not the same twice", text)
		}
		if len(text) < 4000 && !slices.Equal(want, b.Vector("\t "+text+" \u200b\n")) {
			t.Fatalf("%q: space around it counts", text)
		}
	})
}
