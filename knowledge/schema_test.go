package knowledge_test

import (
	"context"
	"testing"

	"frontdesk/knowledge/knowledgetest"

	"github.com/jackc/pgx/v5"
)

// A table can be distributed by shop only when the shop leads every key; and a key without it would let one shop's rows
// stand in the way of another's.
func TestTheShopLeadsEveryKey(t *testing.T) {
	t.Parallel()
	rows, err := knowledgetest.Database(t).Query(context.Background(), `
		select c.conrelid::regclass || ': ' || pg_get_constraintdef(c.oid)
		from pg_constraint c
		join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
		where c.connamespace = 'public'::regnamespace and c.contype in ('p', 'u', 'f')
			and c.conrelid::regclass::text !~ '^(river_|goose_)' and a.attname <> 'shop_id'
		union all
		select i.indrelid::regclass || ': ' || pg_get_indexdef(i.indexrelid)
		from pg_index i
		join pg_class t on t.oid = i.indrelid and t.relnamespace = 'public'::regnamespace
		join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
		where i.indisunique and t.relname !~ '^(river_|goose_)' and a.attname <> 'shop_id'
		union all
		select t.oid::regclass || ': no primary key'
		from pg_class t
		where t.relkind = 'r' and t.relnamespace = 'public'::regnamespace and t.relname !~ '^(river_|goose_)'
			and not exists (select from pg_constraint c where c.conrelid = t.oid and c.contype = 'p')`)
	if err != nil {
		t.Fatal(err)
	}
	breaches, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	for _, breach := range breaches {
		t.Error(breach)
	}
}
