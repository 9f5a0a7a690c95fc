package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/channel"
)

type doctorCommand struct{}

func (doctorCommand) Help() string { return "  frontdesk doctor" }

// errUnwell ends the doctor with a non-zero exit; what is wrong was printed line by line.
var errUnwell = errors.New("something needs attention, see above")

// Run checks everything this installation stands on: each a line, ok or what to do.
func (doctorCommand) Run(ctx context.Context, c *cli) error {
	report := &health{out: c.out}
	err := c.withApp(ctx, func(a *app) error {
		report.database(ctx, a)
		report.embedder(ctx, a)
		report.model(ctx, a)
		report.ownModels(ctx, a)
		report.channels(ctx, a)
		return nil
	})
	if err != nil {
		report.line("database", err, "")
	}
	if report.bad {
		return errUnwell
	}
	return nil
}

type health struct {
	out io.Writer
	bad bool
}

func (h *health) line(what string, err error, ok string) {
	if err != nil {
		h.bad = true
		fmt.Fprintf(h.out, "%-10s NOT OK  %v\n", what, err)
		return
	}
	fmt.Fprintf(h.out, "%-10s ok      %s\n", what, ok)
}

// The versions of pgvector: below usable the search has no iterative scans, below safe index builds and vacuum have bugs.
const (
	pgvectorUsable = "0.8.0"
	pgvectorSafe   = "0.8.4"
)

func (h *health) database(ctx context.Context, a *app) {
	var server, vector string
	var now time.Time
	err := a.pool.QueryRow(ctx, `select current_setting('server_version'), (select extversion from pg_extension where extname = 'vector'), clock_timestamp()`).Scan(&server, &vector, &now)
	h.line("database", err, "PostgreSQL "+server)
	if err != nil {
		return
	}
	switch {
	case olderThan(vector, pgvectorUsable):
		err = fmt.Errorf("%s is too old: install %s or later", vector, pgvectorUsable)
	case olderThan(vector, pgvectorSafe):
		vector += " (works; " + pgvectorSafe + " or later fixes faults in parallel index builds and vacuum, which Frontdesk avoids by building in one process)"
	}
	h.line("pgvector", err, vector)
	err = nil
	if drift := time.Since(now).Abs(); drift > 5*time.Second {
		err = fmt.Errorf("this machine and the database differ by %s: signatures and clocks will be wrong; set the time on both", drift.Round(time.Second))
	}
	h.line("clock", err, now.UTC().Format(time.RFC3339))
}

func (h *health) embedder(ctx context.Context, a *app) {
	e := a.embedders.configured
	_, err := e.Questions(ctx, []string{"parcel"})
	h.line("embedder", err, e.Space())
}

func (h *health) model(ctx context.Context, a *app) {
	if a.config.modelName() == noModel {
		h.line("model", nil, "none: answers in the editors' own words")
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	err := bot.CheckModel(ctx, a.config.endpoint(a.log))
	h.line("model", err, a.config.modelName())
}

// ownModels looks at the models that shops have of their own.
func (h *health) ownModels(ctx context.Context, a *app) {
	shops, err := a.base.Shops(ctx)
	if err != nil {
		h.line("model", err, "")
		return
	}
	for _, shop := range shops {
		name := shop.Settings.Model.Name
		if name == "" {
			continue
		}
		if name != noModel {
			patient, cancel := context.WithTimeout(ctx, 20*time.Second)
			err = bot.CheckModel(patient, a.config.endpointOf(shop, a.log))
			cancel()
		}
		h.line("model", err, shop.Slug+": "+name)
	}
}

func (h *health) channels(ctx context.Context, a *app) {
	shops, err := a.base.Shops(ctx)
	if err != nil {
		h.line("channels", err, "")
		return
	}
	for _, shop := range shops {
		channels, err := a.channels.List(ctx, shop.ID)
		if err != nil {
			h.line("channels", err, "")
			return
		}
		for _, ch := range channels {
			dead, err := a.store.DeadLetters(ctx, shop.ID, ch.ID)
			if err == nil && dead > 0 {
				err = fmt.Errorf("%d events could not be delivered to its reply URL: send them again in the inbox, under Team", dead)
			}
			if err == nil && ch.Kind == channel.KindWebhook && ch.ReplyURL == "" {
				h.line("channel", nil, shop.Slug+"/"+ch.Name+": no reply URL, so replies stay here")
				continue
			}
			h.line("channel", err, shop.Slug+"/"+ch.Name)
		}
	}
}

// olderThan compares versions of the form 1.2.3.
func olderThan(version, than string) bool {
	a, b := strings.Split(version, "."), strings.Split(than, ".")
	for i := range b {
		x := 0
		if i < len(a) {
			x, _ = strconv.Atoi(a[i])
		}
		if y, _ := strconv.Atoi(b[i]); x != y {
			return x < y
		}
	}
	return false
}
