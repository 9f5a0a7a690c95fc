package embed

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

var learn = flag.Bool("learn", false, "learn the rows again and write learned.bin")

// ways are texts that mean the same, in whatever language.
type ways [][]int32 // pieces of each

// What the rows are learned by: steps of Adam on the cross-entropy of finding, among the others of a batch, the text that means
// the same (InfoNCE: van den Oord et al., 2018), both ways round.
const (
	learnSteps   = 1500
	learnBatch   = 256  // pairs at most
	learnRate    = 0.01 // of the mean size of a number
	learnWarm    = 50   // steps
	learnTau     = 0.1
	learnDrop    = 0.1 // share of pieces that are left out
	learnGeneral = 0.3 // share of batches of what shops of all trades are asked
	learnMixed   = 0.3 // share of batches of several trades
)

func TestRowsAreLearnedFromWaysToAsk(t *testing.T) {
	trades, files := waysToAsk(t)
	sum := learnedFrom(t, files)
	if !*learn {
		if learnedRows[:32] != sum {
			t.Error("what the rows are learned from has changed: go generate ./knowledge/embed")
		}
		return
	}
	l := newLearning(unlearned(t).table)
	for step := range learnSteps {
		loss := l.step(l.pick(trades), step)
		if step%100 == 0 {
			t.Logf("step %d: loss %.3f", step, loss)
		}
	}
	if err := os.WriteFile("learned.bin", l.marshal(sum), 0o644); err != nil {
		t.Fatal(err)
	}
}

// waysToAsk are what is asked, by trade, first what is general; and the files that it came from.
func waysToAsk(t *testing.T) (trades [][]ways, files []string) {
	b := unlearned(t)
	read := func(file string, line func(raw []byte) (of string, texts []string)) {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		var order []string
		all := map[string]ways{}
		for lines := bufio.NewScanner(f); lines.Scan(); {
			of, texts := line(lines.Bytes())
			if all[of] == nil {
				order = append(order, of)
			}
			for _, text := range texts {
				if p := pieces(b, text); len(p) > 0 {
					all[of] = append(all[of], p)
				}
			}
		}
		var trade []ways
		for _, of := range order {
			if len(all[of]) > 1 {
				trade = append(trade, all[of])
			}
		}
		trades, files = append(trades, trade), append(files, file)
	}
	read("../background/questions.jsonl", func(raw []byte) (string, []string) {
		var q struct{ Zh, En, Es string }
		parse(t, raw, &q)
		return string(raw), []string{q.Zh, q.En, q.Es}
	})
	asked, err := filepath.Glob("ways/*.jsonl")
	if err != nil || len(asked) == 0 {
		t.Fatal("no ways to ask", err)
	}
	for _, file := range asked {
		read(file, func(raw []byte) (string, []string) {
			var w struct {
				Topic, Answer string
				Asked         []string
			}
			parse(t, raw, &w)
			return w.Topic, append(w.Asked, w.Answer)
		})
	}
	return trades, files
}

func parse(t *testing.T, raw []byte, into any) {
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatalf("%.80s: %v", raw, err)
	}
}

// learnedFrom is the sum of what the rows are learned from and by.
func learnedFrom(t *testing.T, files []string) string {
	h := sha256.New()
	fmt.Fprintln(h, learnSteps, learnBatch, learnRate, learnWarm, learnTau, learnDrop, learnGeneral, learnMixed)
	for _, file := range append(files, "table.fdse") {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(h, file, len(raw))
		h.Write(raw)
	}
	return string(h.Sum(nil))
}

// learning is the table as it is being learned.
type learning struct {
	random     *rand.Rand
	dimension  int
	size       float64   // of a number of the table, in the mean of squares
	rows, m, v []float32 // pieces × dimension; the moments of Adam
	seen       []bool    // pieces that occurred
	gradient   []float32 // pieces × dimension, of the pieces at hand
	atHand     []int32
	isAtHand   []bool
}

func newLearning(t *table) *learning {
	n := t.pieces * t.dimension
	l := &learning{random: rand.New(rand.NewPCG(1, 2)), dimension: t.dimension, rows: make([]float32, n), m: make([]float32, n), v: make([]float32, n),
		gradient: make([]float32, n), seen: make([]bool, t.pieces), isAtHand: make([]bool, t.pieces)}
	for p := range t.pieces {
		scale := f32(t.data, t.scales+4*p)
		for j := range t.dimension {
			x := scale * float32(int8(t.data[t.rows+p*t.dimension+j]))
			l.rows[p*t.dimension+j] = x
			l.size += float64(x) * float64(x)
		}
	}
	l.size = math.Sqrt(l.size / float64(n))
	return l
}

// pick are the groups of one batch: what all shops are asked, several trades, or one.
func (l *learning) pick(trades [][]ways) []ways {
	var from []ways
	switch r := l.random.Float64(); {
	case r < learnGeneral:
		from = slices.Clone(trades[0])
	case r < learnGeneral+learnMixed:
		from = slices.Concat(trades[1:]...)
	default:
		from = slices.Clone(trades[1+l.random.IntN(len(trades)-1)])
	}
	l.random.Shuffle(len(from), func(i, j int) { from[i], from[j] = from[j], from[i] })
	return from[:min(len(from), learnBatch)]
}

