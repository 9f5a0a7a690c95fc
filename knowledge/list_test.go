package knowledge_test

import (
	"slices"
	"testing"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"
)

func TestEntriesAreFoundByAllWordsWithTitlesFirst(t *testing.T) {
	base := knowledge.New(knowledgetest.Database(t), knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop",
		knowledge.Article{Ref: "price-gb", Locale: "en", Question: "What does UK delivery cost?", Answer: "It is £6.95."},
		knowledge.Article{Ref: "price-es", Locale: "es", Question: "¿Cuánto cuesta?", Answer: "Son 6,95 €."},
		knowledge.Article{Ref: "shoes", Locale: "en", Question: "Which size?", Answer: "Outside the UK a delivery of two sizes is at no cost."},
		knowledge.Article{Ref: "shoes", Locale: "es", Question: "¿Qué talla?", Answer: "La tuya."})
	for text, want := range map[string][]string{
		"UK delivery cost":   {"price-gb", "shoes"},
		"cost, uk delivery?": {"price-gb", "shoes"},
		"6.95":               {"price-es", "price-gb"},
		"6,95":               {"price-es", "price-gb"},
		"100%":               nil,
		"SIZE":               {"shoes"},
	} {
		entries, total, err := base.Entries(t.Context(), shop.ID, knowledge.Filter{Text: text})
		if err != nil || total != len(want) {
			t.Fatalf("%q: %d %v", text, total, err)
		}
		var refs []string
		for _, e := range entries {
			refs = append(refs, e.Articles[0].Ref)
		}
		if want != nil && want[0] == "price-es" {
			slices.Sort(refs)
		}
		if !slices.Equal(refs, want) {
			t.Errorf("%q finds %v, want %v", text, refs, want)
		}
	}
	entries, _, err := base.Entries(t.Context(), shop.ID, knowledge.Filter{Text: "talla"})
	if err != nil || len(entries) != 1 || len(entries[0].Articles) != 2 || len(entries[0].Fitting) != 1 || entries[0].Fitting[0] != entries[0].Articles[1].ID {
		t.Errorf("%+v %v", entries, err)
	}
}
