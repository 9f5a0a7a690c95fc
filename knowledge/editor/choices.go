package editor

import (
	"context"
	"slices"

	"frontdesk/knowledge"
)

// kinds are the sorts of articles that have a name in every language.
func kinds() []string {
	return []string{"faq", "policy", "howto", "product", "promotion", "notice"}
}

// choices are the markets and kinds to choose from: common ones, those that the shop's articles name, and those chosen already.
func (f *Face) choices(ctx context.Context, shop knowledge.Shop, kind string, chosen ...string) (markets, sorts []string, err error) {
	used, err := f.Base.Used(ctx, shop.ID)
	if err != nil {
		return nil, nil, err
	}
	markets = slices.Concat([]string{"CN", "US", "GB", "ES"}, used.Markets, []string{shop.Market}, chosen)
	return kept(markets), kept(slices.Concat(kinds(), used.Kinds, []string{kind})), nil
}
