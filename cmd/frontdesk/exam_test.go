package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/exam"
)

func TestExamEndsBadlyBelowTheBarAndExaminesDraftsWithoutPublishingThem(t *testing.T) {
	c := &cli{Config: Config{DatabaseURL: ownTestDatabase(t), LogLevel: "error"}}
	c.streams = streams{in: strings.NewReader(""), out: io.Discard, errs: io.Discard}
	err := c.withApp(t.Context(), func(a *app) error {
		_, err := a.seed(t.Context(), io.Discard)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("DATABASE_URL", c.DatabaseURL)
	folder := t.TempDir()
	golden, drafts := filepath.Join(folder, "golden.jsonl"), filepath.Join(folder, "drafts.jsonl")
	write := func(path, text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(golden, `{"id":"1","turns":[{"role":"shopper","text":"Do you sell sailing boats with gift engraving?"}],"expect":{"action":["answer"],"articles":["boats"]},"topic":"boats","locale":"en"}`)
	write(drafts, `{"id":"boats","locale":"en","question":"Do you sell sailing boats with gift engraving?","answer":"Yes, in blue."}`)
	sit := func(more ...string) (exit int, passed int) {
		var out, errs bytes.Buffer
		exit = run(context.Background(), append([]string{"exam", "--shop", "demo", "--json"}, more...), strings.NewReader(""), &out, &errs)
		var got struct{ Passed int }
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatalf("%v: %s%s", err, out.String(), errs.String())
		}
		return exit, got.Passed
	}
	if exit, passed := sit("--file", golden); exit != 1 || passed != 0 {
		t.Errorf("nothing known of boats: exit %d, %d passed", exit, passed)
	}
	if exit, passed := sit("--with", drafts); exit != 0 || passed != 1 {
		t.Errorf("with the draft: exit %d, %d passed", exit, passed)
	}
	if exit, passed := sit(); exit != 1 || passed != 0 {
		t.Errorf("the draft was published: exit %d, %d passed", exit, passed)
	}
	// The editors' page sits the same exam: it shows these runs, and the two do not sit it at once.
	err = c.withShop(t.Context(), "demo", func(a *app, shop knowledge.Shop) error {
		store := exam.NewStore(a.pool)
		if runs, err := store.Runs(t.Context(), shop.ID, exam.Golden, 9); err != nil || len(runs) != 2 {
			t.Errorf("%d runs are kept, %v; want those without a draft", len(runs), err)
		}
		done, err := store.Begin(t.Context(), shop.ID, exam.Golden)
		if err != nil {
			return err
		}
		defer done()
		var errs bytes.Buffer
		if exit := run(context.Background(), []string{"exam", "--shop", "demo"}, strings.NewReader(""), io.Discard, &errs); exit == 0 || !strings.Contains(errs.String(), exam.ErrRunning.Error()) {
			t.Errorf("sat twice at once: exit %d, %s", exit, errs.String())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// ownTestDatabase is an empty database for a test that starts the program itself.
func ownTestDatabase(t *testing.T) string {
	t.Helper()
	c := &cli{Config: Config{DatabaseURL: os.Getenv("DATABASE_URL")}}
	c.streams = streams{errs: io.Discard}
	if c.DatabaseURL == "" {
		t.Fatal("DATABASE_URL is not set; run the tests with make test")
	}
	remove, err := c.ownDatabase(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(remove)
	return c.DatabaseURL
}

func TestAFileWithoutQuestionsIsSaidToHaveNone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty.jsonl")
	for _, text := range []string{"", "\n\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := readExam(path); err == nil || !strings.Contains(err.Error(), "has no questions") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
