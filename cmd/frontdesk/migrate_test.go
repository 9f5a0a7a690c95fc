package main

import (
	"context"
	"testing"

	"frontdesk/bot/conversation"
	"frontdesk/handoff"
	"frontdesk/knowledge"
	"frontdesk/knowledge/knowledgetest"

	"github.com/jackc/pgx/v5/stdlib"
	"golang.org/x/sync/errgroup"
)

func TestServersThatStartTogetherMigrateInTurns(t *testing.T) {
	t.Parallel()
	config := knowledgetest.Config(t).ConnConfig
	for _, migrate := range []knowledgetest.Migration{knowledge.Migrate, conversation.Migrate, handoff.Migrate} {
		var starting errgroup.Group
		for range 4 {
			starting.Go(func() error {
				db := stdlib.OpenDB(*config)
				defer db.Close()
				return migrate(context.Background(), db)
			})
		}
		if err := starting.Wait(); err != nil {
			t.Fatal(err)
		}
	}
}
