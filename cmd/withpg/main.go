// Command withpg runs another command with DATABASE_URL set to a private PostgreSQL with pgvector that lives just as
// long. With flags it first sees to the rest of what the tests stand on.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"frontdesk/cmd/internal/localpg"
)

// options are the command line.
type options struct {
	Chromium bool     `help:"Install Chromium and fonts for Chinese where they are missing (the browser tests drive it)."`
	GCC      bool     `name:"gcc" help:"Install a C compiler where it is missing (the race detector needs it)."`
	Quiet    bool     `short:"q" help:"Say nothing but errors."`
	Command  []string `arg:"" optional:"" passthrough:"" help:"The command and its arguments, after --."`
}

const description = `Run a command with DATABASE_URL set to a private PostgreSQL with pgvector, which is installed where it is missing and deleted afterwards.

Examples:
  go run ./cmd/withpg -- go test ./knowledge/...
  go run ./cmd/withpg --chromium --gcc -- go test -race ./...
  go run ./cmd/withpg -- sh -c 'psql "$DATABASE_URL"'`

func main() {
	var o options
	kong.Parse(&o, kong.Name("withpg"), kong.Description(description))
	code, err := run(context.Background(), o, os.Stderr)
	if err != nil {
		fmt.Fprintln(os.Stderr, "withpg:", err)
	}
	os.Exit(code)
}

// run sets the ground and then runs the command, whose exit code it returns;
// 1 with an error of our own.
func run(ctx context.Context, o options, progress io.Writer) (int, error) {
	if o.Quiet {
		progress = io.Discard
	}
	// Signals are the command's to answer: we only see that it gets them.
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
	defer signal.Stop(signals)
	ground, cancel := cancelOn(ctx, signals)
	defer cancel()
	if err := prepare(ground, o, progress); err != nil {
		return 1, err
	}
	command := o.Command
	if len(command) > 0 && command[0] == "--" {
		command = command[1:]
	}
	if len(command) == 0 {
		return 0, nil
	}
	cluster, err := localpg.Start(ground, localpg.Options{Ephemeral: true, Install: true, Progress: progress})
	if err != nil {
		return 1, err
	}
	cancel()
	code, err := execute(command, cluster.URL(localpg.Database), signals)
	return code, errors.Join(err, cluster.Stop())
}

// prepare installs what the flags ask for.
func prepare(ctx context.Context, o options, progress io.Writer) error {
	if o.GCC {
		if err := ensureCompiler(ctx, progress); err != nil {
			return err
		}
	}
	if o.Chromium {
		return ensureBrowser(ctx, progress)
	}
	return nil
}

// cancelOn returns a context that ends with the first signal. After its
// cancel the signals are left to whoever reads the channel next.
func cancelOn(ctx context.Context, signals <-chan os.Signal) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		select {
		case <-signals:
			end()
		case <-ctx.Done():
		}
	}()
	return ctx, func() {
		end()
		<-done
	}
}

// execute runs the command with the database's address, hands signals on to
// it, and returns its exit code; 128 plus the signal's number when one ended
// it, as shells do.
func execute(command []string, url string, signals <-chan os.Signal) (int, error) {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Env = append(withoutDatabase(os.Environ()), "DATABASE_URL="+url)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		return 1, err
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case s := <-signals:
			if s == syscall.SIGINT && atTerminal() {
				continue // the terminal sent the Ctrl-C to the command as well
			}
			_ = cmd.Process.Signal(s)
		case err := <-done:
			return exitCode(cmd, err)
		}
	}
}

func exitCode(cmd *exec.Cmd, err error) (int, error) {
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return 1, err
	}
	if status, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return 128 + int(status.Signal()), nil
	}
	return cmd.ProcessState.ExitCode(), nil
}

// withoutDatabase takes out what would lead a program to another database.
func withoutDatabase(environ []string) []string {
	var kept []string
	for _, pair := range environ {
		name, _, _ := strings.Cut(pair, "=")
		switch name {
		case "DATABASE_URL", "DATABASE_URL_FILE", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGSERVICE":
		default:
			kept = append(kept, pair)
		}
	}
	return kept
}

func atTerminal() bool {
	tty, err := os.Open("/dev/tty")
	if err != nil {
		return false
	}
	tty.Close()
	return true
}
