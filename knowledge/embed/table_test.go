package embed

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
)

// small writes a table of three pieces and two dimensions: "▁" (1, 0), "a" (0, 1),
// "ab" (3, 4) × 2.
func small() []byte {
	out := []byte(tableMagic)
	for _, field := range []uint32{tableVersion, 3, 2, tableLowerCase, 2, 6} {
		out = binary.LittleEndian.AppendUint32(out, field)
	}
	floats := func(xs ...float32) {
		for _, x := range xs {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(x))
		}
	}
	floats(-10)
	out = append(out, 3, 1, 2)
	out = append(out, "▁aab"...)
	floats(-1, -2, -3)
	floats(1, 1, 2)
	return append(out, 1, 0, 0, 1, 3, 4)
}

func TestASmallTableCanBeReckonedByHand(t *testing.T) {
	table, err := parseTable(string(small()))
	if err != nil {
		t.Fatal(err)
	}
	s := newScratch(2)
	for text, want := range map[string][]float64{"": {1, 0}, "ab": {7, 8}, "aa": {1, 2}, "a a": {2, 2}, "z": {1, 0}, "zab": {7, 8}} {
		s.normalise(text)
		table.segment(s)
		if table.sum(s.found, s.sum); !slices.Equal(s.sum, want) {
			t.Errorf("%q: %v, want %v", text, s.sum, want)
		}
	}
	if got := unit([]float64{0, 0}); !slices.Equal(got, []float32{0, 0}) {
		t.Errorf("no signal is %v", got)
	}
}

func TestABrokenTableIsRefused(t *testing.T) {
	change := func(at int, bytes ...byte) string {
		data := small()
		copy(data[at:], bytes)
		return string(data)
	}
	whole := string(small())
	for name, data := range map[string]string{
		"empty": "", "a header alone": whole[:tableHeader], "another magic": change(0, 'X'), "another version": change(8, 2),
		"no pieces": change(12, 0), "too many pieces": change(12, 0xff, 0xff, 0xff, 0xff), "no dimension": change(16, 0), "upper case": change(20, 0),
		"a piece longer than the longest": change(24, 1), "cut": whole[:len(whole)-1], "more at the end": whole + "x", "more bytes of pieces than there are": change(28, 7),
		"an empty piece": change(36, 4, 0, 2), "pieces past their end": change(36, 3, 1, 9), "bytes between": change(36, 3, 1, 1), "broken UTF-8": change(42, 0xff),
		"an unknown that is no number": change(32, 0, 0, 0xc0, 0x7f), "an endless score": change(45, 0, 0, 0x80, 0x7f),
	} {
		if _, err := parseTable(data); !errors.Is(err, errTable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzParseTable(f *testing.F) {
	whole := string(small())
	f.Add(whole)
	f.Add(whole[:40])
	f.Add(strings.Replace(whole, "ab", "\x00\xff", 1))
	f.Fuzz(func(t *testing.T, data string) {
		table, err := parseTable(data)
		if err != nil {
			if !errors.Is(err, errTable) || table != nil {
				t.Fatalf("%v", err)
			}
			return
		}
		s := newScratch(table.dimension)
		s.normalise("ab aab " + data)
		table.segment(s)
		table.sum(s.found, s.sum)
	})
}
