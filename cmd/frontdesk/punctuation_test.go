package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// A Chinese text has Chinese punctuation: a comma, colon, full stop or bracket of half width beside a Han character looks
// like a slip of the keyboard. Placeholders are words here, for what stands in them mostly is.
func TestChineseTextsHaveChinesePunctuation(t *testing.T) {
	half := regexp.MustCompile(`[\p{Han}”》）}] ?[,:;!?(]|[,:;!?)] ?[\p{Han}“《（{]|\p{Han}\.(\s|$)`)
	slips := func(text string) string { return half.FindString(strings.ReplaceAll(text, "{{.", "{")) }
	for text, slip := range map[string]bool{"西班牙文: 好": true, "中文, 英文": true, "中位数 (p50)": true, "好了.": true, "{{.N}}, 好": true, "从 https://shop.example 起": false, "例如 09:00、18:00": false, "（{{.N}}）": false} {
		if (slips(text) != "") != slip {
			t.Errorf("%q: %v", text, !slip)
		}
	}
	root, files := os.DirFS("../.."), 0
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "/locales/zh.json") {
			return err
		}
		files++
		raw, err := fs.ReadFile(root, path)
		if err != nil {
			return err
		}
		var texts map[string]any
		if err := json.Unmarshal(raw, &texts); err != nil {
			return err
		}
		for id, text := range texts {
			forms, several := text.(map[string]any)
			if !several {
				forms = map[string]any{"": text}
			}
			for _, form := range forms {
				if slip := slips(form.(string)); slip != "" {
					t.Errorf("%s in %s: %q in %q", id, path, slip, form)
				}
			}
		}
		return nil
	})
	if err != nil || files < 5 {
		t.Fatal(files, err)
	}
}

// Pages put the parts of a sentence together with punctuation of the language, which "join" and the texts know.
func TestPagesWriteNoPunctuationOfTheirOwn(t *testing.T) {
	own := regexp.MustCompile(`}}[,:;] *(<|{{)`)
	for _, dir := range []string{"../../knowledge/editor/pages", "../../handoff/inbox/pages", "../internal/admin/pages", "../internal/signin/pages", "../internal/pages/templates"} {
		pages, err := fs.Glob(os.DirFS(dir), "*.html")
		if err != nil || len(pages) == 0 {
			t.Fatal(dir, err)
		}
		for _, page := range pages {
			raw, err := os.ReadFile(dir + "/" + page)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range own.FindAllStringIndex(string(raw), -1) {
				t.Errorf("%s/%s: %s", dir, page, raw[max(0, found[0]-60):found[1]])
			}
		}
	}
}
