package knowledgetest

import (
	"context"
	"testing"
)

func TestEveryTestHasADatabaseOfItsOwn(t *testing.T) {
	ctx := context.Background()
	one, two := Database(t), Database(t)
	if _, err := one.Exec(ctx, `insert into shops (shop_id, slug, name, public_key) values (gen_random_uuid(), 'a', 'A', 'k')`); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := two.QueryRow(ctx, `select count(*) from shops`).Scan(&n); err != nil || n != 0 {
		t.Fatalf("the second database sees %d shops, err %v", n, err)
	}
	if err := two.QueryRow(ctx, `select count(*) from river_job`).Scan(&n); err != nil {
		t.Fatalf("River's tables are missing: %v", err)
	}
}
