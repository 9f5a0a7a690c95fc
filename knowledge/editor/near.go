package editor

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"frontdesk/knowledge"

	"golang.org/x/text/language"
)

const (
	nearest = 5 // articles found by meaning above those found by words
	others  = 2 // beside them, of markets that are not the shop's own
)

// inAllLanguages puts beside each article the languages that it stands in, so that one of them, found or changed alone, does not
// pass for the only one; the languages that come later in the list are not listed again.
func (f *Face) inAllLanguages(ctx context.Context, shop knowledge.Shop, found []entry) ([]entry, error) {
	var all []entry
	order := locales(shop.Locale)
	for _, one := range found {
		if slices.ContainsFunc(all, func(e entry) bool { return e.Ref == one.Ref }) {
			continue
		}
		variants, err := f.Base.Variants(ctx, shop.ID, one.Ref)
		if err != nil {
			return nil, err
		}
		slices.SortStableFunc(variants, func(a, b knowledge.Article) int {
			return slices.Index(order, a.Locale) - slices.Index(order, b.Locale)
		})
		one.Languages = nil
		for _, v := range variants {
			if len(variants) > 1 {
				one.Languages = append(one.Languages, listed{Article: v})
			}
		}
		all = append(all, one)
	}
	return all, nil
}

// near finds the published articles that a shopper who asks this would get, whatever their words.
func (f *Face) near(ctx context.Context, shop knowledge.Shop, q listQuery) ([]listed, error) {
	if q.Status != "" && q.Status != knowledge.Published {
		return nil, nil
	}
	asked := q.Locale
	if asked == "" && f.Detect != nil {
		asked = f.Detect(q.Text)
	}
	hits, err := f.nearHits(ctx, shop, knowledge.Query{Text: q.Text, Locale: asked, Market: q.Market, Limit: nearest})
	if err != nil {
		return nil, err
	}
	var near []listed
	for _, hit := range hits {
		if q.Locale != "" && hit.Locale != q.Locale || q.Kind != "" && !strings.EqualFold(hit.Kind, q.Kind) {
			continue
		}
		a, err := f.Base.Article(ctx, shop.ID, hit.ArticleID)
		if err != nil {
			return nil, err
		}
		if q.Tag == "" || slices.Contains(a.Tags, q.Tag) {
			near = append(near, listed{Article: a, Window: windowOf(a, shop), Passage: hit.Passage})
		}
	}
	return near, nil
}

// nearHits are what a shopper of the shop's own market would find, then what those of the others would.
func (f *Face) nearHits(ctx context.Context, shop knowledge.Shop, q knowledge.Query) ([]knowledge.Hit, error) {
	var hits []knowledge.Hit
	own := cmp.Or(q.Market, shop.Market)
	if region, sure := language.Make(shop.Locale).Region(); own == "" && sure != language.No {
		own = region.String()
	}
	shop.Market = "" // an editor looks for what another market's shoppers are told, too
	for _, market := range slices.Compact([]string{own, q.Market}) {
		q.Market = market
		result, err := f.Base.Search(ctx, shop, q)
		if err != nil {
			return nil, err
		}
		for _, hit := range result.Hits {
			if !slices.ContainsFunc(hits, func(h knowledge.Hit) bool { return h.ArticleID == hit.ArticleID }) {
				hits = append(hits, hit)
			}
		}
	}
	return hits[:min(len(hits), nearest+others)], nil
}
