package admin

import (
	"encoding/json"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"frontdesk/bot/channel"
	"frontdesk/cmd/internal/pages"
	"frontdesk/handoff/staff"
)

func TestEveryTextStandsInEveryLanguage(t *testing.T) {
	want := textsOf(t, "en")
	for _, locale := range pages.Locales {
		got := textsOf(t, locale)
		if a, b := slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)); !slices.Equal(a, b) {
			t.Errorf("%s has other texts than en", locale)
		}
		hole := regexp.MustCompile(`{{\.\w+}}`)
		for id, text := range got {
			a, b := hole.FindAllString(text, -1), hole.FindAllString(want[id], -1)
			slices.Sort(a)
			slices.Sort(b)
			if strings.TrimSpace(text) == "" || !slices.Equal(a, b) {
				t.Errorf("%s in %s: %q", id, locale, text)
			}
		}
	}
}

func TestEveryTextThatIsAskedForIsThere(t *testing.T) {
	texts := textsOf(t, "en")
	asked := regexp.MustCompile(`(?:t|Text:|text\(c,|say\(c,) "(admin\.[a-z0-9_.]*[a-z0-9_])"`)
	for _, dir := range []fs.FS{Pages, os.DirFS(".")} {
		for _, pattern := range []string{"pages/*.html", "*.go"} {
			names, err := fs.Glob(dir, pattern)
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range names {
				raw, err := fs.ReadFile(dir, name)
				if err != nil {
					t.Fatal(err)
				}
				for _, m := range asked.FindAllStringSubmatch(string(raw), -1) {
					if texts[m[1]] == "" {
						t.Errorf("%s asks for %s", name, m[1])
					}
				}
			}
		}
	}
	made := []string{"admin.saved"}
	for _, action := range recorded(t) {
		made = append(made, "admin.did."+action)
	}
	for _, role := range staff.Roles() {
		made = append(made, "admin.role."+role, "admin.role."+role+".hint")
	}
	for _, mode := range []string{channel.ModeAuto, channel.ModeAssist, channel.ModeOff} {
		made = append(made, "admin.mode."+mode, "admin.mode."+mode+".hint")
	}
	for _, area := range areas() {
		made = append(made, "admin.area."+area)
	}
	for _, id := range made {
		if texts[id] == "" {
			t.Errorf("no text %s", id)
		}
	}
}

// recorded are the actions that the program writes into the audit log.
func recorded(t *testing.T) []string {
	t.Helper()
	named := regexp.MustCompile(`"((?:` + strings.Join(areas(), "|") + `|clock|promise)\.[a-z_]+)"`)
	var all []string
	for _, dir := range []string{".", "../../../handoff", "../../../handoff/inbox", "../../../knowledge/editor"} {
		names, err := fs.Glob(os.DirFS(dir), "*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			raw, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			for _, line := range strings.Split(string(raw), "\n") {
				if strings.Contains(line, "Action:") || regexp.MustCompile(`(?i)(record|recorded|note|done|act|audit)\w*\(`).MatchString(line) {
					for _, m := range named.FindAllStringSubmatch(line, -1) {
						all = append(all, m[1])
					}
				}
			}
		}
	}
	if len(all) < 30 {
		t.Fatalf("only %d actions are recorded: %v", len(all), all)
	}
	return all
}

func TestSettingsNameNoColourOutsideTheTokens(t *testing.T) {
	if found := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b|rgba?\(`).FindString(Styles); found != "" {
		t.Errorf("admin.css names %s", found)
	}
}

func textsOf(t *testing.T, locale string) map[string]string {
	t.Helper()
	raw, err := fs.ReadFile(Locales, "locales/"+locale+".json")
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]string
	if err := json.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	return m
}
