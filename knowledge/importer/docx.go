package importer

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// parseWord reads a Word document (.docx, ECMA-376 part 1, WordprocessingML): its headings are questions, as in Markdown.
// Where nobody used headings, the lines that look asked are: those that begin with "Q:", "问：" or "Pregunta:", else
// the ones that are bold from end to end. A table whose first row names a question and an answer is read as a sheet is.
func parseWord(r io.Reader) ([]raw, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	files, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: not a Word document (.docx): %v", ErrFormat, err)
	}
	d := wordDocument{levels: map[string]int{}, links: map[string]string{}}
	for _, part := range []struct {
		name string
		read func(*xml.Decoder) error
		must bool
	}{
		{"word/styles.xml", d.readStyles, false},
		{"word/_rels/document.xml.rels", d.readLinks, false},
		{"word/document.xml", d.readBody, true},
	} {
		err := readPart(files, part.name, part.read)
		switch {
		case errors.Is(err, errNoPart) && !part.must:
		case err != nil:
			return nil, fmt.Errorf("%w: not a Word document (.docx): %s: %v", ErrFormat, part.name, err)
		}
	}
	rows, err := parseMarkdown(strings.NewReader(d.markdown()))
	if err != nil && len(d.rows) == 0 {
		return nil, err
	}
	rows = append(rows, d.rows...)
	for i := range rows {
		rows[i].number = i + 1 // the lines of a document are not what its reader sees
	}
	return rows, nil
}

var errNoPart = errors.New("missing")

// readPart reads one file of the package as XML, up to maxUnzipped bytes of it.
func readPart(files *zip.Reader, name string, read func(*xml.Decoder) error) error {
	for _, f := range files.File {
		if f.Name != name {
			continue
		}
		part, err := f.Open()
		if err != nil {
			return err
		}
		defer part.Close()
		return read(xml.NewDecoder(&bounded{reader: part, left: maxUnzipped}))
	}
	return errNoPart
}

// wordDocument is what of a document makes articles.
type wordDocument struct {
	levels     map[string]int    // of headings, by the style's id
	links      map[string]string // addresses by the id of the relation
	paragraphs []wordParagraph
	rows       []raw // of tables whose first row names their columns
}

// wordParagraph is a paragraph as Markdown, without what its level adds.
type wordParagraph struct {
	text  string
	level int  // of the heading, 1 to 6; 0 for none
	bold  bool // from end to end
	item  bool // of a list
	title bool // of the document
}

// Lines that are a question, or the answer to one, by what stands in front.
var (
	asked    = regexp.MustCompile(`(?i)^\s*(?:[（(]?\d{1,3}[.、)）]\s*)?(?:q(?:uestion)?|p(?:regunta)?|问(?:题)?|問(?:題)?)\s*\d{0,3}\s*[:：.、]\s*`)
	answered = regexp.MustCompile(`(?i)^\s*(?:a(?:nswer)?|r(?:espuesta)?|答(?:案)?)\s*\d{0,3}\s*[:：.、]\s*`)
)

// markdown writes the paragraphs with their questions as headings.
func (d *wordDocument) markdown() string {
	d.askWhereUnstyled()
	var out strings.Builder
	for i, p := range d.paragraphs {
		switch {
		case p.title || p.text == "":
			continue
		case p.level > 0:
			out.WriteString("\n\n" + strings.Repeat("#", p.level) + " " + strings.ReplaceAll(p.text, "\n", " ") + "\n")
		case p.item && i > 0 && d.paragraphs[i-1].item:
			out.WriteString("\n- " + p.text)
		case p.item:
			out.WriteString("\n\n- " + p.text)
		default:
			out.WriteString("\n\n" + literal(p.text))
		}
	}
	return out.String()
}

// askWhereUnstyled makes headings of the lines that look asked, where the document has none.
func (d *wordDocument) askWhereUnstyled() {
	marked := false
	for _, p := range d.paragraphs {
		if p.level > 0 {
			return
		}
		marked = marked || asked.MatchString(p.text)
	}
	for i := range d.paragraphs {
		p := &d.paragraphs[i]
		switch plain := strings.ReplaceAll(p.text, "**", ""); {
		case p.title:
		case marked && asked.MatchString(plain):
			p.level, p.text = 1, asked.ReplaceAllString(plain, "")
		case marked && answered.MatchString(plain):
			p.text = answered.ReplaceAllString(p.text, "")
		case !marked && p.bold && !p.item:
			p.level, p.text = 1, plain
		}
	}
}

// literal keeps lines that are no heading from becoming one.
func literal(text string) string {
	if strings.HasPrefix(text, "#") {
		return `\` + text
	}
	return strings.ReplaceAll(text, "\n#", "\n\\#")
}
