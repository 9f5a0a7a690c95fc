package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"

	"frontdesk/handoff/staff"
	"frontdesk/knowledge"
)

type serveCommand struct{}

func (serveCommand) Help() string {
	return "  DATABASE_URL=postgres://… frontdesk serve"
}

// Run serves until it is told to stop. On a database without a shop or an admin it says how to begin.
func (serveCommand) Run(ctx context.Context, c *cli) error {
	return c.withApp(ctx, func(a *app) error {
		if err := a.firstRun(ctx, c); err != nil {
			return err
		}
		return a.serve(ctx, func(addr net.Addr) {
			fmt.Fprintf(c.errs, "Frontdesk serves %s (model: %s)\n", c.publicURL(), c.modelName())
		})
	})
}

// firstRun makes a shop and an admin where there are none, and prints the one-time link that signs the admin in.
func (a *app) firstRun(ctx context.Context, c *cli) error {
	shops, err := a.base.Shops(ctx)
	if err != nil || len(shops) > 0 {
		return err
	}
	shop, admin, err := a.addShopFor(ctx, knowledge.Shop{Slug: "shop", Name: "Shop"}, staff.Person{Email: "admin@shop.invalid", Name: "Admin", Roles: []string{staff.Admin}})
	if err != nil {
		return err
	}
	link, err := a.signInLink(ctx, admin, "")
	if err != nil {
		return err
	}
	fmt.Fprintf(c.errs, "First start: the shop %q and an admin were made. Sign in once, within a day:\n  %s\n", shop.Slug, link)
	return nil
}

type demoCommand struct{}

func (demoCommand) Help() string {
	return "  frontdesk demo\n  FRONTDESK_LISTEN=127.0.0.1:9000 frontdesk demo"
}

// Run seeds the demo shop where it is missing and serves it.
func (demoCommand) Run(ctx context.Context, c *cli) error {
	if err := portIsFree(c.Listen); err != nil {
		return err
	}
	c.AllowPrivate = append(c.AllowPrivate, "127.0.0.1", "localhost", "::1")
	return c.withApp(ctx, func(a *app) error {
		shop, err := a.seed(ctx, c.errs)
		if err != nil {
			return err
		}
		links, err := a.demoLinks(ctx, shop)
		if err != nil {
			return err
		}
		err = a.serve(ctx, func(net.Addr) {
			fmt.Fprintf(c.out, "\nFrontdesk runs. model: %s\n\n  shop page   %s/shop/%s\n", c.modelName(), c.publicURL(), shop.Slug)
			for _, l := range links {
				fmt.Fprintf(c.out, "  %-11s %s\n", l.what, l.link)
			}
			fmt.Fprint(c.out, "\nEach link signs in once. Ctrl-C ends; the data stays in "+c.Home+".\n")
		})
		if ctx.Err() != nil && err == nil {
			fmt.Fprintln(c.out, "Stopped.")
		}
		return err
	})
}

// portIsFree finds out about a taken port before anything is installed or started.
func portIsFree(listen string) error {
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w. Is another program, or another Frontdesk, there? FRONTDESK_LISTEN=127.0.0.1:8090 moves this one", listen, unwrapNet(err))
	}
	return l.Close()
}

func unwrapNet(err error) error {
	var op *net.OpError
	if errors.As(err, &op) {
		var sys *os.SyscallError
		if errors.As(op.Err, &sys) {
			return sys.Err
		}
		return op.Err
	}
	return err
}

type demoLink struct{ what, link string }

// demoStaff are the demo's people: one for each job.
var demoStaff = []struct {
	what, next string
	person     staff.Person
}{
	{"inbox", "/inbox", staff.Person{Email: "agent@demo.frontdesk.example", Name: "Mia", Roles: []string{staff.Agent, staff.Supervisor}}},
	{"knowledge", "/knowledge", staff.Person{Email: "editor@demo.frontdesk.example", Name: "Leo", Roles: []string{staff.Editor}}},
	{"settings", "/admin", staff.Person{Email: "admin@demo.frontdesk.example", Name: "Ana", Roles: []string{staff.Admin}}},
}

func (a *app) demoLinks(ctx context.Context, shop knowledge.Shop) ([]demoLink, error) {
	var links []demoLink
	for _, d := range demoStaff {
		p, err := a.staff.ByEmail(ctx, shop.ID, d.person.Email)
		if err != nil {
			return nil, err
		}
		link, err := a.signInLink(ctx, p, d.next)
		if err != nil {
			return nil, err
		}
		links = append(links, demoLink{d.what, link})
	}
	return links, nil
}
