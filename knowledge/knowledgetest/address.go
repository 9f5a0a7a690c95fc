package knowledgetest

import (
	"context"
	"database/sql"
	"net/url"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
)

// replaceDatabase returns the address (a URL) with another database in it.
func replaceDatabase(t testing.TB, address, name string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatalf("DATABASE_URL: %v", err)
	}
	u.Path = "/" + name
	return u.String()
}

// openPlain opens a pool that knows nothing of pgvector, which may not be there yet.
func openPlain(ctx context.Context, config *pgx.ConnConfig) (*pgxpool.Pool, error) {
	poolConfig, err := pgxpool.ParseConfig("")
	if err != nil {
		return nil, err
	}
	poolConfig.ConnConfig = config.Copy()
	poolConfig.MaxConns = 2
	return pgxpool.NewWithConfig(ctx, poolConfig)
}

func openSQL(config *pgx.ConnConfig) *sql.DB {
	return stdlib.OpenDB(*config.Copy())
}
