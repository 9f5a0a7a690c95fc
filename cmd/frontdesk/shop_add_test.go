package main

import (
	"context"
	"io"
	"testing"
	"time"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/knowledge/knowledgetest"

	"github.com/jackc/pgx/v5"
)

// The program is killed while it adds a shop: after the shop's row, before its desk or before its channel.
func TestAShopIsAddedWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	url := knowledgetest.URL(t, conversation.Migrate, handoff.Migrate)
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	count := func() (n int) {
		if err := conn.QueryRow(ctx, `select (select count(*) from shops) + (select count(*) from desks) + (select count(*) from channels)`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, table := range []string{"desks", "channels"} {
		tx, err := conn.Begin(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(ctx, `lock table `+table+` in exclusive mode`); err != nil {
			t.Fatal(err)
		}
		cmd := separate(t, url, "shop", "add", "atelier")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		waitFor(t, 30*time.Second, "the command to wait for "+table, func() bool {
			var waits bool
			if err := tx.QueryRow(ctx, `select exists (select from pg_locks where relation = $1::regclass and not granted)`, table).Scan(&waits); err != nil {
				t.Fatal(err)
			}
			return waits
		})
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = cmd.Wait() // "signal: killed" is what was asked for
		if err := tx.Rollback(ctx); err != nil {
			t.Fatal(err)
		}
		waitFor(t, 10*time.Second, "the killed command's connections to end", func() bool {
			var left int
			if err := conn.QueryRow(ctx, `select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`).Scan(&left); err != nil {
				t.Fatal(err)
			}
			return left == 0
		})
		if n := count(); n != 0 {
			t.Fatalf("killed before %s: %d rows are left of the shop", table, n)
		}
	}
	if exit := run(ctx, []string{"shop", "add", "atelier", "--database-url", url}, nil, io.Discard, io.Discard); exit != 0 || count() != 3 {
		t.Errorf("afterwards: exit %d, %d rows", exit, count())
	}
	if exit := run(ctx, []string{"shop", "add", "atelier", "--database-url", url}, nil, io.Discard, io.Discard); exit == 0 || count() != 3 {
		t.Errorf("twice: exit %d, %d rows", exit, count())
	}
}
