package knowledge_test

import (
	"errors"
	"slices"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"
)

func TestAShopNamesItsOwnMarketsAndKinds(t *testing.T) {
	base := knowledge.New(knowledgetest.Database(t), knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop",
		knowledge.Article{Ref: "a", Locale: "en", Kind: "policy", Market: []string{"us", "GB"}, Question: "How long?", Answer: "A day."},
		knowledge.Article{Ref: "b", Locale: "en", Question: "How much?", Answer: "Ten."})
	mistaken, err := base.Save(t.Context(), shop.ID, knowledge.Article{Ref: "d", Locale: "en", Kind: "notice", Market: []string{"FR"}, Question: "Who?", Answer: "We."})
	if err != nil || base.Archive(t.Context(), shop.ID, mistaken.ID) != nil {
		t.Fatal(err)
	}
	knowledgetest.Shop(t, base, "other", knowledge.Article{Ref: "c", Locale: "en", Kind: "notice", Market: []string{"FR"}, Question: "Who?", Answer: "We."})
	got, err := base.Used(t.Context(), shop.ID)
	if err != nil || !slices.Equal(got.Markets, []string{"GB", "US"}) || !slices.Equal(got.Kinds, []string{"faq", "policy"}) {
		t.Errorf("%+v %v", got, err)
	}
}

func TestMarketsAndLanguagesHaveOneNameEach(t *testing.T) {
	base := knowledge.New(knowledgetest.Database(t), knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop",
		knowledge.Article{Ref: "a", Locale: "en-GB", Market: []string{"UK, es", "Reino Unido"}, Question: "How long?", Answer: "A day."})
	for _, market := range []string{"UK", "gb", "GB"} {
		found, err := base.Search(t.Context(), shop, knowledge.Query{Text: "how long?", Locale: "en", Market: market})
		if err != nil || len(found.Hits) == 0 || !slices.Equal(found.Hits[0].Market, []string{"ES", "GB"}) || found.Hits[0].Locale != "en" {
			t.Errorf("%s: %+v %v", market, found.Hits, err)
		}
	}
	if _, err := base.Save(t.Context(), shop.ID, knowledge.Article{Locale: "en", Market: []string{"Atlantis"}, Question: "Who?", Answer: "We."}); !errors.Is(err, knowledge.ErrInvalid) {
		t.Errorf("Atlantis: %v", err)
	}
	if _, err := base.AddShop(t.Context(), knowledge.Shop{Slug: "third", Locale: "en", TimeZone: "UTC", Market: "Atlantis"}); !errors.Is(err, knowledge.ErrInvalid) {
		t.Errorf("a shop of Atlantis: %v", err)
	}
}
