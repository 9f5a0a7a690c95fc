package knowledge_test

import (
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
	knowledgetest.Shop(t, base, "other", knowledge.Article{Ref: "c", Locale: "en", Kind: "notice", Market: []string{"FR"}, Question: "Who?", Answer: "We."})
	got, err := base.Used(t.Context(), shop.ID)
	if err != nil || !slices.Equal(got.Markets, []string{"GB", "US"}) || !slices.Equal(got.Kinds, []string{"faq", "policy"}) {
		t.Errorf("%+v %v", got, err)
	}
}
