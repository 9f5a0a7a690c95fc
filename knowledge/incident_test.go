package knowledge_test

import (
	"errors"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"
)

func TestAnIncidentStandsBeforeWhatItConcernsUntilItEnds(t *testing.T) {
	ctx := t.Context()
	base := knowledge.New(knowledgetest.Database(t), knowledge.Fixed(knowledgetest.Hashing{}))
	shop := knowledgetest.Shop(t, base, "shop",
		knowledge.Article{Ref: "late", Question: "Where is my parcel?", Answer: "On its way.", Tags: []string{"shipping"}, Market: []string{"GB"}},
		knowledge.Article{Ref: "wool", Question: "How do I wash wool?", Answer: "By hand.", Tags: []string{"care"}})
	other := knowledgetest.Shop(t, base, "other", knowledge.Article{Ref: "late", Question: "Where is my parcel?", Answer: "On its way.", Tags: []string{"shipping"}})
	hits := func(shop knowledge.Shop, text string) []knowledge.Hit {
		result, err := base.Search(ctx, shop, knowledge.Query{Text: text, Limit: 1})
		if err != nil || len(result.Hits) == 0 {
			t.Fatal(result, err)
		}
		return result.Hits
	}
	concerning := func(shop knowledge.Shop, at time.Time, market, text string) int {
		t.Helper()
		all, err := base.Concerning(ctx, shop.ID, at, market, hits(shop, text))
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	now := time.Now()
	strike, err := base.Announce(ctx, shop.ID, knowledge.Incident{Statements: map[string]string{"en": "Couriers are on strike.", "zh": " "},
		Tags: []string{"shipping"}, Market: []string{"gb"}, Until: now.Add(time.Hour)})
	if err != nil || strike.In("en-GB") != "Couriers are on strike." || strike.In("zh") != "" {
		t.Fatalf("%+v %v", strike, err)
	}
	for what, got := range map[string][2]int{
		"what it concerns":         {concerning(shop, time.Time{}, "GB", "Where is my parcel?"), 1},
		"its market, not said":     {concerning(shop, time.Time{}, "", "Where is my parcel?"), 1},
		"another market":           {concerning(shop, time.Time{}, "ES", "Where is my parcel?"), 0},
		"another matter":           {concerning(shop, time.Time{}, "GB", "How do I wash wool?"), 0},
		"another shop":             {concerning(other, time.Time{}, "GB", "Where is my parcel?"), 0},
		"after its end":            {concerning(shop, now.Add(2*time.Hour), "GB", "Where is my parcel?"), 0},
		"before it was made known": {concerning(shop, now.Add(-time.Hour), "GB", "Where is my parcel?"), 0},
	} {
		if got[0] != got[1] {
			t.Errorf("%s: %d, want %d", what, got[0], got[1])
		}
	}
	if err := base.EndIncident(ctx, other.ID, strike.ID); !errors.Is(err, knowledge.ErrNotFound) {
		t.Errorf("another shop ended it: %v", err)
	}
	if err := base.EndIncident(ctx, shop.ID, strike.ID); err != nil {
		t.Fatal(err)
	}
	if concerning(shop, time.Time{}, "GB", "Where is my parcel?") != 0 {
		t.Error("it stands after somebody ended it")
	}
	for _, bad := range []knowledge.Incident{
		{Statements: map[string]string{"en": " "}, Until: now.Add(time.Hour)},
		{Statements: map[string]string{"en": "x"}, Until: now.Add(-time.Hour)},
		{Statements: map[string]string{"en": "x"}, Until: now.Add(365 * 24 * time.Hour)},
		{Statements: map[string]string{"en": "x\x00"}, Until: now.Add(time.Hour)},
	} {
		if _, err := base.Announce(ctx, shop.ID, bad); !errors.Is(err, knowledge.ErrInvalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	if topics, err := base.Topics(ctx, shop.ID, "en"); err != nil || len(topics) != 2 || topics[0].Articles != 1 || len(topics[0].Titles) != 1 {
		t.Errorf("topics: %+v %v", topics, err)
	}
}
