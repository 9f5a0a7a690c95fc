package importer_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/demo"
	"frontdesk/knowledge/embed"
	"frontdesk/knowledge/importer"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/go-cmp/cmp"
)

// open returns a base with the built-in embedder and an empty shop with the demo shop's clock.
func open(t *testing.T) (*knowledge.Base, knowledge.Shop) {
	t.Helper()
	builtin, err := embed.NewBuiltin()
	if err != nil {
		t.Fatal(err)
	}
	base := knowledge.New(knowledgetest.Database(t), knowledge.Fixed(builtin))
	shop, err := base.AddShop(t.Context(), knowledge.Shop{Slug: "shop", Locale: "zh", TimeZone: demo.TimeZone})
	if err != nil {
		t.Fatal(err)
	}
	return base, shop
}

func rowsOf(t *testing.T, name string, data []byte, shop knowledge.Shop) []importer.Row {
	t.Helper()
	rows, err := importer.Parse(name, bytes.NewReader(data), importer.Options{Shop: shop})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func apply(t *testing.T, base *knowledge.Base, shop knowledge.Shop, rows []importer.Row) importer.Report {
	t.Helper()
	report, err := importer.Apply(t.Context(), base, shop, rows, "editor", nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func counts(r importer.Report) [4]int { return [4]int{r.New, r.Changed, r.Same, r.Errors} }

func TestTheDryRunSaysWhatTheImportDoesAndASecondOneChangesNothing(t *testing.T) {
	base, shop := open(t)
	rows := rowsOf(t, "demo.jsonl", demo.Articles(time.Now(), shop.Location()), shop)
	n := len(rows)
	plan, err := importer.Plan(t.Context(), base, shop, rows)
	if err != nil || counts(plan) != [4]int{n, 0, 0, 0} {
		t.Fatalf("plan: %v %v of %d", counts(plan), err, n)
	}
	if _, total, err := base.List(t.Context(), shop.ID, knowledge.Filter{}); err != nil || total != 0 {
		t.Fatalf("a dry run stored %d articles, %v", total, err)
	}
	if got := counts(apply(t, base, shop, rows)); got != [4]int{n, 0, 0, 0} {
		t.Fatalf("first: %v", got)
	}
	if got := counts(apply(t, base, shop, rows)); got != [4]int{0, 0, n, 0} {
		t.Errorf("second: %v", got)
	}
	rows[4].Article.Answer += "\n\nPS"
	rows[5].Article.Status = knowledge.Archived
	plan, err = importer.Plan(t.Context(), base, shop, rows)
	if err != nil || counts(plan) != [4]int{0, 2, n - 2, 0} || plan.Rows[4].Outcome != knowledge.OutcomeChanged {
		t.Errorf("changed: %v %v", counts(plan), err)
	}
	result, err := base.Search(t.Context(), shop, knowledge.Query{Text: "国内下单几天能收到"})
	if err != nil || len(result.Hits) == 0 || result.Hits[0].Ref != "shipping-times-cn" {
		t.Errorf("what was imported does not answer: %+v %v", result, err)
	}
}

func TestAnExportImportsToTheSame(t *testing.T) {
	base, shop := open(t)
	apply(t, base, shop, rowsOf(t, "demo.jsonl", demo.Articles(time.Now(), shop.Location()), shop))
	hard := knowledge.Article{Ref: "hard", Locale: "en", Question: "=1+1 \"quoted\", a; b|c", Answer: "one\n\n| a | b |\n|---|---|\n", Phrasings: []string{"a|b"},
		Negatives: []string{"-x", "y|z"}, Tags: []string{"x,y"}, Status: knowledge.Draft}
	knowledgetest.Import(t, base, shop, hard)
	ctx := t.Context()
	for name, export := range map[string]func(*bytes.Buffer) error{
		"a.jsonl": func(b *bytes.Buffer) error { return importer.Export(ctx, base, shop, b) },
		"a.csv":   func(b *bytes.Buffer) error { return importer.ExportCSV(ctx, base, shop, b) },
		"a.xlsx":  func(b *bytes.Buffer) error { return importer.ExportSheet(ctx, base, shop, b) },
	} {
		var file bytes.Buffer
		if err := export(&file); err != nil {
			t.Fatal(err)
		}
		rows := rowsOf(t, name, file.Bytes(), shop)
		plan, err := importer.Plan(ctx, base, shop, rows)
		if err != nil || plan.Same != len(rows) || len(rows) < 100 {
			t.Errorf("%s: %v %v of %d; %s", name, counts(plan), err, len(rows), different(plan))
		}
		other, err := base.AddShop(ctx, knowledge.Shop{Slug: "other-" + name[2:], Locale: "zh", TimeZone: demo.TimeZone})
		if err != nil {
			t.Fatal(err)
		}
		if got := counts(apply(t, base, other, rows)); got != [4]int{len(rows), 0, 0, 0} {
			t.Errorf("%s into another shop: %v", name, got)
		}
		var again bytes.Buffer
		if err := importer.Export(ctx, base, other, &again); err != nil {
			t.Fatal(err)
		}
		if name == "a.jsonl" && !bytes.Equal(file.Bytes(), again.Bytes()) {
			t.Error("the other shop exports another file")
		}
	}
}

func different(r importer.Report) string {
	var all []string
	for _, row := range r.Rows {
		if row.Outcome != knowledge.OutcomeSame {
			all = append(all, fmt.Sprintf("%d %s %s: %v", row.Row, row.Ref, row.Outcome, row.Faults))
		}
	}
	return strings.Join(all[:min(len(all), 5)], "; ")
}

func TestADraftInTheMakingSurvivesTheImportOfWhatIsLive(t *testing.T) {
	base, shop := open(t)
	one := knowledgetest.Import(t, base, shop, knowledge.Article{Ref: "r", Locale: "zh", Kind: "Policy", Question: "怎么退货？", Answer: "七天内。", Market: []string{"cn"}})[0]
	article, err := base.Article(t.Context(), shop.ID, one.ID)
	if err != nil {
		t.Fatal(err)
	}
	article.Answer = "十四天内。"
	if _, err := base.Save(t.Context(), shop.ID, article); err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := importer.Export(t.Context(), base, shop, &file); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(file.String(), "七天内") {
		t.Errorf("the export holds the draft: %s", &file)
	}
	if got := counts(apply(t, base, shop, rowsOf(t, "a.jsonl", file.Bytes(), shop))); got != [4]int{0, 0, 1, 0} {
		t.Errorf("import: %v", got)
	}
	after, err := base.Article(t.Context(), shop.ID, one.ID)
	if diff := cmp.Diff(knowledge.Draft, after.Status); err != nil || after.Answer != "十四天内。" || after.Live != 1 {
		t.Errorf("the draft is gone: %+v %v %s", after, err, diff)
	}
}

func TestBadRowsNeitherStopNorSpoilTheGoodOnes(t *testing.T) {
	base, shop := open(t)
	rows := rowsOf(t, "a.jsonl", []byte(`{"id":"a","question":"怎么退货？","answer":"七天内。"}
{"id":"b","question":"
{"id":"c","question":"","answer":"x"}
{"id":"`+strings.Repeat("d", 300)+`","question":"q","answer":"a"}
{"id":"e","question":"怎么换货？","answer":"十天内。"}
`), shop)
	report := apply(t, base, shop, rows)
	if counts(report) != [4]int{2, 0, 0, 3} || report.Rows[3].Faults[0].Code != importer.FaultRefused {
		t.Errorf("%v %+v", counts(report), report.Rows)
	}
	if _, total, err := base.List(t.Context(), shop.ID, knowledge.Filter{Status: knowledge.Published}); err != nil || total != 2 {
		t.Errorf("%d articles, %v", total, err)
	}
}

func TestARowWithoutAnIdKeepsTheOneItWasGiven(t *testing.T) {
	base, shop := open(t)
	file := []byte("question,answer,locale\n怎么退货？,七天内。,zh\nHow do I return it?,Within 7 days.,en\n")
	first := apply(t, base, shop, rowsOf(t, "a.csv", file, shop))
	second := apply(t, base, shop, rowsOf(t, "a.csv", file, shop))
	if first.New != 2 || second.Same != 2 || first.Rows[0].Ref == "" || first.Rows[0].Ref != second.Rows[0].Ref {
		t.Errorf("%+v, then %+v", first, second)
	}
}

func TestAnImportThatIsCutShortLeavesNothing(t *testing.T) {
	base, shop := open(t)
	rows := many(t, shop, 300)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	_, err := importer.Apply(ctx, base, shop, rows, "editor", func(done, total int) {
		if done > 0 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error: %v", err)
	}
	if _, total, err := base.List(t.Context(), shop.ID, knowledge.Filter{}); err != nil || total != 0 {
		t.Errorf("%d articles are left, %v", total, err)
	}
	if got := counts(apply(t, base, shop, rows)); got != [4]int{300, 0, 0, 0} {
		t.Errorf("the second try: %v", got)
	}
}

// many makes a file of n articles of five passages each and parses it.
func many(t *testing.T, shop knowledge.Shop, n int) []importer.Row {
	t.Helper()
	var file bytes.Buffer
	for i := range n {
		fmt.Fprintf(&file, `{"id":"p-%d","question":"How do I wash product number %d of line %d?","answer":"Wash product %d at %d degrees, dry it flat in the shade, and iron it at a low heat from the inside.",`+
			`"phrasings":["washing %d","care for %d","can %d go in the machine"],"locale":"en"}`+"\n", i, i, i%37, i, 20+i%70, i, i, i)
	}
	return rowsOf(t, "many.jsonl", file.Bytes(), shop)
}

func TestFiveThousandArticlesImportWithinAMinute(t *testing.T) {
	if testing.Short() {
		t.Skip("takes half a minute")
	}
	base, shop := open(t)
	began := time.Now()
	rows := many(t, shop, 5_000)
	seen := 0
	report, err := importer.Apply(t.Context(), base, shop, rows, "editor", func(done, total int) { seen = max(seen, done*100/max(total, 1)) })
	took := time.Since(began)
	if err != nil || report.New != 5_000 || seen < 100 {
		t.Fatalf("%v %v, progress to %d %%", counts(report), err, seen)
	}
	if took > time.Minute {
		t.Errorf("importing 5,000 articles took %v", took)
	}
	t.Logf("5,000 articles in %v", took)
}

func TestAFileCanBeImportedAsDrafts(t *testing.T) {
	base, shop := open(t)
	file := []byte("question,answer,language,status\nDo you engrave rings?,Yes.,English,\n刻字吗？,可以。,中文,已发布\n¿Graban anillos?,Sí.,español,published\n")
	rows, err := importer.Parse("a.csv", bytes.NewReader(file), importer.Options{Shop: shop, Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	report := apply(t, base, shop, rows)
	if got := counts(report); got != [4]int{3, 0, 0, 0} {
		t.Fatalf("%v: %s", got, different(report))
	}
	for i, locale := range []string{"en", "zh", "es"} {
		if report.Rows[i].Locale != locale || report.Rows[i].Status != knowledge.Draft {
			t.Errorf("row %d: %+v", i, report.Rows[i])
		}
	}
	if drafts, total, err := base.List(t.Context(), shop.ID, knowledge.Filter{Status: knowledge.Published}); err != nil || total != 0 {
		t.Errorf("published: %v %v", drafts, err)
	}
}
