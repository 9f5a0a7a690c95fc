package main

import (
	"context"
	"errors"
	"fmt"

	"frontdesk/bot/conversation"
	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

type eraseCommand struct {
	Shop         string      `required:"" help:"Slug of the shop."`
	Conversation []uuid.UUID `help:"Conversations, by their ids."`
	Email        string      `help:"Every conversation in which the shopper left this e-mail address."`
	Phone        string      `help:"Every conversation in which the shopper left this phone number."`
	Shopper      string      `help:"Every conversation of the shopper whom the shop's own system knows by this id."`
	DryRun       bool        `name:"dry-run" help:"Say how many there are, and change nothing."`
	JSON         bool        `name:"json" help:"Print JSON."`
}

func (eraseCommand) Help() string {
	return `  frontdesk erase --shop demo --email ana@example.com --dry-run
  frontdesk erase --shop demo --conversation 0192f0c1-7c1e-7b7e-8a52-3f0a6d1c9b10
What was said and what names the shopper is gone for good; counts and times stay.`
}

// Run erases the conversations that were named or that the shopper is known in.
func (e *eraseCommand) Run(ctx context.Context, c *cli) error {
	if len(e.Conversation) == 0 && e.Email == "" && e.Phone == "" && e.Shopper == "" {
		return errors.New("say whose: --conversation, --email, --phone or --shopper")
	}
	return c.withShop(ctx, e.Shop, func(a *app, shop knowledge.Shop) error {
		found, err := a.store.OfShopper(ctx, shop.ID, conversation.Shopper{ID: e.Shopper, Email: e.Email, Phone: e.Phone})
		if err != nil {
			return err
		}
		all := append(found, e.Conversation...)
		said := "Erased"
		if e.DryRun {
			said = "Would erase"
		}
		for _, id := range all {
			if e.DryRun {
				continue
			}
			if err := a.desk.EraseFor(ctx, shop.ID, id, "command line", a.forgetting(ctx, shop.ID, id)); err != nil {
				return err
			}
		}
		return print(c.out, e.JSON, map[string]any{"conversations": len(all), "dry_run": e.DryRun}, fmt.Sprintf("%s %d conversations.", said, len(all)))
	})
}

// forgetting takes out what the knowledge keeps of a conversation, in the transaction that erases it.
func (a *app) forgetting(ctx context.Context, shopID, conversationID uuid.UUID) func(pgx.Tx) error {
	return func(tx pgx.Tx) error { return a.base.ForgetMissedTx(ctx, tx, shopID, conversationID) }
}
