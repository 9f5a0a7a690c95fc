package main

import (
	"encoding/json"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// importMap says which packages of ours a package may import, and why. Tests may import more: they play several parts.
var importMap = []struct {
	from string
	may  []string
	why  string
}{
	{"knowledge", []string{"knowledge/embed"}, "what a shop knows stands alone, so that it can be searched without a bot; texts and vectors are pure"},
	{"knowledge/embed", nil, "an embedder knows texts and vectors, nothing of shops"},
	{"knowledge/demo", nil, "the demo shop is data"},
	{"knowledge/importer", []string{"knowledge"}, "files become articles"},
	{"knowledge/exam", []string{"knowledge"}, "an exam asks through a function that cmd gives it"},
	{"knowledge/editor", []string{"knowledge", "knowledge/importer", "knowledge/exam"}, "a face imports its domain"},
	{"knowledge/knowledgetest", []string{"knowledge"}, "test helpers of the domain"},
	{"bot/conversation", nil, "who may speak must not depend on who answers"},
	{"bot/triage", nil, "judgement is pure"},
	{"bot/evidence", nil, "the evidence check is pure"},
	{"bot/channel", nil, "a messaging service knows nothing of answering"},
	{"bot/channel/webhook", []string{"bot/channel"}, "one messaging service"},
	{"bot", []string{"knowledge", "bot/conversation", "bot/triage", "bot/channel", "bot/channel/webhook", "bot/evidence", "bot/orders"}, "the answering; never the human side, which cmd joins to it"},
	{"bot/bottest", nil, "a scripted model endpoint"},
	{"bot/storefront", []string{"knowledge", "bot", "bot/conversation", "bot/channel", "bot/channel/webhook"}, "a face imports its domain"},
	{"handoff", []string{"bot/conversation", "handoff/staff"}, "the human side; never the bot"},
	{"handoff/staff", nil, "accounts know nothing of cases"},
	{"handoff/inbox", []string{"handoff", "handoff/staff", "bot/conversation"}, "a face imports its domain"},
}

type listed struct {
	ImportPath string
	Dir        string
	GoFiles    []string
	Imports    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports", "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestPackagesImportOnlyWhatTheMapAllows(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "frontdesk/")
		if strings.HasPrefix(name, "cmd/") {
			continue
		}
		i := slices.IndexFunc(importMap, func(row struct {
			from string
			may  []string
			why  string
		}) bool {
			return row.from == name
		})
		if i < 0 {
			t.Errorf("%s is not on the import map: say there what it may import, and why", name)
			continue
		}
		for _, imported := range p.Imports {
			ours, ok := strings.CutPrefix(imported, "frontdesk/")
			if ok && !slices.Contains(importMap[i].may, ours) {
				t.Errorf("%s imports %s: %s", name, ours, importMap[i].why)
			}
		}
	}
}

func TestEchoStaysInTheFacesAndGoOpenAIWhereModelsAreSpokenTo(t *testing.T) {
	echo := []string{"bot/storefront", "handoff/inbox", "knowledge/editor"}
	openai := []string{"bot", "knowledge/embed"}
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, "frontdesk/")
		if strings.HasPrefix(name, "cmd/") {
			continue
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, "github.com/labstack/echo") && !slices.Contains(echo, name) {
				t.Errorf("%s imports Echo: only faces and cmd speak HTTP frameworks", name)
			}
			if strings.HasPrefix(imported, "github.com/sashabaranov/go-openai") && !slices.Contains(openai, name) {
				t.Errorf("%s imports go-openai: only what speaks to a model does", name)
			}
		}
	}
}

func TestEveryPackageSaysInOneSentenceWhatItIs(t *testing.T) {
	for _, p := range packages(t) {
		said := false
		for _, file := range p.GoFiles {
			parsed, err := parser.ParseFile(token.NewFileSet(), filepath.Join(p.Dir, file), nil, parser.PackageClauseOnly|parser.ParseComments)
			if err != nil {
				t.Fatal(err)
			}
			said = said || parsed.Doc != nil && (strings.HasPrefix(parsed.Doc.Text(), "Package ") || strings.HasPrefix(parsed.Doc.Text(), "Command "))
		}
		if !said {
			t.Errorf("%s has no package sentence", p.ImportPath)
		}
	}
}

func TestTopLevelHoldsWhatTheLayoutAllowsAndNothingElse(t *testing.T) {
	allowed := []string{"cmd", "bot", "knowledge", "handoff", "go.mod", "go.sum", "README.md", "LICENSE", "Makefile", "Dockerfile", "compose.yaml"}
	tracked, err := exec.Command("git", "-C", root, "ls-files").Output()
	if err != nil {
		t.Skipf("not a git checkout: %v", err)
	}
	for line := range strings.Lines(string(tracked)) {
		top, _, _ := strings.Cut(strings.TrimSpace(line), "/")
		if !strings.HasPrefix(top, ".") && !slices.Contains(allowed, top) {
			t.Errorf("%s at the top level: a new need finds a home by whose rows it is about", top)
		}
	}
	for _, name := range []string{"common", "utils", "util", "models", "types", "helpers", "service"} {
		found, err := filepath.Glob(filepath.Join(root, "*", name))
		if err != nil || len(found) > 0 {
			t.Errorf("a folder named %s says nothing: %v", name, found)
		}
	}
	if _, err := os.Stat(filepath.Join(root, "README.md")); err != nil {
		t.Error(err)
	}
}
