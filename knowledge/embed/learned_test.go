package embed

import (
	"encoding/binary"
	"errors"
	"math"
	"testing"
)

func TestLearnedRowsTakeThePlaceOfThoseOfTheirPiecesAlone(t *testing.T) {
	base := unlearned(t).table
	row := make([]float32, base.dimension)
	row[3] = 2
	rows := string(append(binary.LittleEndian.AppendUint32(make([]byte, 32), 1), quantised(7, row)...))
	learned, err := base.learned(rows)
	if err != nil {
		t.Fatal(err)
	}
	for piece := range int32(20) {
		before, after := make([]float64, base.dimension), make([]float64, base.dimension)
		base.sum([]span{{piece: piece}}, before)
		learned.sum([]span{{piece: piece}}, after)
		for j := range after {
			want := before[j]
			if piece == 7 {
				want = float64(row[j])
			}
			if math.Abs(after[j]-want) > 1e-6 {
				t.Fatalf("piece %d, number %d: %v, want %v", piece, j, after[j], want)
			}
		}
	}
	beyond := string(append(binary.LittleEndian.AppendUint32(make([]byte, 32), 1), quantised(base.pieces, row)...))
	for name, bad := range map[string]string{"none": "", "cut": rows[:len(rows)-1], "more than it says": rows + "x", "a piece that there is not": beyond} {
		if _, err := base.learned(bad); !errors.Is(err, errTable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
