package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"frontdesk/cmd/internal/localpg"
	"frontdesk/cmd/internal/scoring"

	"github.com/jackc/pgx/v5"
)

type evalsCommand struct {
	Sets      string   `default:"../shared/evals" help:"Folder of the evaluation sets."`
	Set       []string `help:"Only these: search, triage, injection, demo, talks." enum:"search,triage,injection,demo,talks"`
	Exam      string   `default:"knowledge/demo/exam" help:"Folder of the demo shop's exam."`
	Final     bool     `help:"Open the second half of the demo shop's exam, too. It is for the end, once."`
	JSON      bool     `name:"json" help:"Print the figures as JSON."`
	Out       string   `help:"Folder for predictions, in the form that the sets' own scripts read." placeholder:"DIR"`
	Shops     string   `default:"knowledge/demo/shops" help:"Folder of small shops with their questions and talks."`
	Leaning   string   `help:"Train what a follow-up leans on, on the talks of all shops, and write its weights to this Go file." placeholder:"FILE"`
	Calibrate string   `help:"Train the coefficients of confidence on all sets and write them to this Go file." placeholder:"FILE"`
}

func (evalsCommand) Help() string {
	return `  frontdesk evals
  frontdesk evals --set search --out /tmp/predictions

Loads the evaluation sets and the demo shop's exam into a database of its own, asks everything, and prints one table.`
}

// figure is one line of the table. Floor and target are what is wanted of it; "" where nothing is.
type figure struct {
	Name   string           `json:"figure"`
	N      int              `json:"n"`
	Value  float64          `json:"value"`
	CI     scoring.Interval `json:"interval"`
	Floor  string           `json:"floor,omitempty"`
	Target string           `json:"target,omitempty"`
}

// evals is one run: what it works with and what it has found so far.
type evals struct {
	command *evalsCommand
	app     *app
	says    io.Writer
	figures []figure
	skipped []string
}

// Run measures everything that can be measured here.
func (e *evalsCommand) Run(ctx context.Context, c *cli) error {
	began := time.Now()
	c.LogLevel = "error" // thousands of questions: their log is nobody's reading
	remove, err := c.ownDatabase(ctx)
	if err != nil {
		return err
	}
	defer remove()
	return c.withApp(ctx, func(a *app) error {
		run := &evals{command: e, app: a, says: c.errs}
		for _, part := range []struct {
			name string
			do   func(context.Context) error
		}{{"search", run.search}, {"triage", run.triage}, {"injection", run.injection}, {"demo", run.demo}, {"talks", run.talks}} {
			if !e.wants(part.name) {
				run.skip("%s: not asked for", part.name)
				continue
			}
			if err := part.do(ctx); err != nil {
				return fmt.Errorf("%s: %w", part.name, err)
			}
		}
		run.say("Took %v.", time.Since(began).Round(time.Second))
		return run.print(c.out)
	})
}

func (e *evalsCommand) wants(part string) bool {
	if len(e.Set) == 0 {
		return true
	}
	for _, s := range e.Set {
		if s == part {
			return true
		}
	}
	return false
}

// ownDatabase points the configuration at an empty database that is deleted afterwards: one more on the configured
// server, or a private cluster.
func (c *cli) ownDatabase(ctx context.Context) (remove func(), err error) {
	if c.DatabaseURL == "" {
		cluster, err := localpg.Start(ctx, localpg.Options{Ephemeral: true, Install: true, Progress: c.errs})
		if err != nil {
			return nil, err
		}
		c.DatabaseURL = cluster.URL(localpg.Database)
		return func() { cluster.Stop() }, nil
	}
	server, name := c.DatabaseURL, "frontdesk_evals_"+strings.ToLower(rand.Text()[:10])
	own, err := url.Parse(server)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL cannot be read")
	}
	if err := onServer(ctx, server, "create database "+name); err != nil {
		return nil, fmt.Errorf("a database for the evals: %w", err)
	}
	own.Path = "/" + name
	c.DatabaseURL = own.String()
	return func() {
		if err := onServer(context.WithoutCancel(ctx), server, "drop database "+name+" with (force)"); err != nil {
			fmt.Fprintf(c.errs, "The database %s stays: %v\n", name, err)
		}
	}, nil
}

func onServer(ctx context.Context, address, statement string) error {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	_, err = conn.Exec(ctx, statement)
	return err
}

func (e *evals) say(format string, args ...any) { fmt.Fprintf(e.says, format+"\n", args...) }

func (e *evals) skip(format string, args ...any) {
	e.skipped = append(e.skipped, fmt.Sprintf(format, args...))
}

// there says whether a file of the sets is there; what is not is skipped, and said.
func (e *evals) there(what, path string) bool {
	_, err := os.Stat(path)
	if err != nil {
		e.skip("%s: %v", what, err)
	}
	return err == nil
}

func (e *evals) add(f figure) { e.figures = append(e.figures, f) }

// share adds a figure that is a share of n.
func (e *evals) share(name string, k, n int, floor, target string) {
	if n == 0 {
		e.skip("%s: nothing to measure it on", name)
		return
	}
	e.add(figure{name, n, float64(k) / float64(n), scoring.Wilson(k, n), floor, target})
}

// drawn adds a figure whose interval is found by drawing the n items anew.
func (e *evals) drawn(name string, n int, of func(places []int) float64, floor, target string) {
	all := make([]int, n)
	for i := range all {
		all[i] = i
	}
	const rounds = 400
	e.add(figure{name, n, of(all), scoring.Bootstrap(n, rounds, of), floor, target})
}

func (e *evals) print(out io.Writer) error {
	if e.command.JSON {
		return json.NewEncoder(out).Encode(struct {
			Figures []figure `json:"figures"`
			Skipped []string `json:"skipped"`
		}{e.figures, e.skipped})
	}
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "figure\tn\tvalue\t95 % interval\tfloor\ttarget")
	for _, f := range e.figures {
		fmt.Fprintf(table, "%s\t%d\t%.3f\t%.3f – %.3f\t%s\t%s\n", f.Name, f.N, f.Value, f.CI.Low, f.CI.High, f.Floor, f.Target)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, s := range e.skipped {
		fmt.Fprintf(out, "skipped  %s\n", s)
	}
	return nil
}
