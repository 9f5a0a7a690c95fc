package importer_test

import (
	"errors"
	"strings"
	"testing"

	"frontdesk/knowledge/importer"
)

func TestAPageOfQuestionsBecomesArticles(t *testing.T) {
	headings := `<html><head><title>x</title><script>alert(1)</script></head><body><nav>Home <h2>Menu</h2></nav><main><h1>Help</h1>
		<h2>How long does <em>delivery</em> take?</h2><p>Three days.<br>To the islands, <b>seven</b>.</p><ul><li>Mon</li><li>Tue</li></ul>
		<h2>Can I return it?</h2><div><p># Yes, see <a href="https://shop.example/returns">returns</a>, <a href="javascript:alert(1)">not this</a>.</p></div></main><footer>c</footer></body></html>`
	rows := parse(t, "faq.html", headings, madrid)
	if len(rows) != 2 || rows[0].Article.Question != "How long does delivery take?" || rows[1].Article.Question != "Can I return it?" {
		t.Fatalf("%+v", rows)
	}
	if got := rows[0].Article.Answer; !strings.Contains(got, "Three days.\nTo the islands, **seven**") || !strings.Contains(got, "- Mon") || !strings.Contains(got, "- Tue") {
		t.Errorf("first answer: %q", got)
	}
	if got := rows[1].Article.Answer; !strings.HasPrefix(got, `\# Yes, see [returns](https://shop.example/returns)`) || strings.Contains(got, "javascript") || strings.Contains(got, "alert") {
		t.Errorf("second answer: %q", got)
	}
	folds := `<h1>帮助</h1><h2>配送</h2><details><summary>几天到？</summary><p>三天。</p></details><details><summary>能退吗？</summary>七天内可以。</details>`
	rows = parse(t, "faq.htm", folds, madrid)
	if len(rows) != 2 || rows[0].Article.Question != "几天到？" || strings.TrimSpace(rows[1].Article.Answer) != "七天内可以。" {
		t.Errorf("folded: %+v", rows)
	}
	if _, err := importer.Parse("x.html", strings.NewReader("<p>nothing asked</p>"), madrid); !errors.Is(err, importer.ErrFormat) {
		t.Errorf("a page without questions: %v", err)
	}
}

func FuzzAnyPageIsReadOrRefused(f *testing.F) {
	f.Add("<h2>Q</h2><p>A</p>")
	f.Add("<details><summary>Q<summary>Q2</details><dl><dt>x<dd>y<dt>z")
	f.Add("\xff\xfe<h1\x00>")
	f.Fuzz(func(t *testing.T, page string) {
		rows, err := importer.Parse("a.html", strings.NewReader(page), madrid)
		if err != nil && !errors.Is(err, importer.ErrFormat) && !errors.Is(err, importer.ErrTooLarge) {
			t.Fatal(err)
		}
		for _, row := range rows {
			if len(row.Faults) == 0 && (row.Article.Question == "" || row.Article.Answer == "") {
				t.Fatalf("an empty article: %+v", row)
			}
		}
	})
}
