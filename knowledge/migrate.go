package knowledge

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	pgxvector "github.com/pgvector/pgvector-go/pgx"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrate brings the tables of this package to the newest version. Several processes may call it at once:
// a session lock of the database makes them take turns. The connection must not register pgvector's types yet,
// because the first migration creates the extension.
func Migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files,
		goose.WithTableName("goose_knowledge"), goose.WithSessionLocker(locker), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("knowledge migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("knowledge migrations: %w", err)
	}
	return nil
}

// RegisterTypes teaches a connection pgvector's types; give it to a pool as AfterConnect. It fails while the
// extension does not exist, so migrate first.
//
// It also switches the just-in-time compiler off for the connection: a search is a few milliseconds of work,
// and compiling it takes longer than running it.
func RegisterTypes(ctx context.Context, conn *pgx.Conn) error {
	if err := pgxvector.RegisterTypes(ctx, conn); err != nil {
		return fmt.Errorf("register vector types: %w", err)
	}
	if _, err := conn.Exec(ctx, "set jit = off"); err != nil {
		return fmt.Errorf("switch jit off: %w", err)
	}
	return nil
}
