package localpg

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// ensureDatabase makes the database and the extension where they are missing,
// and brings the extension to the installed version.
func ensureDatabase(ctx context.Context, c *Cluster) error {
	var there bool
	err := withConn(ctx, c.URL("postgres"), func(conn *pgx.Conn) error {
		if err := conn.QueryRow(ctx, `select exists (select from pg_database where datname = $1)`, Database).Scan(&there); err != nil || there {
			return err
		}
		_, err := conn.Exec(ctx, "create database "+pgx.Identifier{Database}.Sanitize())
		return err
	})
	if err != nil {
		return fmt.Errorf("make database %s: %w", Database, err)
	}
	err = withConn(ctx, c.URL(Database), func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, `set client_min_messages = warning; create extension if not exists vector; alter extension vector update`)
		return err
	})
	if err != nil {
		return fmt.Errorf("make extension vector: %w", err)
	}
	return nil
}

func withConn(ctx context.Context, url string, use func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	return use(conn)
}
