package main

import (
	"context"
	"fmt"

	"frontdesk/bot/channel"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

type shopCommand struct {
	Add  shopAdd  `cmd:"" help:"Add a shop, with a widget channel."`
	List shopList `cmd:"" help:"List the shops."`
}

type shopAdd struct {
	Name     string   `arg:"" help:"Unique slug: lower case letters, digits, hyphens."`
	Title    string   `help:"What shoppers call it; the slug when empty."`
	Locale   string   `default:"en" help:"Language where nothing else decides: zh, en or es."`
	TimeZone string   `name:"time-zone" default:"UTC" help:"IANA time zone."`
	Market   string   `help:"Market of questions that name none."`
	Origins  []string `help:"Sites that may embed the widget, such as https://shop.example."`
	JSON     bool     `name:"json" help:"Print JSON."`
}

func (shopAdd) Help() string {
	return "  frontdesk shop add tangweave --locale es --time-zone Europe/Madrid"
}

// Run adds the shop, its desk and its widget channel.
func (s *shopAdd) Run(ctx context.Context, c *cli) error {
	return c.withApp(ctx, func(a *app) error {
		shop, err := a.addShop(ctx, knowledge.Shop{Slug: s.Name, Name: s.Title, Locale: s.Locale, TimeZone: s.TimeZone, Market: s.Market, Settings: knowledge.Settings{Origins: s.Origins}})
		if err != nil {
			return err
		}
		return print(c.out, s.JSON, shopJSON{shop.ID, shop.Slug, shop.Locale, shop.TimeZone, shop.PublicKey},
			fmt.Sprintf("Added shop %s. Its storefront's line:\n  <script src=\"%s/widget.js\" data-shop=%q async></script>", shop.Slug, c.publicURL(), shop.PublicKey))
	})
}

// addShop makes a shop ready to work, in one transaction: the desk that takes its cases, the widget's channel, and what else
// is to come with it.
func (a *app) addShop(ctx context.Context, s knowledge.Shop, also ...func(pgx.Tx, knowledge.Shop) error) (shop knowledge.Shop, err error) {
	err = pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error {
		if shop, err = a.base.AddShopTx(ctx, tx, s); err != nil {
			return err
		}
		if err := a.desk.OpenDeskTx(ctx, tx, shop.ID, shop.TimeZone); err != nil {
			return err
		}
		if _, err := a.channels.AddTx(ctx, tx, channel.Channel{ShopID: shop.ID, Name: "widget", Kind: channel.KindWidget}); err != nil {
			return err
		}
		for _, do := range also {
			if err := do(tx, shop); err != nil {
				return err
			}
		}
		return nil
	})
	return shop, err
}

// addShopFor is addShop with the person who owns it.
func (a *app) addShopFor(ctx context.Context, s knowledge.Shop, owner staff.Person) (knowledge.Shop, staff.Person, error) {
	shop, err := a.addShop(ctx, s, func(tx pgx.Tx, shop knowledge.Shop) (err error) {
		owner.ShopID = shop.ID
		owner, err = a.staff.AddTx(ctx, tx, owner)
		return err
	})
	return shop, owner, err
}

type shopJSON struct {
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	Locale    string    `json:"locale"`
	TimeZone  string    `json:"time_zone"`
	PublicKey string    `json:"public_key"`
}

type shopList struct {
	JSON bool `name:"json" help:"Print JSON."`
}

func (shopList) Help() string { return "  frontdesk shop list --json" }

// Run lists the shops.
func (s *shopList) Run(ctx context.Context, c *cli) error {
	return c.withApp(ctx, func(a *app) error {
		shops, err := a.base.Shops(ctx)
		if err != nil {
			return err
		}
		list := []shopJSON{}
		rows := [][]string{}
		for _, shop := range shops {
			list = append(list, shopJSON{shop.ID, shop.Slug, shop.Locale, shop.TimeZone, shop.PublicKey})
			rows = append(rows, []string{shop.Slug, shop.Name, shop.Locale, shop.TimeZone, shop.PublicKey})
		}
		return printTable(c.out, s.JSON, list, rows, "SHOP", "NAME", "LOCALE", "TIME ZONE", "KEY")
	})
}
