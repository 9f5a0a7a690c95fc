package storefront

import (
	"net/http"
	"strings"

	"frontdesk/bot/conversation"
	"frontdesk/knowledge"

	"github.com/labstack/echo/v4"
)

// shopPage is what the demo shop's template sees.
type shopPage struct {
	Name     string
	Slug     string
	Key      string
	Locale   string
	Products []product
	Help     []help
	face     *Face
}

// product is one card; its words are the texts "storefront.product.NAME" and "….more".
type product struct {
	Name  string
	Price string
	Was   string
	New   bool
}

// help is a question that is asked often, with its answer in plain text.
type help struct{ Question, Answer string }

// T is one of our own texts in the page's language, with the shop's name in it.
func (p shopPage) T(id string) string {
	return p.face.texts.get(p.Locale, "storefront."+id, "{{.Shop}}", p.Name)
}

// Asset is where a picture, style or script is served.
func (p shopPage) Asset(name string) string { return p.face.assets.paths[name] }

// Languages are those that the page can be had in.
func (p shopPage) Languages() []string { return []string{"zh", "en", "es"} }

// shop shows a storefront with the widget on it: ours to try, and an example of what a shop's own page needs.
func (f *Face) shop(c echo.Context) error {
	ctx := c.Request().Context()
	shop, err := f.base.ShopBySlug(ctx, c.Param("slug"))
	if err != nil {
		return err
	}
	locale := f.texts.spoken(append([]string{c.QueryParam("lang")}, append(wishes(c.Request()), shop.Locale)...)...)
	page := shopPage{Name: shop.DisplayName(locale), Slug: shop.Slug, Key: shop.PublicKey, Locale: locale, Products: products(locale), face: f}
	if page.Help, err = f.help(c, shop, locale); err != nil {
		return err
	}
	return c.Render(http.StatusOK, "storefront/shop", page)
}

// wishes are the languages that a browser asks for, in its order.
func wishes(r *http.Request) []string {
	var out []string
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(part, ";")
		out = append(out, strings.TrimSpace(tag))
	}
	return out
}

// help answers what shoppers ask about their orders, from the knowledge itself: what is taken down is gone here, too.
func (f *Face) help(c echo.Context, shop knowledge.Shop, locale string) ([]help, error) {
	ctx := c.Request().Context()
	ids, err := f.popular.ranked(ctx, shop, locale)
	if err != nil {
		return nil, err
	}
	var out []help
	for _, id := range ids[:min(len(ids), 6)] {
		a, ok, err := f.liveByID(ctx, shop, id)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, help{a.Question, conversation.PlainText(a.Answer)})
		}
	}
	return out, nil
}

// products are the demo shop's window, priced as each market prices them.
func products(locale string) []product {
	all := []struct {
		name       string
		zh, en, es string
		was        [3]string
		fresh      bool
	}{
		{name: "coat", zh: "¥1,290", en: "$219", es: "199 €", fresh: true},
		{name: "shirt", zh: "¥329", en: "$59", es: "55 €"},
		{name: "loafers", zh: "¥699", en: "$129", es: "119 €"},
		{name: "bedding", zh: "¥599", en: "$149", es: "129 €", was: [3]string{"¥749", "$189", "159 €"}},
		{name: "sweater", zh: "¥459", en: "$89", es: "79 €", fresh: true},
		{name: "bowls", zh: "¥189", en: "$42", es: "38 €"},
		{name: "sneakers", zh: "¥499", en: "$95", es: "89 €"},
		{name: "pan", zh: "¥269", en: "$54", es: "49 €", was: [3]string{"¥329", "$65", "59 €"}},
	}
	out := make([]product, 0, len(all))
	for _, p := range all {
		switch locale {
		case "zh":
			out = append(out, product{p.name, p.zh, p.was[0], p.fresh})
		case "es":
			out = append(out, product{p.name, p.es, p.was[2], p.fresh})
		default:
			out = append(out, product{p.name, p.en, p.was[1], p.fresh})
		}
	}
	return out
}
