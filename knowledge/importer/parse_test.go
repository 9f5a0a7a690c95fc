package importer_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

var madrid = importer.Options{Shop: knowledge.Shop{Slug: "s", Locale: "es", TimeZone: "Europe/Madrid"}}

func parse(t *testing.T, name, text string, o importer.Options) []importer.Row {
	t.Helper()
	rows, err := importer.Parse(name, strings.NewReader(text), o)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return rows
}

// faults are the rows' numbers with what is wrong with each.
func faults(rows []importer.Row) string {
	var all []string
	for _, row := range rows {
		for _, fault := range row.Faults {
			all = append(all, fmt.Sprintf("%d %s %s", row.Number, fault.Code, fault.Field))
		}
	}
	return strings.Join(all, "; ")
}

func TestOneBadLineIsOneFaultAndTheRestGoesOn(t *testing.T) {
	rows := parse(t, "a.jsonl", strings.Join([]string{
		`{"id":"1","question":"¿Cuánto tarda?","answer":"Dos días."}`,
		``,
		`{"id":"2","question":"¿Cuánto`,
		`{"id":3,"title":"¿Puedo devolver?","answer":"Sí.","unknown":{"a":1},"phrasings":null}`,
		`{"question":"x"}`,
		`{"question":["x"],"answer":"y"}`,
		`["x"]`,
		`{"question":"a\u0000b","answer":"y"}`,
		"{\"question\":\"a\xffb\",\"answer\":\"y\"}",
		`{"question":"a\u202eb","answer":"y"}`,
		`{"question":"q","answer":"y","valid_to":"tomorrow"}`,
		`{"question":"q","answer":"y","locale":"klingonish-xx-yy-zz"}`,
		`{"question":"q","answer":"y","status":"maybe"}`,
		`{"question":"q","answer":"y","valid_from":"2026-02-02","valid_to":"2026-02-01"}`,
		`{"id":"1","question":"¿Otra?","answer":"No."}`,
		`{"id":"9","question":"` + strings.Repeat("x", 2_001) + `","answer":"No."}`,
		`{"id":"10","question":"` + strings.Repeat("x", importer.MaxRow) + `","answer":"No."}`,
		`{"id":"11","question":"¿La última?","answer":"Sí."}`,
	}, "\n"), madrid)
	want := "3 syntax ; 5 empty answer; 6 type question; 7 syntax ; 8 control question; 9 encoding ; 10 control question; " +
		"11 date valid_to; 12 locale locale; 13 status status; 14 window valid_to; 15 repeated id; 16 long question; 17 long row"
	if got := faults(rows); got != want {
		t.Errorf("faults\n%s\nwant\n%s", got, want)
	}
	if rows[1].Number != 3 || rows[2].Article.Ref != "3" || rows[2].Article.Question != "¿Puedo devolver?" {
		t.Errorf("rows 3 and 4 are %+v", rows[1:3])
	}
	for _, row := range rows {
		for _, fault := range row.Faults {
			if !errors.Is(fault, knowledge.ErrInvalid) || fault.Error() == "" {
				t.Errorf("%v is no ErrInvalid with a sentence", fault)
			}
		}
	}
}

