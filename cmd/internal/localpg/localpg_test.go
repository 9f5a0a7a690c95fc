package localpg

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// childDir makes the test binary a program that uses the cluster in a folder
// until it is killed.
const childDir = "LOCALPG_TEST_CHILD_DIR"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		c, err := Start(context.Background(), Options{Dir: dir})
		if err != nil {
			fmt.Println("failed:", err)
			os.Exit(1)
		}
		fmt.Println("up", c.running.pid)
		select {}
	}
	os.Exit(m.Run())
}

// testContext bounds a test.
func testContext(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	return ctx
}

// testDir is a folder that other users may enter, as a clone usually is.
func testDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "lpg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// start starts a cluster; PostgreSQL is installed where it is missing.
func start(t *testing.T, o Options) *Cluster {
	t.Helper()
	o.Install = true
	c, err := Start(testContext(t), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, c) })
	return c
}

func stop(t *testing.T, c *Cluster) {
	t.Helper()
	if err := c.Stop(); err != nil {
		t.Error(err)
	}
}

// ask runs one statement and returns its single value as text.
func ask(t *testing.T, c *Cluster, sql string) string {
	t.Helper()
	var answer string
	err := withConn(testContext(t), c.URL(Database), func(conn *pgx.Conn) error {
		return conn.QueryRow(t.Context(), sql).Scan(&answer)
	})
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return answer
}

func do(t *testing.T, c *Cluster, sql string) {
	t.Helper()
	err := withConn(testContext(t), c.URL(Database), func(conn *pgx.Conn) error {
		_, err := conn.Exec(t.Context(), sql)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// running reports whether the cluster's server, by its number, still works.
func running(c *Cluster) bool { return isServerOf(c.running.pid, c.place.data()) }

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("not within 20 s: %s", what)
}

func TestEphemeralClusterWorksAndLeavesNothing(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Ephemeral: true})
	if got := ask(t, c, `select ('[1,2,3]'::halfvec <-> '[1,2,4]'::halfvec)::text`); got != "1" {
		t.Errorf("distance = %s, want 1", got)
	}
	if got := ask(t, c, `show fsync`); got != "off" {
		t.Errorf("fsync = %s", got)
	}
	stop(t, c)
	if _, err := os.Stat(c.Dir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder is still there: %v", err)
	}
	if running(c) {
		t.Error("the server still runs")
	}
}

func TestDataIsKeptAndTheSecondStartIsQuick(t *testing.T) {
	t.Parallel()
	dir := testDir(t)
	c := start(t, Options{Dir: dir})
	if got := ask(t, c, `show fsync`); got != "on" {
		t.Errorf("fsync = %s: acknowledged must mean stored", got)
	}
	do(t, c, `create table kept as select 42 as n`)
	url := c.URL(Database)
	stop(t, c)
	begin := time.Now()
	c = start(t, Options{Dir: dir})
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("the second start took %v", took)
	}
	if got := ask(t, c, `select n::text from kept`); got != "42" {
		t.Errorf("kept %s", got)
	}
	if c.URL(Database) != url {
		t.Errorf("the address moved from %s to %s", url, c.URL(Database))
	}
}

func TestServerNeverRunsAsRoot(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Ephemeral: true})
	info, err := os.Stat(fmt.Sprintf("/proc/%d", c.running.pid))
	if err != nil {
		t.Skip("no /proc here: only Linux shows whose a process is this way")
	}
	if uid := info.Sys().(*syscall.Stat_t).Uid; uid == 0 {
		t.Error("PostgreSQL runs as root")
	}
	environ, err := os.ReadFile(fmt.Sprintf("/proc/%d/environ", c.running.pid))
	if err == nil && strings.Contains(string(environ), "HOME=") {
		t.Error("the server was given our environment")
	}
}

func TestLastUserStopsTheServer(t *testing.T) {
	t.Parallel()
	dir := testDir(t)
	clusters := make([]*Cluster, 4)
	var wg sync.WaitGroup
	for i := range clusters { // all at once: one starts, the others join
		wg.Go(func() {
			c, err := Start(testContext(t), Options{Dir: dir})
			if err != nil {
				t.Error(err)
				return
			}
			clusters[i] = c
		})
	}
	wg.Wait()
	if t.Failed() {
		return
	}
	for i, c := range clusters {
		if c.running.pid != clusters[0].running.pid {
			t.Errorf("program %d has a server of its own", i)
		}
	}
	for _, c := range clusters[:3] {
		stop(t, c)
		if !running(clusters[3]) {
			t.Fatal("the server stopped under its last user")
		}
	}
	ask(t, clusters[3], `select 'still here'`)
	stop(t, clusters[3])
	if running(clusters[3]) {
		t.Error("the server outlived its last user")
	}
}

func TestLongFolderFallsBackToALoopbackPortWithAPassword(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(testDir(t), strings.Repeat("a-long-name-", 10))
	c := start(t, Options{Dir: dir})
	ask(t, c, `select 'up'`)
	if c.running.socketDir != "" || !strings.Contains(c.URL("x"), "@127.0.0.1:") {
		t.Fatalf("reached by %q, not by a loopback port", c.running.socketDir)
	}
	if got := ask(t, c, `show listen_addresses`); got != "127.0.0.1" {
		t.Errorf("listens on %s", got)
	}
	guess := strings.Replace(c.URL(Database), c.password, "guess", 1)
	err := withConn(testContext(t), guess, func(*pgx.Conn) error { return nil })
	if err == nil {
		t.Error("a wrong password was let in")
	}
	url := c.URL(Database)
	stop(t, c)
	if c = start(t, Options{Dir: dir}); c.URL(Database) != url {
		t.Error("the port moved though it was free")
	}
}

func TestSocketIsForItsOwnerAlone(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Ephemeral: true})
	info, err := os.Stat(c.Dir())
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("folder: %v, %v", info.Mode(), err)
	}
	if got := ask(t, c, `show listen_addresses`); got != "" {
		t.Errorf("listens on %q beside the socket", got)
	}
}

func TestClosedParentFolderMovesTheDataElsewhere(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root runs the server as another user")
	}
	home, fallback := testDir(t), testDir(t)
	if err := os.Chmod(home, 0o700); err != nil {
		t.Fatal(err)
	}
	for range 2 { // made, then found again
		p, err := durablePlace(filepath.Join(home, ".frontdesk"), fallback)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Dir(p.dir) != fallback {
			t.Errorf("the data lies in %s", p.dir)
		}
		if target, _ := os.Readlink(filepath.Join(home, ".frontdesk", "pg")); target != p.dir {
			t.Errorf("the link leads to %q", target)
		}
	}
}

func TestServerGoesAwayAndComesBack(t *testing.T) {
	t.Parallel()
	c := start(t, Options{Ephemeral: true})
	do(t, c, `create table kept as select 3 as n`)
	if err := c.Down(); err != nil {
		t.Fatal(err)
	}
	if err := withConn(testContext(t), c.URL(Database), func(*pgx.Conn) error { return nil }); err == nil {
		t.Fatal("the server still answers")
	}
	if err := c.Up(testContext(t)); err != nil {
		t.Fatal(err)
	}
	if got := ask(t, c, `select n::text from kept`); got != "3" {
		t.Errorf("kept %s", got)
	}
}

func TestCancelledStartLeavesNothingRunning(t *testing.T) {
	t.Parallel()
	dir := testDir(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if c, err := Start(ctx, Options{Dir: dir}); err == nil {
		stop(t, c) // quick machine
	}
	start(t, Options{Dir: dir})
}
