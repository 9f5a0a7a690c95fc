package conversation

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// PlainText returns what a reader sees of a markdown text, for channels that show no markup. Links keep their address.
func PlainText(markdown string) string {
	src := []byte(markdown)
	var b strings.Builder
	_ = ast.Walk(MarkdownParser().Parse(text.NewReader(src)), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		plainNode(&b, n, src, entering)
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(b.String())
}

func plainNode(b *strings.Builder, n ast.Node, src []byte, entering bool) {
	switch n := n.(type) {
	case *ast.Text:
		if entering {
			b.Write(n.Segment.Value(src))
			if n.SoftLineBreak() || n.HardLineBreak() {
				b.WriteByte('\n')
			}
		}
	case *ast.AutoLink:
		if entering {
			b.Write(n.URL(src))
		}
	case *ast.Link:
		if !entering {
			b.WriteString(" (" + string(n.Destination) + ")")
		}
	case *ast.ListItem:
		if entering {
			b.WriteString(marker(n))
		} else if !strings.HasSuffix(b.String(), "\n") {
			b.WriteByte('\n')
		}
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		if entering {
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				b.Write(line.Value(src))
			}
		}
	default:
		if !entering && n.Type() == ast.TypeBlock && n.Kind() != ast.KindDocument && n.Kind() != ast.KindTextBlock {
			b.WriteString("\n")
			if n.Parent() != nil && n.Parent().Kind() == ast.KindDocument {
				b.WriteString("\n")
			}
		}
	}
}

// marker is what stands before an item of a list: its number, or a hyphen.
func marker(item *ast.ListItem) string {
	list, ok := item.Parent().(*ast.List)
	if !ok || !list.IsOrdered() {
		return "- "
	}
	n := list.Start
	for before := item.PreviousSibling(); before != nil; before = before.PreviousSibling() {
		n++
	}
	return strconv.Itoa(n) + string(list.Marker) + " "
}
