package knowledge_test

import (
	"context"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/go-cmp/cmp"
)

func TestMissedQuestionsAreCountedOnTheShopsCalendar(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	base := knowledge.New(knowledgetest.Database(t), knowledge.Fixed(knowledgetest.Hashing{}))
	shop, err := base.AddShop(ctx, knowledge.Shop{Slug: "demo", TimeZone: "Asia/Shanghai"})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []struct{ outcome, at string }{
		{"none", "2026-03-01T17:00:00Z"}, {"ask", "2026-03-01T18:00:00Z"}, {"disliked", "2026-03-02T17:00:00Z"}, {"none", "2026-01-01T00:00:00Z"},
	} {
		at, _ := time.Parse(time.RFC3339, m.at)
		if err := base.Missed(ctx, shop.ID, knowledge.Missed{Text: "?", Outcome: m.outcome, AskedAt: at, State: knowledge.MissedOpen}); err != nil {
			t.Fatal(err)
		}
	}
	day := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }
	got, err := base.MissedDays(ctx, shop, day(1), day(4))
	if diff := cmp.Diff([]knowledge.MissedDay{{Day: day(2), None: 1, Asked: 1}, {Day: day(3), Disliked: 1}}, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}
