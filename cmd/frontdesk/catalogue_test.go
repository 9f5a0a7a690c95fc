package main

import (
	"context"
	"strings"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/knowledge/knowledgetest"

	"github.com/jackc/pgx/v5"
)

// notOurs are tables whose shape a library dictates.
var notOurs = map[string]string{
	"sessions": "the session store's library: a token is looked up before it is known whose it is",
}

func TestEveryKeyOfEveryTableOfOursBeginsWithTheShop(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	pool := knowledgetest.Database(t, conversation.Migrate, handoff.Migrate)
	tables := query(t, pool.Query, ctx, `
		select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
		where n.nspname = 'public' and c.relkind = 'r' and c.relname not like 'river%' and c.relname not like 'goose%'`)
	if len(tables) < 25 {
		t.Fatalf("only %d tables: did the migrations run?", len(tables))
	}
	keys := query(t, pool.Query, ctx, `
		select i.indrelid::regclass::text || ' ' || coalesce(a.attname, '')
		from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
		left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
		where n.nspname = 'public' and (i.indisprimary or i.indisunique)`)
	references := query(t, pool.Query, ctx, `
		select k.conrelid::regclass::text || ' ' || a.attname from pg_constraint k join pg_namespace n on n.oid = k.connamespace
		join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1] where k.contype = 'f' and n.nspname = 'public'`)
	for _, key := range append(keys, references...) {
		table, first, _ := strings.Cut(key, " ")
		if _, exempt := notOurs[table]; exempt || strings.HasPrefix(table, "river") || strings.HasPrefix(table, "goose") {
			continue
		}
		if first != "shop_id" {
			t.Errorf("a key or reference of %s begins with %q: it could not be distributed by shop", table, first)
		}
	}
	for _, table := range tables {
		if _, exempt := notOurs[table]; exempt {
			continue
		}
		if n := query(t, pool.Query, ctx, `select 'x' from pg_index where indrelid = '`+table+`'::regclass and indisprimary`); len(n) != 1 {
			t.Errorf("%s has no primary key", table)
		}
	}
}

func query(t *testing.T, run func(context.Context, string, ...any) (pgx.Rows, error), ctx context.Context, sql string) []string {
	t.Helper()
	rows, err := run(ctx, sql)
	if err != nil {
		t.Fatal(err)
	}
	out, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return out
}
