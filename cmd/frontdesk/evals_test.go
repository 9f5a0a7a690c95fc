package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// rowsOf writes rows in the form of the evaluation sets.
func rowsOf(t *testing.T, folder, name string, rows ...map[string]string) {
	t.Helper()
	var file bytes.Buffer
	enc := json.NewEncoder(&file)
	for _, row := range rows {
		if err := enc.Encode(row); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, file.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func TestEvalsMeasureWhatIsThereAndSayWhatTheySkipped(t *testing.T) {
	if os.Getenv("DATABASE_URL") == "" {
		t.Fatal("DATABASE_URL is not set; run the tests with make test")
	}
	sets := t.TempDir()
	know := []map[string]string{
		{"id": "1", "text": "how long does delivery take", "label": "delivery"},
		{"id": "2", "text": "how do I send something back", "label": "returns"},
	}
	ask := []map[string]string{
		{"id": "1", "text": "how long does the delivery take?", "label": "delivery"},
		{"id": "2", "text": "can I send a shirt back", "label": "returns"},
		{"id": "3", "text": "who won the match", "label": "NO_NODES_DETECTED"},
	}
	for _, bot := range []string{"sofmattress", "powerplay11"} {
		rowsOf(t, sets, "hint3/"+bot+".kb.jsonl", know...)
		rowsOf(t, sets, "hint3/"+bot+".dev_queries.jsonl", ask...)
	}
	var out, errs bytes.Buffer
	if exit := run(t.Context(), []string{"evals", "--sets", sets, "--set", "search", "--json"}, strings.NewReader(""), &out, &errs); exit != 0 {
		t.Fatalf("exit %d: %s", exit, errs.String())
	}
	var got struct {
		Figures []figure
		Skipped []string
	}
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Figures) == 0 || got.Figures[0].Name != "sofmattress: accuracy, all answered" || got.Figures[0].N != 2 || got.Figures[0].Value != 1 {
		t.Errorf("figures: %+v", got.Figures)
	}
	if skipped := strings.Join(got.Skipped, "\n"); !strings.Contains(skipped, "clinc150") || !strings.Contains(skipped, "triage: not asked for") {
		t.Errorf("skipped: %s", skipped)
	}
}
