package conversation

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// MarkdownParser reads the markdown of articles and replies: paragraphs, lists, quotes, code, links and **bold**. A single
// asterisk or underscore is itself, so that a box of 50*40*30 cm keeps its size; tags are words.
func MarkdownParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewCodeBlockParser(), 500),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(parser.NewBlockquoteParser(), 800),
			util.Prioritized(parser.NewParagraphParser(), 1000)),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(boldParser{}, 500)),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...))
}

// boldParser reads **words** within one line, and no other emphasis.
type boldParser struct{}

// Trigger implements parser.InlineParser.
func (boldParser) Trigger() []byte { return []byte{'*'} }

// Parse implements parser.InlineParser.
func (boldParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte("**")) {
		return nil
	}
	end := bytes.Index(line[2:], []byte("**"))
	if end < 1 || line[2] == ' ' || line[2] == '*' || line[2+end-1] == ' ' {
		return nil
	}
	bold := ast.NewEmphasis(2)
	bold.AppendChild(bold, ast.NewTextSegment(text.NewSegment(segment.Start+2, segment.Start+2+end)))
	block.Advance(end + 4)
	return bold
}
