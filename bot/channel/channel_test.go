package channel_test

import (
	"context"
	"errors"
	"testing"

	"frontdesk/bot/channel"
	"frontdesk/bot/conversation"
	"frontdesk/knowledge/knowledgetest"

	"github.com/google/uuid"
)

func TestChannelsAreNamedOnceInAShopAndKeepTwoSecretsWhileRotating(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := knowledgetest.Database(t, conversation.Migrate)
	store := channel.NewStore(pool)
	shops := []uuid.UUID{uuid.Must(uuid.NewV7()), uuid.Must(uuid.NewV7())}
	for i, shop := range shops {
		if _, err := pool.Exec(ctx, `insert into shops (shop_id, slug, name, public_key) values ($1, $2, 'Shop', $2)`, shop, []string{"a", "b"}[i]); err != nil {
			t.Fatal(err)
		}
	}
	c, err := store.Add(ctx, channel.Channel{ShopID: shops[0], Name: "site", Kind: channel.KindWebhook, ReplyURL: "https://shop.example/in"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Add(ctx, channel.Channel{ShopID: shops[0], Name: "site", Kind: channel.KindWebhook}); !errors.Is(err, channel.ErrExists) {
		t.Errorf("the same name again: %v", err)
	}
	if _, err := store.Add(ctx, channel.Channel{ShopID: shops[0], Name: "No Slug", Kind: channel.KindWidget}); !errors.Is(err, channel.ErrInvalid) {
		t.Errorf("a name that is no slug: %v", err)
	}
	if _, err := store.ByName(ctx, shops[1], "site"); !errors.Is(err, channel.ErrNotFound) {
		t.Errorf("the other shop sees it: %v", err)
	}
	for range 2 {
		if _, err := store.Rotate(ctx, shops[0], c.ID); err != nil {
			t.Fatal(err)
		}
	}
	after, err := store.ByID(ctx, shops[0], c.ID)
	if err != nil || len(after.Secrets) != 2 || after.Secrets[1] == c.Secrets[0] {
		t.Errorf("%d secrets after two rotations, %v", len(after.Secrets), err)
	}
}
