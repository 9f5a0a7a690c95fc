package importer

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

const (
	maxDepth = 256   // elements within elements
	maxGap   = 1_000 // bytes of blanks in a row; more are dropped
)

// readBody reads the paragraphs in order. What was deleted, moved away or hidden is left out, and so are text boxes and
// the second copy of what older readers are given.
func (d *wordDocument) readBody(x *xml.Decoder) error {
	p := &wordReader{document: d}
	depth := 0
	for {
		token, err := x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errors.New("nested too deeply")
			}
			switch t.Name.Local {
			case "Fallback", "moveFrom", "del", "instrText", "sectPr", "txbxContent":
				if err := x.Skip(); err != nil {
					return err
				}
				depth--
			default:
				p.open(t)
			}
		case xml.EndElement:
			depth--
			p.end(t.Name.Local)
		case xml.CharData:
			if p.inText {
				p.write(string(t))
			}
		}
	}
}

// wordReader puts the runs of one paragraph together, and the cells of one row of a table.
type wordReader struct {
	document *wordDocument
	text     strings.Builder
	level    int
	item     bool
	inText   bool
	inStyle  bool // within the properties of a paragraph
	runBold  bool
	hidden   bool
	plain    bool   // something of the paragraph is not bold
	bolded   bool   // within ** **
	gap      string // blanks that are not written yet
	link     string
	linked   strings.Builder
	tables   int      // that are open, one within the other
	columns  []string // of the table, where its first row names a question and an answer
	ignored  []string
	cells    [][]string // of the row, by paragraph
}

func (p *wordReader) open(t xml.StartElement) {
	val := attribute(t, "val")
	on := val != "0" && val != "false" && val != "none"
	switch t.Name.Local {
	case "tbl":
		if p.tables++; p.tables == 1 {
			p.columns = nil
		}
	case "tr":
		if p.tables == 1 {
			p.cells = nil
		}
	case "tc":
		if p.tables == 1 {
			p.cells = append(p.cells, nil)
		}
	case "p":
		p.text.Reset()
		p.linked.Reset()
		p.level, p.item, p.plain, p.bolded, p.link, p.gap = 0, false, false, false, "", ""
	case "pPr":
		p.inStyle = true
	case "pStyle":
		p.level = p.document.levels[val]
	case "outlineLvl":
		p.level = outlineLevel(val)
	case "numPr":
		p.item = p.inStyle
	case "r":
		p.runBold, p.hidden = false, false
	case "b":
		p.runBold = on && !p.inStyle
	case "vanish":
		p.hidden = on && !p.inStyle
	case "t":
		p.inText = true
	case "tab":
		if !p.inStyle {
			p.write(" ")
		}
	case "br", "cr":
		p.write("\n")
	case "noBreakHyphen":
		p.write("-")
	case "hyperlink":
		p.turn(false)
		p.link = p.document.links[attribute(t, "id")]
	}
}

func (p *wordReader) end(name string) {
	switch name {
	case "pPr":
		p.inStyle = false
	case "t":
		p.inText = false
	case "hyperlink":
		p.closeLink()
	case "p":
		p.paragraph()
	case "tr":
		p.row()
	case "tbl":
		p.tables--
	}
}

// write adds text of the run that is being read. Blanks wait until it is known on which side of a ** they stand.
func (p *wordReader) write(text string) {
	core := strings.TrimSpace(text)
	switch {
	case p.hidden:
		return
	case core == "":
		p.gap += text[:min(len(text), max(0, maxGap-len(p.gap)))]
		return
	}
	from := strings.Index(text, core)
	p.gap += text[:from]
	p.plain = p.plain || !p.runBold
	if p.link != "" {
		p.linked.WriteString(p.gap + core)
	} else {
		p.turn(p.runBold)
		p.text.WriteString(core)
	}
	p.gap = text[from+len(core):]
}

// turn begins or ends what is bold, and writes the blanks before.
func (p *wordReader) turn(bold bool) {
	switch {
	case p.bolded && !bold:
		p.text.WriteString("**" + p.gap)
	case bold && !p.bolded:
		p.text.WriteString(p.gap + "**")
	default:
		p.text.WriteString(p.gap)
	}
	p.bolded, p.gap = bold, ""
}

func (p *wordReader) closeLink() {
	if text := strings.TrimSpace(p.linked.String()); text != "" {
		p.text.WriteString("[" + text + "](" + p.link + ")")
	}
	p.linked.Reset()
	p.link = ""
}

// paragraph ends a paragraph: of the document, or of a cell.
func (p *wordReader) paragraph() {
	p.turn(false)
	text := strings.TrimSpace(p.text.String())
	if p.tables > 0 {
		if last := len(p.cells) - 1; last >= 0 {
			p.cells[last] = append(p.cells[last], text)
		}
		return
	}
	heading := p.level > 0
	if heading {
		text = strings.ReplaceAll(text, "**", "")
	}
	p.document.paragraphs = append(p.document.paragraphs, wordParagraph{
		text: text, level: max(p.level, 0), bold: text != "" && !p.plain, item: p.item && !heading, title: p.level == documentTitle,
	})
}

// row ends a row of a table: an article where the first row named the columns, else one line, as of a page.
func (p *wordReader) row() {
	if p.tables > 1 {
		return
	}
	cells := make([]string, len(p.cells))
	for i, paragraphs := range p.cells {
		cells[i] = strings.TrimSpace(strings.Join(paragraphs, "\n"))
		if p.columns == nil || i < len(p.columns) && p.columns[i] == "question" {
			cells[i] = strings.ReplaceAll(cells[i], "**", "")
		}
	}
	d := p.document
	switch columns, ignored, err := headings(cells); {
	case blank(cells):
	case p.columns != nil:
		d.rows = append(d.rows, sheetRow(0, p.columns, cells, p.ignored))
	case err == nil:
		p.columns, p.ignored = columns, ignored
	default:
		filled := slices.DeleteFunc(cells, func(cell string) bool { return cell == "" })
		d.paragraphs = append(d.paragraphs, wordParagraph{text: strings.ReplaceAll(strings.Join(filled, " · "), "\n", " ")})
	}
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
