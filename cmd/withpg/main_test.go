package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// asWithpg makes the test binary the program itself.
const asWithpg = "WITHPG_TEST_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asWithpg) != "" {
		main()
	}
	os.Exit(m.Run())
}

// withpg prepares a run of the program, bounded in time.
func withpg(t *testing.T, args ...string) (cmd *exec.Cmd, out, errs *bytes.Buffer) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	out, errs = &bytes.Buffer{}, &bytes.Buffer{}
	cmd = exec.CommandContext(ctx, os.Args[0], args...)
	cmd.Env = append(os.Environ(), asWithpg+"=1", "DATABASE_URL=postgres://elsewhere/production", "PGHOST=elsewhere")
	cmd.Stdout, cmd.Stderr = out, errs
	return cmd, out, errs
}

func TestCommandGetsADatabaseOfItsOwn(t *testing.T) {
	t.Parallel()
	cmd, out, errs := withpg(t, "--", "sh", "-c", `echo "$DATABASE_URL ${PGHOST-none}"`)
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, errs)
	}
	if got := out.String(); !strings.HasPrefix(got, "postgres://frontdesk") || strings.Contains(got, "elsewhere") {
		t.Errorf("the command got %q", got)
	}
}

func TestExitCodeIsTheCommands(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		script string
		code   int
	}{{"exit 0", 0}, {"exit 7", 7}, {"kill -9 $$", 137}} {
		cmd, _, errs := withpg(t, "-q", "--", "sh", "-c", c.script)
		_ = cmd.Run()
		if got := cmd.ProcessState.ExitCode(); got != c.code {
			t.Errorf("%q: exit code %d, want %d\n%s", c.script, got, c.code, errs)
		}
		if errs.Len() > 0 {
			t.Errorf("%q: -q is not quiet: %s", c.script, errs)
		}
	}
}

func TestUnknownCommandFails(t *testing.T) {
	t.Parallel()
	cmd, _, errs := withpg(t, "--", "no-such-command-here")
	if cmd.Run() == nil || !strings.Contains(errs.String(), "no-such-command-here") {
		t.Errorf("exit code %d, said %q", cmd.ProcessState.ExitCode(), errs)
	}
}

func TestSignalReachesTheCommandAndTheDatabaseIsCleanedUp(t *testing.T) {
	t.Parallel()
	temp := "/tmp/withpg-test-" + strings.ToLower(t.Name())[:12] // short enough for a socket
	if err := os.MkdirAll(temp, 0o777); err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(temp)
	if err := os.Chmod(temp, 0o777); err != nil {
		t.Fatal(err)
	}
	ready := filepath.Join(temp, "ready")
	cmd, out, errs := withpg(t, "-q", "--", "sh", "-c", `trap 'echo ended; exit 3' TERM; : >`+ready+`; while :; do sleep 0.05; done`)
	cmd.Env = append(cmd.Env, "TMPDIR="+temp)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for range 1200 {
		if _, err := os.Stat(ready); err == nil {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	if got := cmd.ProcessState.ExitCode(); got != 3 || out.String() != "ended\n" {
		t.Errorf("exit code %d, output %q, errors %q", got, out, errs)
	}
	if left, _ := filepath.Glob(filepath.Join(temp, "frontdesk-pg-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestSignalBeforeTheCommandEndsTheWait(t *testing.T) {
	signals := make(chan os.Signal, 1)
	ctx, cancel := cancelOn(t.Context(), signals)
	defer cancel()
	signals <- syscall.SIGTERM
	select {
	case <-ctx.Done():
	case <-time.After(10 * time.Second):
		t.Error("the ground is still being laid")
	}
}

func TestNothingToRunOnlyLaysTheGround(t *testing.T) {
	if code, err := run(t.Context(), options{}, io.Discard); code != 0 || err != nil {
		t.Errorf("run = %d, %v", code, err)
	}
}

func TestOtherDatabasesAreForgotten(t *testing.T) {
	got := withoutDatabase([]string{"A=1", "DATABASE_URL=x", "DATABASE_URL_FILE=y", "PGPASSWORD=z", "PGX=kept"})
	if !slices.Equal(got, []string{"A=1", "PGX=kept"}) {
		t.Errorf("kept %v", got)
	}
}
