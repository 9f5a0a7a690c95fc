package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"frontdesk/bot"
	"frontdesk/bot/conversation"
	"frontdesk/knowledge"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
)

const shutdownTime = 10 * time.Second

// serve works jobs, sweeps and answers HTTP until the context ends. Ready is called once with the address it listens on.
func (a *app) serve(ctx context.Context, ready func(net.Addr)) error {
	listener, err := net.Listen("tcp", a.config.Listen)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w (another program has the port? FRONTDESK_LISTEN moves this one)", a.config.Listen, err)
	}
	defer listener.Close()
	worker, err := a.worker()
	if err != nil {
		return err
	}
	handler, closeFaces, err := a.handler()
	if err != nil {
		return err
	}
	defer closeFaces()
	if err := worker.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("start the workers: %w", err)
	}
	background, stop := context.WithCancel(ctx)
	defer stop()
	go a.responder.RunSweeper(background)
	go a.desk.RunSweeper(background)
	go a.runSpaceSweeper(background)
	go a.runRetention(background)
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog:    slog.NewLogLogger(a.log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	ready(listener.Addr())
	select {
	case err = <-failed:
	case <-ctx.Done():
		err = nil
	}
	return errors.Join(err, a.stop(server, worker))
}

// stop ends in order: no new requests, then the jobs that run, for at most shutdownTime.
func (a *app) stop(server *http.Server, worker *river.Client[pgx.Tx]) error {
	ctx, cancel := context.WithTimeout(context.Background(), shutdownTime)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		_ = server.Close() // event streams do not end by themselves
	}
	if err := worker.StopAndCancel(ctx); err != nil {
		return fmt.Errorf("stop the workers: %w", err)
	}
	return nil
}

func (a *app) worker() (*river.Client[pgx.Tx], error) {
	workers := river.NewWorkers()
	river.AddWorker(workers, bot.NewTurnWorker(a.responder))
	river.AddWorker(workers, bot.NewDeliveryWorker(a.responder, a.sender))
	river.AddWorker(workers, &knowledge.FillSpaceWorker{Base: a.base})
	river.AddWorker(workers, &knowledge.LearnWorker{Base: a.base})
	return river.NewClient(riverpgxv5.New(a.pool), &river.Config{
		Logger:  quietJobs(a.log),
		Workers: workers,
		Queues: map[string]river.QueueConfig{
			conversation.QueueTurns:      {MaxWorkers: 20},
			conversation.QueueDeliveries: {MaxWorkers: 20},
			river.QueueDefault:           {MaxWorkers: 2},
		},
		FetchCooldown:     50 * time.Millisecond,
		FetchPollInterval: 200 * time.Millisecond,
		JobTimeout:        time.Minute,
		// A killed worker's jobs come back soon; none runs for longer than its timeout.
		RescueStuckJobsAfter: 90 * time.Second,
	})
}

// runSpaceSweeper inserts jobs for embedding spaces that are not complete, and for those to learn.
func (a *app) runSpaceSweeper(ctx context.Context) {
	tick := time.NewTicker(15 * time.Second)
	defer tick.Stop()
	for {
		if err := a.fillSpaces(ctx); err != nil && ctx.Err() == nil {
			a.log.Warn("embedding spaces", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// fillSpaces begins the change of every shop whose space is not that of the configured embedder, and keeps it going.
// Words come first: they are read again in seconds after an upgrade that reads them otherwise.
func (a *app) fillSpaces(ctx context.Context) error {
	if err := a.base.Reword(ctx); err != nil {
		return err
	}
	if err := a.followEmbedder(ctx); err != nil {
		return err
	}
	spaces, err := a.base.SpacesToFill(ctx)
	if err != nil {
		return err
	}
	for _, args := range spaces {
		if _, err := a.inserter.Insert(ctx, args, nil); err != nil {
			return err
		}
	}
	learn, err := a.base.SpacesToLearn(ctx)
	if err != nil {
		return err
	}
	for _, args := range learn {
		if _, err := a.inserter.Insert(ctx, args, nil); err != nil {
			return err
		}
	}
	return nil
}

// probeTime is how long an endpoint that was away may take to show that it is back.
const probeTime = 5 * time.Second

func (a *app) followEmbedder(ctx context.Context) error {
	embedder := a.embedders.configured
	if embedder.Space() == "" { // its endpoint was away so far; whether it still is, only a call can tell
		probe, cancel := context.WithTimeout(ctx, probeTime)
		defer cancel()
		if _, err := embedder.Questions(probe, []string{"size"}); err != nil {
			return nil
		}
	}
	shops, err := a.base.Shops(ctx)
	if err != nil {
		return err
	}
	for _, shop := range shops {
		if shop.ActiveSpace == embedder.Space() {
			continue
		}
		err := pgx.BeginFunc(ctx, a.pool, func(tx pgx.Tx) error { return a.base.StartSpace(ctx, tx, shop.ID, embedder) })
		if err != nil {
			return err
		}
	}
	return nil
}

// quietJobs keeps River's notes about each job out of the log, and says the same trouble once in ten seconds instead of five
// times a second while the database is away. What fails is logged by the workers themselves.
func quietJobs(log *slog.Logger) *slog.Logger {
	return slog.New(&quietHandler{Handler: log.Handler(), said: &sync.Map{}})
}

const sayAgain = 10 * time.Second

type quietHandler struct {
	slog.Handler
	said *sync.Map // message → time.Time
}

// Enabled implements slog.Handler.
func (h *quietHandler) Enabled(ctx context.Context, l slog.Level) bool {
	return l >= slog.LevelError && h.Handler.Enabled(ctx, l)
}

// Handle implements slog.Handler.
func (h *quietHandler) Handle(ctx context.Context, r slog.Record) error {
	if last, ok := h.said.Load(r.Message); ok && r.Time.Sub(last.(time.Time)) < sayAgain {
		return nil
	}
	h.said.Store(r.Message, r.Time)
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h *quietHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &quietHandler{h.Handler.WithAttrs(attrs), h.said}
}

// WithGroup implements slog.Handler.
func (h *quietHandler) WithGroup(name string) slog.Handler {
	return &quietHandler{h.Handler.WithGroup(name), h.said}
}