func TestEveryFormatGivesTheSameArticle(t *testing.T) {
	from := time.Date(2026, 6, 1, 0, 0, 0, 0, madrid.Shop.Location())
	to := time.Date(2026, 7, 1, 0, 0, 0, 0, madrid.Shop.Location())
	want := knowledge.Article{Ref: "envio", Locale: "es", Kind: "policy", Status: "draft", Question: "¿Cuánto tarda el envío?", Answer: "Dos días.\n\nA Canarias, **siete**.",
		Phrasings: []string{"plazo, de \"entrega\"", "cuándo llega"}, Negatives: []string{"devolución"}, Market: []string{"ES"}, Tags: []string{"a", "b"}, ValidFrom: &from, ValidTo: &to}
	files := map[string]string{
		"a.jsonl": `{"id":"envio","question":"¿Cuánto tarda el envío?","answer":"Dos días.\r\n\r\nA Canarias, **siete**.","phrasings":["plazo, de \"entrega\"","cuándo llega"],"negatives":["devolución"],` +
			`"locale":"es","kind":"policy","market":["ES"],"valid_from":"2026-06-01","valid_to":"2026-06-30","tags":["a","b"],"status":"draft"}`,
		"b.csv": "id,question,answer,phrasings,negatives,locale,kind,market,valid_from,valid_to,tags,status,other\n" +
			"envio,¿Cuánto tarda el envío?,\"Dos días.\n\nA Canarias, **siete**.\",\"plazo, de \"\"entrega\"\"\ncuándo llega\",devolución,es,policy,ES,2026-06-01,2026-06-30,a|b,draft,x\n",
		"c.csv": "\ufeffIdentificador;Pregunta;Respuesta;Preguntas similares;No debe coincidir;Idioma;Tipo;Mercado;Válido desde;Válido hasta;Etiquetas;Estado\r\n" +
			"envio;¿Cuánto tarda el envío?;\"Dos días.\r\n\r\nA Canarias, **siete**.\";\"plazo, de \"\"entrega\"\"|cuándo llega\";devolución;es;policy;ES;2026/6/1;2026/6/30;a|b;borrador\r\n",
		"d.csv": "编号\t问题\t答案\t相似问法\t反例\t语言\t类型\t市场\t生效日期\t失效日期\t标签\t状态\n" +
			"envio\t¿Cuánto tarda el envío?\t\"Dos días.\n\nA Canarias, **siete**.\"\tplazo, de \"entrega\"|cuándo llega\tdevolución\tes\tpolicy\tES\t2026年6月1日\t2026年6月30日\ta|b\t草稿\n",
		"e.md": "# Envíos\n\nUn texto.\n\n## ¿Cuánto tarda el envío?\nid: envio\nIdioma: es\nkind: policy\nmarket: ES\nphrasings: plazo, de \"entrega\" | cuándo llega\nnegatives: devolución\n" +
			"valid_from: 2026-06-01\nvalid_to: 2026-06-30\ntags: a | b\nstatus: draft\n\nDos días.\n\nA Canarias, **siete**.\n",
		"f.xlsx": workbook(t, [][]any{
			{"id", "问题", "Respuesta", "phrasings", "negatives", "locale", "kind", "market", "valid_from", "valid_to", "tags", "status"},
			{"envio", "¿Cuánto tarda el envío?", "Dos días.\n\nA Canarias, **siete**.", "plazo, de \"entrega\"\ncuándo llega", "devolución", "es", "policy", "ES",
				time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC), time.Date(2026, 6, 30, 0, 0, 0, 0, time.UTC), "a|b", "draft"},
		}),
	}
	for name, text := range files {
		rows := parse(t, name, text, madrid)
		if len(rows) != 1 || len(rows[0].Faults) > 0 {
			t.Errorf("%s: %+v", name, rows)
			continue
		}
		if diff := cmp.Diff(want, rows[0].Article); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func workbook(t testing.TB, rows [][]any) string {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, row := range rows {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := book.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAQuoteThatIsNeverClosedCostsOneRow(t *testing.T) {
	rows := parse(t, "a.csv", "question,answer\nq1,a1\nq2,\"a2\nq3,a3\n\"q4\"x,a4\n\nq5,\"a5\nmore\"\nq6\n", madrid)
	if got := faults(rows); got != "3 syntax ; 5 syntax ; 9 empty answer" {
		t.Errorf("faults: %s", got)
	}
	if len(rows) != 6 || rows[2].Article.Question != "q3" || rows[4].Article.Answer != "a5\nmore" || rows[4].Number != 7 {
		t.Errorf("rows: %+v", rows)
	}
}

func TestChineseExcelsCSVIsUnderstood(t *testing.T) {
	text, err := simplifiedchinese.GB18030.NewEncoder().String("问题,答案\n怎么退货？,七天内可以退。\n")
	if err != nil {
		t.Fatal(err)
	}
	rows := parse(t, "a.csv", text, importer.Options{Shop: knowledge.Shop{Locale: "zh"}})
	if len(rows) != 1 || len(rows[0].Faults) > 0 || rows[0].Article.Question != "怎么退货？" {
		t.Errorf("rows: %+v", rows)
	}
	rows = parse(t, "a.csv", "question,answer\n\xbf\xe9,b\nc,d\n", madrid)
	if got := faults(rows); got != "2 encoding question" {
		t.Errorf("faults: %s", got)
	}
}

func TestMarkdownTakesAHeadingForAQuestion(t *testing.T) {
	rows := parse(t, "a.md", "intro\n# One?\nAnswer one.\n\n```\n# not a heading\n```\n### Detail\nmore\n# Two? #\nNote: this is text.\n# Three?\n", madrid)
	if got := faults(rows); got != "12 empty answer" {
		t.Errorf("faults: %s", got)
	}
	if len(rows) != 3 || !strings.Contains(rows[0].Article.Answer, "### Detail") || rows[1].Article.Question != "Two?" || rows[1].Article.Answer != "Note: this is text." {
		t.Errorf("rows: %+v", rows)
	}
}

func TestTheLanguageIsTheRowsElseTheDetectedOneElseTheShops(t *testing.T) {
	o := madrid
	o.Detect = func(text string) string {
		if strings.HasPrefix(text, "How") {
			return "en"
		}
		return ""
	}
	rows := parse(t, "a.jsonl", `{"question":"How long?","answer":"a"}
{"question":"¿?","answer":"a"}
{"question":"How?","answer":"a","locale":"zh_hant"}
{"question":"How much?","answer":"a","locale":"ES"}`, o)
	var got []string
	for _, row := range rows {
		got = append(got, row.Article.Locale)
	}
	if diff := cmp.Diff([]string{"en", "es", "zh", "es"}, got); diff != "" {
		t.Error(diff)
	}
}

func TestDaysAreTheShopsAndReachToTheirEnd(t *testing.T) {
	zone := madrid.Shop.Location()
	for text, want := range map[string]time.Time{
		"2026-10-25":                time.Date(2026, 10, 26, 0, 0, 0, 0, zone), // a day of 25 hours
		"2026-03-01T12:00:00Z":      time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC),
		"2026-03-01 12:00":          time.Date(2026, 3, 1, 12, 0, 0, 0, zone),
		"2026-03-01T12:00:00+08:00": time.Date(2026, 3, 1, 4, 0, 0, 0, time.UTC),
	} {
		got, err := importer.ParseDay("valid_to", text, zone, true)
		if err != nil || !got.Equal(want) {
			t.Errorf("%s: %v %v, want %v", text, got, err, want)
			continue
		}
		back, err := importer.ParseDay("valid_to", importer.Day(got, zone, true), zone, true)
		if err != nil || !back.Equal(want) {
			t.Errorf("%s is written as %s", text, importer.Day(got, zone, true))
		}
	}
}

func TestAFileThatIsNoneIsRefusedAsAWhole(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"a.pdf":   {"x", importer.ErrFormat},
		"none":    {"x", importer.ErrFormat},
		"a.xlsx":  {"not a workbook", importer.ErrFormat},
		"a.csv":   {"a,b\n1,2\n", importer.ErrFormat},
		"b.csv":   {"", importer.ErrFormat},
		"a.md":    {"only text", importer.ErrFormat},
		"b.xlsx":  {workbook(t, [][]any{{"a", "b"}}), importer.ErrFormat},
		"c.csv":   {"question,answer\n" + strings.Repeat("\"a\n", 1_100), importer.ErrFormat},
		"a.jsonl": {strings.Repeat("\n", importer.MaxFile+1), importer.ErrTooLarge},
		"d.xlsx":  {strings.Repeat(" ", importer.MaxFile+1), importer.ErrTooLarge},
		"b.md":    {strings.Repeat("# q\n", importer.MaxRows+1), importer.ErrTooLarge},
	} {
		if _, err := importer.Parse(name, strings.NewReader(c.text), madrid); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if rows := parse(t, "a.jsonl", "", madrid); len(rows) != 0 {
		t.Errorf("an empty file has rows: %v", rows)
	}
}

// fuzz checks what holds for any file of a format: no panic, and only rows that are whole or say why not.
func fuzz(f *testing.F, name string, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := importer.Parse(name, bytes.NewReader(data), madrid)
		if err != nil && !errors.Is(err, importer.ErrFormat) && !errors.Is(err, importer.ErrTooLarge) {
			t.Fatalf("an error of no kind: %v", err)
		}
		last := 0
		for _, row := range rows {
			if row.Number <= last {
				t.Fatalf("row %d after row %d", row.Number, last)
			}
			last = row.Number
			if len(row.Faults) == 0 && (row.Article.Question == "" || row.Article.Answer == "" || row.Article.Locale == "") {
				t.Fatalf("row %d is neither whole nor faulty: %+v", row.Number, row.Article)
			}
			if len(row.Faults) > 0 && row.Faults[0].Error() == "" {
				t.Fatalf("row %d does not say what is wrong", row.Number)
			}
		}
	})
}

func FuzzLines(f *testing.F) {
	fuzz(f, "a.jsonl", `{"id":1,"question":"q","answer":"a","phrasings":["x"],"valid_to":"2026-01-01"}`, "{}\n\n[", `{"question":"\ud800","answer":"a"}`)
}

func FuzzTable(f *testing.F) {
	fuzz(f, "a.csv", "question,answer\nq,a\n", "\ufeff问题;答案\n\"a\n\"\"b\";c\r\n", "\xff\xfea\x00", "pregunta\trespuesta\n\"\n\"x\"y\t\n")
}

func FuzzMarkdown(f *testing.F) {
	fuzz(f, "a.md", "# q\nid: x\na", "# t\n## q\n```\n# x\n", "~~~\n# a\n~~~\n###### b\n")
}

func FuzzSheet(f *testing.F) {
	fuzz(f, "a.xlsx", workbook(f, [][]any{{"question", "answer"}, {"q", "a"}}), "PK\x03\x04")
}
