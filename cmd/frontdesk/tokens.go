package main

import (
	"context"
	"fmt"
	"time"

	"frontdesk/handoff/staff"
	"frontdesk/knowledge"
)

type tokenCommand struct {
	Add  tokenAdd  `cmd:"" help:"Make a token; it is shown once."`
	List tokenList `cmd:"" help:"List the tokens."`
}

type tokenAdd struct {
	Shop string `required:"" help:"Slug of the shop."`
	Role string `required:"" enum:"agent,editor,admin" help:"agent, editor or admin."`
	Name string `required:"" help:"Unique slug within the shop."`
	JSON bool   `name:"json" help:"Print JSON."`
}

func (tokenAdd) Help() string {
	return "  frontdesk token add --shop demo --role editor --name ci"
}

// Run makes the token.
func (t *tokenAdd) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, t.Shop, func(a *app, shop knowledge.Shop) error {
		secret, err := a.staff.AddToken(ctx, shop.ID, t.Role, t.Name)
		if err != nil {
			return fmt.Errorf("token %q: %w", t.Name, err)
		}
		return print(c.out, t.JSON, map[string]string{"shop": t.Shop, "name": t.Name, "role": t.Role, "token": secret}, secret)
	})
}

type tokenList struct {
	Shop string `required:"" help:"Slug of the shop."`
	JSON bool   `name:"json" help:"Print JSON."`
}

func (tokenList) Help() string { return "  frontdesk token list --shop demo" }

// Run lists the tokens, never themselves.
func (t *tokenList) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, t.Shop, func(a *app, shop knowledge.Shop) error {
		tokens, err := a.staff.Tokens(ctx, shop.ID)
		if err != nil {
			return err
		}
		rows := [][]string{}
		for _, token := range tokens {
			rows = append(rows, []string{token.Name, token.Role, token.CreatedAt.Format(time.DateOnly)})
		}
		if tokens == nil {
			tokens = []staff.Token{}
		}
		return printTable(c.out, t.JSON, tokens, rows, "NAME", "ROLE", "MADE")
	})
}
