package evidence

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"
)

var languages = []string{"zh", "en", "es"}

// answer is a true answer in three languages.
type answer struct {
	ID string `json:"id"`
	ZH string `json:"zh"`
	EN string `json:"en"`
	ES string `json:"es"`
}

func (a answer) in(language string) string {
	switch language {
	case "zh":
		return a.ZH
	case "en":
		return a.EN
	}
	return a.ES
}

func loadAnswers(t testing.TB) []answer { return load[answer](t, "testdata/answers.jsonl") }

func load[T any](t testing.TB, path string) []T {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for line := 1; in.Scan(); line++ {
		var x T
		if err := json.Unmarshal(in.Bytes(), &x); err != nil {
			t.Fatalf("%s:%d: %v", path, line, err)
		}
		out = append(out, x)
	}
	if err := in.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
