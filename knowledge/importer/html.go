package importer

import (
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// parseHTML reads a page of questions and answers: each <summary> or <dt> is a question where there are several, else the
// headings are, as in Markdown. What a page has around its text is left out.
func parseHTML(r io.Reader) ([]raw, error) {
	decoded, err := charset.NewReader(r, "")
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	page, err := html.Parse(decoded)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	w := &markdownWriter{folds: count(page, atom.Summary)+count(page, atom.Dt) > 1}
	w.node(page)
	if !strings.Contains(w.text.String(), "\n# ") && !strings.Contains(w.text.String(), "\n## ") && !strings.Contains(w.text.String(), "\n### ") &&
		!strings.Contains(w.text.String(), "\n#### ") {
		return nil, fmt.Errorf("%w: a page without headings", ErrFormat)
	}
	return parseMarkdown(strings.NewReader(w.text.String()))
}

// count says how many elements of a kind stand below a node.
func count(n *html.Node, kind atom.Atom) int {
	total := 0
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom == kind {
			total++
		}
	}
	return total
}

// markdownWriter writes the text of a page as Markdown. Markup that is not known is left out, its text is not.
type markdownWriter struct {
	text  strings.Builder
	folds bool // questions are <summary> and <dt>; headings are not
}

func (w *markdownWriter) node(n *html.Node) {
	switch n.Type {
	case html.TextNode:
		w.words(n.Data)
		return
	case html.ElementNode:
		if w.element(n) {
			return
		}
	}
	w.children(n)
}

func (w *markdownWriter) children(n *html.Node) {
	for c := range n.ChildNodes() {
		w.node(c)
	}
}

// words writes text with its spaces collapsed, and keeps it from becoming a heading.
func (w *markdownWriter) words(text string) {
	flat := strings.Join(strings.Fields(text), " ")
	if flat == "" {
		return
	}
	written := w.text.String()
	if strings.HasSuffix(written, "\n") || written == "" {
		if strings.HasPrefix(flat, "#") {
			flat = `\` + flat
		}
	} else if !strings.HasSuffix(written, " ") && strings.TrimLeft(text, " \t\r\n") != text {
		flat = " " + flat
	}
	w.text.WriteString(flat)
	if strings.TrimRight(text, " \t\r\n") != text {
		w.text.WriteString(" ")
	}
}

// element writes what an element adds to its text, and says whether its children are dealt with.
func (w *markdownWriter) element(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Nav, atom.Header, atom.Footer, atom.Aside, atom.Form, atom.Button, atom.Template, atom.Noscript, atom.Svg, atom.Head:
		return true
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if w.folds {
			w.line("**" + flatText(n) + "**")
		} else {
			w.line(strings.Repeat("#", int(n.Data[1]-'0')) + " " + flatText(n))
		}
		return true
	case atom.Summary, atom.Dt:
		if w.folds {
			w.line("# " + flatText(n))
			return true
		}
	case atom.Li:
		w.text.WriteString("\n- ")
	case atom.Br:
		w.text.WriteString("\n")
	case atom.Strong, atom.B:
		w.text.WriteString("**" + flatText(n) + "** ")
		return true
	case atom.A:
		w.link(n)
		return true
	case atom.Td, atom.Th:
		w.children(n)
		w.text.WriteString(" · ")
		return true
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Ul, atom.Ol, atom.Dd, atom.Tr, atom.Table, atom.Blockquote, atom.Details:
		w.text.WriteString("\n\n")
		w.children(n)
		w.text.WriteString("\n\n")
		return true
	}
	return false
}

func (w *markdownWriter) line(text string) {
	if text != "" {
		w.text.WriteString("\n\n" + text + "\n\n")
	}
}

// link keeps where a link leads when that is an address of the web.
func (w *markdownWriter) link(n *html.Node) {
	text := flatText(n)
	for _, a := range n.Attr {
		if a.Key == "href" && strings.HasPrefix(a.Val, "https://") && text != "" && !strings.ContainsAny(a.Val, " ()<>") {
			text = "[" + text + "](" + a.Val + ")"
			break
		}
	}
	w.words(text + " ")
}

// flatText is the text below a node in one line.
func flatText(n *html.Node) string {
	var parts []string
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			parts = append(parts, d.Data)
		}
	}
	return strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
}
