package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	"frontdesk/knowledge"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// pgbench runs PostgreSQL's own load generator.
type pgbench struct {
	bin, url         string
	clients, seconds int
}

func (p pgbench) run(ctx context.Context, script string) (float64, error) {
	file, err := os.CreateTemp("", "frontdesk-bench-*.sql")
	if err != nil {
		return 0, err
	}
	defer os.Remove(file.Name())
	if _, err := file.WriteString(script); err != nil {
		return 0, err
	}
	if err := file.Close(); err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(ctx, p.bin, "-n", "-M", "prepared", "-f", file.Name(), "-c", fmt.Sprint(p.clients), "-j", "2", "-T", fmt.Sprint(p.seconds), p.url)
	out, err := cmd.CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("pgbench: %w: %s", err, out)
	}
	for line := range strings.Lines(string(out)) {
		var tps float64
		if _, err := fmt.Sscanf(line, "tps = %f", &tps); err == nil {
			return tps, nil
		}
	}
	return 0, fmt.Errorf("pgbench said no tps: %s", out)
}

// capturedSearch returns the statement that a search sends, with its values written into it.
func capturedSearch(ctx context.Context, a *app, shop knowledge.Shop, q knowledge.Query) (string, error) {
	config := a.pool.Config()
	spy := &statementSpy{}
	config.ConnConfig.Tracer = spy
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return "", err
	}
	defer pool.Close()
	if _, err := knowledge.New(pool, a.embedders).Search(ctx, shop, q); err != nil {
		return "", err
	}
	if spy.statement == "" {
		return "", errors.New("the search sent no statement that begins with its question's words")
	}
	return spy.statement, nil
}

type statementSpy struct{ statement string }

// TraceQueryStart implements pgx.QueryTracer.
func (s *statementSpy) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	if text := strings.TrimSpace(data.SQL); strings.HasPrefix(text, "with asked") {
		for i := len(data.Args); i > 0; i-- {
			text = strings.ReplaceAll(text, fmt.Sprintf("$%d", i), literal(data.Args[i-1]))
		}
		s.statement = withoutComments(text)
	}
	return ctx
}

// TraceQueryEnd implements pgx.QueryTracer.
func (*statementSpy) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

func literal(v any) string {
	quote := func(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
	switch v := v.(type) {
	case nil:
		return "null"
	case time.Time:
		return quote(v.Format(time.RFC3339Nano)) + "::timestamptz"
	case []int32:
		return quote("{" + strings.Trim(strings.ReplaceAll(fmt.Sprint(v), " ", ","), "[]") + "}")
	case fmt.Stringer:
		return quote(v.String())
	}
	return quote(fmt.Sprint(v))
}

// withoutComments takes out SQL comments, in which pgbench would read a colon as a variable of its own.
func withoutComments(sql string) string {
	var lines []string
	for line := range strings.Lines(sql) {
		line, _, _ = strings.Cut(line, "--")
		lines = append(lines, strings.TrimRight(line, "\n"))
	}
	return strings.Join(lines, "\n")
}
