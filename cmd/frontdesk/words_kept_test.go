package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"frontdesk/cmd/internal/pages"
	"frontdesk/knowledge"

	"github.com/chromedp/chromedp"
)

// What an editor has written outlives a lost network, a closed tab and an ended session, and a file field speaks their language.
func TestBrowserKeepsWhatAnEditorWrites(t *testing.T) {
	t.Parallel()
	p := boot(t)
	found, _, err := p.base.List(t.Context(), p.shop.ID, knowledge.Filter{Text: "Can I combine codes and discounts?", Locale: "en", Limit: 1})
	if err != nil || len(found) == 0 {
		t.Fatal(err)
	}
	article := "/knowledge/articles/" + found[0].ID.String()
	editor := p.tab(t, look{"desk", "zh", "light"})
	editor.signIn("editor@demo.frontdesk.example", "/knowledge")

	editor.open(article)
	editor.click(`$("#answer")`)
	editor.write("autumn")
	editor.cut(true)
	editor.click(`$('button[value="save"]')`)
	editor.until(`$("[data-stayed]")?.innerText.includes("没有发送") && $("#answer").value.includes("autumn")`)
	editor.shot("knowledge-offline")
	editor.cut(false)
	editor.until(`$("[data-stayed]").innerText.includes("网络恢复了")`)
	editor.click(`$('button[value="save"]')`)
	editor.until(`!$("[data-stayed]") && $("#answer").value.includes("autumn")`)

	editor.click(`$("#answer")`)
	editor.write("winter")
	wrote := time.Now().In(p.shop.Location())
	editor.until(`Object.keys(localStorage).length === 1`)
	editor.open("/knowledge")
	editor.open(article)
	editor.until(`!$("[data-kept]").hidden && !$("#answer").value.includes("winter")`)
	editor.shot("knowledge-kept")
	said, soon := in[string](editor, `$("[data-kept] p").innerText`), wrote.Add(time.Minute)
	if !strings.HasSuffix(said, "："+pages.Moment("zh", wrote)) && !strings.HasSuffix(said, "："+pages.Moment("zh", soon)) { // the shop's clock, not the browser's
		t.Errorf("words of %v were kept: %q", wrote, said)
	}
	editor.click(`$("[data-kept-back]")`)
	editor.until(`$("[data-kept]").hidden && $("#answer").value.includes("winter")`)
	editor.click(`$('button[value="save"]')`)
	editor.until(`$("[data-kept]").hidden && Object.keys(localStorage).length === 0 && $("#answer").value.includes("winter")`)

	editor.open("/knowledge/import")
	editor.until(`$(".file-look").innerText.includes("选择文件") && $(".file-name").innerText === "未选择文件"`)
	file := filepath.Join(t.TempDir(), "秋季.csv")
	if err := os.WriteFile(file, []byte("question,answer\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	editor.do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{file}))
	editor.until(`$(".file-name").innerText === "秋季.csv" && $("#file").getAttribute("aria-describedby") === $(".file-name").id && $("#file").labels.length === 1`)
}
