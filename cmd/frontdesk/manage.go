package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"text/tabwriter"
	"time"

	"frontdesk/bot/channel"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// linkFor is how long a sign-in link waits to be used.
const linkFor = 24 * time.Hour

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

type staffCommand struct {
	Add  staffAdd  `cmd:"" help:"Add somebody; prints a one-time sign-in link."`
	List staffList `cmd:"" help:"List the people of a shop."`
	Link staffLink `cmd:"" help:"Make a one-time sign-in link."`
}

type staffAdd struct {
	Shop   string   `required:"" help:"Slug of the shop."`
	Email  string   `arg:"" help:"E-mail address."`
	Name   string   `required:"" help:"The name that shoppers see."`
	Roles  []string `default:"agent" help:"agent, supervisor, editor, admin."`
	Locale string   `help:"Language of the pages."`
	JSON   bool     `name:"json" help:"Print JSON."`
}

func (staffAdd) Help() string {
	return `  frontdesk staff add mia@shop.example --shop demo --name "Mia" --roles agent,editor`
}

type staffJSON struct {
	staff.Person
	Link string `json:"link,omitempty"`
}

// Run adds the person.
func (s *staffAdd) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, s.Shop, func(a *app, shop knowledge.Shop) error {
		p, err := a.staff.Add(ctx, staff.Person{ShopID: shop.ID, Email: s.Email, Name: s.Name, Roles: s.Roles, Locale: s.Locale})
		if err != nil {
			return err
		}
		link, err := a.signInLink(ctx, p, "")
		if err != nil {
			return err
		}
		return print(c.out, s.JSON, staffJSON{p, link}, fmt.Sprintf("Added %s. Sign in once, within a day:\n  %s", p.Email, link))
	})
}

func (a *app) signInLink(ctx context.Context, p staff.Person, next string) (string, error) {
	token, err := a.staff.MakeLink(ctx, p.ShopID, p.ID, linkFor)
	if err != nil {
		return "", err
	}
	link := a.config.publicURL() + "/sign-in/link/" + token
	if next != "" {
		link += "?next=" + next
	}
	return link, nil
}

type staffList struct {
	Shop string `required:"" help:"Slug of the shop."`
	JSON bool   `name:"json" help:"Print JSON."`
}

func (staffList) Help() string { return "  frontdesk staff list --shop demo" }

// Run lists the people.
func (s *staffList) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, s.Shop, func(a *app, shop knowledge.Shop) error {
		people, err := a.staff.List(ctx, shop.ID)
		if err != nil {
			return err
		}
		rows := [][]string{}
		for _, p := range people {
			rows = append(rows, []string{p.Email, p.Name, fmt.Sprint(p.Roles)})
		}
		if people == nil {
			people = []staff.Person{}
		}
		return printTable(c.out, s.JSON, people, rows, "E-MAIL", "NAME", "ROLES")
	})
}

type staffLink struct {
	Shop  string `required:"" help:"Slug of the shop."`
	Email string `arg:"" help:"E-mail address."`
}

func (staffLink) Help() string { return "  frontdesk staff link --shop demo mia@shop.example" }

// Run prints a one-time link.
func (s *staffLink) Run(ctx context.Context, c *cli) error {
	return c.withShop(ctx, s.Shop, func(a *app, shop knowledge.Shop) error {
		p, err := a.staff.ByEmail(ctx, shop.ID, s.Email)
		if err != nil {
			return err
		}
		link, err := a.signInLink(ctx, p, "")
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(c.out, link)
		return err
	})
}

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

type migrateCommand struct{}

func (migrateCommand) Help() string { return "  DATABASE_URL=postgres://… frontdesk migrate" }

// Run migrates and ends.
func (migrateCommand) Run(ctx context.Context, c *cli) error {
	db, err := c.openDatabase(ctx, c.errs)
	if err != nil {
		return err
	}
	defer db.close()
	_, err = fmt.Fprintln(c.out, "The database is up to date.")
	return err
}

type versionCommand struct{}

func (versionCommand) Help() string { return "  frontdesk version" }

// Run prints the version that the Go tool stamped.
func (versionCommand) Run(c *cli) error {
	_, err := fmt.Fprintln(c.out, version())
	return err
}

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return info.Main.Version
}

type configCommand struct{}

func (configCommand) Help() string { return "  FRONTDESK_LISTEN=:9000 frontdesk config" }

// Run shows the settings as they were resolved.
func (configCommand) Run(c *cli) error {
	hidden := func(key string) string {
		if key == "" {
			return ""
		}
		return "••••"
	}
	rows := [][]string{
		{"DATABASE_URL", orText(masked(c.DatabaseURL), "private cluster in "+c.Home)},
		{"FRONTDESK_HOME", c.Home}, {"FRONTDESK_LISTEN", c.Listen}, {"FRONTDESK_PUBLIC_URL", c.publicURL()},
		{"FRONTDESK_TRUSTED_PROXIES", fmt.Sprint(c.TrustedProxies)}, {"FRONTDESK_ALLOW_PRIVATE", fmt.Sprint(c.AllowPrivate)},
		{"FRONTDESK_LOG_LEVEL", c.LogLevel}, {"OPENAI_API_KEY", hidden(c.OpenAIKey)}, {"OPENAI_BASE_URL", masked(c.OpenAIBaseURL)},
		{"FRONTDESK_MODEL", c.modelName()}, {"FRONTDESK_EMBEDDING_MODEL", orText(c.EmbeddingModel, "built in")},
		{"FRONTDESK_EMBEDDING_BASE_URL", masked(c.EmbeddingURL)}, {"FRONTDESK_EMBEDDING_API_KEY", hidden(c.EmbeddingKey)},
	}
	return printTable(c.out, false, nil, rows, "SETTING", "VALUE")
}

func orText(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func print(w io.Writer, asJSON bool, v any, text string) error {
	if asJSON {
		return json.NewEncoder(w).Encode(v)
	}
	_, err := fmt.Fprintln(w, text)
	return err
}

func printTable(w io.Writer, asJSON bool, list any, rows [][]string, header ...string) error {
	if asJSON {
		return json.NewEncoder(w).Encode(list)
	}
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	var failed error
	for _, row := range append([][]string{header}, rows...) {
		for _, cell := range row {
			_, err := fmt.Fprint(tw, cell, "\t")
			failed = errors.Join(failed, err)
		}
		_, err := fmt.Fprintln(tw)
		failed = errors.Join(failed, err)
	}
	return errors.Join(failed, tw.Flush())
}
