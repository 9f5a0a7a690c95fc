package editor

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge/exam"
	"frontdesk/knowledge/importer"
)

func textsOf(t *testing.T, locale string) map[string]any {
	t.Helper()
	raw, err := fs.ReadFile(Locales, "locales/"+locale+".json")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]any{}
	if err := json.Unmarshal(raw, &texts); err != nil {
		t.Fatal(err)
	}
	return texts
}

func TestEveryTextStandsInThreeLanguagesWithTheSamePlaceholders(t *testing.T) {
	en := textsOf(t, "en")
	placeholder := regexp.MustCompile(`\{\{\.\w+\}\}`)
	named := func(text any) []string {
		return slices.Compact(slices.Sorted(slices.Values(placeholder.FindAllString(fmt.Sprint(text), -1))))
	}
	for _, locale := range []string{"zh", "es"} {
		texts := textsOf(t, locale)
		if !slices.Equal(slices.Sorted(maps.Keys(texts)), slices.Sorted(maps.Keys(en))) {
			t.Errorf("%s has other ids than en", locale)
		}
		for id, text := range texts {
			if !slices.Equal(named(text), named(en[id])) && !strings.HasPrefix(id, "editor.fault.") {
				t.Errorf("%s in %s has the placeholders %v, in en %v", id, locale, named(text), named(en[id]))
			}
		}
	}
}

// The ids that pages put together from a value.
var made = map[string][]string{
	"editor.lang.": {"zh", "en", "es"}, "editor.write.": {"zh", "en", "es"}, "editor.status.": {"draft", "published", "archived"},
	"editor.window.": {"early", "expired", "ending"}, "editor.fault.": append(importer.FaultCodes(), "taken", "published", "market"),
	"editor.field.": {"row", "id", "question", "answer", "phrasings", "negatives", "locale", "kind", "market", "valid_from", "valid_to", "tags", "status"},
	"editor.kind.":  kinds(), "editor.level.": {"1", "2", "3"}, "editor.holds.": importer.Columns(),
	"editor.decision.": {"answer", "ask", "none"}, "editor.source.": {"own", "exam", "missed", "asked"}, "editor.outcome.": {"new", "changed", "same", "error"},
	"editor.result.": {"new", "changed", "same", "error"},
	"editor.action.": {"answer", "ask", "handoff", "courtesy", "silent"}, "editor.import.trouble_": {"missing", "format", "large", "link"}, "editor.check.trouble_": {"failed", "many"},
	"editor.exam.trouble_": {"missing", "format"}, "editor.import.state_": {"planned", "running", "done", "failed"}, "editor.missed.state_": {"open", "ignored", "done"},
	"editor.exam.column_": exam.Columns(), "editor.exam.holds_": exam.Columns(), "editor.exam.such_": exam.Columns(),
	"editor.list.view_": views(), "editor.list.none_": views(),
	"editor.tag.":            namedTags(),
	"editor.missed.outcome_": {"ask", "none", "disliked", "mistaken", "beside", "outdated", "suggested"}, "editor.missed.empty_": {"open", "ignored", "done"},
	"editor.reason.": {"wish", "mood", "repetition", "failed_attempts", "risk_injury", "risk_allergy", "risk_fraud", "risk_payment", "risk_privacy",
		"risk_legal", "risk_regulator", "risk_press", "risk_self_harm", "order_change", "several_intents", "no_knowledge", "unsure", "unsupported_draft",
		"injection", "model_failed", "over_budget"},
}

func TestEveryTextThatAPageNamesIsThere(t *testing.T) {
	texts, used := textsOf(t, "en"), map[string]bool{}
	quoted, built := regexp.MustCompile(`"(editor\.[a-z_.]+[a-z_])"`), regexp.MustCompile(`print "(editor\.[a-z_.]+[._])"`)
	pages, err := fs.Glob(Pages, "pages/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatal(err)
	}
	for _, page := range pages {
		raw, err := fs.ReadFile(Pages, page)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range built.FindAllStringSubmatch(string(raw), -1) {
			if made[found[1]] == nil {
				t.Errorf("%s makes ids of %q that no test knows", page, found[1])
			}
		}
		for _, found := range quoted.FindAllStringSubmatch(string(raw), -1) {
			if !strings.HasSuffix(found[1], "_") {
				used[found[1]] = true
			}
		}
	}
	sources, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, source := range sources {
		raw, err := os.ReadFile(source)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(source, "_test.go") {
			continue
		}
		for _, found := range quoted.FindAllStringSubmatch(string(raw), -1) {
			used[found[1]] = used[found[1]] || !strings.HasSuffix(found[1], "_")
		}
	}
	for prefix, values := range made {
		for _, value := range values {
			used[prefix+value] = true
		}
	}
	for id, shown := range used {
		if shown && texts[id] == nil {
			t.Errorf("there is no text %q", id)
		}
	}
	for id := range texts {
		if !used[id] && !strings.HasSuffix(id, ".title") && !strings.HasPrefix(id, "editor.flash.") {
			t.Errorf("nobody shows the text %q", id)
		}
	}
}

func TestStylesNameNoColourOutsideTheTokens(t *testing.T) {
	if found := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|rgba?\(`).FindString(Styles); found != "" {
		t.Errorf("styles.css names the colour %s", found)
	}
}
