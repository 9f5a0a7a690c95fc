package main

import (
	"context"
	"fmt"
	"log/slog"

	"frontdesk/bot"
	"frontdesk/bot/channel"
	"frontdesk/bot/channel/webhook"
	"frontdesk/bot/conversation"
	"frontdesk/bot/storefront"
	"frontdesk/handoff"
	"frontdesk/handoff/staff"
	"frontdesk/knowledge"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

// app is the domains, joined. Nothing of it serves or works until it is asked to.
type app struct {
	config    *Config
	log       *slog.Logger
	pool      *pgxpool.Pool
	embedders embedders
	base      *knowledge.Base
	feed      *conversation.Feed
	store     *conversation.Store
	channels  *channel.Store
	desk      *handoff.Desk
	staff     *staff.Store
	responder *bot.Responder
	similar   func(a, b string) float64
	models    *models
	inserter  *river.Client[pgx.Tx]
	sender    *webhook.Sender
	metrics   *metrics
	limits    storefront.Limits // zero: the storefront's own
}

// newApp builds everything in order; close undoes it in reverse.
func newApp(ctx context.Context, config *Config, pool *pgxpool.Pool, log *slog.Logger) (*app, error) {
	a := &app{config: config, log: log, pool: pool, metrics: newMetrics(pool)}
	var err error
	if a.embedders, err = config.embedders(ctx); err != nil {
		return nil, err
	}
	if a.inserter, err = river.NewClient(riverpgxv5.New(pool), &river.Config{Logger: quietJobs(log)}); err != nil {
		return nil, fmt.Errorf("job client: %w", err)
	}
	a.base = knowledge.New(pool, a.embedders)
	a.feed = conversation.NewFeed(pool, log)
	a.store = conversation.New(pool, a.inserter, a.feed)
	a.channels = channel.NewStore(pool)
	a.staff = staff.New(pool)
	a.desk = handoff.New(pool, a.store, log)
	a.sender = webhook.NewSender(config.AllowPrivate)
	a.models = config.models(log)
	similar, err := similarity()
	if err != nil {
		return nil, err
	}
	a.similar = similar
	a.responder = bot.New(bot.Config{
		Base: a.base, Store: a.store, Channels: a.channels, Escalator: a.desk, Feed: a.feed, Models: a.models.of, Similar: similar, Log: log,
	})
	return a, nil
}

func (a *app) close() { a.feed.Close() }

// withApp runs a command on the database, which is a private cluster started for the duration where none is configured.
func (c *cli) withApp(ctx context.Context, do func(*app) error) error {
	db, err := c.openDatabase(ctx, c.errs)
	if err != nil {
		return err
	}
	defer db.close()
	log := c.logger(c.errs)
	a, err := newApp(ctx, &c.Config, db.pool, log)
	if err != nil {
		return err
	}
	defer a.close()
	return do(a)
}
