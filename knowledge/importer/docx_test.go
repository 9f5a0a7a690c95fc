package importer_test

import (
	"archive/zip"
	"errors"
	"strings"
	"testing"

	"frontdesk/knowledge/importer"
)

const wordNames = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// word is a Word document with this body.
func word(t testing.TB, body string) string {
	t.Helper()
	var file strings.Builder
	z := zip.NewWriter(&file)
	for _, part := range [][2]string{
		{"word/styles.xml", `<w:styles ` + wordNames + `><w:style w:styleId="a3"><w:name w:val="Title"/></w:style>` +
			`<w:style w:styleId="2"><w:name w:val="heading 2"/></w:style><w:style w:styleId="Frage"><w:basedOn w:val="2"/></w:style>` +
			`<w:style w:styleId="o"><w:name w:val="mine"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>`},
		{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="r1" Target="https://shop.example/returns"/><Relationship Id="r2" Target="javascript:alert(1)"/></Relationships>`},
		{"word/document.xml", `<w:document ` + wordNames + `><w:body>` + body + `</w:body></w:document>`},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return file.String()
}

func para(style, runs string) string {
	return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + runs + `</w:p>`
}

func run(text string) string { return `<w:r><w:t xml:space="preserve">` + text + `</w:t></w:r>` }

func bold(text string) string {
	return `<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">` + text + `</w:t></w:r>`
}

// articles are the questions and answers of rows without a fault.
func articles(t *testing.T, rows []importer.Row) string {
	t.Helper()
	var all []string
	for i, row := range rows {
		if len(row.Faults) > 0 || row.Number != i+1 {
			t.Errorf("row %d: %+v", row.Number, row)
		}
		all = append(all, row.Article.Question+" => "+row.Article.Answer)
	}
	return strings.Join(all, "\n---\n")
}

func TestTheHeadingsOfAWordDocumentBecomeQuestions(t *testing.T) {
	rows := parse(t, "faq.docx", word(t, para("a3", run("Help"))+para("", run("Read this first."))+
		para("Frage", run("How long does ")+bold("delivery")+run(" take?"))+
		para("", run("Three days. ")+bold("To the islands ")+bold("seven")+run(", see ")+`<w:hyperlink r:id="r1">`+run("returns")+`</w:hyperlink>`+run(" or ")+`<w:hyperlink r:id="r2">`+run("this")+`</w:hyperlink>`+run("."))+
		`<w:p><w:pPr><w:numPr/></w:pPr>`+run("Mon")+`</w:p><w:p><w:pPr><w:numPr/></w:pPr>`+run("Tue")+`</w:p>`+
		para("2", run("能退吗？"))+
		para("", run("# 七天内")+`<w:del>`+run("不")+`</w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>秘</w:t></w:r>`+run("可以。")+`<mc:AlternateContent><mc:Fallback>`+run("again")+`</mc:Fallback></mc:AlternateContent>`)+
		`<w:tbl><w:tr><w:tc><w:p>`+run("尺码")+`</w:p></w:tc><w:tc><w:p>`+run("身高")+`</w:p></w:tc></w:tr><w:tr><w:tc><w:p>`+run("M")+`</w:p></w:tc><w:tc><w:p>`+run("165")+`</w:p></w:tc></w:tr></w:tbl>`), madrid)
	want := "How long does delivery take? => Three days. **To the islands seven**, see [returns](https://shop.example/returns) or this.\n\n- Mon\n- Tue" +
		"\n---\n能退吗？ => \\# 七天内可以。\n\n尺码 · 身高\n\nM · 165"
	if got := articles(t, rows); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAWordDocumentWithoutHeadingsIsReadByItsMarksOrItsBoldLines(t *testing.T) {
	marked := para("", bold("常见问题"))
	for _, pair := range [][2]string{{"问：几天到？", "答：三天。"}, {"Q2: Can I return it?", "A: Within seven days."}, {"3. Pregunta: ¿Y las islas?", "Respuesta: Siete días."}} {
		marked += para("", run(pair[0])) + para("", run(pair[1]))
	}
	want := "几天到？ => 三天。\n---\nCan I return it? => Within seven days.\n---\n¿Y las islas? => Siete días."
	if got := articles(t, parse(t, "marks.docx", word(t, marked), madrid)); got != want {
		t.Errorf("by marks\n%s\nwant\n%s", got, want)
	}
	bolded := para("", bold("几天到？")) + para("", run("A 区三天，")+bold("偏远七天")) + para("", bold("能退吗？")) + para("", run("能。"))
	want = "几天到？ => A 区三天，**偏远七天**\n---\n能退吗？ => 能。"
	if got := articles(t, parse(t, "bold.docx", word(t, bolded), madrid)); got != want {
		t.Errorf("by bold lines\n%s\nwant\n%s", got, want)
	}
	cell := func(runs string) string { return `<w:tc>` + para("", runs) + `</w:tc>` }
	table := `<w:tbl><w:tr>` + cell(bold("问题")) + cell(bold("答案")) + `</w:tr><w:tr>` + cell(bold("几天到？")) + `<w:tc>` + para("", run("三天。")) + para("", bold("偏远七天。")) + `</w:tc></w:tr></w:tbl>`
	if got := articles(t, parse(t, "table.docx", word(t, para("", run("常见问题"))+table), madrid)); got != "几天到？ => 三天。\n**偏远七天。**" {
		t.Errorf("by a table: %s", got)
	}
}

func TestWhatIsNoWordDocumentIsRefused(t *testing.T) {
	for name, file := range map[string]string{
		"no zip": "PK\x03\x04", "another zip": workbook(t, [][]any{{"question", "answer"}, {"q", "a"}}), "nothing asked": word(t, para("", run("x"))),
		"cut off": word(t, `<w:p>`), "too deep": word(t, strings.Repeat("<w:ins>", 1000)+strings.Repeat("</w:ins>", 1000)),
	} {
		if rows, err := importer.Parse("a.docx", strings.NewReader(file), madrid); !errors.Is(err, importer.ErrFormat) {
			t.Errorf("%s: %v %v", name, rows, err)
		}
	}
}

func FuzzAnyWordBodyIsReadOrRefused(f *testing.F) {
	f.Add(para("2", run("q")) + para("", bold("a")))
	f.Add(`<w:tbl><w:tr><w:tc><w:tbl><w:tr></w:p></w:tc></w:tbl><w:hyperlink r:id="r1">` + run("x"))
	f.Fuzz(func(t *testing.T, body string) {
		rows, err := importer.Parse("a.docx", strings.NewReader(word(t, body)), madrid)
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
