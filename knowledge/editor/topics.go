package editor

import (
	"cmp"
	"slices"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// tag is a tag of articles and what an editor calls it.
type tag struct{ Tag, Name string }

// namedTags are the tags that have a name in every language; a shop's others are shown as they are written.
func namedTags() []string {
	return []string{"account", "address", "bedding", "business", "care", "clothes", "contact", "coupons", "customs", "delivery", "exchange",
		"fees", "giftcards", "gifts", "home", "invoices", "kids", "materials", "membership", "notice", "orders", "payment", "pickup", "points",
		"price", "privacy", "problems", "products", "promotion", "refund", "returns", "reviews", "safety", "shipping", "shoes", "sizes", "stock",
		"stores", "sustainability", "tracking", "warranty"}
}

// topics are the tags by their names in the language of the page, in its alphabet's order.
func (f *Face) topics(c echo.Context, tags []string) []tag {
	named := make([]tag, len(tags))
	for i, t := range tags {
		named[i] = tag{t, t}
		if slices.Contains(namedTags(), t) {
			named[i].Name = f.Text(c, "editor.tag."+t)
		}
	}
	order := collate.New(language.Make(cmp.Or(f.Language(c), "en")), collate.IgnoreCase)
	slices.SortFunc(named, func(a, b tag) int { return order.CompareString(a.Name, b.Name) })
	return named
}
