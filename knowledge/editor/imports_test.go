package editor

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/importer"
)

// uploadFile posts a file as a browser does.
func (d *desk) uploadFile(name, text string) answer {
	d.t.Helper()
	return d.uploadTo("/knowledge/import", name, text)
}

func (d *desk) uploadTo(path, name, text string) answer {
	d.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		d.t.Fatal(err)
	}
	part.Write([]byte(text))
	form.Close()
	return d.send("POST", path, form.FormDataContentType(), body.String())
}

func TestAFileIsLookedAtBeforeItIsImported(t *testing.T) {
	d := newDesk(t)
	file := "id,question,answer,locale,valid_to\nparking,Where can I park?,Behind the shop.,en,\nbad,When?,Soon.,en,someday\nworse,<b>?,,en,\n"
	sent := d.want(d.uploadFile("faq.csv", file), 303)
	d.want(d.get(sent.location), 200, "faq.csv", "editor.planned.start Count 1", "Where can I park?", "editor.fault.date Field [editor.field.valid_to] Value someday", "&lt;b&gt;?")
	if got := d.get(sent.location + "?show=error"); strings.Contains(got.body, "Where can I park?") || !strings.Contains(got.body, "someday") {
		t.Errorf("only the errors were asked for: %s", got.body)
	}
	if _, total, err := d.base.List(t.Context(), d.shop.ID, knowledge.Filter{Text: "park"}); err != nil || total != 0 {
		t.Errorf("a look ahead stored %d articles, %v", total, err)
	}
	d.want(d.send("POST", sent.location, "application/x-www-form-urlencoded", ""), 303)
	d.want(d.send("POST", sent.location, "application/x-www-form-urlencoded", ""), 303)
	d.waitFor(sent.location, "editor.planned.done_hint New 1 Changed 0 Same 0 Errors 2")
	if got := d.variant("parking", "en"); got.Status != knowledge.Published || got.Author != "Eve" {
		t.Errorf("imported: %+v", got)
	}
	again := d.want(d.uploadFile("faq.csv", file), 303)
	d.want(d.get(again.location), 200, "editor.planned.nothing", "[editor.outcome.same] 1")
	d.want(d.get("/knowledge/import"), 200, "faq.csv", "editor.import.state_done", "editor.import.unchanged")
}

