package triage

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// utterance is one line of the corpus.
type utterance struct {
	Lang, Text, Intent string
	Mood               float64
	Risk               []string
	Wish               bool
	Handoff            int
	file               string
}

func corpus(t testing.TB) []utterance {
	t.Helper()
	files, err := filepath.Glob("corpus/*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("no corpus: %v", err)
	}
	slices.Sort(files)
	var all []utterance
	for _, f := range files {
		eachLine(t, f, func(line []byte) {
			u := utterance{file: filepath.Base(f)}
			if err := json.Unmarshal(line, &u); err != nil {
				t.Fatalf("%s: %v", f, err)
			}
			all = append(all, u)
		})
	}
	return append(all, plain(t)...)
}

// plain reads the utterances that are written one a line, under headers such as "[es mood=-0.5 intent=problem]".
func plain(t testing.TB) []utterance {
	t.Helper()
	files, err := filepath.Glob("corpus/plain/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no plain corpus: %v", err)
	}
	slices.Sort(files)
	return utterances(t, files)
}

// utterances reads files of that form.
func utterances(t testing.TB, files []string) (all []utterance) {
	t.Helper()
	var err error
	for _, f := range files {
		var as utterance
		eachLine(t, f, func(line []byte) {
			switch text := string(line); {
			case text == "":
			case text[0] == '[':
				if as, err = labelled(text); err != nil {
					t.Fatalf("%s: %s: %v", f, text, err)
				}
				as.file = filepath.Base(f)
			default:
				u := as
				u.Text = text
				all = append(all, u)
			}
		})
	}
	return all
}

// labelled reads a header.
func labelled(header string) (u utterance, err error) {
	fields := strings.Fields(strings.Trim(header, "[]"))
	u.Lang = fields[0]
	for _, f := range fields[1:] {
		name, value, _ := strings.Cut(f, "=")
		switch name {
		case "mood":
			u.Mood, err = strconv.ParseFloat(value, 64)
		case "intent":
			u.Intent = value
		case "risk":
			u.Risk = strings.Split(value, ",")
		case "wish":
			u.Wish = value == "1"
		case "handoff":
			u.Handoff, err = strconv.Atoi(value)
		default:
			err = fmt.Errorf("unknown label %q", name)
		}
		if err != nil {
			return u, err
		}
	}
	return u, nil
}

func eachLine(t testing.TB, name string, do func([]byte)) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		do(lines.Bytes())
	}
}

// wordVectors are the rows of the built-in table, by the keys of document.pieces.
type wordVectors struct {
	dim  int
	rows map[uint32][]float32
	keys []uint32
}

func loadVectors(t testing.TB) *wordVectors {
	t.Helper()
	b, err := os.ReadFile("../../knowledge/embed/table.fdse")
	if err != nil {
		t.Fatal(err)
	}
	u32 := func(at int) int { return int(binary.LittleEndian.Uint32(b[at:])) }
	n, dim, size := u32(12), u32(16), u32(28)
	v := &wordVectors{dim: dim, rows: map[uint32][]float32{}}
	at := 36 + n
	scales := at + size + 4*n
	rows := scales + 4*n
	for i := range n {
		l := int(b[36+i])
		piece := string(b[at : at+l])
		at += l
		k, ok := pieceKey(piece)
		if !ok || v.rows[k] != nil {
			continue
		}
		scale := math.Float32frombits(binary.LittleEndian.Uint32(b[scales+4*i:]))
		row := make([]float32, dim)
		for j := range row {
			row[j] = scale * float32(int8(b[rows+i*dim+j]))
		}
		v.rows[k] = row
		v.keys = append(v.keys, k)
	}
	return v
}

// pieceKey is the key under which document.pieces looks a piece of the table up.
func pieceKey(piece string) (uint32, bool) {
	word, begins := strings.CutPrefix(piece, "▁")
	if word == "" {
		return 0, false
	}
	r, _ := utf8.DecodeRuneInString(word)
	if isHan(r) {
		return hashOn(key('H'), word), true
	}
	d := read(word, 100, asWritten)
	if len(d.tokens) != 1 || !d.tokens[0].word {
		if isEmoji(r) {
			return hashOn(key('H'), word), true
		}
		return 0, false
	}
	if begins {
		return hashOn(key('B'), d.tokens[0].text), true
	}
	return hashOn(key('I'), d.tokens[0].text), true
}
