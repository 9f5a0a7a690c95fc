package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
)

// script runs a command on the program's database and returns its lines of JSON.
func (p *program) script(t *testing.T, in string, args ...string) []map[string]any {
	t.Helper()
	var out, errs bytes.Buffer
	if exit := run(context.Background(), append(args, "--database-url", p.config.DatabaseURL), strings.NewReader(in), &out, &errs); exit != 0 {
		t.Fatalf("%v: exit %d: %s", args, exit, errs.String())
	}
	var lines []map[string]any
	for raw := range strings.Lines(out.String()) {
		var line map[string]any
		if err := json.Unmarshal([]byte(raw), &line); err != nil {
			t.Fatalf("%s: %v", raw, err)
		}
		lines = append(lines, line)
	}
	return lines
}

func TestTheContractsForScriptsHold(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	p := boot(t)
	from, to := time.Date(2020, 5, 1, 0, 0, 0, 0, time.UTC), time.Date(2020, 7, 1, 0, 0, 0, 0, time.UTC)
	for _, a := range []knowledge.Article{
		{Ref: "zeppelin-then", Locale: "en", Question: "Do you rent out zeppelins?", Answer: "Yes, in the summer of 2020.", ValidFrom: &from, ValidTo: &to},
		{Ref: "mooring-mx", Locale: "en", Question: "Is there an airship mooring mast?", Answer: "Yes, on the roof.", Market: []string{"MX"}},
	} {
		saved, err := p.base.Save(ctx, p.shop.ID, a)
		if err == nil {
			err = p.base.Publish(ctx, p.shop.ID, saved.ID, saved.Version)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	in := strings.Join([]string{
		`{"id":1,"text":"Can I combine two discount codes?","colour":"green","context":{"page":"/cart","order":"4711","weather":"fine"}}`,
		`nonsense`,
		`{"id":"then","text":"Do you rent out zeppelins?","at":"2020-06-01T12:00:00Z"}`,
		`{"id":"now","text":"Do you rent out zeppelins?"}`,
		`{"id":"mx","text":"Is there an airship mooring mast?","market":"mx"}`,
		`{"id":"es","text":"Is there an airship mooring mast?","market":"ES"}`,
		`{"id":"late","text":"x","at":"yesterday"}`,
		`{"id":"number","text":7}`,
		`{"id":"empty","text":" "}`,
		`{"id":[1,2],"turns":[{"role":"shopper","text":"Hello"},{"role":"bot","text":"Hello!"},{"role":"shopper","text":"Can I combine two discount codes?","at":"2026-01-02T03:04:05Z"}]}`,
	}, "\n")
	ids := `[1,null,"then","now","mx","es","late","number","empty",[1,2]]`
	bad := map[int]bool{1: true, 6: true, 7: true, 8: true}
	for _, command := range []string{"search", "ask", "triage"} {
		args := []string{command, "--jsonl"}
		if command != "triage" {
			args = append(args, "--shop", p.shop.Slug)
		}
		lines := p.script(t, in, args...)
		got := make([]any, len(lines))
		for i, l := range lines {
			if got[i] = l["id"]; (l["error"] != nil) != bad[i] {
				t.Errorf("%s, line %d: %v", command, i+1, l)
			}
		}
		if raw, _ := json.Marshal(got); string(raw) != ids {
			t.Errorf("%s: the ids are %s, want %s", command, raw, ids)
		}
		p.checkFields(t, command, lines, bad)
	}
	top := func(l map[string]any) string {
		if hits, _ := l["hits"].([]any); len(hits) > 0 {
			return fmt.Sprint(hits[0].(map[string]any)["article"])
		}
		return ""
	}
	found := p.script(t, in, "search", "--jsonl", "--shop", p.shop.Slug)
	if top(found[2]) != "zeppelin-then" || top(found[3]) == "zeppelin-then" {
		t.Errorf("at: then %s, now %s", top(found[2]), top(found[3]))
	}
	if top(found[4]) != "mooring-mx" || top(found[5]) == "mooring-mx" {
		t.Errorf("market: mx %s, es %s", top(found[4]), top(found[5]))
	}
}

// checkFields holds what every good line says against the list of the contract.
func (p *program) checkFields(t *testing.T, command string, lines []map[string]any, bad map[int]bool) {
	t.Helper()
	want := map[string]string{
		"search": "hits decision confidence",
		"ask":    "action text language level reasons evidence confidence model_calls ms",
		"triage": "mood mood_label handoff action level reasons language",
	}
	for i, l := range lines {
		if bad[i] {
			continue
		}
		for _, field := range strings.Fields(want[command]) {
			if l[field] == nil {
				t.Errorf("%s, line %d has no %s: %v", command, i+1, field, l)
			}
		}
	}
}

func TestNamesAreUniqueAndAddingTwiceSaysSo(t *testing.T) {
	t.Parallel()
	p := boot(t)
	for _, args := range [][]string{
		{"shop", "add", "atelier", "--json"},
		{"channel", "add", "--shop", "demo", "--kind", "webhook", "--name", "till", "--reply-url", "https://till.example/in", "--json"},
		{"token", "add", "--shop", "demo", "--role", "editor", "--name", "ci", "--json"},
		{"staff", "add", "zoe@shop.example", "--shop", "demo", "--name", "Zoe", "--json"},
	} {
		if lines := p.script(t, "", args...); len(lines) != 1 {
			t.Errorf("%v: %v", args, lines)
		}
		var out, errs bytes.Buffer
		if exit := run(context.Background(), append(args, "--database-url", p.config.DatabaseURL), nil, &out, &errs); exit == 0 || !strings.Contains(errs.String(), "exists") && !strings.Contains(errs.String(), "taken") {
			t.Errorf("%v again: exit %d, %s", args, exit, errs.String())
		}
	}
}

func TestEveryFlagIsAnEnvironmentVariableAndSecretsMayBeFiles(t *testing.T) {
	dir := t.TempDir()
	for name, secret := range map[string]string{"DATABASE_URL": "postgres://u:hunter2@db.example/x", "OPENAI_API_KEY": "sk-from-a-file\n"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(secret), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv(name, "") // so that the file speaks
		t.Setenv(name+"_FILE", path)
	}
	t.Setenv("FRONTDESK_LISTEN", "127.0.0.1:9000")
	var out, errs bytes.Buffer
	if exit := run(context.Background(), []string{"config"}, nil, &out, &errs); exit != 0 {
		t.Fatal(errs.String())
	}
	for _, want := range []string{"db.example", "127.0.0.1:9000", "••••"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is missing: %s", want, out.String())
		}
	}
	if strings.Contains(out.String(), "hunter2") || strings.Contains(out.String(), "sk-from-a-file") {
		t.Error("a secret is shown")
	}
	t.Setenv("FRONTDESK_JSONL", "true")
	out.Reset()
	if exit := run(context.Background(), []string{"triage"}, strings.NewReader(`{"id":1,"text":"hello"}`), &out, &errs); exit != 0 || !strings.Contains(out.String(), `"id":1`) {
		t.Errorf("a flag of a command: %s %s", out.String(), errs.String())
	}
	t.Setenv("OPENAI_API_KEY", "")
	t.Setenv("OPENAI_API_KEY_FILE", filepath.Join(dir, "nothing"))
	t.Setenv("FRONTDESK_LOG_LEVEL", "loud")
	t.Setenv("FRONTDESK_LISTEN", "nowhere")
	errs.Reset()
	if exit := run(context.Background(), []string{"config"}, nil, &out, &errs); exit != 2 {
		t.Errorf("exit %d", exit)
	}
	for _, want := range []string{"OPENAI_API_KEY_FILE", "FRONTDESK_LOG_LEVEL", "FRONTDESK_LISTEN"} {
		if !strings.Contains(errs.String(), want) {
			t.Errorf("%s is not among the mistakes: %s", want, errs.String())
		}
	}
}

func TestEveryCommandShowsAnExample(t *testing.T) {
	for _, command := range strings.Split("demo,serve,migrate,config,doctor,shop add,shop list,channel add,channel list,channel rotate,staff add,staff list,staff link,token add,token list,import,export,erase,search,ask,triage,exam,evals,bench,version", ",") {
		var out, errs bytes.Buffer
		run(context.Background(), append(strings.Fields(command), "--help"), nil, &out, &errs)
		example := false
		for line := range strings.Lines(out.String()) {
			example = example || strings.Contains(line, "frontdesk "+command) && !strings.HasPrefix(line, "Usage:")
		}
		if !example {
			t.Errorf("%s: no example in its help", command)
		}
	}
}
