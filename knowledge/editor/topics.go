package editor

import (
	"cmp"
	"slices"
	"strings"

	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// tag is a tag of articles and what an editor calls it.
type tag struct {
	Tag, Name string
	Articles  int    // that have it
	Titles    string // of some of them
}

// namedTags are the tags that have a name in every language; a shop's others are shown as they are written.
func namedTags() []string {
	return []string{"account", "address", "bedding", "business", "care", "clothes", "contact", "coupons", "customs", "delivery", "exchange",
		"fees", "giftcards", "gifts", "home", "invoices", "kids", "materials", "membership", "notice", "orders", "payment", "pickup", "points",
		"price", "privacy", "problems", "products", "promotion", "refund", "returns", "reviews", "safety", "shipping", "shoes", "sizes", "stock",
		"stores", "sustainability", "tracking", "warranty"}
}

// nameOf is what an editor calls a tag.
func (f *Face) nameOf(c echo.Context, t string) string {
	if slices.Contains(namedTags(), t) {
		return f.Text(c, "editor.tag."+t)
	}
	return t
}

// inOrder sorts tags by their names, in the alphabet of the page's language.
func (f *Face) inOrder(c echo.Context, tags []tag) []tag {
	order := collate.New(language.Make(cmp.Or(f.Language(c), "en")), collate.IgnoreCase)
	slices.SortFunc(tags, func(a, b tag) int { return order.CompareString(a.Name, b.Name) })
	return tags
}

// topics are tags by their names in the language of the page.
func (f *Face) topics(c echo.Context, tags []string) []tag {
	named := make([]tag, len(tags))
	for i, t := range tags {
		named[i] = tag{Tag: t, Name: f.nameOf(c, t)}
	}
	return f.inOrder(c, named)
}

// offered are the topics that an editor chooses from, with what each stands for.
func (f *Face) offered(c echo.Context, topics []knowledge.Topic) []tag {
	var named []tag
	for _, t := range topics[:min(tagsOffered, len(topics))] {
		named = append(named, tag{t.Tag, f.nameOf(c, t.Tag), t.Articles, strings.Join(t.Titles, " · ")})
	}
	return f.inOrder(c, named)
}
