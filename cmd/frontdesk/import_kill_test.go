package main

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/knowledge/importer"
	"frontdesk/knowledge/knowledgetest"
)

var importKills = flag.Int("import-kills", 8, "how often an import is killed")

// The importing program is killed at random instants, while it brings new articles and while it changes known ones. Each
// time the shop holds all of the file or nothing of it, and the same file again completes.
func TestAKilledImportLeavesNothingHalfAndIsCompletedByTheSameFile(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := knowledgetest.URL(t, conversation.Migrate, handoff.Migrate)
	pool, err := openPool(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	const articles = 400
	file := func(round int) string {
		var b bytes.Buffer
		for i := range articles {
			fmt.Fprintf(&b, `{"id":"p-%d","question":"How do I wash product number %d of line %d?","answer":"Wash product %d at %d degrees, in round %d.","phrasings":["washing %d","care for %d"],"locale":"en"}`+"\n",
				i, i, i%37, i, 20+i%70, round, i, i)
		}
		path := filepath.Join(t.TempDir(), fmt.Sprint("round-", round, ".jsonl"))
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	bring := func(path string) importer.Report {
		t.Helper()
		var out, errs bytes.Buffer
		if exit := run(ctx, []string{"import", "--shop", "atelier", "--json", "--database-url", url, path}, nil, &out, &errs); exit != 0 {
			t.Fatalf("exit %d: %s", exit, errs.String())
		}
		var report importer.Report
		if err := json.Unmarshal(out.Bytes(), &report); err != nil {
			t.Fatal(err)
		}
		return report
	}
	// in says how many articles are live in a round's words, and how many of them are whole: passages and vectors of this version.
	in := func(round int) (live, whole int) {
		t.Helper()
		err := pool.QueryRow(ctx, `
			select count(*), count(*) filter (where (select count(*) from passages p join embeddings e using (shop_id, passage_id)
				where p.shop_id = a.shop_id and p.article_id = a.article_id and p.version = a.live and e.vector is not null) >= 3)
			from articles a join article_versions v on v.shop_id = a.shop_id and v.article_id = a.article_id and v.version = a.live
			where v.answer like '%in round ' || $1 || '.'`, fmt.Sprint(round)).Scan(&live, &whole)
		if err != nil {
			t.Fatal(err)
		}
		return live, whole
	}
	if exit := run(ctx, []string{"shop", "add", "atelier", "--database-url", url}, nil, io.Discard, io.Discard); exit != 0 {
		t.Fatal("no shop")
	}
	child := func(path string) *exec.Cmd {
		t.Helper()
		cmd := separate(t, url, "import", "--shop", "atelier", path)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		return cmd
	}
	began := time.Now()
	if err := child(file(0)).Wait(); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	halves := 0
	for round := 1; round <= *importKills; round++ {
		path := file(round)
		cmd := child(path)
		time.Sleep(took/3 + time.Duration(rand.Int64N(int64(took)))) // its first third is the program's start
		_ = cmd.Process.Kill()                                       // it may be done already
		_ = cmd.Wait()
		waitFor(t, 20*time.Second, "the killed import's transaction to end", func() bool {
			var busy int
			if err := pool.QueryRow(ctx, `select count(*) from pg_stat_activity where datname = current_database() and state <> 'idle' and pid <> pg_backend_pid()`).Scan(&busy); err != nil {
				t.Fatal(err)
			}
			return busy == 0
		})
		live, whole := in(round)
		if live != 0 && live != articles || whole != live {
			t.Fatalf("kill %d: %d of %d articles are imported, %d of them whole", round, live, articles, whole)
		}
		if before, stand := in(round - 1); live == 0 && (before != articles || stand != articles) {
			t.Fatalf("kill %d: of the round before %d articles are left, %d of them whole", round, before, stand)
		}
		if live == 0 {
			halves++
		}
		if r := bring(path); r.Errors != 0 || r.Changed+r.Same != articles || live == 0 && r.Changed != articles || live == articles && r.Same != articles {
			t.Fatalf("kill %d: the same file again: %d changed, %d same, %d errors", round, r.Changed, r.Same, r.Errors)
		}
		if live, whole := in(round); live != articles || whole != articles {
			t.Fatalf("kill %d: afterwards %d articles are imported, %d of them whole", round, live, whole)
		}
	}
	t.Logf("%d kills within %s, %d of them before the import was done", *importKills, took.Round(time.Millisecond), halves)
}
