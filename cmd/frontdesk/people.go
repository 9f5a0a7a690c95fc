package main

import (
	"context"
	"fmt"
	"time"

	"frontdesk/handoff/staff"
	"frontdesk/knowledge"
)

// linkFor is how long a sign-in link waits to be used.
const linkFor = 24 * time.Hour

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
