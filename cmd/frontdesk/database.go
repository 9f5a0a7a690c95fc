package main

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"

	"frontdesk/bot/conversation"
	"frontdesk/cmd/internal/localpg"
	"frontdesk/handoff"
	"frontdesk/knowledge"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// database is a pool on the configured database, or on the private cluster that is started for as long as it is open.
type database struct {
	pool    *pgxpool.Pool
	url     string
	cluster *localpg.Cluster
}

// openDatabase reaches the database, brings its schema up and opens the pool.
func (c *Config) openDatabase(ctx context.Context, progress io.Writer) (*database, error) {
	db := &database{url: c.DatabaseURL}
	if db.url == "" {
		cluster, err := localpg.Start(ctx, localpg.Options{Dir: c.Home, Install: true, Progress: progress})
		if err != nil {
			return nil, err
		}
		db.cluster, db.url = cluster, cluster.URL(localpg.Database)
	}
	err := migrate(ctx, db.url)
	if err == nil {
		db.pool, err = openPool(ctx, db.url)
	}
	if err != nil {
		db.close()
		return nil, err
	}
	return db, nil
}

func (db *database) close() {
	if db.pool != nil {
		db.pool.Close()
	}
	if db.cluster != nil {
		if err := db.cluster.Stop(); err != nil {
			slog.Warn("the private cluster did not stop cleanly", "error", err)
		}
	}
}

func openPool(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL cannot be read") // pgx's error would show the password
	}
	config.AfterConnect = knowledge.RegisterTypes
	config.MaxConns = max(config.MaxConns, 20)
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return pool, nil
}

// migrate brings every domain's tables up, in the order in which they refer to each other; River's stand alone.
func migrate(ctx context.Context, url string) error {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return fmt.Errorf("DATABASE_URL cannot be read")
	}
	db := stdlib.OpenDB(*config)
	defer db.Close()
	if err := db.PingContext(ctx); err != nil {
		return fmt.Errorf("the database cannot be reached: %w", err)
	}
	for _, step := range []func(context.Context, *sql.DB) error{knowledge.Migrate, conversation.Migrate, handoff.Migrate} {
		if err := step(ctx, db); err != nil {
			return err
		}
	}
	return migrateJobs(ctx, url)
}

func migrateJobs(ctx context.Context, url string) error {
	pool, err := pgxpool.New(ctx, url)
	if err != nil {
		return err
	}
	defer pool.Close()
	migrator, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return err
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("job migrations: %w", err)
	}
	return nil
}
