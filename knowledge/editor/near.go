package editor

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"frontdesk/knowledge"

	"github.com/google/uuid"
	"golang.org/x/text/language"
)

const (
	nearest = 5 // articles found by meaning above those found by words
	others  = 2 // beside them, of markets that are not the shop's own
)

// near finds the published articles that a shopper who asks this would get, whatever their words, without those that were
// found by them.
func (f *Face) near(ctx context.Context, shop knowledge.Shop, q listQuery, found []knowledge.Entry, wanted []string) ([]entry, error) {
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
	var near []entry
	for _, hit := range hits {
		known := func(e knowledge.Entry) bool { return e.Articles[0].Ref == hit.Ref }
		shown := func(e entry) bool { return e.Ref == hit.Ref }
		if slices.ContainsFunc(found, known) || slices.ContainsFunc(near, shown) || q.Locale != "" && hit.Locale != q.Locale || q.Kind != "" && !strings.EqualFold(hit.Kind, q.Kind) {
			continue
		}
		variants, err := f.Base.Variants(ctx, shop.ID, hit.Ref)
		if err != nil {
			return nil, err
		}
		var fitting []uuid.UUID
		for _, a := range variants {
			if (q.Tag == "" || slices.Contains(a.Tags, q.Tag)) && (q.Locale == "" || a.Locale == q.Locale) {
				fitting = append(fitting, a.ID)
			}
		}
		if len(fitting) == 0 {
			continue
		}
		one := entryOf(variants, fitting, shop, wanted)
		if one.ID == hit.ArticleID {
			one.Passage = hit.Passage
		}
		near = append(near, one)
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