// step learns from one pair of each group, and returns the loss.
func (l *learning) step(batch []ways, step int) float64 {
	n, d := len(batch), l.dimension
	texts := make([][]int32, 2*n)
	for i, same := range batch {
		a := l.random.IntN(len(same))
		b := (a + 1 + l.random.IntN(len(same)-1)) % len(same)
		texts[i], texts[n+i] = l.some(same[a]), l.some(same[b])
	}
	units, lengths := make([]float64, 2*n*d), make([]float64, 2*n)
	for i, text := range texts {
		u := units[i*d : (i+1)*d]
		for _, p := range text {
			for j, x := range l.rows[int(p)*d : (int(p)+1)*d] {
				u[j] += float64(x)
			}
		}
		squares := 0.0
		for _, x := range u {
			squares += x * x
		}
		lengths[i] = max(math.Sqrt(squares), 1e-6)
		for j := range u {
			u[j] /= lengths[i]
		}
	}
	slope, loss := contrast(units, n, d)
	for i, text := range texts {
		u, s := units[i*d:(i+1)*d], slope[i*d:(i+1)*d]
		along := 0.0
		for j := range u {
			along += u[j] * s[j]
		}
		for _, p := range text {
			if !l.isAtHand[p] {
				l.isAtHand[p] = true
				l.atHand = append(l.atHand, p)
			}
			g := l.gradient[int(p)*d : (int(p)+1)*d]
			for j := range g {
				g[j] += float32((s[j] - u[j]*along) / lengths[i])
			}
		}
	}
	l.adam(learnRate * l.size * min(1, float64(step+1)/learnWarm) * (1 - 0.95*float64(step)/learnSteps))
	return loss
}

// some leaves out some pieces of a text, so that no one piece must carry it.
func (l *learning) some(text []int32) []int32 {
	var out []int32
	for _, p := range text {
		if l.random.Float64() >= learnDrop {
			out = append(out, p)
		}
	}
	if len(text) < 4 || len(out) == 0 {
		return text
	}
	return out
}

// contrast is the loss of units, the first n of which belong to the last n in their order, and its slope.
func contrast(units []float64, n, d int) (slope []float64, loss float64) {
	at := func(of []float64, i int) []float64 { return of[i*d : (i+1)*d] }
	slope = make([]float64, len(units))
	logits := make([]float64, n*n)
	rows, columns := make([]float64, n), make([]float64, n) // what their exponents add up to
	for i := range n {
		for j := range n {
			sum := 0.0
			a, b := at(units, i), at(units, n+j)
			for k, x := range a {
				sum += x * b[k]
			}
			e := math.Exp((sum - 1) / learnTau)
			logits[i*n+j] = e
			rows[i] += e
			columns[j] += e
		}
	}
	for i := range n {
		loss -= (math.Log(logits[i*n+i]/rows[i]) + math.Log(logits[i*n+i]/columns[i])) / 2 / float64(n)
		for j := range n {
			g := (logits[i*n+j]/rows[i] + logits[i*n+j]/columns[j]) / 2
			if i == j {
				g--
			}
			g /= float64(n) * learnTau
			a, b, da, db := at(units, i), at(units, n+j), at(slope, i), at(slope, n+j)
			for k := range d {
				da[k] += g * b[k]
				db[k] += g * a[k]
			}
		}
	}
	return slope, loss
}

// adam moves the rows of the pieces at hand (Kingma and Ba, 2015) and lets go of them.
func (l *learning) adam(rate float64) {
	d := l.dimension
	for _, p := range l.atHand {
		l.isAtHand[p], l.seen[p] = false, true
		for j := int(p) * d; j < (int(p)+1)*d; j++ {
			g := l.gradient[j]
			l.m[j] = 0.9*l.m[j] + 0.1*g
			l.v[j] = 0.99*l.v[j] + 0.01*g*g
			l.rows[j] -= float32(rate * float64(l.m[j]) / (math.Sqrt(float64(l.v[j])) + 1e-9))
			l.gradient[j] = 0
		}
	}
	l.atHand = l.atHand[:0]
}

func (l *learning) marshal(sum string) []byte {
	var rows []byte
	n := 0
	for p, seen := range l.seen {
		if seen {
			n++
			rows = append(rows, quantised(p, l.rows[p*l.dimension:(p+1)*l.dimension])...)
		}
	}
	return append(binary.LittleEndian.AppendUint32([]byte(sum), uint32(n)), rows...)
}

// quantised is one row as it is stored: its largest number becomes 127.
func quantised(piece int, row []float32) []byte {
	most := 0.0
	for _, x := range row {
		most = max(most, math.Abs(float64(x)))
	}
	scale := float32(most / 127)
	out := binary.LittleEndian.AppendUint32(nil, uint32(piece))
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
	for _, x := range row {
		q := 0.0
		if scale > 0 {
			q = math.RoundToEven(float64(x / scale))
		}
		out = append(out, byte(int8(min(max(q, -127), 127))))
	}
	return out
}
