package main

import (
	"context"
	"fmt"

	"frontdesk/bot/channel"
	"frontdesk/knowledge"

	"github.com/google/uuid"
)

type channelCommand struct {
	Add    channelAdd    `cmd:"" help:"Add a channel; prints a webhook's secret."`
	List   channelList   `cmd:"" help:"List a shop's channels."`
	Rotate channelRotate `cmd:"" help:"Give a webhook a new secret; the one before stays valid beside it."`
}

type channelAdd struct {
	Shop     string `required:"" help:"Slug of the shop."`
	Kind     string `default:"webhook" enum:"webhook,widget" help:"webhook or widget."`
	Name     string `required:"" help:"Unique slug within the shop."`
	ReplyURL string `name:"reply-url" help:"Where replies and events are posted."`
	Mode     string `default:"auto" enum:"auto,assist,off" help:"auto: the bot answers; assist: it drafts; off: people only."`
	JSON     bool   `name:"json" help:"Print JSON."`
}

func (channelAdd) Help() string {
	return "  frontdesk channel add --shop demo --kind webhook --name site --reply-url https://shop.example/frontdesk"
}

type channelJSON struct {
	ID       uuid.UUID `json:"id"`
	Shop     string    `json:"shop"`
	Name     string    `json:"name"`
	Kind     string    `json:"kind"`
	Mode     string    `json:"mode"`
	ReplyURL string    `json:"reply_url,omitempty"`
	Secret   string    `json:"secret,omitempty"`
	URL      string    `json:"url,omitempty"`
}

// Run adds the channel.
func (k *channelAdd) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, k.Shop, func(a *app, shop knowledge.Shop) error {
		if k.ReplyURL != "" {
			if err := a.sender.CheckURL(k.ReplyURL); err != nil {
				return err
			}
		}
		ch, err := a.channels.Add(ctx, channel.Channel{ShopID: shop.ID, Name: k.Name, Kind: k.Kind, Mode: k.Mode, ReplyURL: k.ReplyURL})
		if err != nil {
			return err
		}
		out := channelJSON{ID: ch.ID, Shop: k.Shop, Name: ch.Name, Kind: ch.Kind, Mode: ch.Mode, ReplyURL: ch.ReplyURL}
		text := fmt.Sprintf("Added channel %s.", ch.Name)
		if ch.Kind == channel.KindWebhook {
			out.Secret, out.URL = ch.Secrets[0], fmt.Sprintf("%s/webhooks/%s/%s", c.publicURL(), k.Shop, ch.Name)
			text = fmt.Sprintf("Added channel %s.\n  post to  %s\n  secret   %s", ch.Name, out.URL, out.Secret)
		}
		return print(c.out, k.JSON, out, text)
	})
}

type channelList struct {
	Shop string `required:"" help:"Slug of the shop."`
	JSON bool   `name:"json" help:"Print JSON."`
}

func (channelList) Help() string { return "  frontdesk channel list --shop demo" }

// Run lists the channels, without their secrets.
func (k *channelList) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, k.Shop, func(a *app, shop knowledge.Shop) error {
		channels, err := a.channels.List(ctx, shop.ID)
		if err != nil {
			return err
		}
		list := []channelJSON{}
		rows := [][]string{}
		for _, ch := range channels {
			list = append(list, channelJSON{ID: ch.ID, Shop: k.Shop, Name: ch.Name, Kind: ch.Kind, Mode: ch.Mode, ReplyURL: ch.ReplyURL})
			rows = append(rows, []string{ch.Name, ch.Kind, ch.Mode, ch.ReplyURL})
		}
		return printTable(c.out, k.JSON, list, rows, "CHANNEL", "KIND", "MODE", "REPLY URL")
	})
}

type channelRotate struct {
	Shop string `required:"" help:"Slug of the shop."`
	Name string `arg:"" help:"Name of the channel."`
}

func (channelRotate) Help() string { return "  frontdesk channel rotate --shop demo site" }

// Run prints the new secret.
func (k *channelRotate) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, k.Shop, func(a *app, shop knowledge.Shop) error {
		ch, err := a.channels.ByName(ctx, shop.ID, k.Name)
		if err != nil {
			return err
		}
		secret, err := a.channels.Rotate(ctx, shop.ID, ch.ID)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(c.out, secret)
		return err
	})
}