func (d *desk) waitFor(path, words string) {
	d.t.Helper()
	for range 100 {
		if strings.Contains(d.get(path).body, words) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	d.t.Fatalf("%q does not come: %s", words, d.get(path).body)
}

func TestAFileThatIsNoneIsRefusedWithAReason(t *testing.T) {
	d := newDesk(t)
	d.want(d.uploadFile("faq.pdf", "%PDF"), 422, "editor.import.trouble_format")
	d.want(d.uploadFile("faq.xlsx", "no workbook"), 422, "editor.import.trouble_format")
	d.want(d.uploadFile("faq.jsonl", strings.Repeat("\n", importer.MaxFile+1)), 413, "editor.import.trouble_large")
	d.want(d.uploadFile("faq.jsonl", strings.Repeat("\n", importer.MaxFile+200<<10)), 413, "editor.import.trouble_large")
	d.want(d.send("POST", "/knowledge/import", "application/x-www-form-urlencoded", ""), 422, "editor.import.trouble_missing")
}

func TestARunningImportShowsHowFarItIs(t *testing.T) {
	d := newDesk(t)
	sent := d.want(d.uploadFile("faq.md", "# Where can I park?\nBehind the shop."), 303)
	id := sent.location[strings.LastIndex(sent.location, "/")+1:]
	if err := d.face.Uploads.Start(t.Context(), d.shop.ID, parsed(t, id)); err != nil {
		t.Fatal(err)
	}
	if got := d.want(d.get(sent.location), 200, "editor.planned.running", "<progress"); got.header.Get("Refresh") == "" {
		t.Error("the page does not look again by itself")
	}
}

func TestAnExportIsTheFileThatImports(t *testing.T) {
	d := newDesk(t)
	for _, format := range []string{"jsonl", "csv", "xlsx"} {
		file := d.want(d.get("/knowledge/export?format="+format), 200)
		if !strings.Contains(file.header.Get("Content-Disposition"), "."+format) {
			t.Errorf("headers: %v", file.header)
		}
		sent := d.want(d.uploadFile("export."+format, file.body), 303)
		d.want(d.get(sent.location), 200, "[editor.outcome.same] 12", "editor.planned.nothing")
	}
}

func TestAnImportGoesLiveOnlyWhereTheEditorSaysSo(t *testing.T) {
	d := newDesk(t)
	sent := d.want(d.uploadFile("new.csv", "问题,答案,语言,市场\n可以刻字吗,可以，10元。,中文,CN\n"), 303)
	d.want(d.get(sent.location), 200, "editor.planned.live_hint", "可以，10元。", "editor.status.published", ">CN<")
	d.want(d.post(sent.location, url.Values{"drafts": {"1"}}), 303)
	d.waitFor(sent.location, "editor.planned.done_hint")
	d.want(d.get("/knowledge?status=draft"), 200, "可以刻字吗")
	if got := d.top("可以刻字吗"); got == "可以，10元。" {
		t.Error("a draft answers")
	}
}

func TestRowsWithMistakesAreFetchedWithEveryReason(t *testing.T) {
	d := newDesk(t)
	sent := d.want(d.uploadFile("我的 faq.csv", "question,answer,locale,valid_to\nWhere can I park?,Behind the shop.,en,\nWhen?,,klingonish-xx-yy-zz,someday\n"), 303)
	d.want(d.get(sent.location), 200, "editor.rejected.title Count 1", "editor.fault.empty", "editor.fault.locale", "editor.fault.date")
	file := d.want(d.get(sent.location+"/rejected?format=csv"), 200, "editor.fault.empty\neditor.fault.locale\neditor.fault.date", "someday")
	if strings.Contains(file.body, "Behind the shop.") || file.header.Get("Content-Disposition") != `attachment; filename="faq-rejected.csv"` {
		t.Errorf("%v: %s", file.header, file.body)
	}
	again := d.want(d.uploadFile("faq.csv", strings.NewReplacer("someday", "2099-01-01", "klingonish-xx-yy-zz", "en", "When?,", "When?,Soon.").Replace(file.body)), 303)
	d.want(d.get(again.location), 200, "editor.planned.start Count 1")
	d.want(d.get(sent.location+"/rejected"), 200)
	clean := d.want(d.uploadFile("clean.csv", "question,answer\nWhere?,Here.\n"), 303)
	d.want(d.get(clean.location+"/rejected"), 404)
}

func TestWhatAnImportChangesIsShownBeforeItGoesLive(t *testing.T) {
	found := Rehearsal{Asked: 3, Of: 4, Changes: []Change{{Question: "can I park here", Source: "missed", After: Top{Ref: "parking", Question: "Where can I park?", Answer: "Behind the shop.", Decision: knowledge.DecideAnswer, Confidence: 0.9}}}}
	asked := make(chan []importer.Row, 2)
	d := newDesk(t, func(c *Config) {
		c.ImportChanges = func(_ context.Context, _ knowledge.Shop, rows []importer.Row, progress func(asked, of int)) (Rehearsal, error) {
			progress(1, 4)
			asked <- rows
			if len(rows) > 1 {
				return Rehearsal{}, errors.New("no luck")
			}
			return found, nil
		}
	})
	sent := d.want(d.uploadFile("faq.csv", "id,question,answer,locale\nparking,Where can I park?,Behind the shop.,en\n"), 303)
	d.waitFor(sent.location, "can I park here")
	d.want(d.get(sent.location), 200, "editor.review.changes_count Count 1", "Behind the shop.", "editor.check.partly Asked 3 Of 4", "editor.planned.start Count 1")
	if rows := <-asked; len(rows) != 1 || rows[0].Article.Ref != "parking" {
		t.Errorf("tried out: %+v", rows)
	}
	luckless := d.want(d.uploadFile("two.csv", "question,answer\nWhere?,Here.\nWhen?,Now.\n"), 303)
	d.waitFor(luckless.location, "editor.check.trouble_failed")
	<-asked
	d.want(d.post(luckless.location+"/check", nil), 303)
	<-asked
	d.waitFor(luckless.location, "editor.check.trouble_failed")

	same := d.want(d.get("/knowledge/export?format=csv"), 200)
	nothing := d.want(d.uploadFile("same.csv", same.body), 303)
	if got := d.get(nothing.location); strings.Contains(got.body, "editor.review.changes]") {
		t.Error("a file that changes nothing is tried out")
	}
}

func TestALinkIsImportedLikeAFile(t *testing.T) {
	d := newDesk(t, func(c *Config) {
		c.Fetch = func(_ context.Context, address string) (string, []byte, error) {
			if address != "https://shop.example/faq" {
				return "", nil, fmt.Errorf("%w: the site answered 404", ErrLink)
			}
			return "faq.html", []byte("<h2>Where can I park?</h2><p>Behind the shop.</p><h2>When?</h2><p>Daily.</p>"), nil
		}
	})
	d.want(d.get("/knowledge/import"), 200, `name="link"`)
	d.want(d.post("/knowledge/import", url.Values{"link": {"https://shop.example/<b>"}}), 422, "editor.import.trouble_link", "the site answered 404", "shop.example/&lt;b&gt;")
	sent := d.want(d.post("/knowledge/import", url.Values{"link": {" https://shop.example/faq "}}), 303)
	d.want(d.get(sent.location), 200, "faq.html", "editor.planned.start Count 2", "Behind the shop.")
}

func TestColumnsAreKnownByTheNamesOfThePagesInEveryLanguage(t *testing.T) {
	d := newDesk(t)
	for _, locale := range []string{"zh", "en", "es"} {
		texts := textsOf(t, locale)
		columns := []string{fmt.Sprint(texts["editor.planned.row"]), fmt.Sprint(texts["editor.planned.reason"]), fmt.Sprint(texts["editor.rejected.source"])}
		for _, column := range importer.Columns() {
			columns = append(columns, fmt.Sprint(texts["editor.field."+column]))
		}
		head := strings.Join(columns, ";")
		rows, err := importer.Parse("a.csv", strings.NewReader(head+"\n;;;a;When?;Soon.;how soon\n"), importer.Options{Shop: d.shop})
		if err != nil || len(rows) != 1 || len(rows[0].Ignored) > 0 || len(rows[0].Article.Phrasings) != 1 {
			t.Errorf("%s: %+v %v", head, rows, err)
		}
	}
	sent := d.want(d.uploadFile("faq.csv", "question,answer,Colour\nWhen?,Soon.,red\n"), 303)
	d.want(d.get(sent.location), 200, "editor.planned.ignored Names Colour")
}

func TestAnImportIsTakenBackButForWhatWasEditedSince(t *testing.T) {
	d := newDesk(t)
	before := d.variant("returns", "en")
	sent := d.want(d.uploadFile("faq.csv", "id,question,answer,locale\nparking,Where can I park?,Behind the shop.,en\nbikes,Where do bikes stand?,In front.,en\nreturns,How do I return it?,Within a year.,en\n"), 303)
	d.want(d.post(sent.location, url.Values{}), 303)
	id := sent.location[strings.LastIndex(sent.location, "/")+1:]
	d.waitFor(sent.location, "editor.planned.done_hint New 2 Changed 1 Same 0 Errors 0")
	list := d.want(d.get("/knowledge?import="+id), 200, "editor.list.of_import Name faq.csv", "Where can I park?", "How do I return it?", "Count 3]")
	if strings.Contains(list.body, "How long does delivery take?") {
		t.Error("the list of an import shows what it did not bring")
	}
	d.rewrite("bikes", "en", "Behind the shop, too.")
	d.want(d.get(sent.location), 200, "editor.back.sure Down 1 Restored 1", "editor.back.stay Count 1")
	d.want(d.post(sent.location+"/back", url.Values{}), 303)
	d.want(d.get(sent.location), 200, "editor.back.done Down 1 Restored 1", "editor.back.stay Count 1", "Where do bikes stand?")
	if got := d.variant("parking", "en"); got.Status != knowledge.Archived {
		t.Errorf("a new article stays: %+v", got)
	}
	if got := d.variant("returns", "en"); got.Answer != before.Answer || got.Question != before.Question || got.Status != knowledge.Published || got.Live != got.Version || got.Version != 3 {
		t.Errorf("a changed article does not say what it said before: %+v", got)
	}
	if got := d.variant("bikes", "en"); got.Status != knowledge.Published || got.Answer != "Behind the shop, too." {
		t.Errorf("what was edited since did not stay: %+v", got)
	}
	d.want(d.post(sent.location+"/back", url.Values{}), 303)
	if got := d.variant("returns", "en"); got.Version != 3 {
		t.Errorf("it was taken back twice: %+v", got)
	}
}

func TestDraftsOfAFileLeaveWhatAnswersAlone(t *testing.T) {
	d := newDesk(t)
	before := d.variant("returns", "en")
	sent := d.want(d.uploadFile("faq.csv", "id,question,answer,locale\nparking,Where can I park?,Behind the shop.,en\nreturns,How do I return it?,Within a year.,en\n"), 303)
	d.want(d.post(sent.location, url.Values{"drafts": {"1"}}), 303)
	d.waitFor(sent.location, "editor.planned.done_hint New 1 Changed 1 Same 0 Errors 0")
	if got := d.variant("returns", "en"); got.Status != knowledge.Published || got.Live != 1 || got.Version != 2 || got.Answer != "Within a year." {
		t.Errorf("a draft took down what answered: %+v", got)
	}
	if got := d.top(before.Question); got != before.Answer {
		t.Errorf("answered: %s", got)
	}
	if got := d.variant("parking", "en"); got.Status != knowledge.Draft || got.Live != 0 {
		t.Errorf("a new draft: %+v", got)
	}
	d.want(d.get(sent.location), 200, "editor.back.sure Down 1 Restored 1")
	d.want(d.post(sent.location+"/back", url.Values{}), 303)
	if got := d.variant("returns", "en"); got.Answer != before.Answer || got.Live == 0 {
		t.Errorf("taken back: %+v", got)
	}
}
