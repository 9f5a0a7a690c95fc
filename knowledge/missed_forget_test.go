package knowledge_test

import (
	"context"
	"testing"
	"time"

	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

func TestAForgottenQuestionIsCountedAndNotRead(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := knowledgetest.Database(t)
	base := knowledge.New(pool, knowledge.Fixed(knowledgetest.Hashing{}))
	shop, err := base.AddShop(ctx, knowledge.Shop{Slug: "demo"})
	if err != nil {
		t.Fatal(err)
	}
	erased, now := uuid.New(), time.Now()
	for _, m := range []knowledge.Missed{
		{Text: "of the erased", Conversation: erased, AskedAt: now}, {Text: "of another", Conversation: uuid.New(), AskedAt: now}, {Text: "an old one", AskedAt: now.AddDate(0, 0, -90)},
	} {
		m.Outcome = "none"
		if err := base.Missed(ctx, shop.ID, m); err != nil {
			t.Fatal(err)
		}
	}
	if err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error { return base.ForgetMissedTx(ctx, tx, shop.ID, erased) }); err != nil {
		t.Fatal(err)
	}
	if err := base.ForgetMissedBefore(ctx, shop.ID, now.AddDate(0, 0, -30)); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, state := range []string{knowledge.MissedOpen, knowledge.MissedIgnored, knowledge.MissedDone} {
		groups, err := base.MissedQuestions(ctx, shop.ID, state)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range groups {
			for _, q := range g.Questions {
				texts = append(texts, q.Text)
			}
		}
	}
	if len(texts) != 1 || texts[0] != "of another" {
		t.Errorf("to be read are %q", texts)
	}
	days, err := base.MissedDays(ctx, shop, now.AddDate(0, -4, 0), now.AddDate(0, 0, 1))
	counted := 0
	for _, d := range days {
		counted += d.None
	}
	if err != nil || counted != 3 {
		t.Errorf("%d are counted (%v)", counted, err)
	}
}
