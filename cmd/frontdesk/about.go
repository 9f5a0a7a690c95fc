package main

import (
	"context"
	"fmt"
	"runtime/debug"
)

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
