package localpg

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// child starts another program that uses the cluster, and returns once it does.
func child(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, _ := bufio.NewReader(out).ReadString('\n')
	if !strings.HasPrefix(line, "up ") {
		t.Fatalf("the other program said %q", line)
	}
	return cmd
}

func TestKilledProgramTakesItsServerAlong(t *testing.T) {
	t.Parallel()
	if !onPath("flock") && !onPath("perl") {
		t.Skip("neither flock nor perl here: the next start cleans up instead")
	}
	dir := testDir(t)
	c := start(t, Options{Dir: dir})
	do(t, c, `create table kept as select 7 as n`)
	stop(t, c)
	other := child(t, dir)
	server, alive := findPostmaster(c.place.data())
	if !alive {
		t.Fatal("the other program runs no server")
	}
	if err := other.Process.Kill(); err != nil { // kill -9
		t.Fatal(err)
	}
	eventually(t, "the server ends with its program", func() bool { return !isServerOf(server.pid, c.place.data()) })
	c = start(t, Options{Dir: dir})
	if got := ask(t, c, `select n::text from kept`); got != "7" {
		t.Errorf("kept %s", got)
	}
}

func TestKilledStarterDoesNotTakeTheServerFromOthers(t *testing.T) {
	t.Parallel()
	dir := testDir(t)
	other := child(t, dir)
	c := start(t, Options{Dir: dir})
	if err := other.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	ask(t, c, `select 'still here'`)
	stop(t, c)
	if running(c) {
		t.Error("the server outlived its last user")
	}
}

func TestOrphanedServerIsAdopted(t *testing.T) {
	t.Parallel()
	dir := testDir(t)
	other := start(t, Options{Dir: dir})
	other.watchdog.kill()
	other.users.Close() // as if its program had been killed, where no watchdog is
	c := start(t, Options{Dir: dir})
	if c.running.pid != other.running.pid {
		t.Error("a second server was started beside the orphan")
	}
	ask(t, c, `select 'adopted'`)
	stop(t, c)
	if running(c) {
		t.Error("the orphan outlived its adopter")
	}
	other.stop.Do(func() {})
}

func TestKilledServerIsStartedAgain(t *testing.T) {
	t.Parallel()
	dir := testDir(t)
	c := start(t, Options{Dir: dir})
	do(t, c, `create table kept as select 11 as n`)
	conn, err := pgx.Connect(testContext(t), c.URL(Database))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := syscall.Kill(c.running.pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	c2 := start(t, Options{Dir: dir})
	if c2.running.pid == c.running.pid {
		t.Error("the dead server was taken for alive")
	}
	if got := ask(t, c2, `select n::text from kept`); got != "11" {
		t.Errorf("kept %s", got)
	}
}

func TestStalePidOfAnotherProcessDoesNotBlock(t *testing.T) {
	t.Parallel()
	dir := testDir(t)
	c := start(t, Options{Dir: dir})
	stop(t, c)
	stale := fmt.Sprintf("%d\n%s\n1\n5432\n%s\n\n\nready\n", os.Getpid(), c.place.data(), c.place.dir)
	for _, name := range []string{"data/postmaster.pid", ".s.PGSQL.5432.lock"} {
		if err := c.writeFile(name, stale); err != nil {
			t.Fatal(err)
		}
	}
	c = start(t, Options{Dir: dir})
	ask(t, c, `select 'up'`)
}
