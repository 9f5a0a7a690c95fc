package pages

import (
	"bytes"
	"html/template"

	"frontdesk/bot/conversation"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// What comes out is only what the shop's side shows, too: no picture, which would be asked for at a stranger's server, no heading
// among the page's own, no id that another element may have.
var sanitizer = bluemonday.NewPolicy().
	AllowElements("p", "br", "hr", "strong", "em", "code", "pre", "blockquote", "ul", "ol", "li").
	AllowAttrs("href").OnElements("a").AllowURLSchemes("http", "https", "mailto").RequireParseableURLs(true).
	AllowRelativeURLs(true).RequireNoFollowOnLinks(true).RequireNoReferrerOnLinks(true).AddTargetBlankToFullyQualifiedLinks(true)

// Tags in a text are words of the text: nothing here parses HTML. A line ends where its writer ended it.
var markdowns = goldmark.New(
	goldmark.WithParser(conversation.MarkdownParser()),
	goldmark.WithRendererOptions(html.WithHardWraps(), renderer.WithNodeRenderers(util.Prioritized(plainer{}, 1))))

// markdown renders an editor's or agent's text. Whatever it holds, only harmless markup comes out.
func markdown(source string) template.HTML {
	var b bytes.Buffer
	if err := markdowns.Convert([]byte(source), &b); err != nil {
		return template.HTML(template.HTMLEscapeString(source))
	}
	return template.HTML(sanitizer.SanitizeBytes(b.Bytes()))
}

// ours renders a text that the program carries itself: with headings and tables, and nothing to be afraid of.
var ours = goldmark.New(goldmark.WithExtensions(extension.Table))

func document(source string) (template.HTML, error) {
	var b bytes.Buffer
	err := ours.Convert([]byte(source), &b)
	return template.HTML(b.String()), err
}

// plainer renders headings as strong words and pictures as links to them.
type plainer struct{}

func (plainer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindHeading, func(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
		return write(w, entering, "<p><strong>", "</strong></p>\n")
	})
	r.Register(ast.KindImage, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		address := util.EscapeHTML(util.URLEscape(n.(*ast.Image).Destination, true))
		if !n.HasChildren() {
			return write(w, entering, `<a href="`+string(address)+`">`+string(address), "</a>")
		}
		return write(w, entering, `<a href="`+string(address)+`">`, "</a>")
	})
}

func write(w util.BufWriter, entering bool, before, after string) (ast.WalkStatus, error) {
	text := after
	if entering {
		text = before
	}
	_, err := w.WriteString(text)
	return ast.WalkContinue, err
}
