package importer_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"
	"frontdesk/knowledge/knowledgetest"
)

func TestEveryMistakeOfARowIsSaid(t *testing.T) {
	rows := parse(t, "a.csv", "id,question,answer,locale,status,valid_from,valid_to\n1,,,klingonish-xx-yy-zz,maybe,tomorrow,someday\n2,q,a\u202eb,,,2026-02-02,2026-02-01\n", madrid)
	want := "2 empty question; 2 empty answer; 2 locale locale; 2 status status; 2 date valid_from; 2 date valid_to; 3 control answer; 3 window valid_to"
	if got := faults(rows); got != want {
		t.Errorf("faults\n%s\nwant\n%s", got, want)
	}
	rows = parse(t, "a.jsonl", `{"question":["x"],"answer":{"y":1},"tags":[[]],"status":"maybe"}`, madrid)
	if got := faults(rows); got != "1 type answer; 1 type question; 1 type tags; 1 status status" {
		t.Errorf("of a line of JSON: %s", got)
	}
}

func TestRejectedRowsComeBackAsAFileThatImportsOnceCorrected(t *testing.T) {
	ctx := t.Context()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop")
	uploads, o := importer.NewUploads(pool, base), importer.Options{Shop: shop}
	words := importer.Wording{Row: "行", Reasons: "原因", Source: "原文", Field: func(field string) string {
		return map[string]string{"question": "问题", "answer": "答案", "negatives": "不该匹配的问法", "status": "乱写"}[field]
	}, Say: func(f *importer.Fault) string { return f.Code + " " + f.Field }}
	file := `{"id":"good","question":"可以停车吗？","answer":"可以。","locale":"zh"}
{"id":"late","question":"=何时发货？","answer":"两天。","phrasings":["多久发货","几天 | 发货"],"locale":"zh","valid_to":"someday","status":"maybe"}
{"id":"` + strings.Repeat("d", 300) + `","question":"换货？","answer":"十天内。","locale":"zh"}
{"id":"broken","question":"怎么`
	id, err := uploads.Add(ctx, "faq.jsonl", []byte(file), "eve", o)
	if err != nil {
		t.Fatal(err)
	}
	fetch := func(sheet bool) []byte {
		t.Helper()
		var out bytes.Buffer
		if err := uploads.Rejected(ctx, id, o, words, sheet, &out); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	before := fetch(false)
	if head, _, _ := strings.Cut(string(before), "\n"); !strings.Contains(head, "问题,答案,phrasings,不该匹配的问法,locale") || !strings.Contains(head, "status") {
		t.Errorf("headings %s", head)
	}
	if err := uploads.Start(ctx, shop.ID, id); err != nil {
		t.Fatal(err)
	}
	if err := uploads.Run(ctx, id, "eve", o); err != nil {
		t.Fatal(err)
	}
	after := fetch(false)
	if !bytes.Equal(before, after) {
		t.Errorf("before the import\n%s\nafter it\n%s", before, after)
	}
	for _, want := range []string{"行,原因,id,问题,答案", "2,\"status status\ndate valid_to\"", "3,refused", "4,syntax", `"{""id"":""broken""`} {
		if !strings.Contains(string(after), want) {
			t.Errorf("no %q in\n%s", want, after)
		}
	}
	corrected := strings.NewReplacer("someday", "2099-01-01", "maybe", "draft", strings.Repeat("d", 300), "swap").Replace(string(after))
	rows := parse(t, "again.csv", corrected, o)
	if got := faults(rows); got != "7 empty question; 7 empty answer" {
		t.Errorf("the corrected file: %s", got)
	}
	if late := rows[0].Article; late.Question != "=何时发货？" || !slices.Equal(late.Phrasings, []string{"多久发货", "几天 | 发货"}) || late.Status != knowledge.Draft {
		t.Errorf("corrected: %+v", late)
	}
	if sheet := parse(t, "again.xlsx", string(fetch(true)), o); len(sheet) != 3 {
		t.Errorf("the workbook has %d rows", len(sheet))
	}

	clean, err := uploads.Add(ctx, "clean.csv", []byte("question,answer\nWhen?,Today.\n"), "eve", o)
	if err != nil {
		t.Fatal(err)
	}
	if err := uploads.Rejected(ctx, clean, o, words, true, &bytes.Buffer{}); !errors.Is(err, knowledge.ErrNotFound) {
		t.Errorf("a file without rejected rows: %v", err)
	}
}
