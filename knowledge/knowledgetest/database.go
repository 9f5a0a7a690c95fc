// Package knowledgetest is what tests need around a shop's knowledge: a fresh database, sample articles,
// and an embedder that needs no table and no network.
package knowledgetest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"frontdesk/knowledge"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

// Migration is the Migrate function of a package that has tables.
type Migration = func(context.Context, *sql.DB) error

// templateLock is the key of the advisory lock under which templates are made and cleared away.
const templateLock = 0x66726f6e74 // "front"

// Database returns a pool on a fresh database of its own, with River's tables, those of knowledge and those that
// the migrations given add, in their order. The database is a copy of a template that is made once for each test
// program and set of migrations; it is dropped when the test ends. Without DATABASE_URL, which names a database on
// a cluster where databases may be made, the test fails.
func Database(t testing.TB, migrate ...Migration) *pgxpool.Pool {
	t.Helper()
	pool, err := pgxpool.NewWithConfig(context.Background(), Config(t, migrate...))
	if err != nil {
		t.Fatalf("open the test database: %v", err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// URL is Database for tests that start a program of their own: the address of the fresh database.
func URL(t testing.TB, migrate ...Migration) string {
	t.Helper()
	return Config(t, migrate...).ConnString()
}

// Config is Database for tests that build the pool themselves: how to reach the fresh database.
func Config(t testing.TB, migrate ...Migration) *pgxpool.Config {
	t.Helper()
	address := os.Getenv("DATABASE_URL")
	if address == "" {
		t.Fatal("DATABASE_URL is not set: run the tests with `make test`, or `go run ./cmd/withpg -- go test ./...`")
	}
	ctx := context.Background()
	admin, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatalf("connect to DATABASE_URL: %v", err)
	}
	defer admin.Close(ctx)
	template, err := makeTemplate(ctx, admin, address, migrate)
	if err != nil {
		t.Fatalf("make the template database: %v", err)
	}
	name := "frontdesk_test_" + hex.EncodeToString(newID())
	if _, err := admin.Exec(ctx, "create database "+name+" template "+template); err != nil {
		t.Fatalf("copy the template database: %v", err)
	}
	t.Cleanup(func() { drop(t, address, name) })
	config, err := pgxpool.ParseConfig(withDatabase(t, address, name))
	if err != nil {
		t.Fatal(err)
	}
	config.AfterConnect = knowledge.RegisterTypes
	return config
}

func newID() []byte {
	id := uuid.Must(uuid.NewV7())
	return id[:]
}

// drop ends whoever still uses the test's database, and the database.
func drop(t testing.TB, address, name string) {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	admin, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Logf("drop %s: %v", name, err)
		return
	}
	defer admin.Close(ctx)
	if _, err := admin.Exec(ctx, "drop database if exists "+name+" with (force)"); err != nil {
		t.Logf("drop %s: %v", name, err)
	}
}

// makeTemplate returns the name of the template database, made by whichever test comes first.
func makeTemplate(ctx context.Context, admin *pgx.Conn, address string, migrate []Migration) (string, error) {
	name, err := templateName(migrate)
	if err != nil {
		return "", err
	}
	if _, err := admin.Exec(ctx, "select pg_advisory_lock($1)", templateLock); err != nil {
		return "", err
	}
	defer admin.Exec(ctx, "select pg_advisory_unlock($1)", templateLock)
	if err := clearOld(ctx, admin); err != nil {
		return "", err
	}
	var ready bool
	err = admin.QueryRow(ctx, "select coalesce((select datistemplate from pg_database where datname = $1), false)", name).Scan(&ready)
	if err != nil || ready {
		return name, err
	}
	// A half-made template is what a killed test program leaves behind.
	if _, err := admin.Exec(ctx, "drop database if exists "+name+" with (force)"); err != nil {
		return "", err
	}
	if _, err := admin.Exec(ctx, "create database "+name); err != nil {
		return "", err
	}
	if err := migrateAll(ctx, address, name, migrate); err != nil {
		return "", err
	}
	comment := fmt.Sprintf("comment on database %s is '%d'", name, time.Now().Unix())
	if _, err := admin.Exec(ctx, comment); err != nil {
		return "", err
	}
	_, err = admin.Exec(ctx, "alter database "+name+" is_template true")
	return name, err
}

// templateName is derived from the test program and the migrations: a program built anew gets a new template.
func templateName(migrate []Migration) (string, error) {
	program, err := os.Executable()
	if err != nil {
		return "", err
	}
	file, err := os.Open(program)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	for _, m := range migrate {
		fmt.Fprintln(sum, runtime.FuncForPC(reflect.ValueOf(m).Pointer()).Name())
	}
	return "frontdesk_template_" + hex.EncodeToString(sum.Sum(nil)[:10]), nil
}

// clearOld drops the templates of more than an hour ago: their programs have ended, or make another one. What a template holds may
// go by the day.
func clearOld(ctx context.Context, admin *pgx.Conn) error {
	rows, err := admin.Query(ctx, `
		select datname::text from pg_database
		where datistemplate and datname like 'frontdesk\_template\_%'
		  and coalesce(shobj_description(oid, 'pg_database'), '0')::bigint < $1`, time.Now().Add(-time.Hour).Unix())
	if err != nil {
		return err
	}
	old, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range old {
		if _, err := admin.Exec(ctx, "alter database "+name+" is_template false"); err != nil {
			return err
		}
		if _, err := admin.Exec(ctx, "drop database if exists "+name+" with (force)"); err != nil {
			return err
		}
	}
	return nil
}

// migrateAll fills the template and leaves no connection to it, because PostgreSQL copies no database in use.
func migrateAll(ctx context.Context, address, name string, migrate []Migration) error {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return err
	}
	config.Database = name
	pool, err := openPlain(ctx, config)
	if err != nil {
		return err
	}
	defer pool.Close()
	river, err := rivermigrate.New(riverpgxv5.New(pool), nil)
	if err != nil {
		return err
	}
	if _, err := river.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return err
	}
	db := openSQL(config)
	defer db.Close()
	for _, m := range append([]Migration{knowledge.Migrate}, migrate...) {
		if err := m(ctx, db); err != nil {
			return err
		}
	}
	return nil
}

func withDatabase(t testing.TB, address, name string) string {
	t.Helper()
	if !strings.Contains(address, "://") {
		return address + " dbname=" + name
	}
	return replaceDatabase(t, address, name)
}
